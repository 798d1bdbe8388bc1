//! A key that stands twice in one object. JSON leaves open which of the two counts (RFC 8259, 4), and readers differ: what one
//! program checked, another would file. So it is refused, with its place.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// The place of the first key that stands twice, as a JSON pointer (RFC 6901), at any depth; nothing when there is none.
///
/// # Errors
/// The text is no JSON.
pub fn twice(text: &[u8]) -> serde_json::Result<Option<String>> {
    let (mut at, mut found) = (String::new(), None);
    let mut reader = serde_json::Deserializer::from_slice(text);
    Walk { at: &mut at, found: &mut found }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(found)
}

/// Walks through one value and keeps nothing of it but the keys of the objects it is in.
struct Walk<'a> {
    /// The pointer to this value.
    at: &'a mut String,
    found: &'a mut Option<String>,
}

impl Walk<'_> {
    /// Goes one step deeper for as long as `inside` takes.
    fn below<T>(&mut self, step: &str, inside: impl FnOnce(Walk<'_>) -> T) -> T {
        let here = self.at.len();
        self.at.push('/');
        self.at.push_str(step);
        let result = inside(Walk { at: self.at, found: self.found });
        self.at.truncate(here);
        result
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut values: A) -> Result<(), A::Error> {
        let mut n = 0_usize;
        while self.below(&n.to_string(), |walk| values.next_element_seed(walk))?.is_some() {
            n += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut keys = HashSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            let step = key.replace('~', "~0").replace('/', "~1");
            let again = !keys.insert(key);
            self.below(&step, |walk| {
                if again && walk.found.is_none() {
                    *walk.found = Some(walk.at.clone());
                }
                entries.next_value_seed(walk)
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(text: &str) -> Option<String> {
        twice(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_key_may_stand_once_in_each_object() {
        for fine in ["{}", "[]", "1", "null", "\"a\"", r#"{"a":{"a":[{"a":1},{"a":1.5}]},"b":true}"#, r#"{"a":-1,"A":1,"":null}"#]
        {
            assert_eq!(found(fine), None, "{fine}");
        }
    }

    #[test]
    fn the_first_that_stands_twice_is_pointed_at() {
        for (text, place) in [
            (r#"{"a":1,"a":1}"#, "/a"),
            (r#"{"a":1,"b":2,"a":3,"b":4}"#, "/a"),
            (r#"{"x":[0,{"y":{"k":1,"k":2}}]}"#, "/x/1/y/k"),
            // the same key, written otherwise
            ("{\"a\":1,\"\\u0061\":2}", "/a"),
            (r#"{"a/b~c":1,"a/b~c":2}"#, "/a~1b~0c"),
            (r#"{"":1,"":2}"#, "/"),
            (r#"{"situation":"new","situation":{"deep":1}}"#, "/situation"),
            ("{\"名\":1,\"名\":2}", "/名"),
        ] {
            assert_eq!(found(text).as_deref(), Some(place), "{text}");
        }
    }

    #[test]
    fn depth_has_an_end_and_what_is_no_json_is_told() {
        let deep = |n: usize| format!("{}{{\"k\":1,\"k\":2}}{}", "{\"a\":".repeat(n), "}".repeat(n));
        assert_eq!(found(&deep(100)), Some(format!("{}/k", "/a".repeat(100))));
        for wrong in
            [deep(200), "[".repeat(100_000), "{\"a\":1,}".into(), "{\"a\":1}x".into(), String::new(), "{\"a\":1,\"a\":".into()]
        {
            assert!(twice(wrong.as_bytes()).is_err(), "{}", &wrong[..wrong.len().min(20)]);
        }
        assert!(twice(b"{\"a\":\"\xff\"}").is_err());
    }
}
