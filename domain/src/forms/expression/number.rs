//! Exact decimal numbers of the expression language.

use std::fmt;

/// A number with four digits after the point. Arithmetic that would overflow gives `None`, never a wrong number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(i64);

impl Number {
    const SCALE: i64 = 10_000;
    /// Digits after the point that are kept.
    pub const DECIMALS: usize = 4;

    /// A whole number; `None` beyond ±9.2 × 10¹⁴.
    pub fn whole(value: i64) -> Option<Self> {
        value.checked_mul(Self::SCALE).map(Self)
    }

    /// A count of things we hold, which never comes near the limit.
    pub fn count(value: usize) -> Self {
        Self(i64::try_from(value).ok().and_then(|v| v.checked_mul(Self::SCALE)).unwrap_or(i64::MAX))
    }

    /// Reads `12`, `-3`, `0.25`. At most four digits after the point.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || (digits.contains('.') && part.is_empty()) || part.len() > Self::DECIMALS {
            return None;
        }
        let mut value: i64 = 0;
        for byte in whole.bytes().chain(part.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
        }
        for _ in part.len()..Self::DECIMALS {
            value = value.checked_mul(10)?;
        }
        Some(Self(if negative { -value } else { value }))
    }

    /// The number as a whole one, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        (self.0 % Self::SCALE == 0).then_some(self.0 / Self::SCALE)
    }

    /// The whole part.
    pub fn cut(self) -> i64 {
        self.0 / Self::SCALE
    }

    /// Yuan as fen, if there is no part of a fen.
    pub fn as_fen(self) -> Option<i64> {
        (self.0 % 100 == 0).then_some(self.0 / 100)
    }

    /// Fen as yuan.
    pub fn from_fen(fen: i64) -> Option<Self> {
        fen.checked_mul(100).map(Self)
    }

    /// Digits after the point that are needed to write this number.
    pub fn decimals_used(self) -> u8 {
        let rest = self.0.unsigned_abs() % Self::SCALE.unsigned_abs();
        [(10_000, 0), (1000, 1), (100, 2), (10, 3)].into_iter().find(|(unit, _)| rest.is_multiple_of(*unit)).map_or(4, |(_, n)| n)
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product, cut after the fourth digit.
    pub fn times(self, other: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(other.0) / i128::from(Self::SCALE);
        i64::try_from(product).ok().map(Self)
    }

    /// The quotient, cut after the fourth digit; `None` when dividing by nothing.
    pub fn over(self, other: Self) -> Option<Self> {
        let quotient = (i128::from(self.0) * i128::from(Self::SCALE)).checked_div(i128::from(other.0))?;
        i64::try_from(quotient).ok().map(Self)
    }

    pub fn negated(self) -> Option<Self> {
        self.0.checked_neg().map(Self)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let (whole, part) = (size / Self::SCALE.unsigned_abs(), size % Self::SCALE.unsigned_abs());
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if part == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{part:04}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}
