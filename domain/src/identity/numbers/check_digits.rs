//! The arithmetic of check characters. Callers have made sure of the characters; a foreign one counts as 0.

/// 0–9A–Z, the alphabet of ISO 7064 MOD 37,36 and of GB 11714.
const ALPHABET36: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// The alphabet of GB 32100: no I, O, S, V, Z.
const ALPHABET31: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

fn value36(c: char) -> u32 {
    c.to_digit(36).unwrap_or(0)
}

fn value31(c: char) -> u32 {
    ALPHABET31.iter().position(|a| char::from(*a) == c).and_then(|i| u32::try_from(i).ok()).unwrap_or(0)
}

fn letter(alphabet: &[u8], index: u32) -> char {
    usize::try_from(index).ok().and_then(|i| alphabet.get(i)).map_or('0', |c| char::from(*c))
}

fn weighted(values: impl Iterator<Item = u32>, weights: &[u32]) -> u32 {
    values.zip(weights).map(|(value, weight)| value * weight).sum()
}

/// Whether a character belongs to the alphabet of the unified social credit code.
pub(super) fn is_in_alphabet31(c: char) -> bool {
    u8::try_from(c).is_ok_and(|c| ALPHABET31.contains(&c))
}

/// GB 11643 (ISO 7064 MOD 11-2) over the first 17 digits.
pub(super) fn check11_2(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    letter(b"10X98765432", weighted(digits.chars().map(value36), &WEIGHTS) % 11)
}

/// GB 32100 over the first 17 characters.
pub(super) fn check31(code: &str) -> char {
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    letter(ALPHABET31, (31 - weighted(code.chars().map(value31), &WEIGHTS) % 31) % 31)
}

/// GB 11714 over the first 8 characters.
pub(super) fn check_org_code(code: &str) -> char {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    letter(b"0123456789X", (11 - weighted(code.chars().map(value36), &WEIGHTS) % 11) % 11)
}

/// ISO 7064 MOD 11,10 over any digits.
pub(super) fn check11_10(digits: &str) -> char {
    let p = digits.chars().map(value36).fold(10, |p, d| match (p + d) % 10 {
        0 => 20 % 11,
        sum => 2 * sum % 11,
    });
    letter(ALPHABET36, (11 - p) % 10)
}

/// Whether digits satisfy the Luhn sum of bank cards.
pub(super) fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .map(value36)
        .enumerate()
        .map(|(i, d)| match (i % 2, d * 2) {
            (0, _) => d,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The check character of ISO 7064 MOD 37,36 over `text`: of certificate marks (§6.1) and case numbers (§3.5).
/// Small letters count as capitals; dots, dashes and anything else outside 0–9A–Z is skipped.
#[must_use]
pub fn check37_36(text: &str) -> char {
    let p = text.chars().filter_map(|c| c.to_digit(36)).fold(36, |p, v| match (p + v) % 36 {
        0 => 72 % 37,
        sum => 2 * sum % 37,
    });
    letter(ALPHABET36, (37 - p) % 36)
}
