//! Finding and holding the two Chinese typefaces.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::faults::PressFault;

/// Directories where systems keep fonts: what to pass to `Press::open` when the settings name none.
pub const USUAL_FONT_DIRS: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts"];

/// 宋体 in order of preference.
const SERIF: [&str; 9] = [
    "noto serif cjk sc",
    "noto serif sc",
    "source han serif sc",
    "source han serif cn",
    "songti sc",
    "stsong",
    "fandolsong",
    "simsun",
    "fangsong",
];

/// 黑体 in order of preference.
const SANS: [&str; 9] = [
    "noto sans cjk sc",
    "noto sans sc",
    "source han sans sc",
    "source han sans cn",
    "pingfang sc",
    "heiti sc",
    "wenquanyi micro hei",
    "microsoft yahei",
    "simhei",
];

/// Characters of everyday simplified writing; a typeface without one of them is not for us.
const SAMPLE: &str = "国办龄补证请";

/// The faces found, loaded when first asked for.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<(PathBuf, u32)>,
    /// Family name of the 宋体.
    pub serif: String,
    /// Family name of the 黑体.
    pub sans: String,
    loaded: Mutex<Loaded>,
}

/// What is in memory. A collection (.ttc) holds many faces in one file of 20 MB and more: it is read once.
#[derive(Default)]
struct Loaded {
    files: HashMap<PathBuf, Bytes>,
    fonts: HashMap<usize, Option<Font>>,
}

impl Fonts {
    /// Searches the directories, in order, with everything below them.
    pub fn find(dirs: &[PathBuf]) -> Result<Self, PressFault> {
        let found: Vec<_> = dirs.iter().flat_map(|dir| typst_kit::fonts::scan(dir)).collect();
        let pick = |families: &[&str], hint: fn(&str) -> bool, wanted: &str| {
            choose(found.iter().map(|(_, info)| info), families, hint)
                .ok_or_else(|| PressFault::NoFont { looked_in: dirs.to_vec(), wanted: wanted.to_owned() })
        };
        let serif = pick(&SERIF, looks_serif, "宋体")?;
        let sans = pick(&SANS, |name| !looks_serif(name), "黑体")?;
        let mut book = FontBook::new();
        let mut faces = Vec::new();
        for (path, info) in found {
            faces.push((path.path, path.index));
            book.push(info);
        }
        Ok(Self { book: LazyHash::new(book), faces, serif, sans, loaded: Mutex::default() })
    }

    /// What is known of every face found.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face at this place of the book, read from disk on first use.
    pub fn font(&self, index: usize) -> Option<Font> {
        let (path, face) = self.faces.get(index)?;
        let mut guard = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = &mut *guard;
        if let Some(font) = loaded.fonts.get(&index) {
            return font.clone();
        }
        let font = read(&mut loaded.files, path).and_then(|data| Font::new(data, *face));
        loaded.fonts.insert(index, font.clone());
        font
    }

    /// Gives the memory of the loaded faces back (70 MB with Noto CJK); they are read again when needed.
    pub fn unload(&self) {
        *self.loaded.lock().unwrap_or_else(PoisonError::into_inner) = Loaded::default();
    }

    /// Whether any face found can draw the character.
    pub fn can_draw(&self, c: char) -> bool {
        (0..self.faces.len()).any(|i| self.book.info(i).is_some_and(|info| info.coverage.contains(u32::from(c))))
    }
}

fn read(files: &mut HashMap<PathBuf, Bytes>, path: &Path) -> Option<Bytes> {
    if let Some(data) = files.get(path) {
        return Some(data.clone());
    }
    let data = Bytes::new(fs::read(path).ok()?);
    files.insert(path.to_owned(), data.clone());
    Some(data)
}

/// The first preferred family there is, else the first whose name fits the hint; either way it must be able to
/// write simplified Chinese.
fn choose<'a>(found: impl Iterator<Item = &'a FontInfo> + Clone, families: &[&str], hint: fn(&str) -> bool) -> Option<String> {
    let able = found.filter(|info| SAMPLE.chars().all(|c| info.coverage.contains(u32::from(c))));
    families
        .iter()
        .find_map(|family| able.clone().find(|info| info.family.eq_ignore_ascii_case(family)))
        .or_else(|| able.clone().find(|info| hint(&info.family)))
        .map(|info| info.family.clone())
}

fn looks_serif(family: &str) -> bool {
    let family = family.to_lowercase();
    ["serif", "song", "ming", "宋", "明"].iter().any(|part| family.contains(part))
}
