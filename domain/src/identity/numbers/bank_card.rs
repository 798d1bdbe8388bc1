//! Bank card numbers.

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{length_between, only_digits, plain};
use super::{NumberFault, check_digits, mask_card};

/// 12–19 digits whose Luhn sum holds. Only a check of plausibility: it finds most typing errors, and says nothing of
/// whether the account exists or whose it is. Old passbooks without Luhn digit do not pass.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BankCard(String);

number!(personal BankCard, mask_card);

impl BankCard {
    /// Reads what was typed; spaces and dashes between groups are taken off.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed).replace('-', "");
        only_digits(&text)?;
        length_between(&text, 12, 19)?;
        if check_digits::luhn_holds(&text) {
            return Ok(Self(text));
        }
        let (body, found) = text.split_at(text.len() - 1);
        let want = ('0'..='9').find(|d| check_digits::luhn_holds(&format!("{body}{d}"))).unwrap_or('0');
        Err(NumberFault::CheckDigit { want, found: found.chars().next().unwrap_or('0') })
    }
}
