//! What a person is told when something cannot be done as asked: what is wrong, and how to mend it.

use crate::{Lang, bytes, date, date_time, refused as w, stage};
use domain::cases::{Act, Ending, Why};
use domain::forms::design::{EditFault, TableFault};
use domain::refusal::{Refusal, Saying, Thing};

/// The sentence for a refusal.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotFound { thing } => self::thing(lang, *thing).to_owned(),
        Refusal::SignInFirst => w::sign_in_first(lang).to_owned(),
        Refusal::NotKept => w::not_kept(lang).to_owned(),
        Refusal::WrongPassword { tries_left: Some(left) } => w::wrong_password_left(lang, left),
        Refusal::WrongPassword { tries_left: None } => w::wrong_password(lang).to_owned(),
        Refusal::Locked { until } => w::locked(lang, date_time(lang, *until)),
        Refusal::TooOften { seconds } => w::too_often(lang, seconds),
        Refusal::ForeignOrigin => w::foreign_origin(lang).to_owned(),
        Refusal::NotNow { act, why } => w::not_now(lang, self::act(lang, *act), self::why(lang, why)),
        Refusal::Stale => w::stale(lang).to_owned(),
        Refusal::FormHasProblems { count } => w::form_has_problems(lang, count),
        Refusal::NotEligible { message, message_en } => w::not_eligible(lang, lang.name(message, Some(message_en))),
        Refusal::DeclarationMissing { label } => w::declaration_missing(lang, label),
        Refusal::DraftExpired { on } => w::draft_expired(lang, date(lang, *on)),
        Refusal::TooManyDrafts { max } => w::too_many_drafts(lang, max),
        Refusal::TooManyKeys { max } => w::too_many_keys(lang, max),
        Refusal::OnlyLooks => w::only_looks(lang).to_owned(),
        Refusal::NotOnline { item } => w::not_online(lang, item),
        Refusal::WrongAudience { item } => w::wrong_audience(lang, item),
        Refusal::NothingSaid { what } => match what {
            Saying::Stars | Saying::Tags | Saying::Situation | Saying::File => w::nothing_chosen(lang, saying(lang, *what)),
            Saying::Account
            | Saying::Password
            | Saying::Reason
            | Saying::Request
            | Saying::Opinion
            | Saying::Message
            | Saying::SupplementItems
            | Saying::RightAgency
            | Saying::Findings
            | Saying::Comment
            | Saying::CaseNumber
            | Saying::QueryCode
            | Saying::CertificateNumber
            | Saying::Holder
            | Saying::CheckDate
            | Saying::Recipient
            | Saying::ExpectedDays
            | Saying::Answer
            | Saying::FromDate
            | Saying::KeyName => w::nothing_said(lang, saying(lang, *what)),
        },
        Refusal::SaidTooMuch { what, have, max } => w::said_too_much(lang, saying(lang, *what), max, have),
        Refusal::ImpossibleDate { what } => w::impossible_date(lang, saying(lang, *what)),
        Refusal::PeriodOver { until } => w::period_over(lang, date(lang, *until)),
        Refusal::ThreadClosed => w::thread_closed(lang).to_owned(),
        Refusal::Unanswered { max } => w::unanswered(lang, max),
        Refusal::TwoStaff => w::two_staff(lang).to_owned(),
        Refusal::SamePerson => w::same_person(lang).to_owned(),
        Refusal::NoSuchChoice { what } => w::no_such_choice(lang, saying(lang, *what)),
        Refusal::FileTooLarge { name, max } => w::file_too_large(lang, name, bytes(*max)),
        Refusal::FileKind { name, found, accepted } => w::file_kind(lang, name, found, accepted),
        Refusal::FileEmpty { name } => w::file_empty(lang, name),
        Refusal::TooManyFiles { max } => w::too_many_files(lang, max),
        Refusal::FileCutShort => w::file_cut_short(lang).to_owned(),
        Refusal::FormChanged { item } => w::form_changed(lang, item),
        Refusal::Unbuilt { why } => unbuilt(lang, why),
        Refusal::FormUnread { line, column, why } => w::form_unread(lang, line, column, why),
        Refusal::TableUnread { why } => match why {
            TableFault::NoHeadings => w::table_no_headings(lang).to_owned(),
            TableFault::TooLong { max } => w::table_too_long(lang, max),
            TableFault::Edit { why } => unbuilt(lang, why),
        },
        Refusal::FormUnsound { faults } => w::form_unsound(lang, faults),
        Refusal::SignatureMissing { name } => w::signature_missing(lang, name),
        Refusal::SignatureStale => w::signature_stale(lang).to_owned(),
        Refusal::NotToSign => w::not_to_sign(lang).to_owned(),
        Refusal::NotOnBench => w::not_on_bench(lang).to_owned(),
        Refusal::KeyMissing => w::key_missing(lang).to_owned(),
        Refusal::KeyCrossed => w::key_crossed(lang).to_owned(),
        Refusal::Unreadable { why } => w::unreadable(lang, why),
    }
}

