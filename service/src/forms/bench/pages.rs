//! What the pages of the bench show.

use super::{OnBench, look, made, read, stage_of, upwards};
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use domain::forms::design::view::{BenchPage, FormLine, May, Stage};
use domain::forms::design::{Spot, Work, advice, differences, sheet};
use domain::forms::{Answers, Drawn, Problem, validate};
use domain::identity::permission::{AsStaff, as_staff, builder, reviewer, sees_bench};
use domain::refusal::Thing;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::catalogue::procedures::{self, ProcedureFilter};
use store::forms::drafts;
use store::new_id;
use uuid::Uuid;

/// Forms of one list.
const MOST_FORMS: i64 = 500;

/// The forms of the offices whose bench the asker may look at.
///
/// # Errors
/// For whoever holds no such post the page does not exist.
pub async fn forms(ask: &Ask) -> Answer<Vec<FormLine>> {
    let me = as_staff(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let next =
        ProcedureFilter { states: ["draft", "submitted", "reviewed"].map(str::to_owned).to_vec(), ..ProcedureFilter::default() };
    let next = procedures::list(&mut tx, &next, None, MOST_FORMS).await?.rows;
    let next: HashMap<String, _> = next.into_iter().map(|line| (line.code.clone(), line)).collect();
    let running: HashMap<String, i64> = drafts::count_by_procedure(&mut tx, ask.at).await?.into_iter().collect();
    let (mut lines, mut above): (Vec<FormLine>, HashMap<Option<Uuid>, Vec<Uuid>>) = (Vec::new(), HashMap::new());
    let published = ask.hall.published();
    for line in &published.lines {
        let Some(procedure) = published.procedure(line.code.as_str()) else { continue };
        let Some(form) = &procedure.form else { continue };
        let units = match above.entry(procedure.unit) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(upwards(&mut tx, procedure.unit).await?),
        };
        if sees_bench(me.clone(), units).is_err() {
            continue;
        }
        let code = line.code.to_string();
        let row = next.get(&code);
        lines.push(FormLine {
            item_name: ask.item_name(&procedure.item.name),
            department: ask.unit_name(&procedure.item.department),
            version: procedure.version,
            questions: u32::try_from(form.places().count()).unwrap_or(u32::MAX),
            drafts: running.get(&code).map_or(0, |n| u32::try_from(*n).unwrap_or(u32::MAX)),
            next: row.and_then(|row| Some((row.version, stage_of(&row.state)?))),
            changed_at: row.map_or(ask.at, |row| row.changed_at),
            code,
        });
    }
    if lines.is_empty() { Err(Fault::missing(Thing::Page)) } else { Ok(lines) }
}

/// A form on the bench, or the one in force when none is in the making; `spot` is what is looked at.
///
/// # Errors
/// For whoever may not look, the page does not exist.
pub async fn bench(ask: &Ask, code: &str, spot: Option<Spot>) -> Answer<BenchPage> {
    let mut tx = ask.store().read().await?;
    let (me, units, in_force) = look(ask, &mut tx, code).await?;
    let drafts = drafts::count_of(&mut tx, code, ask.at).await?;
    let drafts = u32::try_from(drafts).unwrap_or(u32::MAX);
    match made(&mut tx, code).await? {
        Some(row) => {
            let (work, notes) = read(&row)?;
            let open = OnBench { me, units, in_force, row, work, notes };
            on_bench(ask, &open, spot, drafts)
        }
        None => in_force_page(ask, (me, &units), &in_force, spot, drafts),
    }
}

fn looked_at(work: &Work, spot: Option<Spot>) -> (Spot, Answers) {
    let spot = spot.filter(|spot| work.form.thing(spot).is_some()).unwrap_or(Spot::Form);
    let answers = work.sheet(&spot).unwrap_or_default();
    (spot, answers)
}

fn on_bench(ask: &Ask, open: &OnBench, spot: Option<Spot>, drafts: u32) -> Answer<BenchPage> {
    let (work, notes, today) = (&open.work, &open.notes, ask.today());
    let (spot, answers) = looked_at(work, spot);
    let mut problems = wrong(work, &spot, &answers, ask);
    // that two windows clash is told at once
    problems.retain(|p| notes.tried.contains(&spot) || matches!(p.fault, domain::forms::Fault::Clash { .. }));
    let before = open.in_force.form.as_ref().ok_or_else(|| Fault::broken("a form that is gone"))?;
    let by = notes.handed_in.as_ref();
    let may = May {
        build: builder(open.me.clone(), &open.units).is_ok(),
        review: reviewer(open.me.clone(), &open.units, by.map(|by| by.account).unwrap_or_default()).is_ok(),
    };
    Ok(BenchPage {
        code: open.row.code.clone(),
        item_name: ask.item_name(&open.in_force.item.name),
        version: open.row.version,
        stage: open.stage(),
        drawn: drawn(ask, &spot, &answers),
        spot,
        sheet: answers,
        problems,
        faults: work.form.faults(),
        flow_faults: super::review::flow_faults(open)?,
        advice: advice(&work.form, today),
        unread: work.unread.keys().cloned().collect(),
        differences: differences(before, &work.form, today),
        form: work.form.clone(),
        drafts,
        today,
        handed_in: by.map(|by| (by.name.clone(), by.at)),
        from: notes.from,
        returned: notes.returned.clone(),
        remarks: notes.remarks.clone(),
        may,
    })
}

fn drawn(ask: &Ask, spot: &Spot, answers: &Answers) -> Drawn {
    sheet(spot).map(|sheet| Drawn::of(sheet, answers, new_id(ask.at).simple().to_string())).unwrap_or_default()
}

/// What is wrong with a sheet as it stands.
fn wrong(work: &Work, spot: &Spot, answers: &Answers, ask: &Ask) -> Vec<Problem> {
    match work.unread.get(spot) {
        Some(_) => work.clone().take(spot, answers, ask.today()),
        None => sheet(spot).map(|sheet| validate(sheet, answers, ask.today())).unwrap_or_default(),
    }
}

fn in_force_page(
    ask: &Ask,
    (me, units): (AsStaff, &[Uuid]),
    in_force: &Procedure,
    spot: Option<Spot>,
    drafts: u32,
) -> Answer<BenchPage> {
    let form = in_force.form.clone().ok_or_else(|| Fault::missing(Thing::Page))?;
    let work = Work::on(form);
    let (spot, answers) = looked_at(&work, spot);
    Ok(BenchPage {
        code: in_force.item.code.to_string(),
        item_name: ask.item_name(&in_force.item.name),
        version: in_force.version,
        stage: Stage::Published,
        drawn: Drawn::default(),
        spot,
        sheet: answers,
        problems: Vec::new(),
        faults: Vec::new(),
        flow_faults: Vec::new(),
        advice: Vec::new(),
        unread: Vec::new(),
        differences: Vec::new(),
        form: work.form,
        drafts,
        today: ask.today(),
        handed_in: None,
        from: None,
        returned: None,
        remarks: Vec::new(),
        may: May { build: builder(me, units).is_ok(), review: false },
    })
}
