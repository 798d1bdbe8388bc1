//! Filters at the side of a list: who, visits, days, department, theme, with the count each choice would give.

use serde::{Deserialize, Serialize};

use super::{Audience, Chip, CodeTables, Days, Department, ItemLine, Query, Theme, ThemeSet, Unknown, Visits};

/// One choice with the number of items it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionCount {
    /// Value for the address.
    pub value: String,
    /// As shown.
    pub label: String,
    /// In English; the Chinese again where there is no English.
    pub label_en: String,
    /// Items it leads to with everything else as chosen.
    pub count: usize,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// The choices of every facet. A choice that leads nowhere is left out unless it is ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// 谁来办, parameter `who`.
    pub who: Vec<OptionCount>,
    /// 要不要跑, parameter `visit`.
    pub visit: Vec<OptionCount>,
    /// 多久办好, parameter `day`.
    pub days: Vec<OptionCount>,
    /// 哪个部门, parameter `dept`, most items first.
    pub dept: Vec<OptionCount>,
    /// 主题 of people, parameter `theme`.
    pub natural: Vec<OptionCount>,
    /// 主题 of organisations, parameter `theme`.
    pub legal: Vec<OptionCount>,
}

/// What is left of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The rows, in the order given.
    pub lines: Vec<&'a ItemLine>,
    /// The choices.
    pub counts: Counts,
}

/// The facets of a catalogue: knows which departments and themes exist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    departments: Vec<Department>,
    themes: Vec<(Theme, String)>,
}

/// The kinds of condition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Who,
    Visit,
    Days,
    Dept,
    Theme,
}

impl Facets {
    /// Facets over these departments and the themes of these tables.
    #[must_use]
    pub fn new(departments: &[Department], tables: &CodeTables) -> Self {
        let themes = [ThemeSet::Natural, ThemeSet::Legal].into_iter().flat_map(|set| tables.themes(set));
        Self { departments: departments.to_vec(), themes: themes.map(|(theme, name)| (theme, name.to_owned())).collect() }
    }

    /// Reads an address as [`Query::parse`] does, and also sets aside departments and themes that do not exist.
    pub fn query<K: AsRef<str>, V: AsRef<str>>(&self, pairs: impl IntoIterator<Item = (K, V)>) -> Query {
        let mut query = Query::parse(pairs);
        let (known, unknown) = query.dept.into_iter().partition(|code| self.department(code).is_some());
        query.dept = known;
        query.unknown.extend(unknown.iter().map(|code: &String| Unknown::new("dept", code)));
        if let Some(theme) = query.theme.take_if(|theme| self.theme(theme).is_none()) {
            query.unknown.push(Unknown::new("theme", &theme.parameter()));
        }
        query
    }

