//! The world one run sees: our templates, the facts of this sheet, two drawings, the fonts. No disk, no net, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::Fonts;

/// One run. Borrowed from the press, thrown away afterwards.
pub struct Run<'a> {
    /// The typesetter's own functions.
    pub library: &'a LazyHash<Library>,
    /// Every template, parsed once.
    pub sources: &'a HashMap<FileId, Source>,
    /// The typefaces.
    pub fonts: &'a Fonts,
    /// The template to begin with.
    pub main: FileId,
    /// `facts.json`, `seal.svg` and `qr.svg` of this sheet.
    pub data: HashMap<FileId, Bytes>,
}

impl World for Run<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| not_here(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.data.get(&id).cloned().ok_or_else(|| not_here(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// A sheet says only what its facts say, so there is no today.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_here(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

/// The id of a file of ours. Ids are never given back, so only fixed names may come here.
#[expect(clippy::expect_used, reason = "the names are our own constants, without dots or backslashes")]
pub fn file_id(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("our file names are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
