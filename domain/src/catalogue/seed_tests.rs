//! The catalogue we ship: it reads, its references hold, and it passes its own publishing checks.
#![allow(clippy::unwrap_used)]

use super::{
    Apply, Audience, Catalogue, CatalogueFault, Facets, FaultKind, Item, ItemType, Query, ResultKind, Sources, StarThresholds,
    faults, star_level,
};

use std::collections::BTreeSet;

const SOURCES: Sources<'static> = Sources {
    items: include_str!("../../../data/catalogue/items.json"),
    bundles: include_str!("../../../data/catalogue/bundles.json"),
    departments: include_str!("../../../data/catalogue/departments.json"),
    tables: include_str!("../../../data/catalogue/code-tables.json"),
    english: include_str!("../../../data/catalogue/english.json"),
};

pub(super) fn catalogue() -> Catalogue {
    Catalogue::parse(&SOURCES).unwrap()
}

#[test]
fn what_heads_a_guide_has_english() {
    let all = catalogue();
    let has = |code: &str, chinese: &str, english: &str| {
        assert!(
            english.chars().any(|c| c.is_ascii_alphabetic()) && english.chars().all(|c| c < '\u{2e80}'),
            "{code}: {chinese} is “{english}” in English"
        );
    };
    for item in &all.items {
        let (code, result) = (item.code.as_str(), &item.result);
        has(code, &item.name, &item.name_en);
        has(code, &item.summary, &item.summary_en);
        has(code, &item.department, &item.department_en);
        has(code, &result.name, &result.name_en);
        item.situations.iter().for_each(|s| has(code, &s.name, &s.name_en));
        result.validity.iter().for_each(|years| has(code, years, &result.validity_en));
        item.visit_reason.iter().for_each(|reason| has(code, reason, &item.visit_reason_en));
        if item.fee.charged {
            has(code, &item.fee.short, &item.fee.short_en);
        }
    }
    for bundle in &all.bundles {
        let code = bundle.code.as_str();
        has(code, &bundle.name, &bundle.name_en);
        has(code, &bundle.summary, &bundle.summary_en);
        has(code, &bundle.lead, &bundle.lead_en);
        bundle.note.iter().for_each(|note| has(code, note, &bundle.note_en));
        bundle.members.iter().for_each(|m| has(code, &m.name, &m.name_en));
    }
}

#[test]
fn the_body_of_every_guide_has_english() {
    let all = catalogue();
    for item in &all.items {
        let mut told = item.clone().in_english(&item.phrases(&all.english));
        told.body(|text| assert!(text.chars().all(|c| c < '\u{2e80}'), "{}: {text}", item.code));
        let laws: Vec<_> = told.basis.iter().map(|basis| basis.says()).collect();
        assert!(laws.iter().all(|law| law.chars().all(|c| c < '\u{2e80}')), "{}: {laws:?}", item.code);
        let (chinese, english) = (&item.materials, &told.materials);
        assert!(chinese.iter().zip(english).all(|(zh, en)| (&zh.code, zh.kind) == (&en.code, en.kind)), "{}", item.code);
    }
}

/// Days, sums and numbers of decrees: a guide that loses one misleads.
#[test]
fn english_keeps_every_figure() {
    const MONTHS: &str = "January February March April May June July August September October November December";
    for (chinese, english) in &catalogue().english {
        let english = english.replace(',', "");
        let words: Vec<&str> = english.split(|c: char| !c.is_alphanumeric()).collect();
        let mut rest = chinese.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let end = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |length| at + length);
            let (figure, after) = (&rest[at..end], rest[end..].trim_start());
            let number: usize = figure.parse().unwrap();
            let said = if after.starts_with("月") {
                words.contains(&MONTHS.split(' ').nth(number - 1).unwrap())
            } else if after.starts_with("万") {
                words.contains(&(number * 10_000).to_string().as_str()) || english.contains(&format!("{} million", number / 100))
            } else {
                words.contains(&figure)
            };
            assert!(said, "{chinese} is “{english}” in English");
            rest = &rest[end..];
        }
    }
}

