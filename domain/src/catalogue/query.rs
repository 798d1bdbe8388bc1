//! What a person asked of the item list: words and ticks, read from the flat parameters of an address.

use serde::{Deserialize, Serialize};

use super::{Audience, Theme};

/// 要跑几趟, as ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visits {
    /// 不用跑.
    None,
    /// 跑一次.
    Once,
    /// 跑两次或更多.
    More,
}

impl Visits {
    /// Every choice.
    pub const ALL: &'static [Self] = &[Self::None, Self::Once, Self::More];

    /// The value in addresses: `0`, `1`, `2`.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Once => "1",
            Self::More => "2",
        }
    }

    /// Whether an item with so many visits is meant.
    #[must_use]
    pub const fn takes(self, visits: u8) -> bool {
        match self {
            Self::None => visits == 0,
            Self::Once => visits == 1,
            Self::More => visits >= 2,
        }
    }

    /// As shown beside the box.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "不用跑",
            Self::Once => "跑一次",
            Self::More => "跑两次",
        }
    }

    /// The same in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::None => "No visit",
            Self::Once => "One visit",
            Self::More => "Two visits",
        }
    }
}

/// 多久办好, as ticked. Each includes the shorter ones, as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    /// 当场就好.
    OnTheSpot,
    /// 5 个工作日内.
    Within5,
    /// 10 个工作日内.
    Within10,
    /// 20 个工作日内.
    Within20,
}

impl Days {
    /// Every choice.
    pub const ALL: &'static [Self] = &[Self::OnTheSpot, Self::Within5, Self::Within10, Self::Within20];

    /// The value in addresses: `0`, `5`, `10`, `20`.
    #[must_use]
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::OnTheSpot => "0",
            Self::Within5 => "5",
            Self::Within10 => "10",
            Self::Within20 => "20",
        }
    }

    /// Whether a promise is short enough.
    #[must_use]
    pub const fn takes(self, promised: super::Limit) -> bool {
        use super::LimitUnit;
        let most = match self {
            Self::OnTheSpot => 0,
            Self::Within5 => 5,
            Self::Within10 => 10,
            Self::Within20 => 20,
        };
        match promised.unit {
            LimitUnit::OnTheSpot => true,
            // Calendar days of the same number are over sooner than working days.
            LimitUnit::WorkingDay | LimitUnit::NaturalDay => promised.value <= most && most > 0,
            LimitUnit::Month => false,
        }
    }

    /// As shown beside the box.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::OnTheSpot => "当场就好",
            Self::Within5 => "5 个工作日内",
            Self::Within10 => "10 个工作日内",
            Self::Within20 => "20 个工作日内",
        }
    }

    /// The same in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::OnTheSpot => "On the spot",
            Self::Within5 => "Within 5 working days",
            Self::Within10 => "Within 10 working days",
            Self::Within20 => "Within 20 working days",
        }
    }
}

/// A value of an address that means nothing here: ignored, and the page says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Which parameter: `who`, `visit`, `day`, `dept`, `theme`.
    pub parameter: String,
    /// The value given, at most 40 characters of it.
    pub value: String,
}

impl Unknown {
    pub(super) fn new(parameter: &str, value: &str) -> Self {
        Self { parameter: parameter.to_owned(), value: value.chars().take(40).collect() }
    }
}

/// One condition the person chose, with the address that drops it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// 企业法人, 不用跑 …
    pub label: String,
    /// The same in English where there is a word for it.
    pub label_en: String,
    /// The list without this condition.
    pub without: String,
}

/// What was asked: `q`, `who`, `visit`, `day` (or `days`), `dept`, `theme`. Ticks of one kind mean *or*, kinds mean *and*.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Free words for the search; trimmed, at most 100 characters.
    pub q: String,
    /// 谁来办.
    pub who: Vec<Audience>,
    /// 要不要跑.
    pub visit: Vec<Visits>,
    /// 多久办好.
    pub days: Vec<Days>,
    /// 哪个部门, by department code.
    pub dept: Vec<String>,
    /// 主题.
    pub theme: Option<Theme>,
    /// What was given but means nothing here.
    pub unknown: Vec<Unknown>,
}

