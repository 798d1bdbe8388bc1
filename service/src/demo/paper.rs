//! An application on paper: a sample of the procedure, filled in with the particulars of whoever files it, page by page as the form
//! absorbs it. The form's own rules judge it when it is handed in.

use super::people::{Firm, Person, acquaintance};
use crate::fault::{Answer, Fault};
use crate::forms::{attach_in, drafts};
use crate::hall::Ask;
use domain::cases::view::Receipt;
use domain::forms::{Answers, Block, FileType, Form, Kind, Sample, absorb, field_name, prefill, rows_name, split_key, validate};
use domain::identity::permission::as_applicant;
use store::Unit;
use uuid::Uuid;

const PAPER: &[u8] = include_bytes!("../../../data/city/paper.pdf");
const PHOTO: &[u8] = include_bytes!("../../../data/city/photo.jpg");
/// The firm of the samples.
const FIRM: (&str, &str) = ("青禾区某某面馆", "92350205MADEM00382");
/// The people of the samples: name, identity number, mobile.
const CAST: [(&str, &str, &str); 5] = [
    ("李某", "350205188001010017", "19900000001"),
    ("陈某", "350205188304250245", "19900000002"),
    ("王某", "440402188405300356", "19900000003"),
    ("张某", "51050418870817068X", "19900000005"),
    ("林某", "", "19900000009"),
];
/// Behind the letters of the licences that samples change or renew.
const OLD_NUMBER: &str = "99010500000001";
/// The child in one of them.
const CHILD: (&str, &str) = ("李小某", "350205188102150027");

/// What stands in a sample, and what is written instead.
pub(super) struct Particulars(Vec<(String, String)>);

impl Particulars {
    /// The sample as it is: for the sign-in whose sample it is.
    pub fn own() -> Self {
        Self(Vec::new())
    }

    /// Person `n` applies; everybody else in the sample becomes somebody around them.
    pub fn of_citizen(seed: u64, n: u64, login: &str, who: &Person) -> Answer<Self> {
        let me = if login == "citizen2" { 1 } else { 0 };
        Self::around(seed, n, me, who)
    }

    /// Firm `n` applies.
    pub fn of_firm(seed: u64, n: u64, firm: &Firm) -> Answer<Self> {
        let mut all = Self::around(seed, n, 2, &firm.head)?;
        all.0.insert(0, (FIRM.0.to_owned(), firm.name.clone()));
        all.0.insert(1, (FIRM.1.to_owned(), firm.code.clone()));
        Ok(all)
    }

    fn around(seed: u64, n: u64, me: usize, who: &Person) -> Answer<Self> {
        let child = acquaintance(seed, n, "child")?;
        let mut all = vec![(CHILD.1.to_owned(), child.id_number)];
        let given: String = child.name.chars().skip(child.surname.chars().count()).collect();
        all.push((CHILD.0.to_owned(), format!("{}小{}", who.surname, given.chars().last().unwrap_or('明'))));
        for (place, (name, id_number, mobile)) in CAST.into_iter().enumerate() {
            let other = if place == me { who.clone() } else { acquaintance(seed, n, name)? };
            for (old, new) in [(name, other.name), (id_number, other.id_number), (mobile, other.mobile)] {
                if !old.is_empty() {
                    all.push((old.to_owned(), new));
                }
            }
        }
        // places of the samples: a street in 望河街道, a village in 溪南镇
        for old in ["示例路 6 号", "示例路 18 号"] {
            all.push((old.to_owned(), who.street.clone()));
        }
        for (old, around) in [("示例路 20 号", "shop"), ("示例路 30 号", "hospital"), ("示例路 40 号", "garden")] {
            all.push((old.to_owned(), acquaintance(seed, n, around)?.street));
        }
        all.push(("和平村 12 号".to_owned(), who.village.clone()));
        // the number of whatever licence they held before
        all.push((OLD_NUMBER.to_owned(), format!("350205{:08}", n % 100_000_000)));
        Ok(Self(all))
    }

