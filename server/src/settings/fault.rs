//! A setting that cannot be.

use std::fmt;

/// Why a setting was not taken, for the person at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// The setting as it is written in the environment, or the file.
    pub name: String,
    /// What is wrong, with the value where that helps and is no secret.
    pub wrong: String,
    /// What to do about it.
    pub mend: String,
}

impl SettingFault {
    /// A fault of the setting `name`.
    pub fn new(name: &str, wrong: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { name: name.to_owned(), wrong: one_line(&wrong.into()), mend: one_line(&mend.into()) }
    }
}

/// A value may hold a line break; the sentence may not.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for SettingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "设置 {}：{}。{}。", self.name, self.wrong, self.mend)
    }
}

impl std::error::Error for SettingFault {}
