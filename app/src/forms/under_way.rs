//! Files on their way. They outlive the drawing of the page they were chosen on: the page may be drawn anew meanwhile, and then shows
//! how far they are and what has arrived, as if it had been there from the start.

use super::live::Live;
use super::send::Going;
use leptos::prelude::*;

/// A file on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OnItsWay {
    pub number: u32,
    /// Address of the page it is for, and key of the field.
    place: (String, String),
    pub name: String,
    pub going: Going,
}

/// All files on their way to pages of a draft, and the page that is open now. Given to the context by whoever draws the pages.
#[derive(Clone, Copy)]
pub struct UnderWay {
    files: RwSignal<Vec<OnItsWay>>,
    open: StoredValue<Option<Live>>,
}

impl UnderWay {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { files: RwSignal::new(Vec::new()), open: StoredValue::new(None) }
    }

    /// Of the draft being drawn.
    pub(super) fn current() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// This page is drawn, in the place of the one before.
    pub(super) fn opened(self, live: Live) {
        self.open.set_value(Some(live));
    }

    /// Those to a field of a page.
    pub(super) fn to(self, page: &str, key: &str) -> Memo<Vec<OnItsWay>> {
        let place = (page.to_owned(), key.to_owned());
        Memo::new(move |_| self.files.with(|files| files.iter().filter(|file| file.place == place).cloned().collect()))
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{OnItsWay, UnderWay};
    use crate::forms::live::Live;
    use crate::forms::send::{Going, upload};
    use leptos::prelude::*;
    use web_sys::File;

    impl UnderWay {
        /// Sends every file by itself, so that one that fails takes no other with it.
        pub(in crate::forms) fn send(self, live: Live, key: &str, chosen: impl Iterator<Item = File>) {
            let page = live.facts().action.clone();
            let place = (page.clone(), key.to_owned());
            // what failed before has been read by now
            self.files.update(|files| files.retain(|f| f.place != place || !matches!(f.going, Going::Failed(_))));
            for file in chosen {
                let number = self.files.with_untracked(|files| files.iter().map(|f| f.number).max().unwrap_or(0)) + 1;
                let going = Going::Sending { done: 0, all: file.size() as u64, seconds: None };
                let coming = OnItsWay { number, place: place.clone(), name: file.name(), going };
                self.files.update(|files| files.push(coming));
                let place = place.clone();
                let arrived = move |notes| {
                    // the person may have left the draft by now: then nothing is left to show it on
                    _ = self.files.try_update(|files| files.retain(|f| f.number != number));
                    if let Some(open) = self.open.try_get_value().flatten() {
                        open.arrived(&place.0, &place.1, notes);
                    }
                };
                upload(live.lang, &page, key, &file, move |going| self.tell(number, going), arrived);
            }
        }

        fn tell(self, number: u32, going: Going) {
            let mut going = Some(going);
            _ = self.files.try_update(|files| {
                if let (Some(file), Some(going)) = (files.iter_mut().find(|f| f.number == number), going.take()) {
                    file.going = going;
                }
            });
        }
    }
}
