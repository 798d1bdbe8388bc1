//! A draft: mutable, sealed, kept for a while, the applicant's alone.

use super::earlier::answers_from;
use super::lists::{look_up_anew_in, look_up_in, look_up_posted_in};
use crate::certificates::Own;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use crate::identity::{choose_party, profile};
use crate::once;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::Refusal;
use domain::cases::Charge;
use domain::catalogue::Audience;
use domain::certificates::has_run_out;
use domain::clock::hall_day;
use domain::forms::view::{DraftLine, DraftPage, Receiving};
use domain::forms::{
    Answers, Change, Drawn, Form, PageAct, PageState, absorb, choose, compare, merge, page_state, prefill, validate,
    validate_page,
};
use domain::identity::PartyKind;
use domain::identity::permission::{AsApplicant, as_applicant, owner};
use domain::refusal::Thing;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;
use store::forms::drafts::DraftRow;
use store::forms::{drafts as rows, uploads};
use store::idempotency::{Claim, Once};
use store::{DataKey, Tx, Unit, data_keys, idempotency, new_id, retry};
use uuid::Uuid;

/// Name of the control that says which earlier case a draft begins from.
const FROM: &str = "from";
/// Where answers come from that were there when the form was begun.
const LINK: &str = "link";
/// Open drafts a person may hold.
const MAX_DRAFTS: u32 = 30;

/// A draft with what belongs to it.
pub(crate) struct Open {
    pub me: AsApplicant,
    pub row: DraftRow,
    pub answers: Answers,
    /// By which it is filled in: the one in force, or of a supplement the one the case was filed under.
    pub procedure: Arc<Procedure>,
    /// What changed since the draft was begun, as long as the person has not seen it.
    pub changes: Option<Vec<Change>>,
    /// The day its rules are read by: today; for a supplement, the day the case was filed. What was in time then is not late now.
    pub day: NaiveDate,
}

impl Open {
    /// The form it fills in.
    pub fn form(&self) -> Answer<&Form> {
        self.procedure.form.as_ref().ok_or_else(|| Fault::broken("a draft without a form"))
    }

    /// Pages that were to be done already: what is wrong on them is shown.
    pub fn tried(&self) -> Vec<String> {
        serde_json::from_value(self.row.page_done.clone()).unwrap_or_default()
    }
}

/// Where the person goes after a page was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Stay: the page has problems, or a row was added.
    Same,
    Page(String),
    /// Check your answers.
    Check,
    /// 先存着，以后再填
    My,
}

/// A saved page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub next: Next,
    pub saved_at: DateTime<Utc>,
}

