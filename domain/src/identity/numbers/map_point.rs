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

/// Between which longitudes and latitudes the country lies.
const EAST: std::ops::RangeInclusive<f64> = 73.0..=136.0;
const NORTH: std::ops::RangeInclusive<f64> = 3.0..=54.0;

impl MapPoint {
    /// Reads what was typed or copied from a map; written the other way round it is turned.
    ///
    /// # Errors
    /// [`NumberFault::WrongParts`] where it is not two numbers, [`NumberFault::OutsideCountry`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text: String = typed.chars().map(|c| if matches!(c, '，' | '、' | ';' | '；') { ',' } else { c }).collect();
        let parts: Vec<&str> = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Err(NumberFault::Empty);
        }
        let read: Vec<f64> =
            parts.iter().filter_map(|part| part.trim_end_matches('°').parse().ok()).filter(|n: &f64| n.is_finite()).collect();
        let &[one, other] = read.as_slice() else {
            return Err(NumberFault::WrongParts { have: parts.len(), want: 2 });
        };
        if parts.len() != 2 {
            return Err(NumberFault::WrongParts { have: parts.len(), want: 2 });
        }
        let (east, north) = if EAST.contains(&one) { (one, other) } else { (other, one) };
        if EAST.contains(&east) && NORTH.contains(&north) {
            Ok(Self(format!("{east:.6},{north:.6}")))
        } else {
            Err(NumberFault::OutsideCountry)
        }
    }
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
        assert!(MapPoint::parse("NaN,inf").is_err());
    }
}
