//! The clerk's side: queue, case, acts.

use super::documents::links;
use super::mine::{fresh, light_index, line, timeline};
use super::record::{self, events, load, load_all, perform_at};
use super::standing::{doer_in, open_steps, standing};
use super::submit::answers_of;
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use crate::notification::access;
use crate::presence::Spot;
use domain::Refusal;
use domain::cases::documents::decision_kind;
use domain::cases::view::{CaseLine, DeskCase, FileLine, QueuePage, ToEnd, clock};
use domain::cases::{
    Act, Case, CheckItem, Command, DeliveryWay, Event, Flow, NodeKind, NonAcceptance, Outcome, SiteCheck, Stage, SupplementItem,
    offers,
};
use domain::forms::{Answers, Form, summary, unmasked};
use domain::identity::Actor;
use domain::identity::permission::{AsStaff, as_staff, handler};
use domain::refusal::{Saying, Thing};
use store::cases::{Assignee, CaseFilter, CaseNoteRow, CaseScope};
use store::{Cursor, Unit, cases, data_keys, retry};
use uuid::Uuid;

/// Which part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueTab {
    /// 我的
    #[default]
    Mine,
    /// 待领
    Unclaimed,
    /// 补正
    Supplement,
    /// Everything of my posts, claimed by anybody.
    All,
}

/// What a clerk asks of the queue.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    pub tab: QueueTab,
    /// A case number, or the beginning of one.
    pub number: Option<String>,
    pub cursor: Option<String>,
}

