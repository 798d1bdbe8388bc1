//! What is carried forward from change to change is what a fresh reading would say.

use super::*;
use proptest::prelude::*;
use std::sync::Arc;

/// What a question, list or page is made from: its kind, its condition, its computed value, and whether a list begins here.
type Seed = (u8, u32, u32, u8);

/// Builds forms that never look ahead: every expression is drawn from what stands before it.
#[derive(Default)]
struct Builder {
    /// Name, kind and list of every question so far.
    seen: Vec<(String, u8, Option<String>)>,
    lists: Vec<String>,
}

impl Builder {
    fn form(seeds: &[Vec<Seed>]) -> Form {
        let mut builder = Self::default();
        let pages: Vec<String> = seeds.iter().enumerate().map(|(n, seeds)| builder.page(n, seeds)).collect();
        let text = format!(r#"{{"id":"random","title":"随机","pages":[{}]}}"#, pages.join(","));
        Form::from_json(&text).unwrap_or_else(|fault| panic!("{fault} in {text}"))
    }

    fn page(&mut self, n: usize, seeds: &[Seed]) -> String {
        let when = self.when(seeds.first().map_or(0, |s| s.1 >> 16), None);
        let mut blocks = Vec::new();
        let mut rest = seeds;
        while let [(_, condition, _, list), after @ ..] = rest {
            if list % 4 == 0 && after.len() >= 2 {
                let id = format!("g{}", self.lists.len());
                let when = self.when(*condition, None);
                let fields: Vec<String> = after[..2].iter().map(|seed| self.field(*seed, Some(&id))).collect();
                blocks.push(format!(
                    r#"{{"group":{{"id":"{id}","label":"列","legend":"第 {{n}} 位","noun":"位","max":4,"add_label":"加"{when},"fields":[{}]}}}}"#,
                    fields.join(",")
                ));
                self.lists.push(id);
                rest = &after[2..];
            } else {
                blocks.push(format!(r#"{{"field":{}}}"#, self.field(rest[0], None)));
                rest = after;
            }
        }
        format!(r#"{{"id":"p{n}","title":"页","heading":"页"{when},"blocks":[{}]}}"#, blocks.join(","))
    }

    fn field(&mut self, (kind, condition, value, _): Seed, list: Option<&str>) -> String {
        let id = format!("q{}", self.seen.len());
        let when = self.when(condition, list);
        let kind = if self.seen.is_empty() { kind % 6 } else { kind % 8 };
        let options = r#"{"options":[{"value":"a","label":"甲"},{"value":"b","label":"乙"}]}"#;
        let of = match kind {
            0 => r#"{"text":{"max":5}}"#.to_owned(),
            1 => r#"{"number":{}}"#.to_owned(),
            2 => r#""yes_no""#.to_owned(),
            3 => format!(r#"{{"choice":{options}}}"#),
            4 => format!(r#"{{"choices":{options}}}"#),
            5 => r#"{"files":{"max":3,"max_bytes":9000000,"accept":["pdf"]}}"#.to_owned(),
            _ => format!(r#"{{"computed":{{"value":"{}"}}}}"#, self.value(value, list)),
        };
        self.seen.push((id.clone(), kind, list.map(str::to_owned)));
        format!(r#"{{"id":"{id}","label":"问","kind":{of}{when}}}"#)
    }

    fn when(&self, seed: u32, list: Option<&str>) -> String {
        if seed.is_multiple_of(3) || self.seen.is_empty() {
            String::new()
        } else {
            format!(r#","when":"{}""#, self.condition(seed / 3, list))
        }
    }

    fn condition(&self, seed: u32, list: Option<&str>) -> String {
        let one = |seed: u32| self.one(seed, list);
        match seed % 5 {
            0 => format!("{} and {}", one(seed / 5), one(seed / 35)),
            1 => format!("{} or not {}", one(seed / 5), one(seed / 35)),
            2 if !self.lists.is_empty() => format!("count({}) > 1", self.lists[seed as usize / 5 % self.lists.len()]),
            _ => one(seed / 5),
        }
    }

    fn one(&self, seed: u32, list: Option<&str>) -> String {
        let (name, kind, of) = &self.seen[seed as usize % self.seen.len()];
        if let Some(of) = of.as_deref().filter(|of| Some(*of) != list) {
            // a list that is still being built has no name yet
            return if self.lists.iter().any(|l| l == of) {
                format!("any({of}: filled({name}))")
            } else {
                format!("filled({name})")
            };
        }
        match kind {
            0 | 3 => format!("{name} = 'a'"),
            1 => format!("{name} > 1"),
            2 => name.clone(),
            4 => format!("has({name}, 'a')"),
            _ => format!("filled({name})"),
        }
    }

    fn value(&self, seed: u32, list: Option<&str>) -> String {
        let name = &self.seen[seed as usize / 4 % self.seen.len()].0;
        match seed % 4 {
            0 => name.clone(),
            1 => format!("count({name})"),
            2 => format!("if({}, {name}, 0)", self.condition(seed / 4, list)),
            _ => format!("sum({name}) + 1"),
        }
    }
}

fn seeds() -> impl Strategy<Value = Vec<Vec<Seed>>> {
    prop::collection::vec(prop::collection::vec(any::<Seed>(), 1..12), 1..4)
}

/// Something a person does: which question, entry and way, and what with.
type Edit = (u16, u8, u8, u8);

/// Does it to the filling; the answers it should have then, and whether it said that more than this answer changed.
fn edit(form: &Form, filling: &mut Filling, (which, entry, way, with): Edit) -> (Answers, bool) {
    let places: Vec<Place<'_>> = form.places().collect();
    let place = places[which as usize % places.len()];
    let mut answers = filling.answers().clone();
    let rows = place.group.map(|group| answers.rows(&group.id).to_vec()).unwrap_or_default();
    let row = rows.get(entry as usize % rows.len().max(1)).map(String::as_str);
    let key = key(&place.field.id, row);
    let word = ["", "a", "b", "yes", "no", "2", "7"][with as usize % 7];
    let words: Vec<&str> = if with > 200 { vec!["a", "b"] } else { vec![word] };
    match (place.group, way % 8) {
        (Some(group), 0 | 1) => _ = answers.add_row(group),
        (Some(group), 2) => answers.remove_row(group, row.unwrap_or("1")),
        (_, 3) => answers.add_file(key, upload(&format!("u{with}"), "图.pdf", "application/pdf")),
        (_, 4) => {
            answers.files.remove(&key);
            answers.values.remove(&key);
        }
        (_, 5) => {
            // a page as it stands, with one box typed into
            let mut pairs = vec![("page".to_owned(), place.page.id.clone())];
            pairs.extend(words.iter().map(|word| (field_name(&key), (*word).to_owned())));
            let posted = absorb(form, place.page, &pairs, &answers, today()).answers;
            return (posted, filling.absorb(&place.page.id, &pairs));
        }
        (_, _) => {
            let pairs: Vec<_> = words.iter().map(|word| (field_name(&key), (*word).to_owned())).collect();
            let posted = absorb(form, place.page, &pairs, &answers, today()).answers;
            return (posted, filling.take(&key, &words));
        }
    }
    (answers.clone(), filling.turn_to(answers))
}

/// All that a page shows of a reading besides the answers themselves.
fn shown(reading: &Reading<'_>) -> Vec<(String, bool, Value)> {
    let form = reading.form;
    let pages = form.pages.iter().map(|p| (p.id.clone(), reading.page_is_asked(&p.id), Value::Nothing));
    let lists = form.pages.iter().flat_map(Page::groups);
    let lists = lists.map(|g| (g.id.clone(), reading.group_is_asked(&g.id), Value::Nothing));
    let questions = form.places().flat_map(|place| {
        let rows = place.group.map_or(vec![None], |g| reading.answers.rows(&g.id).iter().map(Some).collect());
        rows.into_iter().map(move |row| key(&place.field.id, row.map(String::as_str)))
    });
    pages.chain(lists).chain(questions.map(|k| (k.clone(), reading.is_asked(&k), reading.value_at(&k)))).collect()
}

proptest! {
    #[test]
    fn what_is_carried_forward_is_what_a_fresh_reading_says(
        seeds in seeds(),
        edits in prop::collection::vec(any::<Edit>(), 1..40),
    ) {
        let form = Arc::new(Builder::form(&seeds));
        let ahead = form.faults().into_iter().find(|fault| matches!(fault, FormFault::LooksAhead { .. }));
        prop_assert_eq!(ahead, None);
        let mut filling = Filling::new(form.clone(), Answers::default(), today());
        for one in edits {
            let (settled, files) = (filling.reading().settled.into_owned(), filling.answers().files.clone());
            let (answers, said) = edit(&form, &mut filling, one);
            prop_assert_eq!(filling.answers(), &answers);
            let fresh = Reading::new(&form, &answers, today());
            prop_assert_eq!(shown(&filling.reading()), shown(&fresh));
            prop_assert_eq!(&filling.reading().settled, &fresh.settled);
            let all: Vec<Problem> = form.pages.iter().flat_map(|page| filling.problems(&page.id)).collect();
            prop_assert_eq!(all, validate(&form, &answers, today()));
            // who is told of nothing may leave everything as it was drawn
            if !said {
                prop_assert_eq!((&settled, &files), (&fresh.settled.into_owned(), &answers.files));
            }
        }
    }
}

/// A thousand questions like those of a large form: every fifth hangs on the one before, every tenth is worked out.
fn large() -> Form {
    let field = |n: usize| {
        let before = n.saturating_sub(1);
        match n % 10 {
            4 => format!(r#"{{"field":{{"id":"q{n}","label":"问","kind":"yes_no"}}}}"#),
            5 => format!(r#"{{"field":{{"id":"q{n}","label":"问","kind":{{"text":{{"max":9}}}},"when":"q{before}"}}}}"#),
            7 => format!(r#"{{"field":{{"id":"q{n}","label":"问","kind":{{"computed":{{"value":"q{before}"}}}}}}}}"#),
            _ => format!(r#"{{"field":{{"id":"q{n}","label":"问","kind":{{"text":{{"max":9}}}}}}}}"#),
        }
    };
    let page = |page: usize| {
        let blocks: Vec<String> = (page * 100..page * 100 + 100).map(field).collect();
        format!(r#"{{"id":"p{page}","title":"页","heading":"页","blocks":[{}]}}"#, blocks.join(","))
    };
    let pages: Vec<String> = (0..10).map(page).collect();
    Form::from_json(&format!(r#"{{"id":"large","title":"大","pages":[{}]}}"#, pages.join(","))).unwrap()
}

#[test]
fn one_key_settles_only_what_hangs_on_it() {
    let form = Arc::new(large());
    assert_eq!(form.faults(), []);
    let mut filling = Filling::new(form, Answers::default(), today());
    let mut typed = |key: &str, said: &str| filling.take_one(key, &[said]);
    assert_eq!(typed("q521", "字"), (0, false), "nothing hangs on it, nobody is woken");
    assert_eq!(typed("q526", "字"), (1, true), "one is worked out from it");
    assert_eq!(typed("q526", " 字 "), (0, false), "the same answer again");
    assert_eq!(typed("q524", "yes"), (1, true), "one is asked because of it");
    assert_eq!(typed("q524", "no"), (1, true));
    assert_eq!(typed("q524", ""), (1, false), "looked at again, and still not asked");
    assert_eq!(typed("q527", "字"), (0, false), "what is worked out is never said");
    assert_eq!(typed("nosuch", "字"), (0, false));
}
