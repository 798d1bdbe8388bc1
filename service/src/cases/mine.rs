//! The applicant's side: my page, a case, supplementing, withdrawing, rating.

use super::documents::{links, query_code};
use super::record::{Loaded, events, load, loaded, perform};
use super::submit::answers_of;
use crate::fault::{Answer, Fault};
use crate::forms::drafts;
use crate::hall::Ask;
use crate::notification;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Refusal;
use domain::cases::documents::made_by;
use domain::cases::view::{CaseLine, CasePage, DocumentLink, MyPage, TimelineLine, ahead, clock};
use domain::cases::{Act, Case, Command, Doer, Event, Flow, Stage, SupplementItem, Why, offers};
use domain::clock::Light;
use domain::forms::summary;
use domain::identity::PartyKind;
use domain::identity::permission::{as_applicant, owner};
use domain::refusal::{Saying, Thing};
use store::ratings::RatingRow;
use store::{Cursor, Tx, Unit, cases, data_keys, new_id, ratings, retry};
use uuid::Uuid;

/// Tags a rater may tick, by stars (national 好差评 interface: 5★ 510–517 … 1★ 108–115).
pub(super) fn tag_fits(stars: u8, tag: &str) -> bool {
    let range = match stars {
        5 => 510..=517,
        4 => 406..=413,
        3 => 307..=314,
        2 => 207..=214,
        1 => 108..=115,
        _ => return false,
    };
    tag.parse::<u32>().is_ok_and(|t| range.contains(&t))
}

/// The timeline. `strangers` learn what happened, not what was said or who did it.
pub(super) fn timeline(
    events: &[(Event, DateTime<Utc>)],
    flow: &Flow,
    documents: &[DocumentLink],
    english: bool,
    strangers: bool,
) -> Vec<TimelineLine> {
    let mut left: Vec<&DocumentLink> = documents.iter().collect();
    let mut lines = Vec::new();
    for (event, at) in events {
        let document = made_by(event, flow.result.manner).and_then(|kind| {
            let i = left.iter().position(|d| d.kind == kind)?;
            Some(left.remove(i).clone())
        });
        if matches!(event, Event::Claimed { .. } | Event::Released { .. }) {
            continue;
        }
        let node_title = match event {
            Event::NodeDone { node, .. } => flow.node(node).map(|n| n.title_in(english)),
            Event::Asked { node, .. } => flow.node(node).and_then(|n| n.asks.as_ref()).map(|a| a.title_in(english)),
            _ => None,
        };
        let event = if strangers { without_words(event) } else { event.clone() };
        lines.push(TimelineLine { event, at: *at, node_title, document });
    }
    lines
}

/// The applicant sees outcomes of internal steps, not the opinions or names behind them.
fn for_applicant(mut lines: Vec<TimelineLine>) -> Vec<TimelineLine> {
    for line in &mut lines {
        if let Event::NodeDone { opinion, name, account, site_check, .. } = &mut line.event {
            opinion.clear();
            name.clear();
            *account = Uuid::nil();
            if let Some(check) = site_check {
                check.findings.clear();
            }
        }
    }
    lines
}

fn without_words(event: &Event) -> Event {
    let mut event = event.clone();
    match &mut event {
        Event::Submitted(filing) => {
            filing.applicant_name.clear();
            filing.agent_name = None;
            filing.signatures.clear();
        }
        Event::SupplementAsked { items, again, .. } => {
            items.clear();
            *again = None;
        }
        Event::NotAccepted { reason, .. }
        | Event::Suspended { reason, .. }
        | Event::Extended { reason, .. }
        | Event::Decided { reason, .. }
        | Event::Withdrawn { reason } => reason.clear(),
        Event::Resumed { result, .. } => result.clear(),
        Event::Asked { words, .. } => words.clear(),
        Event::NodeDone { opinion, name, account, site_check, .. } => {
            opinion.clear();
            name.clear();
            *account = Uuid::nil();
            *site_check = None;
        }
        Event::CertificateIssued { number, mark, .. } => {
            number.clear();
            mark.clear();
        }
        Event::Delivered { recipient, note, .. } => {
            recipient.clear();
            note.clear();
        }
        Event::Claimed { name, .. } => name.clear(),
        Event::Released { .. }
        | Event::Supplemented { .. }
        | Event::SupplementLapsed
        | Event::Accepted { .. }
        | Event::DeemedAccepted { .. }
        | Event::HandedOver { .. }
        | Event::Rated { .. } => {}
    }
    event
}