/// Load a draft of the asker's party.
pub(crate) async fn load(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<Open> {
    as_applicant(&ask.actor)?;
    let row = rows::find(tx, id).await?.ok_or_else(|| Fault::missing(Thing::Draft))?;
    opened(ask, tx, row).await
}

/// The same, of a row that was read already.
async fn opened(ask: &Ask, tx: &mut Tx, row: DraftRow) -> Answer<Open> {
    let me = owner(as_applicant(&ask.actor)?, row.party_id, Thing::Draft)?;
    opened_to(ask, tx, me, row).await
}

/// The same, of a row that this person may read: the caller has settled why.
pub(super) async fn opened_to(ask: &Ask, tx: &mut Tx, me: AsApplicant, row: DraftRow) -> Answer<Open> {
    if row.expires_at <= ask.at {
        return Err(Refusal::DraftExpired { on: hall_day(row.expires_at) }.into());
    }
    let key = key_of(ask, tx, &row).await?;
    let mut answers: Answers = key.open_json(rows::ANSWERS, &row.id.to_string(), &row.answers)?;
    let begun = ask.hall.procedure(tx, &row.procedure_code, row.procedure_version).await?;
    let (procedure, changes) = newer(ask, &row).map_or((begun.clone(), None), |now| {
        let changes = begun.form.as_ref().zip(now.form.as_ref()).map(|(old, new)| {
            look_up_anew_in(old, new, &mut answers);
            compare(old, new, &answers)
        });
        (now, changes)
    });
    let day = match row.case_id {
        Some(case) => {
            let case = store::cases::find(tx, case).await?.ok_or_else(|| Fault::broken("a supplement without a case"))?;
            hall_day(case.submitted_at)
        }
        None => ask.today(),
    };
    Ok(Open { me, row, answers, procedure, changes, day })
}

/// The version in force, when it is another than the one a draft was begun under. A supplement keeps the version of its case.
fn newer(ask: &Ask, row: &DraftRow) -> Option<Arc<Procedure>> {
    let now = ask.hall.published().to_fill_in(&row.procedure_code)?;
    (row.case_id.is_none() && now.version > row.procedure_version && now.form.is_some()).then_some(now)
}

/// The person has seen what changed: from here on the draft belongs to the version in force. Its answers were carried all along.
pub async fn accept_changes(ask: &Ask, id: Uuid) -> Answer<()> {
    retry(|| async {
        let mut unit = ask.unit().await?;
        let open = load(ask, &mut unit, id).await?;
        if open.changes.is_none() {
            return Ok(());
        }
        let (answers, tried) = (open.answers.clone(), open.tried());
        let row = DraftRow { procedure_version: open.procedure.version, ..open.row.clone() };
        change(ask, &mut unit, &Open { row, ..open }, &answers, &tried).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// In whose name a draft is kept, for whoever may act for them: whose page it is must be known before somebody can go on with it.
///
/// # Errors
/// For everybody else there is no such draft.
pub async fn party_of(ask: &Ask, id: Uuid) -> Answer<Uuid> {
    as_applicant(&ask.actor)?;
    let row = rows::find(&mut ask.store().glance().await?, id).await?;
    let party = row.ok_or_else(|| Fault::missing(Thing::Draft))?.party_id;
    match choose_party(ask, Some(party)).await {
        Ok(party) => Ok(party),
        Err(Fault::Refused(_)) => Err(Fault::missing(Thing::Draft)),
        Err(fault) => Err(fault),
    }
}

/// The data key of a draft: its own, or that of the case it supplements.
pub(crate) async fn key_of(ask: &Ask, tx: &mut Tx, row: &DraftRow) -> Answer<DataKey> {
    let (noun, owner) = row.case_id.map_or(("draft", row.id), |case| ("case", case));
    let key = data_keys::find(tx, ask.store().keys(), noun, owner).await?;
    key.ok_or_else(|| Fault::broken("a draft without a key"))
}

/// Begin a draft, or come back to the one that is open for the same item and party. `pairs` may answer first questions
/// already (`f.situation`), and name an earlier case of the same matter to begin from (`from`).
pub async fn start(ask: &Ask, code: &str, key: &str, pairs: &[(String, String)]) -> Answer<Uuid> {
    let me = as_applicant(&ask.actor)?;
    let key = once::key(key)?;
    let procedure = ask.hall.published().to_fill_in(code).ok_or_else(|| Fault::missing(Thing::Item))?;
    let Some(form) = &procedure.form else {
        return Err(Refusal::NotOnline { item: procedure.item.name.clone() }.into());
    };
    let person = procedure.item.audience.contains(&Audience::Person);
    if person && !procedure.item.audience.iter().any(|a| *a != Audience::Person) && me.party.kind == PartyKind::Organisation
        || !person && me.party.kind == PartyKind::Citizen
    {
        return Err(Refusal::WrongAudience { item: procedure.item.name.clone() }.into());
    }
    retry(|| start_once(ask, &me, &procedure, form, key, pairs)).await
}

async fn start_once(
    ask: &Ask,
    me: &AsApplicant,
    procedure: &Procedure,
    form: &Form,
    key: &str,
    pairs: &[(String, String)],
) -> Answer<Uuid> {
    let code = procedure.item.code.as_str();
    let mut unit = ask.unit().await?;
    let once = Once::new(&ask.label(), "forms.start", key, format!("{code} {}", me.party.id).as_bytes());
    match idempotency::claim(&mut unit, &once).await? {
        Claim::Fresh => {}
        Claim::Replay(answer) => return Ok(serde_json::from_value::<(Uuid,)>(answer)?.0),
        Claim::Crossed => return Err(Refusal::KeyCrossed.into()),
    }
    let held = rows::list_by_account(&mut unit, me.account, None, i64::from(MAX_DRAFTS)).await?;
    if held.rows.len() >= MAX_DRAFTS as usize {
        return Err(Refusal::TooManyDrafts { max: MAX_DRAFTS }.into());
    }
    let held = held_about(ask, &mut unit, me).await?;
    let from = pairs.iter().find(|(name, value)| name == FROM && !value.is_empty());
    let before = match from.map(|(_, case)| Uuid::parse_str(case)) {
        Some(Ok(case)) => answers_from(ask, &mut unit, me, code, case, form).await?,
        Some(Err(_)) => return Err(Fault::missing(Thing::Case)),
        None => Answers::default(),
    };
    let mut answers = prefill(form, &held, &before, ask.today());
    look_up_in(form, &before, &mut answers);
    // first questions, and what a link brought along; boxes that stand by their source stay as they are
    let pairs = look_up_posted_in(form, &answers, pairs);
    for page in &form.pages {
        let before = answers.clone();
        answers = absorb(form, page, &pairs, &answers, ask.today()).answers;
        mark_brought(form, &before, &mut answers);
    }
    let id = add(ask, &mut unit, me, procedure, form, answers, None).await?;
    idempotency::answer(&mut unit, &once, &json!([id])).await?;
    unit.save().await?;
    Ok(id)
}

/// What a link brought along says so, until the person changes it.
fn mark_brought(form: &Form, before: &Answers, answers: &mut Answers) {
    // the situation is chosen on the way in
    let chosen = |key: &str| form.situations.as_deref() == Some(key);
    let new = answers.values.iter().filter(|(key, said)| before.values.get(*key) != Some(*said) && !chosen(key));
    let new = new.map(|(key, _)| key.clone());
    for key in new.collect::<Vec<_>>() {
        answers.origins.insert(key, LINK.to_owned());
    }
}

/// Add the row of a new draft.
pub(crate) async fn add(
    ask: &Ask,
    unit: &mut Unit,
    me: &AsApplicant,
    procedure: &Procedure,
    form: &Form,
    answers: Answers,
    case: Option<Uuid>,
) -> Answer<Uuid> {
    let id = new_id(ask.at);
    // what supplements a case rests under the case's key from the start
    let (noun, owner) = case.map_or(("draft", id), |case| ("case", case));
    let key = data_keys::ensure(unit, ask.store().keys(), noun, owner).await?;
    let row = DraftRow {
        id,
        procedure_code: procedure.item.code.to_string(),
        procedure_version: procedure.version,
        party_id: me.party.id,
        account_id: me.account,
        case_id: case,
        purpose: if case.is_some() { "supplement" } else { "new" }.into(),
        title: title(form, &answers),
        page_done: json!([]),
        answers: key.seal_json(rows::ANSWERS, &id.to_string(), &answers)?,
        version: 1,
        created_at: ask.at,
        updated_at: ask.at,
        expires_at: ask.at + Duration::days(i64::from(ask.hall.settings().draft_days)),
    };
    rows::add(unit, &row).await?;
    Ok(id)
}

/// What the hall holds about the asker already: source name → value (data one office holds is never asked again).
pub(crate) async fn held_about(ask: &Ask, tx: &mut Tx, me: &AsApplicant) -> Answer<BTreeMap<String, String>> {
    let person = profile(tx, ask.store(), me.person.id).await?;
    let mut held = BTreeMap::from([
        ("profile.name".to_owned(), person.name),
        ("profile.id_number".to_owned(), person.id_number),
        ("profile.mobile".to_owned(), person.mobile),
        ("profile.address".to_owned(), person.address),
    ]);
    if me.party.kind == PartyKind::Organisation {
        let organisation = profile(tx, ask.store(), me.party.id).await?;
        held.extend([
            ("organisation.name".to_owned(), organisation.name),
            ("organisation.code".to_owned(), organisation.id_number),
            ("organisation.address".to_owned(), organisation.address),
            ("organisation.legal_person".to_owned(), organisation.legal_person),
            ("organisation.legal_person_id".to_owned(), organisation.legal_person_id),
        ]);
    }
    // its own, whoever applied; not what it applied for in somebody else's name. Of several of one type the newest speaks alone
    let own = Own::of(tx, me.party.id).await?;
    let mut types = HashSet::new();
    for row in own.all(tx).await? {
        let holds = own.holds(&row) && row.state == "valid" && !has_run_out(row.valid_until, ask.today());
        if !holds || !types.insert(row.type_code.clone()) {
            continue;
        }
        held.insert(format!("certificate.{}.number", row.type_code), row.number);
        for (name, value) in row.facts.as_object().into_iter().flatten() {
            if let Some(value) = value.as_str() {
                held.insert(format!("certificate.{}.{name}", row.type_code), value.to_owned());
            }
        }
    }
    held.retain(|_, v| !v.is_empty());
    Ok(held)
}

fn title(form: &Form, answers: &Answers) -> String {
    form.situation(answers).unwrap_or_default()
}

/// A draft, opened.
pub async fn draft(ask: &Ask, id: Uuid) -> Answer<DraftPage> {
    let mut tx = ask.store().read().await?;
    let open = load(ask, &mut tx, id).await?;
    let form = open.form()?.clone();
    let today = open.day;
    let supplement = match open.row.case_id {
        Some(case) => crate::cases::supplement_items(ask, &mut tx, case).await?,
        None => Vec::new(),
    };
    let signers = super::signing::lines(ask, &mut tx, &open).await?;
    let states = form
        .pages
        .iter()
        .map(|p| (p.id.clone(), page_state(&form, &open.answers, &p.id, today)))
        .filter(|(_, state)| *state != PageState::NotAsked)
        .collect();
    let problems = validate(&form, &open.answers, today);
    // who receives it is settled when everything is
    let settled = problems.is_empty() && open.row.case_id.is_none() && open.procedure.flow.is_some();
    let receiving = if settled {
        let (office, because) = crate::cases::receiver(&mut tx, &open.procedure, &open.answers, today).await?;
        Some(Receiving { office: ask.unit_name(&office.name), because })
    } else {
        None
    };
    let fees = if problems.is_empty() { fees(&open, &form) } else { None };
    Ok(DraftPage {
        id,
        code: open.row.procedure_code.clone(),
        item_name: ask.item_name(&open.procedure.item.name),
        title: ask.situation(&open.row.procedure_code, &open.row.title),
        states,
        tried: open.tried(),
        problems,
        saved_at: open.row.updated_at,
        expires_on: hall_day(open.row.expires_at),
        today,
        case: open.row.case_id,
        supplement,
        changes: open.changes,
        receiving,
        fees,
        signers,
        drawn: Drawn::of(&form, &open.answers, new_id(ask.at).simple().to_string()),
        // one submission per draft: the draft itself is the key
        key: id.to_string(),
        answers: open.answers,
        form,
    })
}

/// What it will cost; nothing where only the office can say.
fn fees(open: &Open, form: &Form) -> Option<Vec<Charge>> {
    let free = (!open.procedure.item.fee.charged).then(Vec::new);
    open.procedure.flow.as_ref()?.charges(form, &open.answers, open.day).or(free)
}

/// Drafts of the asker's acting party, newest first.
pub async fn drafts(ask: &Ask) -> Answer<Vec<DraftLine>> {
    drafts_in(ask, &mut ask.store().read().await?).await
}

/// The same, read together with what else the asker sees.
pub(crate) async fn drafts_in(ask: &Ask, tx: &mut Tx) -> Answer<Vec<DraftLine>> {
    let me = as_applicant(&ask.actor)?;
    let mut lines = Vec::new();
    for row in rows::list_by_account(tx, me.account, None, i64::from(MAX_DRAFTS)).await?.rows {
        if row.party_id != me.party.id || row.expires_at <= ask.at {
            continue;
        }
        let open = opened(ask, tx, row).await?;
        let (form, row) = (open.form()?, &open.row);
        let states: Vec<PageState> = form.pages.iter().map(|p| page_state(form, &open.answers, &p.id, open.day)).collect();
        let asked = states.iter().filter(|s| **s != PageState::NotAsked).count();
        let done = states.iter().filter(|s| **s == PageState::Done).count();
        lines.push(DraftLine {
            id: row.id,
            item_name: ask.item_name(&open.procedure.item.name),
            title: ask.situation(&row.procedure_code, &row.title),
            code: row.procedure_code.clone(),
            done: u32::try_from(done).unwrap_or(u32::MAX),
            pages: u32::try_from(asked).unwrap_or(u32::MAX),
            saved_at: row.updated_at,
            expires_on: hall_day(row.expires_at),
            case: row.case_id,
        });
    }
    Ok(lines)
}

/// Save what was typed on a page, right or wrong, and do what the pressed button says.
pub async fn save_page(ask: &Ask, id: Uuid, page: &str, pairs: &[(String, String)]) -> Answer<Saved> {
    retry(|| save_once(ask, id, page, pairs)).await
}

async fn save_once(ask: &Ask, id: Uuid, page: &str, pairs: &[(String, String)]) -> Answer<Saved> {
    let mut unit = ask.unit().await?;
    let open = load(ask, &mut unit, id).await?;
    let form = open.form()?.clone();
    let today = open.day;
    let here = form.page(page).ok_or_else(|| Fault::missing(Thing::Page))?;
    let pairs = &look_up_posted_in(&form, &open.answers, pairs);
    let mut answers = merge(&form, here, pairs, &open.answers, today);
    let mut tried = open.tried();
    let act = PageAct::of_pairs(pairs);
    let next = if PageAct::is_autosave(pairs) {
        Next::Same
    } else {
        act.on_entries(&form, &mut answers);
        match &act {
            PageAct::Save => {
                choose(pairs, &mut answers, &open.answers);
                if !tried.contains(&here.id) {
                    tried.push(here.id.clone());
                }
                after(&form, &answers, here.id.as_str(), today)
            }
            PageAct::Later => Next::My,
            PageAct::Refresh | PageAct::OpenRow { .. } | PageAct::AddRow { .. } | PageAct::RemoveRow { .. } => Next::Same,
            PageAct::RemoveFile { key, upload } => {
                answers.remove_file(key, upload);
                Next::Same
            }
        }
    };
    if act == PageAct::Save && next != Next::Same {
        // what was answered may tell us which of the things we hold belong here
        let held = held_about(ask, &mut unit, &open.me).await?;
        answers = prefill(&form, &held, &answers, today);
        look_up_in(&form, &open.answers, &mut answers);
    }
    change(ask, &mut unit, &open, &answers, &tried).await?;
    unit.save().await?;
    Ok(Saved { next, saved_at: ask.at })
}

/// Where `保存并继续` leads: the same page while it has problems, else the next asked page, else the check page.
fn after(form: &Form, answers: &Answers, page: &str, today: NaiveDate) -> Next {
    if !validate_page(form, answers, page, today).is_empty() {
        return Next::Same;
    }
    let from = form.pages.iter().position(|p| p.id == page).map_or(0, |i| i + 1);
    let next = form.pages.iter().skip(from).find(|p| page_state(form, answers, &p.id, today) != PageState::NotAsked);
    next.map_or(Next::Check, |p| Next::Page(p.id.clone()))
}

/// Write a draft back, with these answers in place of those it was loaded with; two tabs saving at once are merged page by page by
/// trying again.
pub(super) async fn change(ask: &Ask, unit: &mut Unit, open: &Open, answers: &Answers, tried: &[String]) -> Answer<()> {
    let row = &open.row;
    let key = key_of(ask, unit, row).await?;
    let changed = DraftRow {
        answers: key.seal_json(rows::ANSWERS, &row.id.to_string(), answers)?,
        title: title(open.form()?, answers),
        page_done: Value::from(tried.to_vec()),
        updated_at: ask.at,
        expires_at: ask.at + Duration::days(i64::from(ask.hall.settings().draft_days)),
        ..row.clone()
    };
    if !rows::change(unit, &changed).await? {
        return Err(Fault::Busy(store::StoreFault::Busy("the draft was saved from another page meanwhile".into())));
    }
    for upload in uploads_of(&open.answers).difference(&uploads_of(answers)) {
        // what a case was filed with stays with the case, also when its supplement does without
        if uploads::find(unit, *upload).await?.is_some_and(|upload| upload.draft_id == Some(row.id)) {
            uploads::remove(unit, *upload).await?;
        }
    }
    Ok(())
}

/// Uploads that answers name.
pub(crate) fn uploads_of(answers: &Answers) -> BTreeSet<Uuid> {
    answers.files.values().flatten().filter_map(|file| Uuid::parse_str(&file.id).ok()).collect()
}

/// Throw a draft away, with its uploads and its key.
pub async fn discard(ask: &Ask, id: Uuid) -> Answer<()> {
    let mut unit = ask.unit().await?;
    load(ask, &mut unit, id).await?;
    throw_away(&mut unit, id).await?;
    Ok(unit.save().await?)
}

/// Remove a draft's row, uploads and key. The files themselves are swept when nothing names them any more.
pub(crate) async fn throw_away(unit: &mut Unit, id: Uuid) -> Answer<()> {
    for upload in uploads::list_by_draft(unit, id).await? {
        uploads::remove(unit, upload.id).await?;
    }
    store::forms::signatures::remove_of(unit, id).await?;
    rows::remove(unit, id).await?;
    // a supplement's draft rests under the case's key, which stays
    data_keys::remove(unit, "draft", id).await?;
    Ok(())
}
