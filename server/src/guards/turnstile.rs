//! How often one address may knock at doors that can be guessed at.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Doors that can be guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Knock {
    SignIn,
    Track,
    Verify,
    /// Any door of the open API.
    Program,
}

impl Knock {
    /// Knocks at once, and seconds until another one is allowed. What succeeds is given back, so an office behind one address
    /// is not shut out by its own people.
    const fn allowance(self, per_minute: f64) -> (f64, f64) {
        match self {
            Self::SignIn => (40.0, 3.0),
            Self::Track => (30.0, 3.0),
            Self::Verify => (30.0, 3.0),
            Self::Program => (per_minute, 60.0 / per_minute),
        }
    }
}

/// Who knocks: an address, or the holder of a key wherever they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Knocker {
    Address(IpAddr),
    Key(Uuid),
}

impl From<IpAddr> for Knocker {
    fn from(address: IpAddr) -> Self {
        Self::Address(net(address))
    }
}

impl From<Uuid> for Knocker {
    fn from(key: Uuid) -> Self {
        Self::Key(key)
    }
}

/// Most callers remembered; beyond it those that may knock freely again are forgotten.
const MOST: usize = 50_000;

struct Bucket {
    left: f64,
    at: Instant,
}

/// A token bucket per door and address. Of this node only: accounts themselves are locked in the database.
pub struct Turnstile {
    buckets: Mutex<HashMap<(Knock, Knocker), Bucket>>,
    per_minute: f64,
}

impl Turnstile {
    /// A turnstile that lets a program knock so often in a minute.
    pub fn new(per_minute: u32) -> Self {
        Self { buckets: Mutex::default(), per_minute: f64::from(per_minute.max(1)) }
    }

    /// Lets one through, or says how long to wait.
    ///
    /// # Errors
    /// Seconds until the next try.
    pub fn pass(&self, knock: Knock, from: impl Into<Knocker>, now: Instant) -> Result<(), Duration> {
        let (most, every) = knock.allowance(self.per_minute);
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|(knock, _), bucket| {
                let (most, every) = knock.allowance(self.per_minute);
                bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() / every < most
            });
        }
        let bucket = buckets.entry((knock, from.into())).or_insert(Bucket { left: most, at: now });
        bucket.left = (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() / every).min(most);
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.left) * every));
        }
        bucket.left -= 1.0;
        Ok(())
    }

    /// It was no guess: the knock does not count.
    pub fn give_back(&self, knock: Knock, from: impl Into<Knocker>) {
        let mut buckets = self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(&(knock, from.into())) {
            bucket.left = (bucket.left + 1.0).min(knock.allowance(self.per_minute).0);
        }
    }
}

/// One household has one address of four bytes, or a whole /64 of sixteen.
pub(super) fn net(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::clock;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn guessing_is_slowed_and_waiting_helps() {
        let gate = Turnstile::new(600);
        let (from, start) = (address("203.0.113.9"), clock::moment());
        let let_in = (0..200).filter(|_| gate.pass(Knock::Track, from, start).is_ok()).count();
        assert_eq!(let_in, 30);
        let wait = gate.pass(Knock::Track, from, start).unwrap_err();
        assert!(wait <= Duration::from_secs(3) && !wait.is_zero(), "{wait:?}");
        assert!(gate.pass(Knock::Track, from, start + wait).is_ok());
        // another door and another caller are not concerned
        assert!(gate.pass(Knock::SignIn, from, start).is_ok());
        assert!(gate.pass(Knock::Track, address("203.0.113.10"), start).is_ok());
    }

    #[test]
    fn success_does_not_count() {
        let gate = Turnstile::new(600);
        let (from, now) = (address("203.0.113.9"), clock::moment());
        for _ in 0..1000 {
            gate.pass(Knock::SignIn, from, now).unwrap();
            gate.give_back(Knock::SignIn, from);
        }
    }

    #[test]
    fn a_household_of_sixteen_bytes_is_one_caller() {
        let gate = Turnstile::new(600);
        let now = clock::moment();
        for n in 0..30_u128 {
            gate.pass(Knock::Verify, IpAddr::from(Ipv6Addr::from((0x2001_0db8_u128 << 96) + n)), now).unwrap();
        }
        assert!(gate.pass(Knock::Verify, address("2001:db8::ffff"), now).is_err());
        assert!(gate.pass(Knock::Verify, address("2001:db8:0:1::1"), now).is_ok());
    }
}