/// A row in a list, for this asker; `case` as it stands where they meet it.
pub(crate) fn line(ask: &Ask, loaded: &Loaded, case: &Case, doer: &Doer) -> Answer<CaseLine> {
    let flow = loaded.flow()?;
    let view = clock(case, flow, ask.hall.calendar(), ask.hall.settings().light, ask.at);
    let mine = match (doer, &case.assignee) {
        (Doer::Staff { account, .. }, Some(a)) => a.account == *account,
        (Doer::Applicant { .. }, _) => true,
        (Doer::Staff { .. } | Doer::Hall, _) => false,
    };
    Ok(CaseLine {
        id: case.id,
        number: case.number.clone(),
        item_name: ask.item_name(&case.item_name),
        situation: case.situation.as_ref().map(|label| ask.situation(&case.procedure.code, label)),
        applicant_name: case.applicant.name.clone(),
        unit_name: match doer {
            Doer::Staff { .. } => ask.unit_name(&case.unit_name),
            Doer::Applicant { .. } | Doer::Hall => offices(ask, case),
        },
        stage: case.stage.clone(),
        node_title: match doer {
            Doer::Staff { .. } => case.stage.node().and_then(|n| flow.node(n)).map(|n| n.title_in(ask.english())),
            Doer::Applicant { .. } | Doer::Hall => open_nodes(ask, case, flow),
        },
        assignee: case.assignee.as_ref().map(|a| a.name.clone()),
        mine,
        due: view.due,
        left: view.left,
        light: view.light,
        used: view.used,
        version: case.version,
        submitted_at: case.submitted_at,
        asked: asked(ask, case, flow).into_iter().next().map(|(title, _, until)| (title, until)),
        can_rate: domain::cases::may(case, flow, doer, Act::Rate).is_ok(),
        unanswered: false,
        colleagues: match doer {
            Doer::Staff { .. } => ask.hall.presence().colleagues(ask, case.id, case.stage.node()),
            Doer::Applicant { .. } | Doer::Hall => Vec::new(),
        },
        joint: case.joint.clone(),
    })
}

/// Titles of the nodes that are open, in the reader's language and the flow's order.
fn open_nodes(ask: &Ask, case: &Case, flow: &Flow) -> Option<String> {
    let open: Vec<&str> = case.nodes().collect();
    let titles = flow.nodes.iter().filter(|n| open.contains(&n.id.as_str())).map(|n| n.title_in(ask.english()));
    let titles: Vec<String> = titles.collect();
    (!titles.is_empty()).then(|| titles.join(words::timeline::and(ask.lang)))
}

/// What the applicant is asked to do now: title, words, until when.
fn asked(ask: &Ask, case: &Case, flow: &Flow) -> Vec<(String, String, NaiveDate)> {
    let title = |node: &str| Some(flow.node(node)?.asks.as_ref()?.title_in(ask.english()));
    case.asked.iter().filter_map(|a| Some((title(&a.node)?, a.words.clone(), a.until))).collect()
}

/// Names of the offices in which the case lies, each once.
pub(crate) fn offices(ask: &Ask, case: &Case) -> String {
    let beside = case.beside.iter().map(|p| &p.office.name).filter(|name| **name != case.unit_name);
    let names: Vec<String> = std::iter::once(&case.unit_name).chain(beside).map(|name| ask.unit_name(name)).collect();
    names.join(words::timeline::and(ask.lang))
}

/// The asker's own page, for the party they act for.
pub async fn my(ask: &Ask) -> Answer<MyPage> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let drafts = drafts::drafts_in(ask, &mut tx).await?;
    let certificates = crate::certificates::certificates_in(ask, &mut tx).await?;
    let doer = Doer::Applicant { account: me.account };
    let mut page = MyPage {
        name: me.party.name.clone(),
        organisation: me.party.kind == PartyKind::Organisation,
        waiting: Vec::new(),
        drafts,
        to_sign: crate::forms::signing::waiting(ask, &mut tx, &me).await?,
        to_rate: Vec::new(),
        running: Vec::new(),
        finished: Vec::new(),
        certificates,
        messages: Vec::new(),
    };
    for row in cases::list_by_party(&mut tx, me.party.id, None, None, 50).await?.rows {
        let loaded = loaded(ask, &mut tx, row).await?;
        let line = line(ask, &loaded, &loaded.case, &doer)?;
        match &line.stage {
            Stage::AwaitingSupplement { until } => page.waiting.push((line.clone(), *until)),
            Stage::Ended { .. } if line.can_rate => page.to_rate.push(line.clone()),
            _ => {}
        }
        if matches!(line.stage, Stage::Ended { .. }) {
            page.finished.push(line);
        } else {
            page.running.push(line);
        }
    }
    page.messages = notification::newest(ask, &mut tx, me.party.id, 8).await?;
    Ok(page)
}

