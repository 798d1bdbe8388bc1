//! What the acts are called at the desk, and why one cannot be done now: one line for all acts with the same reason.

use domain::cases::{Act, Manner, Offer, Why};
use words::{Lang, desk as w};

/// The word on a button, in the words of the law that decides: a benefit is confirmed, not licensed.
pub fn act_words(lang: Lang, act: Act, manner: Manner) -> &'static str {
    match act {
        Act::Claim => w::act_claim(lang),
        Act::Release => w::act_release(lang),
        Act::AskForSupplement => w::act_ask_for_supplement(lang),
        Act::Accept => w::act_accept(lang),
        Act::RefuseToAccept => w::act_refuse_to_accept(lang),
        Act::Suspend => w::act_suspend(lang),
        Act::Resume => w::act_resume(lang),
        Act::Extend => w::act_extend(lang),
        Act::Ask => w::act_ask(lang),
        Act::Pass => w::act_pass(lang),
        Act::Fail => match manner {
            Manner::Permit => w::act_fail(lang),
            Manner::Benefit => w::act_fail_benefit(lang),
            Manner::Service => w::act_fail_service(lang),
        },
        Act::Return => w::act_return(lang),
        Act::Grant => match manner {
            Manner::Permit => w::act_grant(lang),
            Manner::Benefit => w::act_grant_benefit(lang),
            Manner::Service => w::act_grant_service(lang),
        },
        Act::Refuse => match manner {
            Manner::Permit => w::act_refuse(lang),
            Manner::Benefit => w::act_refuse_benefit(lang),
            Manner::Service => w::act_refuse_service(lang),
        },
        Act::Deliver => w::act_deliver(lang),
        Act::Submit => w::act_submit(lang),
        Act::Supplement => w::act_supplement(lang),
        Act::HandOver => w::act_hand_over(lang),
        Act::Issue => w::act_issue(lang),
        Act::Withdraw => w::act_withdraw(lang),
        Act::Rate => w::act_rate(lang),
    }
}

/// One sentence: these acts cannot be done, because.
fn sentence(lang: Lang, acts: &str, why: &Why) -> String {
    match why {
        Why::Ended { how } => w::why_ended(lang, acts, words::ending(lang, *how)),
        Why::WrongStage => w::why_wrong_stage(lang, acts),
        Why::AlreadyAccepted => w::why_already_accepted(lang, acts),
        Why::WaitingForApplicant => w::why_waiting_for_applicant(lang, acts),
        Why::ClockStopped => w::why_clock_stopped(lang, acts),
        Why::ClaimFirst => w::why_claim_first(lang, acts),
        Why::HeldBy { name } => w::why_held_by(lang, name, acts),
        Why::OtherPost { post } => w::why_other_post(lang, acts, words::post(lang, post)),
        Why::SamePerson => w::why_same_person(lang, acts),
        Why::OnlyOnce => w::why_only_once(lang, acts),
        Why::ExtendedAlready => w::why_extended_already(lang, acts),
        Why::NotInThisProcedure => w::why_not_in_this_procedure(lang, acts),
        Why::Decided => w::why_decided(lang, acts),
        Why::RatedAlready => w::why_rated_already(lang, acts),
        Why::ApplicantOnly => w::why_applicant_only(lang, acts),
        Why::HallOnly => w::why_hall_only(lang, acts),
    }
}

/// Why the refused offers are refused, a sentence for each reason.
pub fn why_lines(lang: Lang, offers: &[Offer], manner: Manner) -> Vec<String> {
    let mut reasons: Vec<(&Why, Vec<&'static str>)> = Vec::new();
    for offer in offers {
        let Some(why) = &offer.refused else { continue };
        let name = act_words(lang, offer.act, manner);
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, acts)) => acts.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    reasons.into_iter().map(|(why, acts)| sentence(lang, &acts.join(w::and(lang)), why)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_for_one_reason() {
        let refused = |act, why| Offer { act, refused: Some(why) };
        let offers = [
            Offer { act: Act::Claim, refused: None },
            refused(Act::Accept, Why::ClaimFirst),
            refused(Act::AskForSupplement, Why::ClaimFirst),
            refused(Act::RefuseToAccept, Why::AlreadyAccepted),
        ];
        let lines = why_lines(Lang::ZhCn, &offers, Manner::Permit);
        assert_eq!(lines, ["领办以后才能受理、要补正。", "不予受理不能用：已经受理。"]);
    }

    #[test]
    fn a_benefit_is_not_licensed() {
        let offers = [Offer { act: Act::Refuse, refused: Some(Why::HeldBy { name: "李某".into() }) }];
        assert_eq!(why_lines(Lang::ZhCn, &offers, Manner::Benefit), ["李某在办，您现在不能不予给付。"]);
    }
}