#[test]
fn all_items_and_bundles_are_there() {
    let all = catalogue();
    assert_eq!((all.items.len(), all.bundles.len()), (69, 7));
    let online: Vec<_> = all.items.iter().filter(|item| item.is_online()).map(|item| item.code.as_str()).collect();
    // what the guide calls open is open, and nothing else is
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/procedures");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let shipped: BTreeSet<String> = names.filter_map(|name| name.strip_suffix(".form.json").map(str::to_owned)).collect();
    assert_eq!(online.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), shipped);
    let catering = all.bundle("catering").unwrap();
    let items: Vec<_> = catering.items().map(ToString::to_string).collect();
    assert_eq!(items, ["gsdj", "gtdj", "spjyxk", "hwgg", "xfjc"]);
    for bundle in &all.bundles {
        for code in bundle.items() {
            let item = all.find(code.as_str()).unwrap();
            assert!(all.bundles_of(item).any(|other| other.code == bundle.code), "{code} forgets {}", bundle.code);
        }
    }
}

/// Nothing may be wrong but one thing: specimens. They are drawn from the document template of an item once it is
/// opened online; the guides that are not open yet have no template and therefore, honestly, no specimen.
#[test]
fn every_item_passes_the_publishing_checks() {
    for item in &catalogue().items {
        let on_paper = matches!(item.result.kind, ResultKind::Certificate | ResultKind::Decision);
        let allowed = if on_paper && item.apply == Apply::Guide { vec![FaultKind::SampleMissing] } else { vec![] };
        let found: Vec<_> = faults(item).into_iter().map(|fault| fault.kind).collect();
        assert_eq!(found, allowed, "{} {}", item.code, item.name);
    }
}

#[test]
fn every_item_is_told_in_plain_words() {
    for item in &catalogue().items {
        let code = &item.code;
        let length = item.summary.chars().count();
        assert!((8..=60).contains(&length) && item.summary.ends_with('。'), "{code}: {}", item.summary);
        assert!((5..=12).contains(&item.words.len()), "{code}: {} words", item.words.len());
        let mut words = item.words.clone();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), item.words.len(), "{code}: a word twice");
        assert!(item.name_en.is_ascii() || item.name_en.contains('é'), "{code}");
        assert!(item.name_pinyin.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{code}");
        assert_eq!((item.basic_code.len(), item.implementation_code.len()), (12, 31), "{code}");
        assert!(item.implementation_code.ends_with(&item.basic_code), "{code}");
        for text in told(item) {
            assert!(!text.contains([',', '?', ';', '(']), "{code}: half-width punctuation in {text}");
            for never in ["无权", "非法操作", "系统异常", "请勿"] {
                assert!(!text.contains(never), "{code}: {text}");
            }
        }
        if item.apply == Apply::Guide && item.visits == 0 {
            let says: String = item.steps.iter().map(|step| step.says.as_str()).collect();
            assert!(says.contains("网上申请还没有开通") || says.contains("预约"), "{code} promises what is not open");
        }
    }
}

fn told(item: &Item) -> impl Iterator<Item = &String> {
    let steps = item.steps.iter().map(|step| &step.says);
    let questions = item.questions.iter().flat_map(|question| [&question.q, &question.a]);
    let hows = item.materials.iter().filter_map(|material| material.how.as_ref());
    item.conditions.iter().chain([&item.summary, &item.place]).chain(steps).chain(questions).chain(hows)
}

#[test]
fn stars_count_only_what_is_open() {
    let all = catalogue();
    let stars = |item: &Item| star_level(item, &StarThresholds::default());
    assert_eq!(stars(all.find("spjyxk").unwrap()), 5);
    let mut closed = all.find("gsdj").unwrap().clone();
    closed.apply = Apply::Guide;
    assert_eq!(stars(&closed), 2, "designed for level Ⅳ, but filing is not open");
    let mut once = all.find("spjyxk").unwrap().clone();
    once.visits = 1;
    assert_eq!(star_level(&once, &StarThresholds::default()), 4);
    once.visits = 2;
    assert_eq!(star_level(&once, &StarThresholds::default()), 3);
}

#[test]
fn visits_today_are_honest() {
    let all = catalogue();
    let mut item = all.find("gsdj").unwrap().clone();
    item.apply = Apply::Guide;
    assert_eq!(item.visits_now(), 0, "papers may be posted");
    item.mail = false;
    assert_eq!(item.visits_now(), 1, "neither online nor by post: one must come");
    assert_eq!(all.find("lhdj").unwrap().visits_now(), 2);
}

