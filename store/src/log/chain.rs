//! The chain: each position is sealed to everything before it.

use sha2::{Digest, Sha256};

use crate::events::EventRow;

/// Stands before the first position.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// SHA-256(previous chain, position, event).
pub(crate) fn link(previous: &[u8], position: i64, event: &EventRow) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(position.to_be_bytes());
    hash.update(canonical(event));
    hash.finalize().to_vec()
}

/// The event as bytes that can be read in only one way: every text led by its length, moments in
/// microseconds. It must never change, or old chains no longer hold.
fn canonical(event: &EventRow) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256 + event.payload.len());
    bytes.extend_from_slice(event.id.as_bytes());
    for number in [event.seq, event.happened_at.timestamp_micros(), event.recorded_at.timestamp_micros(), event.version] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    for text in [&event.noun, &event.stream, &event.origin, &event.origin_id, &event.kind, &event.actor, &event.payload] {
        bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> EventRow {
        EventRow {
            id: uuid::Uuid::from_u128(7),
            noun: "case".into(),
            stream: "1".into(),
            seq: 1,
            happened_at: "2026-01-02T03:04:05.000006Z".parse().unwrap(),
            recorded_at: "2026-01-02T03:04:05.000006Z".parse().unwrap(),
            origin: "hall".into(),
            origin_id: "7".into(),
            kind: "submitted".into(),
            version: 1,
            actor: "account:1".into(),
            payload: r#"{"a":1}"#.into(),
        }
    }

    /// Reckoned independently, by a script in another language.
    #[test]
    fn the_chain_never_changes_its_reckoning() {
        assert_eq!(
            hex::encode(link(&BEGINNING, 1, &event())),
            "a510e54d9ad87b56e0939f5f153f25613e4fc46cb386f1a2811b8d276fb6beb9"
        );
    }

    #[test]
    fn every_field_and_the_place_are_in_the_chain() {
        let whole = link(&BEGINNING, 1, &event());
        let changes: [fn(&mut EventRow); 12] = [
            |e| e.id = uuid::Uuid::from_u128(8),
            |e| e.noun.push('x'),
            |e| e.stream.push('x'),
            |e| e.seq += 1,
            |e| e.happened_at += chrono::TimeDelta::microseconds(1),
            |e| e.recorded_at += chrono::TimeDelta::microseconds(1),
            |e| e.origin.push('x'),
            |e| e.origin_id.push('x'),
            |e| e.kind.push('x'),
            |e| e.version += 1,
            |e| e.actor.push('x'),
            |e| e.payload.push(' '),
        ];
        for (n, change) in changes.iter().enumerate() {
            let mut other = event();
            change(&mut other);
            assert_ne!(link(&BEGINNING, 1, &other), whole, "change {n}");
        }
        assert_ne!(link(&BEGINNING, 2, &event()), whole);
        assert_ne!(link(&[1; 32], 1, &event()), whole);
        // Moving a letter from one field to the next is seen.
        let mut shifted = event();
        shifted.noun = "cas".into();
        shifted.stream = "e1".into();
        assert_ne!(link(&BEGINNING, 1, &shifted), whole);
    }
}
