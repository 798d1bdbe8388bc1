//! Joint forms of the bundles that are shipped, filled in with the samples of their matters.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::catalogue::Bundle;
use crate::forms::tests::today;
use crate::forms::{Answers, Samples, validate};

fn text(name: &str) -> Option<String> {
    let file = format!("{}/../data/procedures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(file).ok()
}

fn bundle(code: &str) -> Bundle {
    let all: Vec<Bundle> = serde_json::from_str(include_str!("../../../../data/catalogue/bundles.json")).unwrap();
    all.into_iter().find(|b| b.code.as_str() == code).unwrap()
}

fn form(code: &str) -> Form {
    Form::from_json(&text(&format!("{code}.form.json")).unwrap()).unwrap()
}

fn joint(code: &str, matters: &[&str]) -> (Joint, Vec<(String, Form)>) {
    let forms: Vec<(String, Form)> = matters.iter().map(|code| ((*code).to_owned(), form(code))).collect();
    let of = |(code, form): &'_ (String, Form)| (code.clone(), form.clone());
    let kept: Vec<_> = forms.iter().map(of).collect();
    let given: Vec<Matter<'_>> =
        kept.iter().map(|(code, form)| Matter { code, name: &form.title, name_en: "x", version: 1, form }).collect();
    (join(&bundle(code), &given).unwrap(), forms)
}

/// A sample with a file at every place that asks for one.
fn sample(code: &str, n: usize) -> Answers {
    let samples: Samples = serde_json::from_str(&text(&format!("{code}.samples.json")).unwrap()).unwrap();
    let sample = samples.samples.get(n).unwrap_or(&samples.samples[0]);
    let mut answers = sample.answers_on_paper(today());
    for (key, name) in &sample.files {
        let kind = if name.ends_with(".pdf") { "application/pdf" } else { "image/jpeg" };
        answers.add_file(key.clone(), crate::forms::tests::upload(&format!("{code}-{key}"), name, kind));
    }
    answers
}

const BUNDLES: [(&str, &[&str]); 3] =
    [("catering", &["spjyxk", "hwgg", "xfjc"]), ("newborn", &["csdj", "cxyb"]), ("disability", &["cjrz", "cjbt"])];

#[test]
fn the_joint_forms_of_the_shipped_bundles_may_be_published() {
    for (code, matters) in BUNDLES {
        let (joint, forms) = joint(code, matters);
        assert_eq!(joint.form.faults(), [], "{code}");
        let asked = joint.form.places().count();
        let apart: usize = forms.iter().map(|(_, form)| form.places().count()).sum();
        let saved = joint.shared.len() - joint.shared.values().collect::<BTreeSet<_>>().len() + joint.given.len();
        assert!(saved > 0, "{code} asks nothing once");
        // what can never be asked on this occasion is not there either
        assert!(asked <= apart + 1 - saved, "{code}: {asked} of {apart}, {saved} saved");
        assert!(joint.form.declarations.len() < forms.iter().map(|(_, f)| f.declarations.len()).sum());
        let json = serde_json::to_string(&joint).unwrap();
        assert_eq!(serde_json::from_str::<Joint>(&json).unwrap(), joint);
    }
}

#[test]
fn a_fact_is_asked_once_and_reaches_every_matter() {
    let (joint, forms) = joint("catering", &["spjyxk", "hwgg", "xfjc"]);
    assert_eq!(joint.place_of("hwgg", "name"), joint.place_of("spjyxk", "operator_name"));
    assert_eq!(joint.place_of("xfjc", "licence"), joint.place_of("spjyxk", "business_licence"), "one paper, handed in once");
    let mut answers = Answers::default();
    answers.set_many(MATTERS, vec!["hwgg".into(), "spjyxk".into()]);
    answers.set("spjyxk_operator_name", "禾家面馆");
    assert_eq!(joint.wanted(&answers).map(|(code, _)| code).collect::<Vec<_>>(), ["spjyxk", "hwgg"]);
    let parts: Vec<Answers> = forms.iter().map(|(code, form)| joint.part(code, form, &answers)).collect();
    assert_eq!((parts[0].one("operator_name"), parts[1].one("name")), ("禾家面馆", "禾家面馆"));

    let (newborn, forms) = self::joint("newborn", &["csdj", "cxyb"]);
    assert!(newborn.form.place("cxyb_category").is_none(), "the occasion says it");
    assert_eq!(newborn.part("cxyb", &forms[1].1, &Answers::default()).one("category"), "newborn");
}

#[test]
fn answers_that_fill_in_each_form_fill_in_the_joint_one_and_come_apart_again() {
    let mut tried = 0;
    // samples of one person, so that what is shared is the same in both
    let together =
        [("catering", ["spjyxk", "hwgg"], 3), ("catering", ["spjyxk", "xfjc"], 3), ("disability", ["cjrz", "cjbt"], 1)];
    for (code, matters, samples) in together {
        let (joint, forms) = joint(code, &matters);
        for n in 0..samples {
            let own: Vec<Answers> = matters.iter().map(|code| sample(code, n)).collect();
            let whole = joint.whole(matters.iter().copied().zip(&own));
            let found: Vec<_> = validate(&joint.form, &whole, today()).into_iter().map(|p| (p.key, p.fault)).collect();
            assert_eq!(found, [], "{code} {matters:?} {n}");
            for ((code, form), own) in forms.iter().zip(&own) {
                let part = joint.part(code, form, &whole);
                assert_eq!(validate(form, &part, today()), [], "{code}");
                let shared = |key: &String| joint.shared.contains_key(&named(code, crate::forms::split_key(key).0));
                for (key, said) in &own.values {
                    assert!(shared(key) || part.values.get(key) == Some(said), "{code} {key}");
                }
                assert_eq!(part.rows, own.rows);
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 14);
}

#[test]
fn what_is_not_wanted_is_not_asked() {
    let (joint, _) = joint("catering", &["spjyxk", "hwgg", "xfjc"]);
    let own = sample("hwgg", 0);
    let whole = joint.whole([("hwgg", &own)]);
    assert_eq!(validate(&joint.form, &whole, today()), []);
    // nor promised: only what this matter wants said stands in the way
    let unsaid: Vec<String> = crate::forms::ready(&joint.form, &whole, today()).into_iter().map(|p| p.key).collect();
    assert_eq!(unsaid, Vec::<String>::new());
    let silent = Answers { agreed: BTreeSet::new(), ..whole.clone() };
    assert_eq!(crate::forms::ready(&joint.form, &silent, today()).len(), 2, "truth and fetch");
    let none = validate(&joint.form, &Answers::default(), today());
    assert_eq!(none.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(), [MATTERS]);
}

#[test]
fn one_matter_is_no_bundle() {
    let form = form("hwgg");
    let one = Matter { code: "hwgg", name: "x", name_en: "x", version: 1, form: &form };
    assert!(join(&bundle("catering"), &[one]).is_none());
}
