//! The one place of this floor where randomness enters: secrets, nonces, names and the random part of ids.

/// Random bytes, good enough for keys.
#[expect(clippy::disallowed_methods, reason = "the door through which randomness enters this floor")]
pub(crate) fn bytes<const MANY: usize>() -> [u8; MANY] {
    let mut bytes = [0; MANY];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
    bytes
}

/// Between a half and one, to spread tries that would else collide again.
#[expect(clippy::disallowed_methods, reason = "the door through which randomness enters this floor")]
pub(crate) fn share() -> f64 {
    rand::RngExt::random_range(&mut rand::rng(), 0.5..1.0)
}
