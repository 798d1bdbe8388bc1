//! One stream of news for all desk tabs of a browser, which opens no more than six connections to a house (HTTP/1.1). The
//! tab that holds the lock listens, and passes on what it hears. When it closes, the browser hands the lock to the next; when
//! it has been put to sleep and does not answer, another takes the lock from it. Lock and channel are named after the
//! account, so that those who sign in after each other in one browser do not hear each other's. Where a browser has neither,
//! every tab listens by itself.

use super::lock::{Locks, Over, Turn};
use super::state::Link;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, Event, EventSource, MessageEvent};

/// What the stream says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Told {
    /// There is a newer version of this.
    Topic(String),
    /// Whether more will come by itself.
    Link(Link),
}

/// What tabs say to each other.
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    Told(Told),
    /// Does anybody listen?
    Who,
}

/// A line of the stream.
#[derive(Deserialize)]
struct Line {
    topic: String,
}

/// An open stream with its ears.
struct Source {
    events: EventSource,
    _opened: Closure<dyn Fn()>,
    _told: Closure<dyn Fn(MessageEvent)>,
    _broken: Closure<dyn Fn(Event)>,
}

impl Drop for Source {
    fn drop(&mut self) {
        self.events.set_onopen(None);
        self.events.set_onmessage(None);
        self.events.set_onerror(None);
        self.events.close();
    }
}

/// Where the tabs hear each other.
struct Channel {
    open: BroadcastChannel,
    _told: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.open.set_onmessage(None);
        self.open.close();
    }
}

/// This tab's part.
pub(super) struct Stream {
    name: String,
    tell: Box<dyn Fn(Told)>,
    /// Of the tab that listens.
    source: RefCell<Option<Source>>,
    /// None where every tab listens by itself.
    channel: RefCell<Option<Channel>>,
    turn: Turn,
    link: Cell<Link>,
    /// The tab that listens has been heard since it was last asked.
    heard: Cell<bool>,
    /// It has not: the next turn is taken, not waited for.
    takes: Cell<bool>,
    closed: Cell<bool>,
}

impl Stream {
    /// Listens, or hears from the tab that does, until it is closed.
    pub(super) fn open(account: Uuid, tell: impl Fn(Told) + 'static) -> Rc<Self> {
        let stream = Rc::new(Self {
            name: format!("tongban-desk-{account}"),
            tell: Box::new(tell),
            source: RefCell::default(),
            channel: RefCell::default(),
            turn: Turn::default(),
            link: Cell::new(Link::Quiet),
            heard: Cell::new(false),
            takes: Cell::new(false),
            closed: Cell::new(false),
        });
        match Locks::here().filter(|_| stream.join()) {
            Some(locks) => {
                spawn_local(Rc::clone(&stream).take_turns(locks));
                stream.say(&Word::Who);
            }
            None => stream.listen(),
        }
        stream
    }

    /// The desk is shown no more.
    pub(super) fn close(&self) {
        self.closed.set(true);
        self.source.take();
        self.channel.take();
        self.turn.end();
    }

    /// Looks every now and then whether somebody still listens: a stream that was refused does not come back by itself, and
    /// neither does a tab that was put to sleep.
    pub(super) fn look(self: &Rc<Self>) {
        let state = self.source.borrow().as_ref().map(|source| source.events.ready_state());
        match state {
            Some(EventSource::CLOSED) => self.listen(),
            Some(_) => {}
            None if self.channel.borrow().is_none() => self.listen(),
            None if self.heard.replace(false) => self.say(&Word::Who),
            None => {
                self.lose();
                self.takes.set(true);
                self.turn.end();
            }
        }
    }

    async fn take_turns(self: Rc<Self>, locks: Locks) {
        while !self.closed.get() {
            let tab = Rc::clone(&self);
            let over = locks.hold(&self.name, self.takes.take(), &self.turn, move || tab.lead()).await;
            match over {
                Over::Done => return,
                Over::Lost => self.rest(),
                Over::Refused => {
                    self.channel.take();
                    if !self.closed.get() {
                        self.listen();
                    }
                    return;
                }
            }
        }
    }

    /// It is this tab's turn.
    fn lead(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        // whatever happened between the last tab and this one was told to nobody
        if self.link.get() != Link::Quiet {
            self.speak(Told::Link(Link::Broken));
        }
        self.listen();
    }

    /// Another tab has the turn.
    fn rest(&self) {
        // who listened until now has slept meanwhile
        if self.source.take().is_some() {
            self.lose();
        }
        self.heard.set(true);
        self.say(&Word::Who);
    }

    /// This tab hears nothing for now; the others may.
    fn lose(&self) {
        self.link.set(Link::Broken);
        (self.tell)(Told::Link(Link::Broken));
    }

    fn listen(self: &Rc<Self>) {
        self.source.take();
        let Ok(events) = EventSource::new("/live") else {
            self.speak(Told::Link(Link::Broken));
            return;
        };
        let tab = Rc::clone(self);
        let opened = Closure::<dyn Fn()>::new(move || tab.speak(Told::Link(Link::Live)));
        let tab = Rc::clone(self);
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(line) = read::<Line>(&event) {
                tab.speak(Told::Topic(line.topic));
            }
        });
        let tab = Rc::clone(self);
        let broken = Closure::<dyn Fn(Event)>::new(move |_| tab.speak(Told::Link(Link::Broken)));
        events.set_onopen(Some(opened.as_ref().unchecked_ref()));
        events.set_onmessage(Some(told.as_ref().unchecked_ref()));
        events.set_onerror(Some(broken.as_ref().unchecked_ref()));
        self.source.replace(Some(Source { events, _opened: opened, _told: told, _broken: broken }));
    }

    /// Tells this tab and the others.
    fn speak(&self, told: Told) {
        if let Told::Link(link) = told {
            self.link.set(link);
        }
        self.say(&Word::Told(told.clone()));
        (self.tell)(told);
    }

    /// Opens the channel; false where there is none.
    fn join(self: &Rc<Self>) -> bool {
        let Ok(open) = BroadcastChannel::new(&self.name) else { return false };
        let tab = Rc::clone(self);
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(word) = read(&event) {
                tab.hear(word);
            }
        });
        open.set_onmessage(Some(told.as_ref().unchecked_ref()));
        self.channel.replace(Some(Channel { open, _told: told }));
        true
    }

    fn say(&self, word: &Word) {
        if let (Some(channel), Ok(text)) = (self.channel.borrow().as_ref(), serde_json::to_string(word)) {
            let _ = channel.open.post_message(&text.into());
        }
    }

    fn hear(&self, word: Word) {
        let listens = self.source.borrow().is_some();
        match word {
            Word::Who if listens => self.say(&Word::Told(Told::Link(self.link.get()))),
            Word::Told(told) if !listens => {
                self.heard.set(true);
                if let Told::Link(link) = told {
                    self.link.set(link);
                }
                (self.tell)(told);
            }
            // nobody else's business
            Word::Who | Word::Told(_) => {}
        }
    }
}

fn read<T: for<'t> Deserialize<'t>>(event: &MessageEvent) -> Option<T> {
    serde_json::from_str(&event.data().as_string()?).ok()
}
