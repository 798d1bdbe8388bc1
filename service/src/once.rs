//! The key of a creating act: chosen by whoever sends it, so that what is sent twice is done once.

use domain::Refusal;

/// Bytes of a key.
const LONGEST: usize = 64;

/// A key as it is kept. Asked for before anything is looked up: a request that lacks its key is told so, whatever it is about.
///
/// # Errors
/// There is none, or it is too long to be one.
pub(crate) fn key(sent: &str) -> Result<&str, Refusal> {
    let key = sent.trim();
    if key.is_empty() || key.len() > LONGEST { Err(Refusal::KeyMissing) } else { Ok(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_there_and_short() {
        assert_eq!(key(" erp-1 "), Ok("erp-1"));
        assert_eq!(key(&format!(" {} ", "k".repeat(64))), Ok("k".repeat(64).as_str()));
        for none in ["", "  ", &"k".repeat(65)] {
            assert_eq!(key(none), Err(Refusal::KeyMissing), "{none}");
        }
    }
}
