//! A place on the map.

use serde::{Deserialize, Serialize};

use super::NumberFault;
use super::newtype::number;

/// Longitude and latitude in degrees, six decimals (about 10 cm): `118.089423,24.479834`. Geodetic system CGCS2000 (GB 22021), which
/// within a few centimetres is what a phone's receiver says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MapPoint(String);

number!(open MapPoint);

/// Between which longitudes and latitudes the country lies, in millionths of a degree. Whole numbers: reading and writing fractions would
/// be the browser's largest piece of code about numbers.
const EAST: std::ops::RangeInclusive<i64> = 73_000_000..=136_000_000;
const NORTH: std::ops::RangeInclusive<i64> = 3_000_000..=54_000_000;

impl MapPoint {
    /// Reads what was typed or copied from a map; written the other way round it is turned. More than six decimals are cut off.
    ///
    /// # Errors
    /// [`NumberFault::WrongParts`] where it is not two numbers, [`NumberFault::OutsideCountry`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text: String = typed.chars().map(|c| if matches!(c, '，' | '、' | ';' | '；') { ',' } else { c }).collect();
        let parts: Vec<&str> = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Err(NumberFault::Empty);
        }
        let wrong = NumberFault::WrongParts { have: parts.len(), want: 2 };
        let &[one, other] = parts.as_slice() else { return Err(wrong) };
        let (Some(one), Some(other)) = (millionths(one), millionths(other)) else { return Err(wrong) };
        let (east, north) = if EAST.contains(&one) { (one, other) } else { (other, one) };
        if EAST.contains(&east) && NORTH.contains(&north) {
            Ok(Self(format!("{},{}", degrees(east), degrees(north))))
        } else {
            Err(NumberFault::OutsideCountry)
        }
    }
}

/// `118.0894` degrees as 118,089,400.
fn millionths(text: &str) -> Option<i64> {
    let text = text.trim_end_matches('°');
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    Some(whole.parse::<i64>().ok()? * 1_000_000 + part.parse::<i64>().ok()?)
}

fn degrees(millionths: i64) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_point_as_maps_and_people_write_it() {
        for typed in ["118.089423,24.479834", "118.089423， 24.479834", " 24.479834 118.089423 ", "118.0894230°,24.479834°"] {
            assert_eq!(MapPoint::parse(typed).unwrap().as_str(), "118.089423,24.479834", "{typed}");
        }
        assert!(MapPoint::is_stored_form("118.089423,24.479834"));
        assert_eq!(MapPoint::parse(""), Err(NumberFault::Empty));
        assert_eq!(MapPoint::parse("示例路 8 号"), Err(NumberFault::WrongParts { have: 3, want: 2 }));
        assert_eq!(MapPoint::parse("118.1"), Err(NumberFault::WrongParts { have: 1, want: 2 }));
        assert_eq!(MapPoint::parse("2.35,48.85"), Err(NumberFault::OutsideCountry));
        for odd in ["NaN,inf", "-118.1,24.1", "1e2,24", "118.x,24", "99999999999999999999,24"] {
            assert!(MapPoint::parse(odd).is_err(), "{odd}");
        }
        assert_eq!(MapPoint::parse("118.08942351,24.4").unwrap().as_str(), "118.089423,24.400000");
    }
}
