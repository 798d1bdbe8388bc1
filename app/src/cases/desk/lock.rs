//! The browser's locks (Web Locks), of which one tab holds a name at a time. `web_sys` has them only behind a switch for
//! unstable interfaces, though browsers have had them for years.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// The locks of this browser.
#[derive(Clone)]
pub(super) struct Locks {
    manager: JsValue,
    request: Function,
}

/// How a wait for a lock ended.
pub(super) enum Over {
    /// It was held, and given back.
    Done,
    /// Another tab took it, or the wait was broken off.
    Lost,
    /// The browser gives no locks to this page.
    Refused,
}

/// One tab's wait for a lock, and its hold of it.
#[derive(Default)]
pub(super) struct Turn {
    /// Ends the hold.
    done: RefCell<Option<Function>>,
    /// Ends the wait.
    wait: RefCell<Option<AbortController>>,
}

impl Locks {
    /// `None` where the browser has none, or gives them to safe addresses only and this is none.
    pub(super) fn here() -> Option<Self> {
        let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let request = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
        Some(Self { manager, request })
    }

    /// Waits for the lock of that name, or takes it from whoever has it; `held` is told once it is had. Lasts until the turn is
    /// over.
    pub(super) async fn hold(&self, name: &str, take: bool, turn: &Turn, held: impl FnOnce() + 'static) -> Over {
        let kept = Promise::new(&mut |done, _| {
            turn.done.replace(Some(done));
        });
        let had = Closure::<dyn FnMut() -> Promise>::once(move || {
            held();
            kept
        });
        let options = Object::new();
        let _ = match (take, AbortController::new()) {
            (true, _) => Reflect::set(&options, &"steal".into(), &true.into()),
            (false, Ok(wait)) => {
                let set = Reflect::set(&options, &"signal".into(), &wait.signal());
                turn.wait.replace(Some(wait));
                set
            }
            // then only the end of the page ends the wait
            (false, Err(why)) => Err(why),
        };
        let asked = self.request.apply(&self.manager, &Array::of3(&name.into(), &options, had.as_ref()));
        let Some(asked) = asked.ok().and_then(|asked| asked.dyn_into::<Promise>().ok()) else { return Over::Refused };
        match JsFuture::from(asked).await {
            Ok(_) => Over::Done,
            Err(why) => {
                let name = Reflect::get(&why, &"name".into()).ok().and_then(|name| name.as_string());
                if name.as_deref() == Some("AbortError") { Over::Lost } else { Over::Refused }
            }
        }
    }
}

impl Turn {
    /// Gives the lock back, or waits for it no longer.
    pub(super) fn end(&self) {
        if let Some(wait) = self.wait.take() {
            wait.abort();
        }
        if let Some(done) = self.done.take() {
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    }
}