/// Cases of the asker's party, newest first, and where the next ones begin.
pub async fn my_cases(ask: &Ask, from: Option<&str>, most: i64) -> Answer<(Vec<CaseLine>, Option<String>)> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let doer = Doer::Applicant { account: me.account };
    let from = from.map(Cursor::parse);
    let page = cases::list_by_party(&mut tx, me.party.id, None, from.as_ref(), most).await?;
    let mut lines = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let one = loaded(ask, &mut tx, row).await?;
        lines.push(line(ask, &one, &one.case, &doer)?);
    }
    Ok((lines, page.next.map(|next| next.to_string())))
}

/// A case of the asker's party.
pub async fn case_page(ask: &Ask, id: Uuid) -> Answer<CasePage> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let loaded = load(ask, &mut tx, id).await?;
    let me = owner(me, loaded.case.applicant.party, Thing::Case)?;
    let flow = loaded.flow()?.clone();
    let events = events(&mut tx, id).await?;
    let documents = links(&mut tx, id).await?;
    let answers = answers_of(ask, &mut tx, &loaded.case).await?;
    let submitted = loaded.procedure.form.as_ref().map(|f| summary(f, &answers, loaded.filed_on())).unwrap_or_default();
    let code = loaded.row.procedure_code.clone();
    let open = store::forms::drafts::find_open(&mut tx, me.account, me.party.id, &code, Some(id)).await?;
    let mut case = loaded.case.clone();
    // names and opinions behind the counter stay there (look.md part 19: department, not staff)
    case.assignee = None;
    case.steps.clear();
    case.item_name = ask.item_name(&case.item_name);
    case.situation = case.situation.map(|label| ask.situation(&code, &label));
    case.unit_name = offices(ask, &loaded.case);
    for place in &mut case.beside {
        place.assignee = None;
    }
    Ok(CasePage {
        item_code: code,
        clock: clock(&loaded.case, &flow, ask.hall.calendar(), ask.hall.settings().light, ask.at),
        node_title: open_nodes(ask, &loaded.case, &flow),
        timeline: for_applicant(timeline(&events, &flow, &documents, ask.english(), false)),
        next: ahead(&loaded.case, &flow, ask.english()),
        offers: offers(&loaded.case, &flow, &Doer::Applicant { account: me.account }),
        asked: asked(ask, &loaded.case, &flow),
        supplement_draft: open.filter(|d| d.expires_at > ask.at).map(|d| d.id),
        thread: super::thread::thread(ask, &mut tx, id).await?,
        query_code: query_code(ask, &mut tx, id).await?,
        submitted,
        documents,
        case,
    })
}

/// What the last notice asks for.
pub(crate) async fn supplement_items(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<Vec<SupplementItem>> {
    let row = cases::find(tx, id).await?.ok_or_else(|| Fault::missing(Thing::Case))?;
    let loaded = loaded(ask, tx, row).await?;
    Ok(loaded.case.supplements.last().map(|s| s.items.clone()).unwrap_or_default())
}

/// Open the draft in which a supplement notice is answered: the submitted answers, to be changed.
pub async fn open_supplement(ask: &Ask, id: Uuid) -> Answer<Uuid> {
    retry(|| open_supplement_once(ask, id)).await
}

async fn open_supplement_once(ask: &Ask, id: Uuid) -> Answer<Uuid> {
    as_applicant(&ask.actor)?;
    let mut unit = ask.unit().await?;
    let draft = open_supplement_in(ask, &mut unit, id).await?;
    unit.save().await?;
    Ok(draft)
}

/// The same, in a unit that the caller saves.
pub(crate) async fn open_supplement_in(ask: &Ask, unit: &mut Unit, id: Uuid) -> Answer<Uuid> {
    let me = as_applicant(&ask.actor)?;
    let loaded = load(ask, unit, id).await?;
    let me = owner(me, loaded.case.applicant.party, Thing::Case)?;
    if !matches!(loaded.case.stage, Stage::AwaitingSupplement { .. }) {
        return Err(Refusal::NotNow { act: Act::Supplement, why: Why::WrongStage }.into());
    }
    let code = loaded.row.procedure_code.clone();
    let open = store::forms::drafts::find_open(unit, me.account, me.party.id, &code, Some(id)).await?;
    if let Some(open) = open {
        return Ok(open.id);
    }
    let answers = answers_of(ask, unit, &loaded.case).await?;
    let procedure = loaded.procedure.clone();
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken("a case without a form"))?;
    drafts::add(ask, unit, &me, &procedure, form, answers, Some(id)).await
}

