//! 电子邮箱.

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::{NumberFault, mask_name};

/// An address that mail can be sent to: `name@example.cn`, as the box of a browser takes it (HTML, `input type=email`). Its domain is kept
/// in small letters; what stands before the `@` is kept as typed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

number!(personal Email, mask_name);

/// Most characters (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

impl Email {
    /// Reads what was typed; full-width letters and signs are mended.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text: String = typed.trim().chars().map(half).collect();
        if text.is_empty() {
            return Err(NumberFault::Empty);
        }
        let have = text.chars().count();
        if have > LONGEST {
            return Err(NumberFault::LengthOutside { have, min: 6, max: LONGEST });
        }
        let may = |c: char| c.is_ascii_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
        if let Some((at, found)) = text.chars().enumerate().find(|(_, c)| !may(*c)) {
            return Err(NumberFault::WrongCharacter { position: at + 1, found });
        }
        let parts: Vec<&str> = text.split('@').collect();
        let [name, domain] = parts.as_slice() else {
            return Err(NumberFault::WrongParts { have: parts.len(), want: 2 });
        };
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let whole = !name.is_empty() && domain.contains('.') && domain.split('.').all(label);
        if whole { Ok(Self(format!("{name}@{}", domain.to_ascii_lowercase()))) } else { Err(NumberFault::WrongStructure) }
    }
}

/// What a Chinese keyboard makes of these signs.
fn half(c: char) -> char {
    match c {
        '。' => '.',
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_can_be_sent_to() {
        for (typed, kept) in [
            ("li@example.cn", "li@example.cn"),
            (" Li.Ming+hall@Mail.Example.COM ", "Li.Ming+hall@mail.example.com"),
            ("ｌｉ＠ｅｘａｍｐｌｅ。ｃｎ", "li@example.cn"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), kept);
            assert!(Email::is_stored_form(kept));
        }
        assert_eq!(Email::parse(""), Err(NumberFault::Empty));
        assert_eq!(Email::parse("li example.cn"), Err(NumberFault::WrongCharacter { position: 3, found: ' ' }));
        assert_eq!(Email::parse("example.cn"), Err(NumberFault::WrongParts { have: 1, want: 2 }));
        assert_eq!(Email::parse("a@b@c.cn"), Err(NumberFault::WrongParts { have: 3, want: 2 }));
        for odd in ["li@cn", "@example.cn", "li@example..cn", "li@-a.cn", "li@a-.cn", "li@"] {
            assert_eq!(Email::parse(odd), Err(NumberFault::WrongStructure), "{odd}");
        }
        assert!(Email::parse(&format!("{}@a.cn", "x".repeat(300))).is_err());
    }
}
