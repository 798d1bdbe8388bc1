//! What will become of an application, drawn before it begins.

use super::chance::Chance;

/// When an applicant thinks better of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Withdrawal {
    Never,
    /// Before anybody looked.
    Early,
    /// While it is being handled.
    Late,
}

/// What will become of it, as far as its procedure knows such a thing and the calendar leaves time.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent turn of a story")]
pub(super) struct Fate {
    pub withdrawal: Withdrawal,
    /// The office lets the days pass in which it must answer.
    pub silence: bool,
    /// The first look takes longer than promised.
    pub slow_window: bool,
    /// How often papers are asked for.
    pub rounds: usize,
    /// The applicant does not send them.
    pub lapses: bool,
    pub accepted: bool,
    pub granted: bool,
    /// Sent back once by whoever approves.
    pub returned: bool,
    /// The clock is stopped once.
    pub stopped: bool,
    pub extended: bool,
    /// Working days over the promise, if the promise is not kept.
    pub late: Option<i64>,
    /// The days are lost before anybody approves.
    pub late_early: bool,
    /// A clerk takes it and lays it down again.
    pub laid_down: bool,
    /// Of the promised time, how much is used.
    pub pace: f64,
    /// Stars, if rated at all.
    pub stars: Option<u8>,
}

impl Fate {
    pub fn of(seed: u64, n: u64) -> Self {
        let mut chance = Chance::of(seed, "fate", n);
        let withdrawal = match chance.weighted(&[0.955, 0.02, 0.025]) {
            1 => Withdrawal::Early,
            2 => Withdrawal::Late,
            _ => Withdrawal::Never,
        };
        let late = chance.happens(0.05).then(|| chance.between(1, 8));
        let granted = chance.happens(0.945);
        let lapses = chance.happens(0.1);
        let stars = match (late.is_some() || !granted, chance.happens(0.45)) {
            (_, false) => None,
            (true, true) => Some([5, 4, 3, 2, 1][chance.weighted(&[20.0, 25.0, 25.0, 18.0, 12.0])]),
            (false, true) => Some([5, 4, 3, 2, 1][chance.weighted(&[80.0, 14.0, 4.0, 1.5, 0.5])]),
        };
        Self {
            withdrawal,
            silence: chance.happens(0.02),
            slow_window: chance.happens(0.04),
            rounds: chance.weighted(&[0.83, 0.16, 0.01]),
            lapses,
            accepted: chance.happens(0.97),
            granted,
            returned: chance.happens(0.04),
            stopped: chance.happens(0.2),
            extended: chance.happens(0.06),
            late,
            late_early: chance.happens(0.5),
            laid_down: chance.happens(0.03),
            pace: chance.part(0.4, 1.0),
            stars,
        }
    }
}
