//! Who applies for what, and when: worked out for any application from the seed and its number alone, so that nothing of the
//! story is ever held in memory.

use super::chance::Chance;
use super::hours::Schedule;
use crate::catalogue::{SHIPPED, samples};
use crate::fault::{Answer, Fault};
use chrono::{DateTime, Utc};
use domain::forms::Sample;
use std::ops::Range;

/// How many applications each demonstration sign-in has filed, where there are enough in all.
const EACH: u64 = 14;
/// The sign-ins that apply.
const APPLICANTS: [&str; 3] = ["citizen", "citizen2", "enterprise"];
/// Of how many an applicant has filed before.
const AGAIN: f64 = 0.3;
/// How often an item is asked for, of those that differ from the rest.
const OFTEN: [(&str, f64); 8] =
    [("jzz", 14.0), ("spjyxk", 13.0), ("lhjy", 9.0), ("gljt", 8.0), ("ycls", 6.0), ("yszc", 6.0), ("zdsh", 6.0), ("lsjz", 6.0)];
const SELDOM: [(&str, f64); 4] = [("yeysl", 1.5), ("ylba", 2.0), ("dxhd", 2.0), ("lwpq", 2.0)];

/// Who files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filer {
    /// A demonstration sign-in.
    SignIn(&'static str),
    /// A made-up person, who first came with application `n`.
    Citizen(u64),
    /// A made-up firm, by the person who stands for it.
    Agent(u64),
}

/// An application.
pub(super) struct Plan<'s> {
    pub n: u64,
    pub at: DateTime<Utc>,
    pub procedure: &'static str,
    pub sample: &'s Sample,
    pub filer: Filer,
}

impl Plan<'_> {
    /// The filer has never been here before.
    pub fn first(&self) -> bool {
        matches!(self.filer, Filer::Citizen(n) | Filer::Agent(n) if n == self.n)
    }
}

struct Offer {
    procedure: &'static str,
    often: f64,
    samples: Vec<Sample>,
}

/// Everything that may be applied for, and the calendar of the story.
pub(super) struct Story {
    pub seed: u64,
    /// The numbers of its applications.
    numbers: Range<u64>,
    schedule: Schedule,
    offers: Vec<Offer>,
    /// Numbers of the applications that the sign-ins filed, in order.
    own: Vec<(u64, &'static str)>,
}

/// What is drawn for an application before it is known who files it.
struct Drawn {
    offer: usize,
    sample: usize,
    agent: bool,
    /// How many applications before this one its filer came first, if they did.
    back: Option<u64>,
}

impl Story {
    pub fn new(seed: u64, numbers: Range<u64>, schedule: Schedule) -> Answer<Self> {
        let mut offers = Vec::new();
        for texts in SHIPPED {
            let samples = samples(texts.code)?;
            let often = OFTEN.iter().chain(&SELDOM).find(|(code, _)| *code == texts.code).map_or(4.0, |(_, often)| *often);
            if !samples.is_empty() {
                offers.push(Offer { procedure: texts.code, often, samples });
            }
        }
        if offers.is_empty() {
            return Err(Fault::broken("no procedure has samples to fill a city from"));
        }
        let own = own(&numbers);
        Ok(Self { seed, numbers, schedule, offers, own })
    }

    /// Application `n`.
    pub fn plan(&self, n: u64) -> Plan<'_> {
        let drawn = self.drawn(n);
        let (offer, sample) = (&self.offers[drawn.offer], &self.offers[drawn.offer].samples[drawn.sample]);
        let at = self.moment(n);
        if let Some(login) = self.sign_in(n) {
            return Plan { n, at, procedure: offer.procedure, sample, filer: Filer::SignIn(login) };
        }
        let before = drawn.back.and_then(|back| n.checked_sub(back)).filter(|m| self.numbers.contains(m)).filter(|m| {
            let theirs = self.drawn(*m);
            self.sign_in(*m).is_none() && theirs.agent == drawn.agent && theirs.back.is_none()
        });
        let came = before.unwrap_or(n);
        let filer = if drawn.agent { Filer::Agent(came) } else { Filer::Citizen(came) };
        Plan { n, at, procedure: offer.procedure, sample, filer }
    }

    /// When application `n` comes.
    pub fn moment(&self, n: u64) -> DateTime<Utc> {
        self.schedule.moment(n - self.numbers.start, self.numbers.end - self.numbers.start)
    }

    /// What the filer of application `n` first came for.
    pub fn procedure_of(&self, n: u64) -> &'static str {
        self.offers[self.drawn(n).offer].procedure
    }

    fn sign_in(&self, n: u64) -> Option<&'static str> {
        self.own.binary_search_by_key(&n, |(n, _)| *n).ok().map(|place| self.own[place].1)
    }

    fn drawn(&self, n: u64) -> Drawn {
        let mut chance = Chance::of(self.seed, "plan", n);
        // a sign-in can only file what its own particulars fit
        let login = self.sign_in(n);
        let fits = |sample: &Sample| login.is_none_or(|login| sample.login == login);
        // the first of all go through everything once, so that a small story shows every procedure too
        let turn = usize::try_from(n - self.numbers.start).ok().filter(|n| login.is_none() && *n < self.offers.len());
        let weights: Vec<f64> = self.offers.iter().map(|o| if o.samples.iter().any(fits) { o.often } else { 0.0 }).collect();
        let offer = turn.unwrap_or_else(|| chance.weighted(&weights));
        let fitting: Vec<usize> =
            (0..self.offers[offer].samples.len()).filter(|s| fits(&self.offers[offer].samples[*s])).collect();
        let sample = fitting.get(chance.below(fitting.len())).copied().unwrap_or(0);
        let agent = self.offers[offer].samples[sample].login == "enterprise";
        let back = chance.happens(AGAIN).then(|| u64::try_from(chance.between(1, 60)).unwrap_or(1));
        Drawn { offer, sample, agent, back }
    }
}

/// Which applications are the sign-ins' own: half of them spread over the year, half in its last weeks.
fn own(numbers: &Range<u64>) -> Vec<(u64, &'static str)> {
    let cases = numbers.end - numbers.start;
    let many = (EACH * 3).min(cases / 4);
    let mut own: Vec<(u64, &'static str)> = (0..many)
        .map(|k| {
            let spread = (2 * k + 1) * cases / (2 * many);
            let late = cases - 1 - k * cases / (many * 14);
            (numbers.start + if k % 2 == 0 { spread } else { late }, APPLICANTS[usize::try_from(k % 3).unwrap_or(0)])
        })
        .collect();
    own.sort_by_key(|(n, _)| *n);
    own.dedup_by_key(|(n, _)| *n);
    own
}
