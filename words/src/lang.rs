//! Which language a person reads.

use serde::{Deserialize, Serialize};

/// A language of the hall. Traditional Chinese reads the Simplified text; the conversion happens at the edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    #[default]
    ZhCn,
    ZhHant,
    En,
}

impl Lang {
    /// Reads a cookie, a query or an `<html lang>` value; anything unknown is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "zh-CN" | "zh-cn" | "zh" | "zh-Hans" => Some(Self::ZhCn),
            "zh-Hant" | "zh-hant" | "zh-TW" | "zh-HK" => Some(Self::ZhHant),
            "en" | "en-GB" | "en-US" => Some(Self::En),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header; Chinese unless English is clearly asked for first.
    pub fn negotiate(accept: &str) -> Self {
        accept
            .split(',')
            .filter_map(|part| {
                let tag = part.split(';').next().unwrap_or_default().trim();
                match tag.split('-').next().unwrap_or_default() {
                    "zh" => Some(Self::parse(tag).unwrap_or(Self::ZhCn)),
                    "en" => Some(Self::En),
                    _ => None,
                }
            })
            .next()
            .unwrap_or_default()
    }

    /// The value for the `lang` attribute.
    pub fn html(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::ZhHant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// Whether sentences are Chinese.
    pub fn is_chinese(self) -> bool {
        match self {
            Self::ZhCn | Self::ZhHant => true,
            Self::En => false,
        }
    }

    /// A name that is data: the English one when there is one and English is read, else the Chinese one.
    pub fn name<'a>(self, chinese: &'a str, english: Option<&'a str>) -> &'a str {
        match (self, english) {
            (Self::En, Some(name)) if !name.is_empty() => name,
            (Self::En | Self::ZhCn | Self::ZhHant, _) => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn header_order_decides() {
        assert_eq!(Lang::negotiate("en-GB,en;q=0.9,zh-CN;q=0.8"), Lang::En);
        assert_eq!(Lang::negotiate("zh-CN,zh;q=0.9,en;q=0.8"), Lang::ZhCn);
        assert_eq!(Lang::negotiate("zh-TW,en;q=0.8"), Lang::ZhHant);
        assert_eq!(Lang::negotiate("fr,de"), Lang::ZhCn);
        assert_eq!(Lang::negotiate(""), Lang::ZhCn);
    }

    #[test]
    fn html_reads_back() {
        for lang in [Lang::ZhCn, Lang::ZhHant, Lang::En] {
            assert_eq!(Lang::parse(lang.html()), Some(lang));
        }
        assert_eq!(Lang::parse("xx"), None);
    }

    #[test]
    fn names_are_chinese_first() {
        assert_eq!(Lang::En.name("食品经营许可", Some("Food licence")), "Food licence");
        assert_eq!(Lang::En.name("食品经营许可", Some("")), "食品经营许可");
        assert_eq!(Lang::En.name("食品经营许可", None), "食品经营许可");
        assert_eq!(Lang::ZhCn.name("食品经营许可", Some("Food licence")), "食品经营许可");
    }
}
