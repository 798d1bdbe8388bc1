//! The press itself.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::facts::SheetFacts;
use crate::faults::PressFault;
use crate::fonts::Fonts;
use crate::world::{Run, file_id};
use crate::{Sheet, SheetKind, qr_svg, rare, required, seal};

/// What is tried when a sheet needs more than one page at full size: 三号 (16 pt) becomes 四号 (14 pt).
const SMALLER: f64 = 0.875;

/// Runs whose intermediate results the typesetter may keep: parts that every sheet shares (frame, fonts) stay warm,
/// and nobody's facts stay longer than the next sheets.
const KEPT_RUNS: usize = 2;

/// A press with its fonts and templates. Cheap to clone, made to be shared between threads. Making a sheet takes
/// processor time and does not await: call it on a thread for blocking work.
#[derive(Clone)]
pub struct Press(Arc<Inner>);

struct Inner {
    fonts: Fonts,
    library: LazyHash<Library>,
    sources: HashMap<FileId, Source>,
}

/// `facts.json`: the facts, and what the template needs besides.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    facts: &'a SheetFacts,
    kind: SheetKind,
    default_title: &'static str,
    serif: &'a str,
    sans: &'a str,
    has_qr: bool,
    scale: f64,
}

impl Press {
    /// Finds the fonts and parses the templates.
    ///
    /// `font_dirs` are searched in order, with everything below them; [`crate::USUAL_FONT_DIRS`] are the system's.
    /// This reads the head of every font file there, so do it once, off the path of start-up. The faces themselves are read by the
    /// first sheet.
    ///
    /// # Errors
    /// [`PressFault::NoFont`] when there is no Chinese serif or no Chinese sans; its text says how to mend it.
    pub fn open(font_dirs: &[PathBuf]) -> Result<Self, PressFault> {
        let fonts = Fonts::find(font_dirs)?;
        let sources = TEMPLATES
            .iter()
            .map(|(name, text)| {
                let id = file_id(name);
                (id, Source::new(id, (*text).to_owned()))
            })
            .collect();
        Ok(Self(Arc::new(Inner { fonts, library: LazyHash::new(Library::default()), sources })))
    }

    /// Makes one document. A PDF/A-2a and PDF/UA-1 file (archivable and readable aloud) wherever the typesetter can prove it, else a
    /// plain tagged one.
    ///
    /// # Errors
    /// [`PressFault::MissingFact`] when the facts lack what the sheet must say, [`PressFault::NoSuchVersion`],
    /// [`PressFault::QrTooLong`], and [`PressFault::Typesetting`] when our template is wrong.
    pub fn make(&self, sheet: &Sheet) -> Result<Vec<u8>, PressFault> {
        required::check(sheet.kind, &sheet.facts)?;
        let main =
            template(sheet.kind, sheet.version).ok_or(PressFault::NoSuchVersion { sheet: sheet.kind, version: sheet.version })?;
        let _tidy = Tidy;
        let fault = |detail: String| PressFault::Typesetting { sheet: sheet.kind, detail };
        let mut document = self.set(sheet, main, 1.0)?;
        if document.pages().len() > 1 {
            let smaller = self.set(sheet, main, SMALLER)?;
            if smaller.pages().len() < document.pages().len() {
                document = smaller;
            }
        }
        let strict = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| fault(e.message().to_string()))?;
        match typst_pdf::pdf(&document, &options(sheet, strict)) {
            Ok(pdf) => Ok(pdf),
            Err(errors) => {
                tracing::warn!(sheet = ?sheet.kind, "not archivable: {}", said(&errors));
                typst_pdf::pdf(&document, &options(sheet, PdfStandards::default())).map_err(|errors| fault(said(&errors)))
            }
        }
    }

    /// Sets the pages. `scale` is 1, or less for smaller letters.
    fn set(&self, sheet: &Sheet, main: &'static str, scale: f64) -> Result<PagedDocument, PressFault> {
        let run = Run {
            library: &self.0.library,
            sources: &self.0.sources,
            fonts: &self.0.fonts,
            main: file_id(main),
            data: self.data(sheet, scale)?,
        };
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&run);
        if !warnings.is_empty() {
            tracing::warn!(sheet = ?sheet.kind, "{}", said(&warnings));
        }
        output.map_err(|errors| PressFault::Typesetting { sheet: sheet.kind, detail: said(&errors) })
    }

    /// The agency's red seal as SVG, as drawn on the sheets, for pages that show a sheet. `demo` writes 演示 below the star.
    /// It is a picture; what proves a certificate is its signature.
    #[must_use]
    pub fn seal_svg(&self, issuer: &str, demo: bool) -> String {
        let fonts = &self.0.fonts;
        let bold = FontVariant { weight: FontWeight::BOLD, ..FontVariant::default() };
        let word = if demo { "演示" } else { "电子印章" };
        match fonts.book().select(&fonts.serif.to_lowercase(), bold).and_then(|i| fonts.font(i)) {
            Some(font) => seal::seal_svg(&font, issuer, word),
            None => String::new(),
        }
    }

    /// Gives the memory of the fonts back (about 70 MB with Noto CJK); the next sheet reads them again. Call it when the press has
    /// been idle for a while.
    pub fn rest(&self) {
        self.0.fonts.unload();
        comemo::evict(0);
    }

    /// The files the template reads.
    fn data(&self, sheet: &Sheet, scale: f64) -> Result<HashMap<FileId, Bytes>, PressFault> {
        let facts = &sheet.facts;
        let qr = facts.qr.as_ref().or(facts.verify_url.as_ref()).filter(|text| !text.trim().is_empty());
        let printed = Printed {
            facts,
            kind: sheet.kind,
            default_title: sheet.kind.title(),
            serif: &self.0.fonts.serif,
            sans: &self.0.fonts.sans,
            has_qr: qr.is_some(),
            scale,
        };
        let mut json =
            serde_json::to_value(&printed).map_err(|e| PressFault::Typesetting { sheet: sheet.kind, detail: e.to_string() })?;
        rare::make_drawable(&mut json, &self.0.fonts);
        let mut data = HashMap::from([
            (file_id("facts.json"), Bytes::from_string(json.to_string())),
            (file_id("seal.svg"), Bytes::from_string(self.seal_svg(&facts.issuer, facts.demo))),
        ]);
        if let Some(text) = qr {
            data.insert(file_id("qr.svg"), Bytes::from_string(qr_svg(text)?));
        }
        Ok(data)
    }
}

