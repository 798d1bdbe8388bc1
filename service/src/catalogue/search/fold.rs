//! Folding what was typed: width, case, traditional characters; and cutting it into pieces.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Characters looked at; nobody describes an errand in more, and a pasted letter must not cost more.
const LONGEST: usize = 60;

/// Words that say “how do I” rather than what; set aside when anything else was typed.
const FILLERS: &[&str] = &[
    "我",
    "我们",
    "我要",
    "我想",
    "想",
    "想要",
    "要",
    "需要",
    "请问",
    "请",
    "怎么",
    "怎么办",
    "怎样",
    "如何",
    "哪里",
    "在哪",
    "哪儿",
    "什么",
    "办",
    "办理",
    "申请",
    "手续",
    "流程",
    "的",
    "了",
    "吗",
    "呢",
    "去",
    "在",
    "个",
    "一个",
    "一下",
    "可以",
    "能",
    "能不能",
    "有",
    "给",
    "是",
    "和",
    "与",
    "及",
    "到",
    "把",
    "被",
    "啊",
    "吧",
    "how",
    "to",
    "a",
    "an",
    "the",
    "for",
    "of",
    "i",
    "my",
    "get",
    "apply",
];

/// What was typed, folded.
pub(super) struct Asked {
    /// Runs of Chinese characters, letters and digits, at most 60 characters together.
    pub(super) pieces: Vec<String>,
}

impl Asked {
    /// Everything in one: `kai fan guan` → `kaifanguan`.
    pub(super) fn joined(&self) -> String {
        self.pieces.concat()
    }
}

/// Folds a query and cuts it at everything that is neither letter nor digit.
pub(super) fn fold(text: &str) -> Asked {
    let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let text = plain(&text);
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
    Asked { pieces: pieces.map(str::to_owned).collect() }
}

/// Half width, simplified, lower case, ü as v.
pub(in crate::catalogue) fn plain(text: &str) -> String {
    let text: String = text.chars().map(narrow).collect();
    simplified(&text).to_lowercase().replace('ü', "v")
}

/// Only letters and digits.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the word only asks, and says nothing about what.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Chinese characters, as opposed to letters and digits.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Full-width signs to their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Traditional and variant characters as the catalogue writes them: 開 as 开, 頭髮 as 头发.
fn simplified(text: &str) -> Cow<'_, str> {
    static OPENCC: OnceLock<Option<OpenCC>> = OnceLock::new();
    let opencc = OPENCC.get_or_init(|| {
        let made = OpenCC::from_config(BuiltinConfig::T2s);
        made.inspect_err(|e| tracing::error!("search does not read Traditional characters: {e}")).ok()
    });
    match opencc {
        Some(opencc) if text.chars().any(is_han) => opencc.convert(text).into(),
        Some(_) | None => text.into(),
    }
}
