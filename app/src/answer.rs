//! How questions of a page are answered: JSON, read back the way the resources of a page are. With the codec that comes with leptos every
//! type would be read by two copies of the same code, from bytes and from text, and the browser would have to load both.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use server_fn::codec::Post;
use server_fn::{ContentType, Decodes, Encodes, Format, FormatType};

/// JSON, as text.
pub struct TextOfJson;

/// The `output` of every question.
pub type Answer = Post<TextOfJson>;

impl ContentType for TextOfJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextOfJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextOfJson {
    type Error = serde_json::Error;

    fn encode(answer: &T) -> Result<bytes::Bytes, Self::Error> {
        serde_json::to_string(answer).map(bytes::Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextOfJson {
    type Error = serde_json::Error;

    fn decode(bytes: bytes::Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(serde_json::Error::custom)?;
        serde_json::from_str(text)
    }
}