/// Why a form stayed as it was.
fn unbuilt(lang: Lang, why: &EditFault) -> String {
    match why {
        EditFault::Gone => w::unbuilt_gone(lang).to_owned(),
        EditFault::Needed { by } => w::unbuilt_needed(lang, by.join(if lang.is_chinese() { "、" } else { ", " })),
        EditFault::AtTheEnd => w::unbuilt_at_the_end(lang).to_owned(),
        EditFault::TooMany { max } => w::unbuilt_too_many(lang, max),
    }
}

/// What was not found, as a sentence.
pub fn thing(lang: Lang, thing: Thing) -> &'static str {
    match thing {
        Thing::Page => w::not_found_page(lang),
        Thing::Item => w::not_found_item(lang),
        Thing::Draft => w::not_found_draft(lang),
        Thing::Case => w::not_found_case(lang),
        Thing::Document => w::not_found_document(lang),
        Thing::Certificate => w::not_found_certificate(lang),
        Thing::Upload => w::not_found_upload(lang),
        Thing::Account => w::not_found_account(lang),
        Thing::Key => w::not_found_key(lang),
        Thing::Signature => w::not_found_signature(lang),
    }
}

/// An act as a verb inside a sentence.
pub fn act(lang: Lang, act: Act) -> &'static str {
    match act {
        Act::Submit => w::act_submit(lang),
        Act::Claim => w::act_claim(lang),
        Act::Release => w::act_release(lang),
        Act::AskForSupplement => w::act_ask_for_supplement(lang),
        Act::Accept => w::act_accept(lang),
        Act::RefuseToAccept => w::act_refuse_to_accept(lang),
        Act::Supplement => w::act_supplement(lang),
        Act::Suspend => w::act_suspend(lang),
        Act::Resume => w::act_resume(lang),
        Act::Extend => w::act_extend(lang),
        Act::Ask => w::act_ask(lang),
        Act::Pass => w::act_pass(lang),
        Act::Fail => w::act_fail(lang),
        Act::Return => w::act_return(lang),
        Act::Grant => w::act_grant(lang),
        Act::Refuse => w::act_refuse(lang),
        Act::HandOver => w::act_hand_over(lang),
        Act::Issue => w::act_issue(lang),
        Act::Deliver => w::act_deliver(lang),
        Act::Withdraw => w::act_withdraw(lang),
        Act::Rate => w::act_rate(lang),
    }
}

