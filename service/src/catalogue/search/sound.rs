//! How Chinese sounds: pinyin without tones, and initials.

use pinyin::ToPinyin;

/// Ways to read one phrase that are indexed at most; each ambiguous character doubles them.
const READINGS: usize = 8;
/// Letters of pinyin kept: nobody types more of one name.
const LONGEST: usize = 60;

/// Common characters with a second everyday reading. Rare readings would only make noise.
const OTHER_READINGS: &[(char, &str)] = &[
    ('行', "hang"),
    ('长', "zhang"),
    ('重', "chong"),
    ('乐', "yue"),
    ('调', "tiao"),
    ('会', "kuai"),
    ('给', "ji"),
    ('还', "huan"),
    ('便', "pian"),
    ('校', "jiao"),
    ('传', "zhuan"),
    ('车', "ju"),
    ('卡', "qia"),
    ('厦', "sha"),
    ('省', "xing"),
    ('和', "huo"),
    ('率', "shuai"),
    ('单', "shan"),
    ('参', "shen"),
    ('奇', "ji"),
    ('朝', "zhao"),
    ('宿', "xiu"),
    ('藏', "zang"),
    ('缴', "zhuo"),
    ('都', "du"),
    ('少', "shao"),
    ('绿', "lu"),
    ('区', "ou"),
];

/// One way to read a phrase.
pub(super) struct Sound {
    /// All of it: `shipinjingyingxuke`.
    pub(super) whole: String,
    /// First letters: `spjyxk`.
    pub(super) initials: String,
    /// Both, from the second character on, from the third on …
    pub(super) later: Vec<(String, String)>,
}

/// Every everyday reading of a phrase. Letters and digits stay as they are, other signs are left out; a phrase without
/// Chinese has no sound of its own.
pub(super) fn of(phrase: &str) -> Vec<Sound> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    let mut chinese = false;
    for c in phrase.chars() {
        let syllables = syllables(c);
        chinese |= !c.is_ascii() && !syllables.is_empty();
        let Some(first) = syllables.first() else { continue };
        let forks = if readings.len() * syllables.len() <= READINGS { &syllables[1..] } else { &[] };
        let mut forked = Vec::new();
        for fork in forks {
            forked.extend(readings.iter().map(|reading| [reading.as_slice(), std::slice::from_ref(fork)].concat()));
        }
        readings.iter_mut().for_each(|reading| reading.push(first.clone()));
        readings.extend(forked);
    }
    if !chinese {
        return Vec::new();
    }
    readings.into_iter().map(|reading| sound(&reading)).collect()
}

/// The first reading of a text, for characters that sound alike; letters and digits as they are.
pub(super) fn first(text: &str) -> String {
    text.chars().filter_map(|c| syllables(c).into_iter().next()).collect()
}

fn sound(syllables: &[String]) -> Sound {
    let whole = |from: usize| syllables[from..].concat().chars().take(LONGEST).collect::<String>();
    let initials = |from: usize| syllables[from..].iter().filter_map(|s| s.chars().next()).take(LONGEST).collect();
    let later = (1..syllables.len()).map(|from| (whole(from), initials(from))).collect();
    Sound { whole: whole(0), initials: initials(0), later }
}

fn syllables(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    // ü is typed v.
    let usual = c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v"));
    let other = OTHER_READINGS.iter().filter(|(known, _)| *known == c).map(|(_, reading)| (*reading).to_owned());
    let mut all: Vec<String> = usual.into_iter().chain(other).collect();
    all.dedup();
    all
}
