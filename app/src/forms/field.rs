//! One question: label, hint, error, control, in that order.

use super::choice::Options;
use super::control::TextControl;
use super::files::Uploads;
use super::live::Live;
use super::lookup::Lookup;
use super::origin::origin_words;
use crate::lang;
use crate::parts::{Kind as Mark, Tag};
use domain::forms::{Answers, Field, PageAct, Shape, element_id, key};
use leptos::prelude::*;
use words::form as w;

/// What all controls of a question need.
#[derive(Clone)]
pub(super) struct Asked {
    pub field: Field,
    pub key: String,
    /// Id of the (first) control.
    pub id: String,
    pub label: String,
    pub hint: String,
    pub live: Live,
}

impl Asked {
    /// The error beside the field, when there is one.
    pub fn error(&self) -> impl Fn() -> Option<AnyView> + Clone + Send + Sync + 'static + use<> {
        let Self { key, id, label, live, .. } = self.clone();
        let lang = lang();
        move || {
            let fault = live.fault(&key)?;
            Some(view! { <p class="error" id=format!("{id}-e")>{words::fault(lang, &fault, &label)}</p> }.into_any())
        }
    }

    /// Value of `aria-invalid`.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static + use<> {
        let (key, live) = (self.key.clone(), self.live);
        move || live.fault(&key).map(|_| "true")
    }

    /// Value of `aria-describedby`: the hint, and the error when there is one.
    pub fn described(&self) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static + use<> {
        let Self { key, id, hint, live, .. } = self.clone();
        move || {
            let hint = (!hint.is_empty()).then(|| format!("{id}-h"));
            let error = live.fault(&key).map(|_| format!("{id}-e"));
            match (hint, error) {
                (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
                (hint, error) => hint.or(error),
            }
        }
    }

    /// What looks odd about an answer that is taken.
    pub fn odd(&self) -> impl Fn() -> Option<AnyView> + Clone + Send + Sync + 'static + use<> {
        let Self { key, live, .. } = self.clone();
        let lang = lang();
        move || {
            let unusual = live.odd(&key)?;
            Some(view! { <p class="hint" role="status">{words::parts::looks_odd(lang, unusual.example)}</p> }.into_any())
        }
    }

    pub fn hint_line(&self) -> Option<impl IntoView + use<>> {
        let (id, hint) = (format!("{}-h", self.id), self.hint.clone());
        (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint}</p> })
    }

    /// 选填
    pub fn optional_mark(&self) -> Option<impl IntoView + use<>> {
        self.field.optional.then(|| view! { " "<span class="optional">{words::parts::optional(lang())}</span> })
    }
}

/// A question with its place in the page: hidden while it is not asked.
#[component]
pub(super) fn Question(
    field: Field,
    /// Row id inside a list.
    row: Option<String>,
    answers: Answers,
    live: Live,
    /// Whether other questions of the page depend on it.
    decides: bool,
) -> impl IntoView {
    let lang = lang();
    let key = key(&field.id, row.as_deref());
    let asked = Asked {
        id: element_id(&key),
        label: lang.name(&field.label, Some(&field.label_en)).to_owned(),
        hint: lang.name(&field.hint, Some(&field.hint_en)).to_owned(),
        key: key.clone(),
        live,
        field,
    };
    let origin = answers.origins.get(&key).map(|source| view! { " "<Tag kind=Mark::Ok text=origin_words(lang, source)/> });
    let control = match asked.field.kind.shape() {
        Shape::Ticked => view! { <Options asked=asked.clone() answers/> }.into_any(),
        Shape::Files => view! { <Uploads asked=asked.clone() answers/> }.into_any(),
        Shape::WorkedOut => view! { <WorkedOut asked=asked.clone()/> }.into_any(),
        Shape::Listed => view! { <Lookup asked=asked.clone() answers mark=origin.map(IntoAny::into_any)/> }.into_any(),
        Shape::Line | Shape::Lines | Shape::Date => {
            view! { <TextControl asked=asked.clone() answers mark=origin.map(IntoAny::into_any)/> }.into_any()
        }
    };
    // without scripts the page has to be asked again; once awake it follows by itself
    let refresh = decides.then(|| {
        view! {
            <div hidden=move || live.is_awake()>
                <div class="field">
                    <p class="row">
                        <button class="button quiet" name="act" value=PageAct::Refresh.value()>{w::refresh(lang)}</button>
                        <span class="small muted">{w::refresh_hint(lang)}</span>
                    </p>
                </div>
            </div>
        }
    });
    // a plain box around it, because a class that lays out would win over `hidden`
    view! { <div hidden=move || live.is_hidden(&key)>{control}{refresh}</div> }
}

/// What is worked out from other answers, as they stand.
#[component]
fn WorkedOut(asked: Asked) -> impl IntoView {
    let lang = lang();
    let (key, live) = (asked.key.clone(), asked.live);
    // drawn again only when it comes to something else
    let said = Memo::new(move |_| {
        let value = live.read(|reading| reading.value_at(&key));
        let text = super::said::value_words(lang, &value);
        if text.is_empty() { w::worked_out_later(lang).to_owned() } else { text }
    });
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {asked.hint_line()}
            {asked.error()}
            <output id=asked.id.clone()>{move || said.get()}</output>
        </div>
    }
}
