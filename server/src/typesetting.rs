//! The press behind the service's `Typesetter`: facts as JSON in, PDF out.

use crate::settings::{SettingFault, Settings};
use press::{Press, PressFault, Sheet, SheetFacts, SheetKind, USUAL_FONT_DIRS};
use serde_json::Value;
use service::cases::Typesetter;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// A press that is opened when it is first needed.
pub struct Setter {
    font_dirs: Vec<PathBuf>,
    press: OnceLock<Result<Press, PressFault>>,
}

impl Setter {
    /// Looks in the folders of the settings first, then where systems keep fonts.
    pub fn new(settings: &Settings) -> Self {
        let usual = USUAL_FONT_DIRS.iter().map(PathBuf::from);
        Self { font_dirs: settings.font_dirs.iter().cloned().chain(usual).collect(), press: OnceLock::new() }
    }

    /// Finds the fonts now, so that a hall without them does not open.
    ///
    /// # Errors
    /// [`SettingFault`] for `FONT_DIRS`.
    pub fn check(&self) -> Result<(), SettingFault> {
        self.press().map(|_| ()).map_err(|fault| {
            SettingFault::new("FONT_DIRS", fault.to_string().trim_end_matches('。').to_owned(), "改好以后再启动")
        })
    }

    /// Give the fonts' memory back while nobody prints.
    pub fn rest(&self) {
        if let Some(Ok(press)) = self.press.get() {
            press.rest();
        }
    }

    fn press(&self) -> Result<&Press, &PressFault> {
        self.press.get_or_init(|| Press::open(&self.font_dirs)).as_ref()
    }
}

impl Typesetter for Setter {
    fn typeset(&self, kind: &str, version: i64, facts: &Value) -> Result<Vec<u8>, String> {
        let kind: SheetKind =
            serde_json::from_value(Value::String(kind.to_owned())).map_err(|e| format!("sheet kind {kind}: {e}"))?;
        let facts: SheetFacts = serde_json::from_value(facts.clone()).map_err(|e| format!("facts of {kind:?}: {e}"))?;
        let version = u32::try_from(version).map_err(|e| e.to_string())?;
        let set = || self.press().map_err(ToString::to_string)?.make(&Sheet { kind, version, facts }).map_err(|e| e.to_string());
        // a sheet takes tens of milliseconds: on a worker thread of the runtime the others must be moved away first
        match tokio::runtime::Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(tokio::runtime::RuntimeFlavor::MultiThread) => tokio::task::block_in_place(set),
            Ok(_) | Err(_) => set(),
        }
    }
}

/// The press for what nobody looks at in this moment (receipts, notices): one thread that gives way to whoever asks for a page, so
/// that an hour of many submits is not also an hour of slow pages.
pub struct QuietSetter {
    setter: Arc<Setter>,
    thread: rayon::ThreadPool,
}

/// Steps below everybody else, of 19: about a tenth of a core while others want it, all of it when nobody does.
const BELOW: i32 = 10;

impl QuietSetter {
    /// # Errors
    /// When the system gives no thread.
    pub fn new(setter: Arc<Setter>) -> Result<Self, rayon::ThreadPoolBuildError> {
        // on Linux the calling thread alone; a system that refuses leaves it as fast as the others
        let gives_way = |_| {
            let _ = rustix::process::nice(BELOW);
        };
        let thread = rayon::ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "press".into()).start_handler(gives_way);
        Ok(Self { setter, thread: thread.build()? })
    }
}

impl Typesetter for QuietSetter {
    fn typeset(&self, kind: &str, version: i64, facts: &Value) -> Result<Vec<u8>, String> {
        self.thread.install(|| self.setter.typeset(kind, version, facts))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::cases::documents::DocumentKind;

    #[test]
    fn documents_and_sheets_go_by_the_same_names() {
        for sheet in SheetKind::ALL {
            let name = serde_json::to_value(sheet).unwrap();
            let kind: DocumentKind = serde_json::from_value(name.clone()).unwrap();
            assert_eq!(name, kind.name());
        }
    }
}