    /// Keeps the rows that fit the ticks of a query (its words are the search's business) and counts every choice with
    /// the other facets as they are, so that a number says what ticking the box would give.
    #[must_use]
    pub fn apply<'a>(&self, lines: &'a [ItemLine], query: &Query) -> Found<'a> {
        let count = |facet: Facet, takes: &dyn Fn(&ItemLine) -> bool| {
            lines.iter().filter(|line| takes(line) && fits(line, query, Some(facet))).count()
        };
        let mut dept: Vec<_> = self
            .departments
            .iter()
            .filter_map(|department| {
                let count = count(Facet::Dept, &|line| line.department_code == department.code);
                let chosen = query.dept.contains(&department.code);
                option(&department.code, &department.short, &department.name_en, count, chosen)
            })
            .collect();
        dept.sort_by_key(|option| std::cmp::Reverse(option.count));
        let themes = |set: ThemeSet| {
            self.themes
                .iter()
                .filter(|(theme, _)| theme.set == set)
                .filter_map(|(theme, name)| {
                    let count = count(Facet::Theme, &|line| line.themes.has(theme));
                    option(&theme.parameter(), name, name, count, query.theme.as_ref() == Some(theme))
                })
                .collect()
        };
        let counts = Counts {
            who: Audience::ALL
                .iter()
                .filter_map(|&who| {
                    let (label, label_en) = who_label(who);
                    let count = count(Facet::Who, &|line| line.audience.contains(&who));
                    option(who.code(), label, label_en, count, query.who.contains(&who))
                })
                .collect(),
            visit: Visits::ALL
                .iter()
                .filter_map(|&visit| {
                    let count = count(Facet::Visit, &|line| visit.takes(line.visits));
                    option(visit.parameter(), visit.label(), visit.label_en(), count, query.visit.contains(&visit))
                })
                .collect(),
            days: Days::ALL
                .iter()
                .filter_map(|&days| {
                    let count = count(Facet::Days, &|line| days.takes(line.promised));
                    option(days.parameter(), days.label(), days.label_en(), count, query.days.contains(&days))
                })
                .collect(),
            dept,
            natural: themes(ThemeSet::Natural),
            legal: themes(ThemeSet::Legal),
        };
        Found { lines: lines.iter().filter(|line| fits(line, query, None)).collect(), counts }
    }

    /// The conditions chosen, each with the address of the list without it.
    #[must_use]
    pub fn chips(&self, query: &Query, path: &str) -> Vec<Chip> {
        let mut chips = Vec::new();
        let mut chip = |label: &str, label_en: &str, without: Query| {
            chips.push(Chip { label: label.into(), label_en: label_en.into(), without: without.address(path) });
        };
        for &who in &query.who {
            let (label, label_en) = who_label(who);
            chip(label, label_en, Query { who: without(&query.who, &who), ..query.clone() });
        }
        for &visit in &query.visit {
            let left = Query { visit: without(&query.visit, &visit), ..query.clone() };
            chip(visit.label(), visit.label_en(), left);
        }
        for &days in &query.days {
            chip(days.label(), days.label_en(), Query { days: without(&query.days, &days), ..query.clone() });
        }
        for code in &query.dept {
            let left = Query { dept: without(&query.dept, code), ..query.clone() };
            match self.department(code) {
                Some(department) => chip(&department.short, &department.name_en, left),
                None => chip(code, code, left),
            }
        }
        if let Some(theme) = &query.theme {
            let name = self.theme(theme).unwrap_or(&theme.code);
            chip(name, name, Query { theme: None, ..query.clone() });
        }
        chips
    }

    /// Every department of the catalogue.
    #[must_use]
    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// A department of the catalogue.
    #[must_use]
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.code == code)
    }

    /// The name of a theme.
    #[must_use]
    pub fn theme(&self, theme: &Theme) -> Option<&str> {
        self.themes.iter().find(|(known, _)| known == theme).map(|(_, name)| name.as_str())
    }
}

/// What the counter calls them; the official names are [`Audience::name`].
const fn who_label(who: Audience) -> (&'static str, &'static str) {
    match who {
        Audience::Person => ("个人", "People"),
        Audience::Enterprise => ("企业", "Companies"),
        Audience::Institution => ("事业单位", "Public institutions"),
        Audience::Social => ("社会组织", "Social organisations"),
        Audience::Agency => ("行政机关", "Government bodies"),
        Audience::Other => ("个体户和其他组织", "Sole traders and other bodies"),
    }
}

/// Whether a row fits every facet of the query but the one left out.
fn fits(line: &ItemLine, query: &Query, but: Option<Facet>) -> bool {
    let any = |facet: Facet, empty: bool, fits: bool| but == Some(facet) || empty || fits;
    any(Facet::Who, query.who.is_empty(), query.who.iter().any(|who| line.audience.contains(who)))
        && any(Facet::Visit, query.visit.is_empty(), query.visit.iter().any(|visit| visit.takes(line.visits)))
        && any(Facet::Days, query.days.is_empty(), query.days.iter().any(|days| days.takes(line.promised)))
        && any(Facet::Dept, query.dept.is_empty(), query.dept.contains(&line.department_code))
        && any(Facet::Theme, query.theme.is_none(), query.theme.iter().any(|theme| line.themes.has(theme)))
}

fn option(value: &str, label: &str, label_en: &str, count: usize, chosen: bool) -> Option<OptionCount> {
    (count > 0 || chosen).then(|| OptionCount {
        value: value.to_owned(),
        label: label.to_owned(),
        label_en: label_en.to_owned(),
        count,
        chosen,
    })
}

fn without<T: Clone + PartialEq>(list: &[T], value: &T) -> Vec<T> {
    list.iter().filter(|other| *other != value).cloned().collect()
}
