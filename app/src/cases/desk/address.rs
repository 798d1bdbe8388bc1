//! What a desk address says: which part of the queue, which number, from where, and which case is open.

use crate::doors::encode;
use domain::cases::Act;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

/// Part of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Mine,
    Unclaimed,
    Supplement,
    All,
}

impl Tab {
    /// In the order of the keys 我的 · 待领 · 补正 · 全部.
    pub const ALL: [Self; 4] = [Self::Mine, Self::Unclaimed, Self::Supplement, Self::All];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unclaimed => "unclaimed",
            Self::Supplement => "supplement",
            Self::All => "all",
        }
    }

    /// The tab of that word; anything else is one's own work.
    pub fn parse(word: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.word() == word).unwrap_or_default()
    }
}

/// What is asked of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub tab: Tab,
    /// A case number or the beginning of one; empty when a tab is read.
    pub number: String,
    /// Cursor; empty at the start.
    pub from: String,
}

impl Asked {
    /// What the query of an address asks, if it asks anything. The answer to an act leads to the bare case: then the
    /// queue stays as it was.
    pub fn of(query: &ParamsMap) -> Option<Self> {
        let get = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let asks = ["tab", "q", "from"].iter().any(|name| query.get(name).is_some());
        asks.then(|| Self { tab: Tab::parse(&get("tab")), number: get("q"), from: get("from") })
    }

    /// A tab from its start.
    pub fn tab(tab: Tab) -> Self {
        Self { tab, ..Self::default() }
    }

    fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.number.is_empty() {
            parts.push(format!("tab={}", self.tab.word()));
        } else {
            parts.push(format!("q={}", encode(&self.number)));
        }
        if !self.from.is_empty() {
            parts.push(format!("from={}", encode(&self.from)));
        }
        parts.join("&")
    }

    /// This queue, keeping the open case.
    pub fn href(&self, open: Option<&str>) -> String {
        match open {
            Some(case) => format!("/desk/cases/{}?{}", encode(case), self.query()),
            None => format!("/desk?{}", self.query()),
        }
    }

    /// A case, keeping this queue. On a phone the page opens at the case itself.
    pub fn case(&self, case: Uuid) -> String {
        format!("/desk/cases/{case}?{}#case", self.query())
    }
}

/// The case a path opens.
pub fn case_of(path: &str) -> Option<String> {
    let id = path.strip_prefix("/desk/cases/")?.trim_end_matches('/');
    (!id.is_empty() && !id.contains('/')).then(|| id.to_owned())
}

/// The door of an act: fields as `service::cases::act` names them, and `version`.
pub fn door(case: Uuid, act: Act) -> String {
    // doors carry the name an act has in data
    format!("/desk/cases/{case}/{}", act.word().replace('-', "_"))
}

/// The door that keeps an unsent opinion; field `note`.
pub fn note_door(case: Uuid) -> String {
    format!("/desk/cases/{case}/note")
}

/// An uploaded file.
pub fn upload(id: Uuid) -> String {
    format!("/uploads/{id}")
}

/// The masked numbers of a page of the form in full; each look is on record.
pub fn full(case: Uuid, page: &str) -> String {
    format!("/desk/cases/{case}/full/{}", encode(page))
}

/// How a document would look with the opinion as it stands.
pub fn preview(case: Uuid, kind: domain::cases::documents::DocumentKind) -> String {
    format!("/desk/cases/{case}/preview/{}", kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back() {
        let query: ParamsMap = [("tab", "supplement"), ("from", "2026-10-09|x")].into_iter().collect();
        let asked = Asked::of(&query);
        assert_eq!(asked, Some(Asked { tab: Tab::Supplement, number: String::new(), from: "2026-10-09|x".into() }));
        assert_eq!(asked.map(|a| a.href(None)).as_deref(), Some("/desk?tab=supplement&from=2026-10-09%7Cx"));
        assert_eq!(Asked::of(&ParamsMap::new()), None);
        for tab in Tab::ALL {
            assert_eq!(Tab::parse(tab.word()), tab);
        }
    }

    #[test]
    fn a_search_leaves_the_tabs() {
        let asked = Asked { number: "9901 05&x".into(), ..Asked::default() };
        assert_eq!(asked.href(Some("7")), "/desk/cases/7?q=9901%2005%26x");
    }

    #[test]
    fn only_a_case_is_a_case() {
        assert_eq!(case_of("/desk/cases/42").as_deref(), Some("42"));
        assert_eq!(case_of("/desk/cases/42/").as_deref(), Some("42"));
        assert_eq!(case_of("/desk/cases/"), None);
        assert_eq!(case_of("/desk"), None);
        assert_eq!(case_of("/desk/cases/42/note"), None);
    }

    #[test]
    fn doors_are_named_like_acts_in_data() {
        let id = Uuid::nil();
        for act in [Act::AskForSupplement, Act::RefuseToAccept, Act::Pass, Act::Claim] {
            let name = serde_json::to_value(act).unwrap_or_default();
            assert_eq!(door(id, act), format!("/desk/cases/{id}/{}", name.as_str().unwrap_or_default()));
        }
    }
}