#[test]
fn broken_references_are_refused() {
    let twice = SOURCES.items.replacen("\"code\": \"yubaozhuang\"", "\"code\": \"spjyxk\"", 1);
    let fault = Catalogue::parse(&Sources { items: &twice, ..SOURCES }).unwrap_err();
    assert!(matches!(fault, CatalogueFault::Twice(_)), "{fault}");
    let fault = Catalogue::parse(&Sources { departments: "[]", ..SOURCES }).unwrap_err();
    assert!(matches!(fault, CatalogueFault::NoDepartment(..)), "{fault}");
    let fault = Catalogue::parse(&Sources { bundles: "[]", ..SOURCES }).unwrap_err();
    assert!(matches!(fault, CatalogueFault::Dangling(..)), "{fault}");
    let fault = Catalogue::parse(&Sources { tables: "{\"tables\":{}}", ..SOURCES }).unwrap_err();
    assert!(matches!(fault, CatalogueFault::NoTheme(..)), "{fault}");
    let lost = SOURCES.bundles.replacen("\"spjyxk\"", "\"nothing\"", 1);
    let fault = Catalogue::parse(&Sources { bundles: &lost, ..SOURCES }).unwrap_err();
    assert!(matches!(fault, CatalogueFault::Dangling(..)), "{fault}");
    assert!(matches!(Catalogue::parse(&Sources { items: "{", ..SOURCES }), Err(CatalogueFault::Unreadable(..))));
}

#[test]
fn an_item_survives_being_stored() {
    for item in catalogue().items {
        let text = serde_json::to_string(&item).unwrap();
        assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), item);
    }
}

#[test]
fn counts_say_what_ticking_gives() {
    let all = catalogue();
    let (lines, facets) = (all.lines(), Facets::new(&all.departments, &all.tables));
    let base = facets.query([("who", "2"), ("visit", "0")]);
    let found = facets.apply(&lines, &base);
    assert!(!found.lines.is_empty());
    assert!(found.lines.iter().all(|line| line.audience.contains(&Audience::Enterprise) && line.visits == 0));
    // Ticking one more department alone gives exactly the number beside it.
    for option in &found.counts.dept {
        let ticked = Query { dept: vec![option.value.clone()], ..base.clone() };
        assert_eq!(facets.apply(&lines, &ticked).lines.len(), option.count, "{}", option.label);
    }
    // Within one facet ticks add up: the count beside a choice ignores the other ticks of its own facet.
    let people = found.counts.who.iter().find(|option| option.value == "1").unwrap();
    let alone = facets.apply(&lines, &facets.query([("who", "1"), ("visit", "0")]));
    assert_eq!(people.count, alone.lines.len());
    assert!(!people.chosen && found.counts.who.iter().any(|option| option.chosen && option.value == "2"));
    // Departments with most items first.
    assert!(found.counts.dept.is_sorted_by(|a, b| a.count >= b.count));
}

#[test]
fn unknown_departments_and_themes_are_told_not_applied() {
    let all = catalogue();
    let (lines, facets) = (all.lines(), Facets::new(&all.departments, &all.tables));
    let query = facets.query([("dept", "nosuch"), ("theme", "n007"), ("dept", "mzj")]);
    assert_eq!((query.dept.as_slice(), query.theme.as_ref()), (["mzj".to_owned()].as_slice(), None));
    assert_eq!(query.unknown.len(), 2);
    let found = facets.apply(&lines, &query);
    assert_eq!(found.lines.len(), all.items.iter().filter(|item| item.department_code == "mzj").count());
    let chips = facets.chips(&facets.query([("q", "证"), ("dept", "mzj"), ("theme", "n060")]), "/items");
    let labels: Vec<_> = chips.iter().map(|chip| chip.label.as_str()).collect();
    assert_eq!(labels, ["民政局", "婚姻登记"]);
    assert_eq!(chips[0].without, "/items?q=%E8%AF%81&theme=n060");
}

#[test]
fn permits_are_the_bulk_and_every_theme_has_a_name() {
    let all = catalogue();
    assert_eq!(all.items.iter().filter(|item| item.kind == ItemType::Permit).count(), 38);
    for item in &all.items {
        assert!(all.tables.theme_name(&item.main_theme().unwrap()).is_some());
    }
}
