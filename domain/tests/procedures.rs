//! Every procedure that can be filed online: item, form, flow and samples fit together, and each sample can be submitted.
//! The texts are read when the test runs: a new procedure needs no new test.
#![allow(clippy::unwrap_used)]

use chrono::NaiveDate;
use domain::cases::{Charge, Flow};
use domain::catalogue::Item;
use domain::forms::{
    Answers, FileNote, Form, Kind, Sample, Samples, barred, json_schema, materials_needed, nested, ready, split_key, take_nested,
    validate,
};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Posts a unit of the starter hall has (`Post::post`).
const POSTS: [&str; 4] = ["window", "inspector", "reviewer", "approver"];

fn today() -> NaiveDate {
    "2026-10-09".parse().unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/procedures")
}

fn read(name: &str) -> Option<String> {
    std::fs::read_to_string(folder().join(name)).ok()
}

struct Procedure {
    code: String,
    item: Item,
    form: Form,
    flow: Flow,
    samples: Vec<Sample>,
}

fn offices() -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder().join("../catalogue/departments.json")).unwrap();
    let departments: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let codes = departments.iter().map(|d| d["code"].as_str().unwrap().to_owned());
    codes.chain(["wanghe", "xinan"].map(str::to_owned)).collect()
}

fn catalogue() -> Vec<Item> {
    let items = std::fs::read_to_string(folder().join("../catalogue/items.json")).unwrap();
    serde_json::from_str(&items).unwrap()
}

fn procedures(faults: &mut Vec<String>) -> Vec<Procedure> {
    let items = catalogue();
    let mut codes: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|e| e.unwrap().file_name().to_str().and_then(|n| n.strip_suffix(".form.json")).map(str::to_owned))
        .collect();
    codes.sort();
    let mut all = Vec::new();
    for code in codes {
        let whole = || -> Result<Procedure, String> {
            let text = |kind: &str| read(&format!("{code}.{kind}.json")).ok_or(format!("{code}.{kind}.json is missing"));
            let says = |kind: &str, e: serde_json::Error| format!("{code}.{kind}.json: {e}");
            let form = Form::from_json(&text("form")?).map_err(|e| says("form", e))?;
            let flow = serde_json::from_str(&text("flow")?).map_err(|e| says("flow", e))?;
            let samples: Samples = serde_json::from_str(&text("samples")?).map_err(|e| says("samples", e))?;
            let item = items.iter().find(|i| i.code.as_str() == code).cloned().ok_or(format!("no item {code}"))?;
            Ok(Procedure { code: code.clone(), item, form, flow, samples: samples.samples })
        };
        match whole() {
            Ok(procedure) => all.push(procedure),
            Err(fault) => faults.push(fault),
        }
    }
    all
}

/// The answers of a sample, with stand-in uploads of a type the field takes.
fn answers(form: &Form, sample: &Sample) -> Answers {
    let mut answers = sample.answers_on_paper(today());
    for (key, name) in &sample.files {
        let (field, _) = split_key(key);
        let media_type = match form.place(field).map(|p| &p.field.kind) {
            Some(Kind::Files { accept, .. }) => {
                let wanted = name.rsplit('.').next().unwrap_or_default().to_uppercase();
                accept.iter().find(|t| t.name() == wanted).map_or("application/none", |t| t.media_type())
            }
            Some(_) | None => "application/pdf",
        };
        let note = FileNote {
            id: format!("sample-{key}"),
            name: name.clone(),
            size: 5000,
            media_type: media_type.into(),
            hash: String::new(),
        };
        answers.files.entry(key.clone()).or_default().push(note);
    }
    answers
}

