//! News from other desks: one stream ([`super::stream`]) tells that something changed, and the page asks what. When the stream
//! is silent the page asks every fifteen seconds by itself; nothing depends on the stream but speed.

use super::state::Desk;

/// Listens as long as the desk is shown.
pub fn listen(desk: Desk) {
    #[cfg(feature = "hydrate")]
    awake::listen(desk);
    let _ = desk;
}

/// What a line of the stream means for this page.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct News {
    queue: bool,
    case: bool,
}

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
fn news_of(topic: &str, open: Option<&str>) -> News {
    match topic.split_once(':') {
        Some(("case" | "here", id)) => News { queue: true, case: open == Some(id) },
        Some(_) => News::default(),
        None => News { queue: topic == "all", case: topic == "all" && open.is_some() },
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::super::state::{Desk, Link, Reason};
    use super::super::stream::{Stream, Told};
    use super::{News, news_of};
    use leptos::prelude::*;
    use std::rc::Rc;
    use std::time::Duration;
    use wasm_bindgen::JsValue;
    use web_sys::XmlHttpRequest;

    /// Many changes at once are one question.
    const TOGETHER: Duration = Duration::from_millis(150);
    /// How often to ask when nobody tells.
    const POLL: Duration = Duration::from_secs(15);
    /// A document that is being made is asked for this often, this many times.
    const MAKING: (Duration, u8) = (Duration::from_secs(2), 10);

    /// How often a page says that it is open.
    const HERE: Duration = Duration::from_secs(10);

    /// Tells colleagues that this page has the case open, and whether somebody is writing in it.
    fn here(desk: Desk) {
        let Some(case) = desk.open.try_get_untracked().flatten() else { return };
        let writing = document().active_element().is_some_and(|e| e.tag_name().eq_ignore_ascii_case("textarea"));
        say_here(&case, if writing { "yes" } else { "no" });
    }

    fn say_here(case: &str, writing: &str) {
        let said = || -> Result<(), JsValue> {
            let request = XmlHttpRequest::new()?;
            request.open_with_async("POST", &format!("/desk/cases/{case}/here"), true)?;
            request.set_request_header("Accept", "application/json")?;
            request.set_request_header(crate::doors::AWAKE, "1")?;
            request.set_request_header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")?;
            request.send_with_opt_str(Some(&format!("writing={writing}")))
        };
        // who is not seen for a moment is not missed
        let _ = said();
    }

    #[derive(Clone, Copy)]
    struct Listener {
        desk: Desk,
        due: StoredValue<Option<News>>,
    }

    pub(super) fn listen(desk: Desk) {
        let listener = Listener { desk, due: StoredValue::new(None) };
        let account = desk.queue.with_untracked(|queue| queue.account);
        let stream = StoredValue::new_local(Stream::open(account, move |told| listener.told(told)));
        let look = move || {
            stream.try_with_value(Stream::look);
            listener.poll();
        };
        let poll = set_interval_with_handle(look, POLL).ok();
        let present = set_interval_with_handle(move || here(desk), HERE).ok();
        Effect::new(move |last: Option<Option<String>>| {
            let now = desk.open.get();
            if let Some(left) = last.flatten().filter(|left| Some(left) != now.as_ref()) {
                say_here(&left, "left");
            }
            here(desk);
            now
        });
        watch_documents(desk);
        on_cleanup(move || {
            [poll, present].into_iter().flatten().for_each(|every| every.clear());
            if let Some(left) = desk.open.try_get_untracked().flatten() {
                say_here(&left, "left");
            }
            stream.try_with_value(|stream: &Rc<Stream>| stream.close());
        });
    }

    impl Listener {
        fn told(self, told: Told) {
            match told {
                Told::Link(link) => {
                    let was = self.desk.link.try_get_untracked();
                    self.desk.link.try_set(link);
                    // what happened while nobody told
                    if (was, link) == (Some(Link::Broken), Link::Live) {
                        self.later(News { queue: true, case: true });
                    }
                }
                Told::Topic(topic) => {
                    let Some(open) = self.desk.open.try_get_untracked() else { return };
                    let news = news_of(&topic, open.as_deref());
                    if news != News::default() {
                        self.later(news);
                    }
                }
            }
        }

        fn later(self, news: News) {
            let Some(waiting) = self.due.try_update_value(|due| {
                let waiting = due.is_some();
                let before = due.unwrap_or_default();
                *due = Some(News { queue: before.queue || news.queue, case: before.case || news.case });
                waiting
            }) else {
                return;
            };
            if !waiting {
                set_timeout(move || self.ask(), TOGETHER);
            }
        }

        fn ask(self) {
            // an act of our own is on its way: its answer asks for everything anyway
            if document().query_selector("form[data-sending]").ok().flatten().is_some() {
                set_timeout(move || self.ask(), TOGETHER);
                return;
            }
            let Some(news) = self.due.try_update_value(Option::take).flatten() else { return };
            if news.queue {
                self.desk.ask_queue(true);
            }
            if news.case {
                self.desk.ask_case(Reason::News);
            }
        }

        fn poll(self) {
            if self.desk.link.try_get_untracked() == Some(Link::Broken) {
                self.later(News { queue: true, case: true });
            }
        }
    }

    /// A document is made after its event, and no event tells when it is ready.
    fn watch_documents(desk: Desk) {
        let making = Memo::new(move |_| {
            desk.shown.get().is_some_and(|shown| shown.page.with(|page| page.documents.iter().any(|document| !document.ready)))
        });
        Effect::new(move |_| {
            if making.get() {
                again(desk, making, 0);
            }
        });
    }

    fn again(desk: Desk, making: Memo<bool>, tries: u8) {
        let (wait, most) = MAKING;
        if tries >= most {
            return;
        }
        set_timeout(
            move || {
                if making.try_get_untracked() == Some(true) {
                    desk.ask_case(Reason::News);
                    again(desk, making, tries + 1);
                }
            },
            wait,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_case_is_asked_for() {
        assert_eq!(news_of("case:7", Some("7")), News { queue: true, case: true });
        assert_eq!(news_of("case:8", Some("7")), News { queue: true, case: false });
        assert_eq!(news_of("here:7", Some("7")), News { queue: true, case: true });
        assert_eq!(news_of("all", Some("7")), News { queue: true, case: true });
        assert_eq!(news_of("all", None), News { queue: true, case: false });
        assert_eq!(news_of("item:7", Some("7")), News::default());
    }
}