/// Sweeps the typesetter's memory when a run ends, also by error or panic; without this it grows with every sheet.
struct Tidy;

impl Drop for Tidy {
    fn drop(&mut self) {
        comemo::evict(KEPT_RUNS);
    }
}

fn options(sheet: &Sheet, standards: PdfStandards) -> PdfOptions {
    let facts = &sheet.facts;
    let number = match (&facts.document_number, &facts.certificate) {
        (Some(number), _) => number,
        (None, Some(certificate)) => &certificate.number,
        (None, None) if facts.blank.is_some() => &facts.item_name,
        (None, None) => &facts.case_number,
    };
    PdfOptions {
        // Of one number there is one document, and making it again must give the same bytes.
        ident: Smart::Custom(format!("{:?}/{}/{}/{number}", sheet.kind, sheet.version, facts.issuer)),
        creator: Smart::Custom(Some("Tongban".to_owned())),
        timestamp: facts.issued_on.and_then(midnight),
        standards,
        ..PdfOptions::default()
    }
}

/// 00:00 of the hall's day (UTC+08:00).
fn midnight(day: NaiveDate) -> Option<Timestamp> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Timestamp::new_local(Datetime::from_ymd_hms(day.year(), month, date, 0, 0, 0)?, 8 * 60)
}

fn said(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics
        .iter()
        .map(|d| {
            let hints: Vec<_> = d.hints.iter().map(|hint| hint.v.as_str()).collect();
            if hints.is_empty() { d.message.to_string() } else { format!("{} ({})", d.message, hints.join("; ")) }
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// Every template by the name under which others import it.
const TEMPLATES: [(&str, &str); 11] = [
    ("paper.typ", include_str!("templates/paper.typ")),
    ("parts.typ", include_str!("templates/parts.typ")),
    ("received.typ", include_str!("templates/received.typ")),
    ("supplement.typ", include_str!("templates/supplement.typ")),
    ("acceptance.typ", include_str!("templates/acceptance.typ")),
    ("decision.typ", include_str!("templates/decision.typ")),
    ("clock.typ", include_str!("templates/clock.typ")),
    ("ended.typ", include_str!("templates/ended.typ")),
    ("record.typ", include_str!("templates/record.typ")),
    ("certificate.typ", include_str!("templates/certificate.typ")),
    ("blank.typ", include_str!("templates/blank.typ")),
];

/// The page of a kind. Kinds that say nearly the same share one.
fn template(kind: SheetKind, version: u32) -> Option<&'static str> {
    if version != 1 {
        return None;
    }
    Some(match kind {
        SheetKind::Receipt => "received.typ",
        SheetKind::SupplementNotice => "supplement.typ",
        SheetKind::AcceptanceNotice | SheetKind::NonAcceptanceNotice => "acceptance.typ",
        SheetKind::GrantDecision
        | SheetKind::RefusalDecision
        | SheetKind::BenefitGrant
        | SheetKind::BenefitRefusal
        | SheetKind::ServiceGrant
        | SheetKind::ServiceRefusal => "decision.typ",
        SheetKind::SpecialProcedureNotice | SheetKind::ExtensionNotice => "clock.typ",
        SheetKind::WithdrawalNotice | SheetKind::TerminationNotice => "ended.typ",
        SheetKind::SiteCheckRecord | SheetKind::DeliveryReceipt => "record.typ",
        SheetKind::Certificate => "certificate.typ",
        SheetKind::BlankForm => "blank.typ",
    })
}
