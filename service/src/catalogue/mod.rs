//! Finding an item and reading its guide.

mod blank;
mod names;
pub(crate) mod search;
mod seed;
mod shipped;

pub use blank::{BlankForm, blank_form};
pub use seed::seed;
pub(crate) use shipped::offices_online;
pub use shipped::{SHIPPED, Texts, samples};

use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure, Published};
use domain::cases::Flow;
use domain::catalogue::view::{BundleLine, BundlePage, GuidePage, HomePage, ItemsPage, ThemeLine};
use domain::catalogue::{Bundle, Counts, Facets, Item, ItemLine, Phrases, Query, Theme, ThemeSet};
use domain::forms::Form;
use domain::forms::view::EligiblePage;
use domain::refusal::Thing;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use store::Tx;
use store::catalogue::procedures::{ProcedureFilter, ProcedureRow};

/// Items on a page of the list.
const PAGE: usize = 20;
/// Search hits that are looked at; the rest is noise.
const HITS: usize = 100;

/// The stored body of a procedure.
#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    pub item: Item,
    pub form: Option<Form>,
    #[serde(default)]
    pub flow: Option<Flow>,
    /// The body of the guide in English.
    #[serde(default)]
    pub english: Phrases,
}

/// Read everything in force.
pub(crate) async fn load(tx: &mut Tx) -> Answer<(Vec<Procedure>, Vec<Bundle>)> {
    let mut procedures = Vec::new();
    let filter = ProcedureFilter { states: vec!["published".into()], ..ProcedureFilter::default() };
    let mut cursor = None;
    loop {
        let page = store::catalogue::procedures::list(tx, &filter, cursor.as_ref(), 200).await?;
        for line in &page.rows {
            let row = store::catalogue::procedures::find(tx, &line.code, line.version).await?;
            if let Some(row) = row {
                procedures.push(procedure_of(tx, row).await?);
            }
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    let mut bundles: Vec<Bundle> = Vec::new();
    for row in store::catalogue::bundles::list(tx, Some("published"), None, 100).await?.rows {
        bundles.push(serde_json::from_value(row.body)?);
    }
    Ok((procedures, bundles))
}

/// A row as a procedure.
pub(crate) async fn procedure_of(tx: &mut Tx, row: ProcedureRow) -> Answer<Procedure> {
    let mut body = row.body;
    let flow = body.as_object_mut().and_then(|b| b.remove("flow")).filter(|f| !f.is_null());
    let flow = flow.map(Flow::from_stored).transpose()?;
    let body = Body { flow, ..serde_json::from_value(body)? };
    let unit_name = match row.unit_id {
        Some(id) => store::identity::units::find(tx, id).await?.map(|u| u.name),
        None => None,
    };
    Ok(Procedure {
        version: row.version,
        unit: row.unit_id,
        unit_name: unit_name.unwrap_or_else(|| body.item.department.clone()),
        item: body.item,
        form: body.form,
        flow: body.flow,
        joint: None,
        english: body.english,
    })
}

/// Facets over the departments and themes of this hall.
pub(crate) fn facets() -> Answer<Facets> {
    let catalogue = seed::catalogue()?;
    Ok(Facets::new(&catalogue.departments, &catalogue.tables))
}

fn bundle_line(bundle: &Bundle) -> BundleLine {
    BundleLine {
        code: bundle.code.to_string(),
        name: bundle.name.clone(),
        name_en: bundle.name_en.clone(),
        sentence: bundle.summary.clone(),
        sentence_en: bundle.summary_en.clone(),
        members: u32::try_from(bundle.members.len()).unwrap_or(u32::MAX),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The home page.
pub async fn home(ask: &Ask) -> Answer<HomePage> {
    let published = ask.hall.published();
    let lines = &published.lines;
    let themes = |set: ThemeSet| -> Vec<ThemeLine> {
        let named = published.tables.iter().flat_map(|tables| tables.themes(set));
        named
            .map(|(theme, name)| ThemeLine {
                code: theme.parameter(),
                name: name.to_owned(),
                items: count(lines.iter().filter(|l| l.themes.has(&theme)).count()),
            })
            .filter(|t| t.items > 0)
            .collect()
    };
    Ok(HomePage {
        items: count(lines.len()),
        online: count(published.items().filter(|i| i.is_online()).count()),
        no_visit: count(lines.iter().filter(|l| l.visits == 0).count()),
        popular: popular(&published),
        bundles: published.bundles.iter().map(bundle_line).collect(),
        themes_natural: themes(ThemeSet::Natural),
        themes_legal: themes(ThemeSet::Legal),
    })
}

/// What people come for most, as its editors rank it.
fn popular(published: &Published) -> Vec<ItemLine> {
    let mut ranked: Vec<(u8, ItemLine)> = published.items().filter_map(|i| Some((i.popular?, i.line()))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, line)| line).collect()
}

/// Search and browse. `pairs` are the parameters of the address; what is not understood is set aside and said.
pub async fn items(ask: &Ask, pairs: Vec<(String, String)>) -> Answer<ItemsPage> {
    let published = ask.hall.published();
    let query: Query = published.facets.query(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let from: usize =
        pairs.iter().find(|(k, _)| k == "from").and_then(|(_, v)| v.parse().ok()).filter(|n| *n <= HITS * 100).unwrap_or(0);
    let text = query.q.trim().to_owned();
    let (found_lines, bundle) = if text.is_empty() {
        (Cow::Borrowed(&published.lines), None)
    } else {
        let hall = ask.hall.clone();
        let words = text.clone();
        // building the index loads a dictionary: not on a thread that serves others
        let hits = tokio::task::spawn_blocking(move || -> Answer<Vec<String>> {
            Ok(hall.search()?.search(&words, HITS).into_iter().map(|h| h.code.to_string()).collect())
        })
        .await
        .map_err(Fault::broken)??;
        let lines: Vec<ItemLine> = hits.iter().filter_map(|c| published.procedure(c)).map(|p| p.item.line()).collect();
        let asked = search::plain(&text);
        let bundle = published
            .bundles
            .iter()
            .find(|b| b.name.contains(&asked) || b.words.iter().any(|w| w.contains(&asked) || asked.contains(w.as_str())))
            .map(bundle_line);
        (Cow::Owned(lines), bundle)
    };
    let found = published.facets.apply(&found_lines, &query);
    let counts: Counts = found.counts;
    let lines: Vec<ItemLine> = found.lines.into_iter().cloned().collect();
    let total = lines.len();
    let page: Vec<ItemLine> = lines.into_iter().skip(from).take(PAGE).collect();
    let end = from + page.len();
    let theme_name = query
        .theme
        .as_ref()
        .and_then(|t: &Theme| published.tables.as_ref().and_then(|tables| tables.theme_name(t).map(str::to_owned)));
    Ok(ItemsPage {
        unknown: query.unknown.clone(),
        query,
        lines: page,
        counts,
        found: count(total),
        next: (end < total).then(|| end.to_string()),
        bundle,
        theme_name,
    })
}

/// A guide.
pub async fn item(ask: &Ask, code: &str) -> Answer<GuidePage> {
    let published = ask.hall.published();
    let procedure = published.procedure(code).ok_or_else(|| Fault::missing(Thing::Item))?;
    let bundles = published.bundles.iter().filter(|b| b.items().any(|i| i.as_str() == code)).map(bundle_line).collect();
    let item = procedure.item.clone();
    let item = if ask.english() { item.in_english(&procedure.english) } else { item };
    // how the facts were checked is for editors
    let eligible = procedure.form.as_ref().is_some_and(|form| !form.eligibility.is_empty());
    Ok(GuidePage { item: Item { provenance: None, ..item }, bundles, eligible })
}

/// The questions the conditions of an item rest on. What is answered never comes here: it is judged where it is drawn.
///
/// # Errors
/// No such item, or one whose form sets no conditions.
pub fn eligible(ask: &Ask, code: &str) -> Answer<EligiblePage> {
    let procedure = ask.hall.published().procedure(code).ok_or_else(|| Fault::missing(Thing::Item))?;
    let form = procedure.form.as_ref().and_then(Form::eligibility_form).ok_or_else(|| Fault::missing(Thing::Page))?;
    let item_name = ask.item_name(&procedure.item.name);
    Ok(EligiblePage { code: code.to_owned(), item_name, form, today: ask.today(), online: procedure.item.is_online() })
}

/// What is to be known before applying, for an item or a bundle.
pub async fn to_apply(ask: &Ask, code: &str) -> Answer<GuidePage> {
    let joint = ask.hall.published().to_fill_in(code).filter(|procedure| procedure.joint.is_some());
    match joint {
        Some(joint) => {
            Ok(GuidePage { item: Item { provenance: None, ..joint.item.clone() }, bundles: Vec::new(), eligible: false })
        }
        None => item(ask, code).await,
    }
}

/// A bundle with its members.
pub async fn bundle(ask: &Ask, code: &str) -> Answer<BundlePage> {
    let published = ask.hall.published();
    let found = published.bundles.iter().find(|b| b.code.as_str() == code);
    let bundle = found.cloned().ok_or_else(|| Fault::missing(Thing::Item))?;
    let members = bundle.items().filter_map(|c| published.procedure(c.as_str())).map(|p| p.item.line()).collect();
    let joint = published.to_fill_in(code).and_then(|procedure| procedure.joint.clone());
    let joined = joint.into_iter().flat_map(|joint| joint.matters).map(|(code, _)| code).collect();
    Ok(BundlePage { bundle, members, joined })
}

/// Code tables of this hall.
pub(crate) fn tables() -> Option<domain::catalogue::CodeTables> {
    seed::catalogue().ok().map(|c| c.tables.clone())
}

/// 统一社会信用代码 of a department.
pub(crate) fn credit_code(department: &str) -> Answer<String> {
    let found = seed::catalogue()?.department(department).map(|d| d.credit_code.clone());
    found.ok_or_else(|| Fault::broken(format!("no department {department}")))
}

/// Departments: code, name, short name.
pub(crate) fn departments() -> Answer<Vec<(String, String, String)>> {
    let catalogue = seed::catalogue()?;
    Ok(catalogue.departments.iter().map(|d| (d.code.clone(), d.name.clone(), d.short.clone())).collect())
}
