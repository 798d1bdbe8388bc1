//! A box to sign in. What is drawn becomes a picture, and goes the way of every upload; without scripts a photo is uploaded instead.

use super::field::Asked;
use super::under_way::UnderWay;
use crate::lang;
use leptos::prelude::*;
use words::form as w;

/// Pixels of the picture; the page shows it as wide as there is room.
const WIDTH: u32 = 900;
const HEIGHT: u32 = 300;

#[component]
pub(super) fn Pad(asked: Asked) -> impl IntoView {
    let lang = lang();
    let live = asked.live;
    let canvas = NodeRef::<leptos::html::Canvas>::new();
    let drawn = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    let (down, moved, again, take) = {
        let (key, under_way) = (asked.key.clone(), UnderWay::current());
        (
            move |event: leptos::ev::PointerEvent| awake::down(&event),
            move |event: leptos::ev::PointerEvent| awake::moved(&event, drawn),
            move |_: leptos::ev::MouseEvent| awake::clear(canvas, drawn),
            move |_: leptos::ev::MouseEvent| awake::take(canvas, live, key.clone(), under_way, drawn),
        )
    };
    #[cfg(not(feature = "hydrate"))]
    let (down, moved, again, take) = {
        let _ = UnderWay::current;
        (
            |_: leptos::ev::PointerEvent| (),
            |_: leptos::ev::PointerEvent| (),
            |_: leptos::ev::MouseEvent| (),
            |_: leptos::ev::MouseEvent| (),
        )
    };
    view! {
        <div hidden=move || !live.is_awake()>
            <div class="pad flow">
                <p class="hint">{w::sign_hint(lang)}</p>
                <canvas
                    node_ref=canvas width=WIDTH.to_string() height=HEIGHT.to_string() role="img" aria-label=w::sign_here(lang)
                    on:pointerdown=down on:pointermove=moved
                ></canvas>
                <p class="row">
                    <button type="button" class="button" disabled=move || !drawn.get() on:click=take>{w::sign_take(lang)}</button>
                    <button type="button" class="button quiet" on:click=again>{w::sign_again(lang)}</button>
                </p>
            </div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{HEIGHT, UnderWay, WIDTH};
    use crate::forms::live::Live;
    use leptos::html::Canvas;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Blob, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, PointerEvent};

    fn ink(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
        canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
    }

    /// The canvas an event is on, and the place in its picture.
    fn place(event: &PointerEvent) -> Option<(HtmlCanvasElement, f64, f64)> {
        let canvas: HtmlCanvasElement = event.current_target()?.dyn_into().ok()?;
        let shown = canvas.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - shown.left(), f64::from(event.client_y()) - shown.top());
        let (wide, high) = (shown.width().max(1.0), shown.height().max(1.0));
        Some((canvas, x * f64::from(WIDTH) / wide, y * f64::from(HEIGHT) / high))
    }

    pub fn down(event: &PointerEvent) {
        let Some((canvas, x, y)) = place(event) else { return };
        event.prevent_default();
        _ = canvas.set_pointer_capture(event.pointer_id());
        if let Some(ink) = ink(&canvas) {
            ink.set_line_width(6.0);
            ink.set_line_cap("round");
            ink.set_line_join("round");
            ink.set_stroke_style_str("#1b1b1b");
            ink.begin_path();
            ink.move_to(x, y);
        }
    }

    pub fn moved(event: &PointerEvent, drawn: RwSignal<bool>) {
        if event.buttons() == 0 {
            return;
        }
        let Some((canvas, x, y)) = place(event) else { return };
        if let Some(ink) = ink(&canvas) {
            ink.line_to(x, y);
            ink.stroke();
            drawn.set(true);
        }
    }

    pub fn clear(canvas: NodeRef<Canvas>, drawn: RwSignal<bool>) {
        if let Some(ink) = canvas.get_untracked().and_then(|canvas| ink(&canvas)) {
            ink.clear_rect(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
        }
        drawn.set(false);
    }

    /// Puts white paper under the ink, and sends the picture.
    pub fn take(canvas: NodeRef<Canvas>, live: Live, key: String, under_way: UnderWay, drawn: RwSignal<bool>) {
        let Some(canvas) = canvas.get_untracked() else { return };
        if let Some(ink) = ink(&canvas) {
            _ = ink.set_global_composite_operation("destination-over");
            ink.set_fill_style_str("#ffffff");
            ink.fill_rect(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
            _ = ink.set_global_composite_operation("source-over");
        }
        let send = Closure::once_into_js(move |blob: Option<Blob>| {
            let Some(blob) = blob else { return };
            let options = FilePropertyBag::new();
            options.set_type("image/png");
            let parts = js_sys::Array::of1(&blob);
            if let Ok(file) = File::new_with_blob_sequence_and_options(&parts, "签名.png", &options) {
                under_way.send(live, &key, [file].into_iter());
            }
            _ = drawn.try_set(false);
        });
        _ = canvas.to_blob(send.unchecked_ref());
    }
}