/// Withdraw, before the decision.
pub async fn withdraw(ask: &Ask, id: Uuid, version: i64, reason: &str) -> Answer<()> {
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        withdraw_in(ask, &mut unit, id, version, reason).await?;
        Ok(unit.save().await?)
    })
    .await
}

/// The same, in a unit that the caller saves; answers the case as it is then.
pub(crate) async fn withdraw_in(ask: &Ask, unit: &mut Unit, id: Uuid, version: i64, reason: &str) -> Answer<Case> {
    let me = as_applicant(&ask.actor)?;
    let loaded = load(ask, unit, id).await?;
    let me = owner(me, loaded.case.applicant.party, Thing::Case)?;
    fresh(&loaded.case, version)?;
    let command = Command::Withdraw { reason: reason.to_owned() };
    Ok(perform(ask, unit, loaded, &Doer::Applicant { account: me.account }, command).await?.0)
}

/// Changing acts carry the version their page was drawn from.
pub(super) fn fresh(case: &Case, version: i64) -> Answer<()> {
    if case.version == version { Ok(()) } else { Err(Refusal::Stale.into()) }
}

/// Rate a case, once. The rater's words rest sealed.
pub async fn rate(ask: &Ask, id: Uuid, stars: u8, tags: &[String], words: &str) -> Answer<()> {
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        rate_in(ask, &mut unit, id, stars, tags, words).await?;
        Ok(unit.save().await?)
    })
    .await
}

/// The same, in a unit that the caller saves; answers the case as it is then.
pub(crate) async fn rate_in(ask: &Ask, unit: &mut Unit, id: Uuid, stars: u8, tags: &[String], words: &str) -> Answer<Case> {
    let words = words.trim();
    let have = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
    if have > 500 {
        return Err(Refusal::SaidTooMuch { what: Saying::Comment, have, max: 500 }.into());
    }
    if tags.iter().any(|t| !tag_fits(stars, t)) && (1..=5).contains(&stars) {
        return Err(Refusal::NoSuchChoice { what: Saying::Tags }.into());
    }
    let me = as_applicant(&ask.actor)?;
    let loaded = load(ask, unit, id).await?;
    let me = owner(me, loaded.case.applicant.party, Thing::Case)?;
    let (owner_unit, code) = (loaded.case.unit, loaded.row.procedure_code.clone());
    let command = Command::Rate { stars, tags: tags.to_vec(), has_words: !words.is_empty() };
    let (case, _) = perform(ask, unit, loaded, &Doer::Applicant { account: me.account }, command).await?;
    let rating = new_id(ask.at);
    let sealed = if words.is_empty() {
        None
    } else {
        let key = data_keys::ensure(unit, ask.store().keys(), "case", id).await?;
        Some(key.seal(ratings::WORDS, &rating.to_string(), words.as_bytes())?)
    };
    let row = RatingRow {
        id: rating,
        case_id: id,
        unit_id: owner_unit,
        procedure_code: code,
        stars: i64::from(stars),
        tags: tags.to_vec(),
        words: sealed,
        created_at: ask.at,
    };
    ratings::add(unit, &row).await?;
    Ok(case)
}

/// Red, yellow, green, stopped.
pub(super) fn light_index(light: Option<Light>) -> Option<usize> {
    match light? {
        Light::Red => Some(0),
        Light::Yellow => Some(1),
        Light::Green => Some(2),
        Light::Stopped => Some(3),
    }
}