fn units(me: &AsStaff) -> Vec<Uuid> {
    let mut units: Vec<Uuid> = me.posts.iter().map(|p| p.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn posts(me: &AsStaff) -> Vec<String> {
    let mut posts: Vec<String> = me.posts.iter().map(|p| p.post.clone()).collect();
    posts.sort_unstable();
    posts.dedup();
    posts
}

/// The queue of the asker's posts, by due date.
pub async fn queue(ask: &Ask, filter: &QueueFilter) -> Answer<QueuePage> {
    let me = as_staff(&ask.actor)?;
    let number = filter.number.as_deref().map(str::trim).filter(|n| !n.is_empty());
    let scope = CaseScope {
        units: Some(units(&me)),
        // what waits for the applicant belongs to no post; it is shown on its own tab
        posts: (filter.tab != QueueTab::Supplement && number.is_none()).then(|| posts(&me)),
        procedures: None,
    };
    let rows_filter = CaseFilter {
        stages: if filter.tab == QueueTab::Supplement { vec!["awaiting_supplement".into()] } else { Vec::new() },
        assignee: match filter.tab {
            QueueTab::Mine if number.is_none() => Assignee::Of(me.account),
            QueueTab::Unclaimed => Assignee::Unclaimed,
            QueueTab::Mine | QueueTab::Supplement | QueueTab::All => Assignee::Any,
        },
        open: number.is_none().then_some(true),
        number_starts: number.map(|n| n.chars().filter(|c| !c.is_whitespace()).collect()),
        ..CaseFilter::default()
    };
    let cursor = filter.cursor.as_deref().map(Cursor::parse);
    let mut tx = ask.store().read().await?;
    let page = cases::queue(&mut tx, &scope, &rows_filter, cursor.as_ref(), 50).await?;
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
    let mut lines: Vec<CaseLine> = Vec::new();
    for loaded in load_all(ask, &mut tx, &ids).await? {
        let seen = standing(&me, &loaded.case, loaded.flow()?, "");
        lines.push(line(ask, &loaded, &seen, &doer_in(&me, seen.unit))?);
    }
    for case in cases::unanswered(&mut tx, &ids).await? {
        lines.iter_mut().filter(|line| line.id == case).for_each(|line| line.unanswered = true);
    }
    let count = |assignee: Assignee, stages: Vec<String>, all_posts: bool| {
        let scope = CaseScope { posts: if all_posts { None } else { Some(posts(&me)) }, ..scope.clone() };
        (scope, CaseFilter { assignee, stages, open: Some(true), ..CaseFilter::default() })
    };
    let mut counts = [0_u32; 3];
    let wanted = [
        count(Assignee::Of(me.account), Vec::new(), false),
        count(Assignee::Unclaimed, Vec::new(), false),
        count(Assignee::Any, vec!["awaiting_supplement".into()], true),
    ];
    for (n, (scope, filter)) in wanted.iter().enumerate() {
        counts[n] = u32::try_from(cases::count(&mut tx, scope, filter, 100).await?).unwrap_or(u32::MAX);
    }
    let mut lights = [0; 4];
    for line in &lines {
        if let Some(i) = light_index(line.light) {
            lights[i] += 1;
        }
    }
    let position = store::log::head(&mut tx).await?.position;
    let unit_name = match &ask.actor {
        Actor::Staff { unit_name, .. } => unit_name.clone(),
        Actor::Visitor | Actor::Applicant { .. } | Actor::System => String::new(),
    };
    Ok(QueuePage {
        account: me.account,
        name: me.name,
        unit_name,
        lines,
        mine: counts[0],
        unclaimed: counts[1],
        supplement: counts[2],
        lights,
        next: page.next.map(|c| c.to_string()),
        position,
    })
}

fn checks(case: &Case, flow: &Flow) -> Vec<CheckItem> {
    match &case.stage {
        Stage::PreReview => flow.intake_checks.clone(),
        Stage::Handling { node } | Stage::Suspended { node } => flow.node(node).map(|n| n.checks.clone()).unwrap_or_default(),
        Stage::AwaitingSupplement { .. } | Stage::Granted | Stage::Issued | Stage::Ended { .. } => Vec::new(),
    }
}

fn files(form: &Form, answers: &Answers) -> Vec<FileLine> {
    let mut lines = Vec::new();
    for (key, notes) in &answers.files {
        let (field, _) = domain::forms::split_key(key);
        let label = form.place(field).map(|p| p.field.label.clone()).unwrap_or_default();
        for note in notes {
            if let Ok(id) = Uuid::parse_str(&note.id) {
                lines.push(FileLine {
                    id,
                    label: label.clone(),
                    name: note.name.clone(),
                    media_type: note.media_type.clone(),
                    size: note.size,
                });
            }
        }
    }
    lines
}

/// A case on the desk, where the asker works on it.
pub async fn desk_case(ask: &Ask, id: Uuid) -> Answer<DeskCase> {
    desk_case_at(ask, id, "").await
}

/// A case on the desk at one of its open nodes.
pub async fn desk_case_at(ask: &Ask, id: Uuid, node: &str) -> Answer<DeskCase> {
    let me = as_staff(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let loaded = load(ask, &mut tx, id).await?;
    let me = handler(me, loaded.case.units())?;
    let flow = loaded.flow()?.clone();
    let seen = standing(&me, &loaded.case, &flow, node);
    let (case, doer) = (&seen, doer_in(&me, seen.unit));
    let events = events(&mut tx, id).await?;
    let documents = links(&mut tx, id).await?;
    let answers = answers_of(ask, &mut tx, case).await?;
    let form = loaded.procedure.form.as_ref();
    let node = case.stage.node().and_then(|n| flow.node(n));
    let note = match cases::note(&mut tx, id, me.account).await? {
        Some(row) => match data_keys::find(&mut tx, ask.store().keys(), "case", id).await? {
            Some(key) => {
                let text = key.open(cases::NOTE, &note_row(id, me.account), &row.note)?;
                String::from_utf8_lossy(&text).into_owned()
            }
            None => String::new(),
        },
        None => String::new(),
    };
    let mut same_applicant = Vec::new();
    let others = cases::list_by_party(&mut tx, case.applicant.party, None, None, 10).await?.rows;
    // other units' cases are not this unit's business
    for row in others.into_iter().filter(|row| row.id != id && me.works_in(row.unit_id)) {
        let other = record::loaded(ask, &mut tx, row).await?;
        let seen = standing(&me, &other.case, other.flow()?, "");
        same_applicant.push(line(ask, &other, &seen, &doer_in(&me, seen.unit))?);
    }
    let open = case.ends_certificate() && case.decision.is_none();
    let to_end = if open {
        let found = crate::certificates::to_end(ask, &mut tx, case, &loaded.procedure, &flow).await?;
        let named = |row: store::certificates::CertificateRow| ToEnd {
            name: ask.certificate_name(&row.type_name),
            number: row.number,
            holder: row.holder_name,
        };
        Some(found.into_iter().map(named).collect())
    } else {
        None
    };
    let page = DeskCase {
        to_end,
        clock: clock(case, &flow, ask.hall.calendar(), ask.hall.settings().light, ask.at),
        node_title: node.map(|n| n.title_in(ask.english())),
        node_duty: node.map(|n| n.duty.clone()),
        checks: checks(case, &flow),
        submitted: form.map(|f| summary(f, &answers, loaded.filed_on())).unwrap_or_default(),
        files: form.map(|f| files(f, &answers)).unwrap_or_default(),
        timeline: timeline(&events, &flow, &documents, ask.english(), false).into_iter().rev().collect(),
        offers: offers(case, &flow, &doer),
        special_procedures: flow.special_procedures.clone(),
        asks: node.and_then(|n| n.asks.as_ref()).map(|a| (a.title_in(ask.english()), a.says.clone())),
        manner: flow.result.manner,
        answers: flow.result.answers.clone(),
        note,
        site_check: node.is_some_and(|n| n.kind == NodeKind::SiteCheck),
        thread: super::thread::thread(ask, &mut tx, id).await?,
        same_applicant,
        together: crate::joint::beside(ask, &mut tx, case).await?,
        colleagues: ask.hall.presence().colleagues(ask, id, case.stage.node()),
        open: open_steps(ask, case, &flow),
        preview: match node.map(|n| n.kind) {
            // a branch gives its opinion; what it comes to is seen where they meet
            Some(NodeKind::Approve | NodeKind::Review) if case.beside.is_empty() => Some(decision_kind(true, flow.result.manner)),
            Some(NodeKind::Approve | NodeKind::Review | NodeKind::SiteCheck) | None => None,
        },
        documents,
        case: seen,
    };
    drop(tx);
    access(ask, "case", &id.to_string(), "handling").await?;
    Ok(page)
}

/// The asker has the case open (`writing` or not), or leaves it (`None`). Colleagues who see it are told.
pub async fn here(ask: &Ask, id: Uuid, writing: Option<bool>) -> Answer<()> {
    let me = as_staff(&ask.actor)?;
    let loaded = load(ask, &mut ask.store().glance().await?, id).await?;
    let me = handler(me, loaded.case.units())?;
    let seen = standing(&me, &loaded.case, loaded.flow()?, "");
    let at = Spot { case: id, node: seen.stage.node().filter(|_| !seen.beside.is_empty()).map(str::to_owned) };
    ask.hall.presence().note(at, me.account, &me.name, ask.at, writing);
    Ok(())
}

/// The numbers that page of the form shows masked, in full: label and value. Who looked is on record.
pub async fn full(ask: &Ask, id: Uuid, page: &str) -> Answer<Vec<(String, String)>> {
    let me = as_staff(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let loaded = load(ask, &mut tx, id).await?;
    // only where the case lies now: whoever passed it on has no more need of them
    handler(me, loaded.case.lies_in())?;
    let form = loaded.procedure.form.as_ref().ok_or_else(|| Fault::missing(Thing::Page))?;
    let answers = answers_of(ask, &mut tx, &loaded.case).await?;
    let lines = unmasked(form, &answers, page, loaded.filed_on());
    if lines.is_empty() {
        return Err(Fault::missing(Thing::Page));
    }
    drop(tx);
    access(ask, "case", &id.to_string(), &format!("full numbers of {page}")).await?;
    Ok(lines.into_iter().map(|(zh, en, value)| (domain::forms::in_language(&zh, &en, ask.english()).to_owned(), value)).collect())
}

/// Flat fields of a desk form.
struct Fields<'f>(&'f [(String, String)]);

impl Fields<'_> {
    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
    }
}

/// The command that a desk form asks for.
fn command(act: Act, fields: &Fields<'_>, case: &Case, flow: &Flow) -> Answer<Command> {
    let text = |name: &str| fields.one(name).to_owned();
    let outcome = |outcome: Outcome| -> Answer<Command> {
        let node = case.stage.node().and_then(|n| flow.node(n));
        let checked = node.is_some_and(|n| n.kind == NodeKind::SiteCheck) && outcome != Outcome::Return;
        let site_check = if checked {
            let on = fields.one("site_on").parse().map_err(|_| Refusal::ImpossibleDate { what: Saying::CheckDate })?;
            let names = fields.all("site_staff");
            let staff = names.iter().flat_map(|s| s.split(['、', ',', '，'])).map(|s| s.trim().to_owned()).collect();
            Some(SiteCheck { on, staff, findings: text("findings") })
        } else {
            None
        };
        Ok(Command::FinishNode { outcome, opinion: text("opinion"), site_check })
    };
    Ok(match act {
        Act::Claim => Command::Claim,
        Act::Release => Command::Release,
        Act::Accept => Command::Accept,
        Act::AskForSupplement => {
            let items = flow
                .intake_checks
                .iter()
                .filter(|c| !fields.one(&format!("check.{}", c.id)).is_empty())
                .map(|c| SupplementItem {
                    check: c.id.clone(),
                    name: if c.material.is_empty() { c.text.clone() } else { c.material.clone() },
                    what_is_wrong: text(&format!("wrong.{}", c.id)),
                    how_to_mend: text(&format!("mend.{}", c.id)),
                })
                .collect();
            Command::AskForSupplement { items, again: Some(text("again")) }
        }
        Act::RefuseToAccept => {
            let ground = match fields.one("ground") {
                "no_permit_needed" => NonAcceptance::NoPermitNeeded,
                "not_ours" => NonAcceptance::NotOurs { agency: text("agency") },
                "other" => NonAcceptance::Other,
                _ => return Err(Refusal::NoSuchChoice { what: Saying::Reason }.into()),
            };
            Command::RefuseToAccept { ground, reason: text("reason") }
        }
        Act::Suspend => Command::Suspend {
            procedure: text("procedure"),
            reason: text("reason"),
            expected_days: fields.one("expected_days").trim().parse().unwrap_or(0),
        },
        Act::Resume => Command::Resume { result: text("result") },
        Act::Extend => Command::Extend { reason: text("reason") },
        Act::Ask => Command::Ask { words: text("words") },
        Act::Pass => outcome(Outcome::Pass)?,
        Act::Fail => outcome(Outcome::Fail)?,
        Act::Return => outcome(Outcome::Return)?,
        Act::Grant => Command::Decide { granted: true, reason: text("opinion"), answer: Some(text("answer")) },
        Act::Refuse => Command::Decide { granted: false, reason: text("opinion"), answer: Some(text("answer")) },
        Act::Deliver => Command::Deliver {
            way: match fields.one("way") {
                "electronic" => DeliveryWay::Electronic,
                "window" => DeliveryWay::Window,
                "post" => DeliveryWay::Post,
                _ => return Err(Refusal::NoSuchChoice { what: Saying::Recipient }.into()),
            },
            recipient: text("recipient"),
            note: text("note"),
        },
        Act::Submit | Act::Supplement | Act::HandOver | Act::Issue | Act::Withdraw | Act::Rate => {
            return Err(Fault::missing(Thing::Page));
        }
    })
}

/// Do something with a case, from the desk. Returns the case's new version.
pub async fn act(ask: &Ask, id: Uuid, version: i64, act: Act, pairs: &[(String, String)]) -> Answer<i64> {
    retry(|| async {
        as_staff(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let case = act_in(ask, &mut unit, id, version, act, pairs).await?;
        unit.save().await?;
        Ok(case.version)
    })
    .await
}

/// The same, in a unit that the caller saves; answers the case as it is then.
pub(crate) async fn act_in(
    ask: &Ask,
    unit: &mut Unit,
    id: Uuid,
    version: i64,
    act: Act,
    pairs: &[(String, String)],
) -> Answer<Case> {
    let me = as_staff(&ask.actor)?;
    let loaded = load(ask, unit, id).await?;
    let me = handler(me, loaded.case.units())?;
    fresh(&loaded.case, version)?;
    let fields = Fields(pairs);
    let asked = fields.one("node");
    // the page was drawn for a node that is open no more
    if !asked.is_empty() && loaded.case.nodes().all(|node| node != asked) {
        return Err(Refusal::Stale.into());
    }
    let seen = standing(&me, &loaded.case, loaded.flow()?, asked);
    let command = command(act, &fields, &seen, loaded.flow()?)?;
    let (case, _) = perform_at(ask, unit, loaded, &seen, &doer_in(&me, seen.unit), command).await?;
    // these send no opinion: what is being written stays
    if !matches!(act, Act::Claim | Act::Release | Act::Ask | Act::Suspend | Act::Resume | Act::Extend) {
        cases::remove_note(unit, id, me.account).await?;
    }
    Ok(case)
}

fn note_row(case: Uuid, account: Uuid) -> String {
    format!("{case}:{account}")
}

/// Keep the opinion a clerk is writing. It is the clerk's own, sealed, and gone once sent.
pub async fn save_note(ask: &Ask, id: Uuid, text: &str) -> Answer<()> {
    let text: String = text.chars().take(4000).collect();
    retry(|| async {
        let me = as_staff(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let loaded = load(ask, &mut unit, id).await?;
        let me = handler(me, loaded.case.units())?;
        let key = data_keys::ensure(&mut unit, ask.store().keys(), "case", id).await?;
        let row = CaseNoteRow {
            case_id: id,
            account_id: me.account,
            note: key.seal(cases::NOTE, &note_row(id, me.account), text.as_bytes())?,
            updated_at: ask.at,
        };
        cases::save_note(&mut unit, &row).await?;
        Ok(unit.save().await?)
    })
    .await
}

/// The event whose document a clerk wants to see before deciding.
pub fn preview_event(ask: &Ask, granted: bool, reason: &str, answer: Option<String>) -> Event {
    Event::Decided { granted, reason: reason.to_owned(), on: ask.today(), answer }
}