impl Query {
    /// Reads the decoded pairs of an address. Other parameters are not ours and pass unseen; an empty value (an empty
    /// search box posted with the form) is no value.
    pub fn parse<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            let (key, value) = (key.as_ref(), value.as_ref().trim());
            if value.is_empty() {
                continue;
            }
            let known = match key {
                "q" => {
                    query.q = value.chars().filter(|c| !c.is_control()).take(100).collect();
                    true
                }
                "who" => push(&mut query.who, Audience::from_code(value)),
                "visit" => push(&mut query.visit, Visits::ALL.iter().copied().find(|v| v.parameter() == value)),
                "day" | "days" => push(&mut query.days, Days::ALL.iter().copied().find(|d| d.parameter() == value)),
                "dept" => {
                    let plain = value.len() <= 50 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                    push(&mut query.dept, plain.then(|| value.to_owned()))
                }
                "theme" => match Theme::parse(value) {
                    Some(theme) => {
                        query.theme = Some(theme);
                        true
                    }
                    None => false,
                },
                _ => true,
            };
            // A forged address must not grow the page: a handful of misunderstandings is enough to tell.
            if !known && query.unknown.len() < 5 {
                query.unknown.push(Unknown::new(key, value));
            }
        }
        query
    }

    /// Whether nothing but words was asked.
    #[must_use]
    pub fn is_unfiltered(&self) -> bool {
        self.who.is_empty() && self.visit.is_empty() && self.days.is_empty() && self.dept.is_empty() && self.theme.is_none()
    }

    /// The pairs of the address that asks the same, in one fixed order (so that equal queries share a cache key).
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        pairs.extend(sorted(&self.who).into_iter().map(|who| ("who", who.code().to_owned())));
        pairs.extend(sorted(&self.visit).into_iter().map(|visit| ("visit", visit.parameter().to_owned())));
        pairs.extend(sorted(&self.days).into_iter().map(|days| ("day", days.parameter().to_owned())));
        pairs.extend(sorted(&self.dept).into_iter().map(|dept| ("dept", dept)));
        pairs.extend(self.theme.iter().map(|theme| ("theme", theme.parameter())));
        pairs
    }

    /// The address of this query below `path`, percent-encoded.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut address = path.to_owned();
        for (n, (key, value)) in self.pairs().into_iter().enumerate() {
            address.push(if n == 0 { '?' } else { '&' });
            address.push_str(key);
            address.push('=');
            encode(&mut address, &value);
        }
        address
    }
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) -> bool {
    let Some(value) = value else { return false };
    if !list.contains(&value) && list.len() < 50 {
        list.push(value);
    }
    true
}

fn sorted<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list
}

fn encode(into: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{Audience, Limit, LimitUnit};
    use super::{Days, Query, Visits};

    #[test]
    fn an_address_is_read_and_written_back_the_same() {
        let query = Query::parse([
            ("q", " 开店 "),
            ("dept", "scjgj"),
            ("who", "6"),
            ("who", "2"),
            ("who", "2"),
            ("visit", "0"),
            ("day", "5"),
            ("theme", "l010"),
            ("lang", "en"),
        ]);
        assert_eq!(query.q, "开店");
        assert_eq!(query.who, [Audience::Other, Audience::Enterprise]);
        assert!(query.unknown.is_empty());
        assert_eq!(query.address("/items"), "/items?q=%E5%BC%80%E5%BA%97&who=2&who=6&visit=0&day=5&dept=scjgj&theme=l010");
        let again = Query::parse(query.pairs());
        assert_eq!(again.pairs(), query.pairs());
    }

    #[test]
    fn nonsense_is_ignored_and_told() {
        let query = Query::parse([("who", "9"), ("visit", "-1"), ("day", "soon"), ("dept", "a b"), ("theme", "005")]);
        assert!(query.is_unfiltered());
        let told: Vec<_> = query.unknown.iter().map(|u| u.parameter.as_str()).collect();
        assert_eq!(told, ["who", "visit", "day", "dept", "theme"]);
        let flood = Query::parse((0..1000).map(|n| ("who", format!("x{n}"))));
        assert_eq!(flood.unknown.len(), 5);
        assert!(Query::parse([("who", ""), ("q", "  ")]).unknown.is_empty(), "an empty box is no answer");
    }

    #[test]
    fn days_include_what_is_shorter() {
        let five = Limit::working_days(5);
        assert!(!Days::OnTheSpot.takes(five) && Days::Within5.takes(five) && Days::Within20.takes(five));
        assert!(Days::ALL.iter().all(|days| days.takes(Limit::on_the_spot())));
        assert!(!Days::Within20.takes(Limit { value: 1, unit: LimitUnit::Month }));
        assert!(Visits::More.takes(3) && !Visits::Once.takes(2));
    }
}