fn check(p: &Procedure, offices: &BTreeSet<String>, items: &BTreeSet<String>) -> Vec<String> {
    let mut faults: Vec<String> = p.form.faults().iter().map(|f| format!("form: {f:?}")).collect();
    faults.extend(p.flow.faults_with(&p.form).into_iter().map(|f| format!("flow: {f}")));
    faults.extend(domain::catalogue::faults(&p.item).iter().map(|f| format!("item: {f:?}")));
    if p.form.id != p.code {
        faults.push(format!("form.id is {}", p.form.id));
    }
    for page in &p.form.pages {
        if page.title_en.is_empty() || page.heading_en.is_empty() {
            faults.push(format!("page {} has no English", page.id));
        }
    }
    for place in p.form.places() {
        let field = place.field;
        if field.label_en.is_empty() || (!field.hint.is_empty() && field.hint_en.is_empty()) {
            faults.push(format!("field {} lacks English", field.id));
        }
        if field.kind.options().iter().any(|o| o.label_en.is_empty()) {
            faults.push(format!("an option of {} lacks English", field.id));
        }
        if field.checks.iter().any(|c| c.message_en.is_empty()) {
            faults.push(format!("a check of {} lacks English", field.id));
        }
        if field.kind == Kind::CitizenId && !field.sensitive {
            faults.push(format!("{} is an ID number and not marked sensitive", field.id));
        }
    }
    // one tariff: what the guide says and what is worked out
    for fee in &p.flow.fees {
        let line = p.item.fee.lines.iter().find(|line| line.name == fee.name && line.basis == fee.basis);
        if line.is_none_or(|line| line.fen.is_some_and(|fen| fee.fen.to_string() != fen.to_string())) || fee.name_en.is_empty() {
            faults.push(format!("fee {} is not what the guide says, or lacks English", fee.name));
        }
    }
    for criterion in &p.form.eligibility {
        if criterion.name_en.is_empty() || criterion.message_en.is_empty() || criterion.law_en.is_empty() {
            faults.push(format!("condition {} lacks English", criterion.name));
        }
        let other = criterion.instead.as_ref().filter(|other| other.says_en.is_empty() || !items.contains(&other.item));
        faults.extend(other.map(|other| format!("condition {}: no item {}, or no English", criterion.name, other.item)));
    }
    if let Some(intake) = &p.flow.intake {
        let codes = intake.rules.iter().map(|rule| &rule.office);
        faults.extend(codes.filter(|o| !offices.contains(*o)).map(|o| format!("no office {o}")));
    }
    for node in &p.flow.nodes {
        if !POSTS.contains(&node.post.as_str()) {
            faults.push(format!("node {}: no post {}", node.id, node.post));
        }
        faults.extend(node.office.iter().filter(|o| !offices.contains(*o)).map(|o| format!("node {}: no office {o}", node.id)));
    }
    // one promise, one law: what the guide says and what the clock counts
    let statutory = p.item.statutory.limit;
    let same = |a: Option<domain::clock::Limit>, b: Option<domain::clock::Limit>| format!("{a:?}") == format!("{b:?}");
    let spot = |l: Option<domain::clock::Limit>| l.filter(|l| l.unit != domain::clock::LimitUnit::OnTheSpot);
    if !same(spot(p.flow.promised), spot(Some(p.item.promised))) {
        faults.push(format!("promised: flow {:?}, item {:?}", p.flow.promised, p.item.promised));
    }
    if !same(spot(p.flow.statutory), spot(statutory)) {
        faults.push(format!("statutory: flow {:?}, item {statutory:?}", p.flow.statutory));
    }
    if !p.item.is_online() {
        faults.push("item: apply must be online".to_owned());
    }
    // a paper the guide asks for is handed in somewhere, and nothing is handed in that the guide does not name
    let mut handed: BTreeSet<&str> = p.form.places().filter_map(|x| x.field.material.as_deref()).collect();
    handed.extend(p.form.material.as_deref());
    let named: BTreeSet<&str> = p.item.materials.iter().map(|m| m.name.as_str()).collect();
    faults.extend(named.difference(&handed).map(|m| format!("material {m} of the guide is handed in nowhere in the form")));
    faults.extend(handed.difference(&named).map(|m| format!("material {m} of the form stands in no guide")));
    faults.extend(samples(p));
    faults.into_iter().map(|f| format!("{}: {f}", p.code)).collect()
}