    /// A text of the sample, with these particulars.
    pub fn write(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (old, new)| if text.contains(old) { text.replace(old, new) } else { text })
    }
}

/// Fill in the form, attach the papers, hand it in.
pub(super) async fn hand_in(
    ask: &Ask,
    unit: &mut Unit,
    code: &str,
    sample: &Sample,
    particulars: &Particulars,
) -> Answer<Receipt> {
    let me = as_applicant(&ask.actor)?;
    let procedure = ask.hall.published().procedure(code).ok_or_else(|| Fault::broken(format!("{code} is not published")))?;
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken(format!("{code} has no form")))?;
    let held = drafts::held_about(ask, unit, &me).await?;
    let mut answers = prefill(form, &held, &Answers::default(), ask.today());
    for page in &form.pages {
        let mut pairs = vec![("page".to_owned(), page.id.clone())];
        for block in &page.blocks {
            if let Block::Group(group) = block {
                for row in sample.rows.get(&group.id).into_iter().flatten() {
                    pairs.push((rows_name(&group.id), row.clone()));
                    pairs.push(("open".to_owned(), format!("{}.{row}", group.id)));
                }
            }
        }
        let here: Vec<&str> = page.places().map(|p| p.field.id.as_str()).collect();
        for (key, said) in sample.said(ask.today()).filter(|(key, _)| here.contains(&split_key(key).0)) {
            pairs.extend(said.iter().map(|text| (field_name(key), particulars.write(text))));
        }
        answers = absorb(form, page, &pairs, &answers, ask.today()).answers;
        // what was answered may tell which of the things we hold belong here
        answers = prefill(form, &held, &answers, ask.today());
    }
    let draft = drafts::add(ask, unit, &me, &procedure, form, answers, None).await?;
    for (key, name) in &sample.files {
        let page = page_of(form, key).ok_or_else(|| Fault::broken(format!("{code} asks for no file {key}")))?;
        attach_in(ask, unit, (draft, page, key), name, content(name)).await?;
    }
    match crate::cases::hand_in(ask, unit, draft, &agreed(sample)).await {
        Err(Fault::Refused(refusal)) => {
            let open = drafts::load(ask, unit, draft).await?;
            let problems = validate(form, &open.answers, ask.today());
            Err(Fault::broken(format!("{code} {}: {refusal:?} {problems:?}", sample.name)))
        }
        done => done,
    }
}

/// Answer a supplement notice with one more paper, and hand it in again.
pub(super) async fn supplement(ask: &Ask, unit: &mut Unit, case: Uuid, code: &str, sample: &Sample) -> Answer<Receipt> {
    let draft = crate::cases::open_supplement_in(ask, unit, case).await?;
    let procedure = ask.hall.published().procedure(code).ok_or_else(|| Fault::broken(format!("{code} is not published")))?;
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken(format!("{code} has no form")))?;
    let open = drafts::load(ask, unit, draft).await?;
    let room = sample.files.keys().find_map(|key| {
        let page = page_of(form, key)?;
        match &form.place(split_key(key).0)?.field.kind {
            Kind::Files { max, accept, .. }
                if accept.contains(&FileType::Pdf) && open.answers.files(key).len() < *max as usize =>
            {
                Some((page, key))
            }
            _ => None,
        }
    });
    if let Some((page, key)) = room {
        attach_in(ask, unit, (draft, page, key), "补正材料.pdf", PAPER).await?;
    }
    crate::cases::hand_in(ask, unit, draft, &agreed(sample)).await
}

fn agreed(sample: &Sample) -> Vec<(String, String)> {
    sample.agreed.iter().map(|id| (format!("d.{id}"), "on".to_owned())).collect()
}

fn page_of<'f>(form: &'f Form, key: &str) -> Option<&'f str> {
    let field = split_key(key).0;
    form.pages.iter().find(|page| page.places().any(|p| p.field.id == field)).map(|page| page.id.as_str())
}

fn content(name: &str) -> &'static [u8] {
    if name.ends_with(".jpg") { PHOTO } else { PAPER }
}
