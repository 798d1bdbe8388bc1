//! How this person reads the hall: language, large type, colours. Three cookies, no account needed.

use leptos::prelude::*;
use words::Lang;

/// Which edition of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Standard,
    /// 长辈版: 18 pt, black on white, fewer choices (`domain.md` §10.2).
    Elder,
    /// 自助终端.
    Kiosk,
}

impl Mode {
    /// Reads a cookie or the `data-mode` attribute; anything unknown is the standard edition.
    pub fn parse(text: &str) -> Self {
        match text {
            "elder" => Self::Elder,
            "kiosk" => Self::Kiosk,
            _ => Self::Standard,
        }
    }

    /// Value of `data-mode`; none for the standard edition.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Standard => None,
            Self::Elder => Some("elder"),
            Self::Kiosk => Some("kiosk"),
        }
    }
}

/// Day or night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// Reads a cookie or the `data-theme` attribute; anything unknown follows the device.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// Value of `data-theme`; none when the device decides.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// Everything about reading that a page depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    pub lang: Lang,
    pub mode: Mode,
    pub theme: Theme,
}

impl Preferences {
    /// Names of the three cookies, in the order of [`Preferences::from_cookies`].
    pub const COOKIES: [&'static str; 3] = ["lang", "mode", "theme"];

    /// From the three cookies; without a language cookie the browser's `Accept-Language` decides.
    pub fn from_cookies(cookie: impl Fn(&str) -> Option<String>, accept_language: &str) -> Self {
        let [lang, mode, theme] = Self::COOKIES.map(|name| cookie(name).unwrap_or_default());
        Self {
            lang: Lang::parse(&lang).unwrap_or_else(|| Lang::negotiate(accept_language)),
            mode: Mode::parse(&mode),
            theme: Theme::parse(&theme),
        }
    }

    /// What the page was made with: on the server from the context, in the browser from the attributes of `<html>`.
    pub(crate) fn of_this_page() -> Self {
        #[cfg(feature = "hydrate")]
        if let Some(html) = document().document_element() {
            let read = |name: &str| html.get_attribute(name).unwrap_or_default();
            return Self {
                lang: Lang::parse(&read("lang")).unwrap_or_default(),
                mode: Mode::parse(&read("data-mode")),
                theme: Theme::parse(&read("data-theme")),
            };
        }
        use_context().unwrap_or_default()
    }
}

/// The language of the page being drawn.
pub fn lang() -> Lang {
    use_context::<Preferences>().unwrap_or_default().lang
}

/// `lang` of a text of the department's: what stayed Chinese on a page that is not.
pub fn lang_of(text: &str) -> Option<&'static str> {
    (!lang().is_chinese() && is_chinese(text)).then_some(Lang::ZhCn.html())
}

/// Whether it has Chinese characters in it.
pub fn is_chinese(text: &str) -> bool {
    text.contains(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}

/// The edition of the page being drawn.
pub fn mode() -> Mode {
    use_context::<Preferences>().unwrap_or_default().mode
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_win_over_the_browser() {
        let cookie = |name: &str| (name == "lang").then(|| "zh-CN".to_owned());
        assert_eq!(Preferences::from_cookies(cookie, "en").lang, Lang::ZhCn);
        assert_eq!(Preferences::from_cookies(|_| None, "en").lang, Lang::En);
    }

    #[test]
    fn nonsense_is_the_standard_page() {
        let page = Preferences::from_cookies(|_| Some("<script>".to_owned()), "");
        assert_eq!(page, Preferences::default());
    }

    #[test]
    fn attributes_read_back() {
        for mode in [Mode::Elder, Mode::Kiosk] {
            assert_eq!(Mode::parse(mode.attribute().unwrap_or_default()), mode);
        }
        for theme in [Theme::Light, Theme::Dark] {
            assert_eq!(Theme::parse(theme.attribute().unwrap_or_default()), theme);
        }
    }
}