/// Why an act is not possible now.
pub fn why(lang: Lang, why: &Why) -> String {
    match why {
        Why::Ended { how } => w::why_ended(lang, ending(lang, *how)),
        Why::WrongStage => w::why_wrong_stage(lang).to_owned(),
        Why::AlreadyAccepted => w::why_already_accepted(lang).to_owned(),
        Why::WaitingForApplicant => w::why_waiting_for_applicant(lang).to_owned(),
        Why::ClockStopped => w::why_clock_stopped(lang).to_owned(),
        Why::ClaimFirst => w::why_claim_first(lang).to_owned(),
        Why::HeldBy { name } => w::why_held_by(lang, name),
        Why::OtherPost { post } => w::why_other_post(lang, self::post(lang, post)),
        Why::SamePerson => w::why_same_person(lang).to_owned(),
        Why::OnlyOnce => w::why_only_once(lang).to_owned(),
        Why::ExtendedAlready => w::why_extended_already(lang).to_owned(),
        Why::NotInThisProcedure => w::why_not_in_this_procedure(lang).to_owned(),
        Why::Decided => w::why_decided(lang).to_owned(),
        Why::RatedAlready => w::why_rated_already(lang).to_owned(),
        Why::ApplicantOnly => w::why_applicant_only(lang).to_owned(),
        Why::HallOnly => w::why_hall_only(lang).to_owned(),
    }
}

/// How a case ended, as a short tag.
pub fn ending(lang: Lang, how: Ending) -> &'static str {
    match how {
        Ending::Delivered => stage::ended_delivered(lang),
        Ending::Refused => stage::ended_refused(lang),
        Ending::NotAccepted => stage::ended_not_accepted(lang),
        Ending::Withdrawn => stage::ended_withdrawn(lang),
        Ending::SupplementLapsed => stage::ended_supplement_lapsed(lang),
    }
}

/// A post by the name flows use; unknown posts of local flows are shown as they are.
pub fn post(lang: Lang, post: &str) -> &str {
    match post {
        "window" => w::post_window(lang),
        "inspector" => w::post_inspector(lang),
        "reviewer" => w::post_reviewer(lang),
        "approver" => w::post_approver(lang),
        "supervisor" => w::post_supervisor(lang),
        "editor" => w::post_editor(lang),
        "admin" => w::post_admin(lang),
        other => other,
    }
}

/// What should have been said in a box.
pub fn saying(lang: Lang, what: Saying) -> &'static str {
    match what {
        Saying::Account => w::saying_account(lang),
        Saying::Password => w::saying_password(lang),
        Saying::Reason => w::saying_reason(lang),
        Saying::Request => w::saying_request(lang),
        Saying::Message => w::saying_message(lang),
        Saying::Opinion => w::saying_opinion(lang),
        Saying::SupplementItems => w::saying_supplement_items(lang),
        Saying::RightAgency => w::saying_right_agency(lang),
        Saying::Findings => w::saying_findings(lang),
        Saying::Stars => w::saying_stars(lang),
        Saying::Tags => w::saying_tags(lang),
        Saying::Comment => w::saying_comment(lang),
        Saying::CaseNumber => w::saying_case_number(lang),
        Saying::QueryCode => w::saying_query_code(lang),
        Saying::CertificateNumber => w::saying_certificate_number(lang),
        Saying::Holder => w::saying_holder(lang),
        Saying::CheckDate => w::saying_check_date(lang),
        Saying::Recipient => w::saying_recipient(lang),
        Saying::Situation => w::saying_situation(lang),
        Saying::ExpectedDays => w::saying_expected_days(lang),
        Saying::Answer => w::saying_answer(lang),
        Saying::File => w::saying_file(lang),
        Saying::KeyName => w::saying_key_name(lang),
        Saying::FromDate => w::saying_from_date(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_how_to_mend_it() {
        let too_large = Refusal::FileTooLarge { name: "平面图.pdf".into(), max: 20 * 1024 * 1024 };
        assert!(refusal(Lang::ZhCn, &too_large).contains("20 MB"));
        let said = Refusal::SaidTooMuch { what: Saying::Reason, have: 412, max: 200 };
        assert_eq!(refusal(Lang::ZhCn, &said), "理由最多 200 个字，现在是 412 个，请删掉一些。");
        let once = Refusal::WrongPassword { tries_left: Some(1) };
        assert_eq!(refusal(Lang::En, &once), "The account or password is wrong. You can try 1 more time.");
        let ended = Refusal::NotNow { act: Act::Withdraw, why: Why::Ended { how: Ending::Refused } };
        assert_eq!(refusal(Lang::ZhCn, &ended), "现在不能撤回申请：这件事已经办完了（不予批准）。");
    }
}
