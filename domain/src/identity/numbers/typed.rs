//! What people type, made plain: half width, upper case, no spaces. And the checks every number begins with.

use super::NumberFault;

/// The stored form of what was typed: full-width letters, digits and signs become half-width ones, letters upper case,
/// the dashes input methods produce become `-`, spaces go.
pub(super) fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .map(|c| match c {
            // The full-width forms stand in the same order as ASCII.
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            '‐' | '‑' | '–' | '—' | '−' => '-',
            '。' => '.',
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Refuses the first character that may not stand at its place (from 0).
pub(super) fn only(text: &str, may: impl Fn(usize, char) -> bool) -> Result<(), NumberFault> {
    if text.is_empty() {
        return Err(NumberFault::Empty);
    }
    match text.chars().enumerate().find(|(i, c)| !may(*i, *c)) {
        Some((i, found)) => Err(NumberFault::WrongCharacter { position: i + 1, found }),
        None => Ok(()),
    }
}

/// Refuses anything but digits.
pub(super) fn only_digits(text: &str) -> Result<(), NumberFault> {
    only(text, |_, c| c.is_ascii_digit())
}

/// Refuses any other length. The text must be ASCII by now.
pub(super) fn length(text: &str, want: usize) -> Result<(), NumberFault> {
    if text.len() == want { Ok(()) } else { Err(NumberFault::WrongLength { have: text.len(), want }) }
}

/// Refuses a length outside `min..=max`. The text must be ASCII by now.
pub(super) fn length_between(text: &str, min: usize, max: usize) -> Result<(), NumberFault> {
    let have = text.len();
    if (min..=max).contains(&have) { Ok(()) } else { Err(NumberFault::LengthOutside { have, min, max }) }
}

/// Compares the last character with what it has to be.
pub(super) fn last_is(text: &str, want: char) -> Result<(), NumberFault> {
    match text.chars().last() {
        Some(found) if found == want => Ok(()),
        Some(found) => Err(NumberFault::CheckDigit { want, found }),
        None => Err(NumberFault::Empty),
    }
}