fn samples(p: &Procedure) -> Vec<String> {
    let mut faults = Vec::new();
    if p.samples.is_empty() {
        faults.push("no samples".to_owned());
    }
    if let Some(field) = &p.form.situations {
        for option in p.form.place(field).unwrap().field.kind.options() {
            if !p.samples.iter().any(|s| s.answers_on_paper(today()).one(field) == option.value) {
                faults.push(format!("no sample of situation {}", option.value));
            }
        }
    }
    for sample in &p.samples {
        let whole = answers(&p.form, sample);
        for key in whole.values.keys().chain(whole.files.keys()) {
            if p.form.place(split_key(key).0).is_none() {
                faults.push(format!("sample {}: no field {key}", sample.name));
            }
        }
        for problem in ready(&p.form, &whole, today()).into_iter().chain(barred(&p.form, &whole, today())) {
            faults.push(format!("sample {}: {} {}: {:?}", sample.name, problem.page, problem.key, problem.fault));
        }
        faults.extend(as_a_program_writes_it(&p.form, &whole).err().map(|why| format!("sample {}: {why}", sample.name)));
        let needed = materials_needed(&p.form, &whole, today());
        if needed.iter().any(|m| m.asked == domain::forms::Asked::Needed && m.have == domain::forms::Have::Nothing) {
            faults.push(format!("sample {}: a material is missing", sample.name));
        }
        // a test that cannot fail is none: most answers must be missed when they are taken away
        let missed = whole.values.keys().filter(|key| {
            let mut less = whole.clone();
            less.values.remove(*key);
            !validate(&p.form, &less, today()).is_empty()
        });
        if missed.count() < 4 {
            faults.push(format!("sample {}: fewer than four answers are required", sample.name));
        }
    }
    faults
}

/// Written as JSON and read again, nothing is lost; something that belongs nowhere is found out.
fn as_a_program_writes_it(form: &Form, whole: &Answers) -> Result<(), String> {
    let written = nested(form, whole);
    let before = Answers { files: whole.files.clone(), ..Answers::default() };
    let read = take_nested(form, &written, &before, today()).map_err(|strays| format!("{strays:?}"))?;
    if nested(form, &read) != written {
        return Err(format!("written {written:?}, read {:?}", nested(form, &read)));
    }
    let schema = json_schema(form);
    for (name, value) in &written {
        let told = &schema["properties"][name];
        if told.is_null() || told["type"] == "array" && !value.is_array() || told["type"] == "string" && !value.is_string() {
            return Err(format!("{name} is not as its schema {told} says"));
        }
    }
    let mut strange = written.clone();
    strange.insert("no_such_field".to_owned(), "x".into());
    match take_nested(form, &strange, &before, today()) {
        Err(strays) if strays.len() == 1 && strays[0].pointer == "/answers/no_such_field" => Ok(()),
        other => Err(format!("a stranger among the answers: {other:?}")),
    }
}

#[test]
fn every_procedure_is_whole() {
    let mut faults = Vec::new();
    let (all, offices) = (procedures(&mut faults), offices());
    let items = catalogue().into_iter().map(|item| item.code.to_string()).collect();
    for procedure in &all {
        faults.extend(check(procedure, &offices, &items));
    }
    assert!(faults.is_empty(), "{} faults in {} procedures:\n{}", faults.len(), all.len(), faults.join("\n"));
    assert!(!all.is_empty());
}

/// The form of ID cards shows the fee in yuan; the flow charges the same, whatever is applied for.
#[test]
fn what_an_id_card_costs_is_said_once() {
    let mut faults = Vec::new();
    let all = procedures(&mut faults);
    let p = all.iter().find(|p| p.code == "sfz").unwrap();
    let mut seen = BTreeSet::new();
    for situation in ["first", "renew", "lost", "damaged", "elsewhere", "temporary"] {
        for (reason, also) in [("expired", "no"), ("lost", "yes"), ("damaged", "no"), ("expired", "yes")] {
            let mut answers = Answers::default();
            for (key, value) in [("situation", situation), ("elsewhere_reason", reason), ("also_temporary", also)] {
                answers.set(key, value);
            }
            let charges = p.flow.charges(&p.form, &answers, today()).unwrap();
            let yuan = domain::forms::settle(&p.form, &answers, today()).one("fee").parse::<i64>().unwrap();
            assert_eq!(Charge::total(&charges), yuan * 100, "{situation} {reason} {also}");
            assert_eq!(charges.is_empty(), yuan == 0);
            seen.insert(yuan);
        }
    }
    assert_eq!(seen, BTreeSet::from([0, 10, 20, 30, 40, 50]));
}
