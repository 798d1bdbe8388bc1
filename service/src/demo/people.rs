//! Made-up people and firms. Nobody's: birth years lie in the nineteenth century, every credit code says DEM, mobiles are 1990000….

use super::chance::Chance;
use crate::fault::{Answer, Fault};
use chrono::{Days, NaiveDate};
use domain::identity::numbers::{CitizenId, OrganisationCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The area whose numbers they carry.
const AREA: &str = "350205";
/// Days on which they may have been born: 1850 to 1899.
const BIRTHDAYS: u64 = 18_261;
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Second letters of codes; others are those of departments and of hand-made examples.
const SECOND: &[u8; 18] = b"CDEFGHKLMNPQRTUWXY";
/// Registering department and class; the first three are what is registered every day.
const FRONTS: [&str; 6] = ["92", "91", "93", "52", "51", "53"];

/// What is said and how everybody is called (`data/city/people.json`).
#[derive(Deserialize)]
pub(super) struct Sayings {
    pub surnames: Vec<String>,
    men: Vec<String>,
    women: Vec<String>,
    streets: Vec<String>,
    villages: Vec<String>,
    shop_words: Vec<String>,
    trades: BTreeMap<String, Vec<String>>,
    pub wrong: Vec<String>,
    pub not_accepted: Vec<String>,
    pub right_agencies: Vec<String>,
    pub findings: Vec<String>,
    pub bad_findings: Vec<String>,
    pub opinions: Vec<String>,
    pub bad_opinions: Vec<String>,
    pub grants: Vec<String>,
    pub refusals: Vec<String>,
    /// The period applied for went by while the case waited.
    pub period_over: String,
    pub returns: Vec<String>,
    pub stops: Vec<String>,
    pub results: Vec<String>,
    pub extensions: Vec<String>,
    pub withdrawals: Vec<String>,
    pub again: Vec<String>,
    pub praise: Vec<String>,
    pub mixed: Vec<String>,
    pub complaint: Vec<String>,
}

/// The file, read once.
pub(super) fn sayings() -> Answer<&'static Sayings> {
    static READ: OnceLock<Result<Sayings, String>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        serde_json::from_str(include_str!("../../../data/city/people.json")).map_err(|e| format!("data/city/people.json: {e}"))
    });
    read.as_ref().map_err(Fault::broken)
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub surname: String,
    pub name: String,
    pub id_number: String,
    pub mobile: String,
    /// Street and number.
    pub street: String,
    /// Village and number.
    pub village: String,
}

/// A firm and who stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Firm {
    pub name: String,
    pub code: String,
    pub head: Person,
}

fn nobody(what: impl std::fmt::Debug) -> Fault {
    Fault::broken(format!("a made-up number does not hold: {what:?}"))
}

/// Somebody with this birthday and serial.
fn somebody(chance: &mut Chance, birthday: u64, serial: u32) -> Answer<Person> {
    let said = sayings()?;
    let born = NaiveDate::from_ymd_opt(1850, 1, 1)
        .and_then(|d| d.checked_add_days(Days::new(birthday)))
        .ok_or_else(|| nobody(birthday))?;
    let id = CitizenId::compose(AREA, born, serial).map_err(nobody)?;
    let given = if serial % 2 == 1 { &said.men } else { &said.women };
    let surname = chance.one(&said.surnames).to_owned();
    Ok(Person {
        name: format!("{surname}{}", chance.one(given)),
        surname,
        id_number: id.as_str().to_owned(),
        // none of the numbers that the samples and sign-ins use
        mobile: format!("1990000{}", chance.between(1000, 9999)),
        street: format!("{} {} 号", chance.one(&said.streets), chance.between(1, 260)),
        village: format!("{} {} 号", chance.one(&said.villages), chance.between(1, 90)),
    })
}

/// Person number `n`: no two share an identity number.
pub(super) fn person(seed: u64, n: u64) -> Answer<Person> {
    let mut chance = Chance::of(seed, "person", n);
    // twice nine hundred serials a day are kept; odd ones are men
    let serial = 100 + 2 * (n / BIRTHDAYS) + u64::from(chance.happens(0.5));
    let serial = u32::try_from(serial).ok().filter(|s| *s <= 999);
    let serial = serial.ok_or_else(|| Fault::broken("more made-up people than there are numbers for"))?;
    somebody(&mut chance, n.wrapping_mul(7919) % BIRTHDAYS, serial)
}

/// A relative, colleague or neighbour of person `n`; `who` tells them apart.
pub(super) fn acquaintance(seed: u64, n: u64, who: &str) -> Answer<Person> {
    let mut chance = Chance::of(seed, who, n);
    let birthday = u64::try_from(chance.between(0, 18_000)).unwrap_or(0);
    let serial = u32::try_from(chance.between(10, 99)).unwrap_or(10);
    somebody(&mut chance, birthday, serial)
}

/// Firm number `n`, which came with an application under `procedure`.
pub(super) fn firm(seed: u64, n: u64, procedure: &str) -> Answer<Firm> {
    let said = sayings()?;
    let mut chance = Chance::of(seed, "firm", n);
    let trades = said.trades.get(procedure).or_else(|| said.trades.get("other"));
    let trade = chance.one(trades.map_or(&[], Vec::as_slice));
    let name = format!(
        "青禾区{}{}{trade}",
        chance.one(&said.shop_words),
        if chance.happens(0.5) { chance.one(&said.shop_words) } else { "" }
    );
    let digit = |of: &[u8], place: u64| of.get(usize::try_from(place).unwrap_or(0)).map_or('0', |b| char::from(*b));
    let tail: String = [n / 961 % 31, n / 31 % 31, n % 31].into_iter().map(|place| digit(ALPHABET, place)).collect();
    let (second, front) = (digit(SECOND, n / 29_791 % 18), n / 536_238);
    let front = usize::try_from(front).ok().and_then(|f| FRONTS.get(f));
    let front = front.ok_or_else(|| Fault::broken("more made-up firms than there are codes for"))?;
    let code = OrganisationCode::compose(&format!("{front}{AREA}"), &format!("M{second}DEM{tail}")).map_err(nobody)?;
    Ok(Firm { name, code: code.to_string(), head: person(seed, n)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nobody_shares_a_number() {
        let mut seen = HashSet::new();
        for n in (0..3000).chain(18_200..18_400).chain(900_000..900_100) {
            assert!(seen.insert(person(1, n).unwrap().id_number), "{n}");
        }
        let mut seen = HashSet::new();
        for n in (0..3000).chain(29_700..29_900).chain(536_200..536_300).chain(1_000_000..1_000_100) {
            assert!(seen.insert(firm(1, n, "spjyxk").unwrap().code), "{n}");
        }
    }

    #[test]
    fn they_are_plainly_made_up() {
        for n in [0, 7, 4001] {
            let firm = firm(9, n, "no such procedure").unwrap();
            assert!(firm.code.contains("DEM") && firm.head.id_number[6..].starts_with("18"), "{firm:?}");
            assert!(firm.head.mobile.starts_with("1990000"), "{firm:?}");
            assert_eq!(firm, super::firm(9, n, "no such procedure").unwrap());
        }
    }
}
