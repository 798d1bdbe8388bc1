//! Chance from a seed: the same seed tells the same story, case by case, in whatever order it is told.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

/// Draws for one thing of the story.
pub(super) struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// The draws of thing number `n` of kind `what`; independent of every other thing's.
    pub fn of(seed: u64, what: &str, n: u64) -> Self {
        // FNV-1a over all three: neighbours must not resemble one another
        let bytes = seed.to_le_bytes().into_iter().chain(what.bytes()).chain(n.to_le_bytes());
        let mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// From `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        if least >= most { least } else { self.0.random_range(least..=most) }
    }

    /// From 0 to `many - 1`; 0 of nothing.
    pub fn below(&mut self, many: usize) -> usize {
        if many < 2 { 0 } else { self.0.random_range(0..many) }
    }

    /// From `least` to below `most`.
    pub fn part(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * self.0.random_range(0.0..1.0)
    }

    /// True in this share of cases.
    pub fn happens(&mut self, share: f64) -> bool {
        self.0.random_bool(share.clamp(0.0, 1.0))
    }

    /// One of these texts; empty of none.
    pub fn one<'t>(&mut self, texts: &'t [String]) -> &'t str {
        texts.get(self.below(texts.len())).map_or("", String::as_str)
    }

    /// The place of one of these weights.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.part(0.0, weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// The random part of an id.
    pub fn id_bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
