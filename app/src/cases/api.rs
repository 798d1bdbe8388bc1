//! Reading cases and drafts, for the applicant and for whoever holds a query code.

use crate::Failure;
use domain::cases::view::{CasePage, JointPage, MyPage, Tracked};
use domain::catalogue::view::GuidePage;
use domain::forms::view::{DraftLine, DraftPage, EarlierLine, SigningPage};
use domain::identity::view::KeysPage;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the first page of an application shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StartPage {
    pub guide: GuidePage,
    /// It is a bundle: the forms of several items as one.
    #[serde(default)]
    pub bundle: bool,
    /// Unfinished drafts of this item.
    pub drafts: Vec<DraftLine>,
    /// The situations to choose from, when the form begins with that question.
    pub situations: Option<Situations>,
    /// Earlier cases of this item, whose answers may be taken over.
    #[serde(default)]
    pub earlier: Vec<EarlierLine>,
    /// Makes starting twice start once; new with every page.
    pub key: String,
}

/// 情形: the first question of many forms, asked before the draft is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Situations {
    /// Name of the control.
    pub name: String,
    pub options: Vec<domain::forms::Choice>,
}

#[cfg(feature = "ssr")]
impl Situations {
    fn of(form: &domain::forms::Form) -> Option<Self> {
        let field = form.situations.as_deref()?;
        let place = form.pages.first()?.places().find(|place| place.field.id == field)?;
        let options = place.field.kind.options().to_vec();
        (options.len() > 1).then(|| Self { name: domain::forms::field_name(field), options })
    }
}

/// An id in an address; anything else is not found.
#[cfg(feature = "ssr")]
pub(crate) fn id(text: &str, thing: domain::refusal::Thing) -> Result<uuid::Uuid, Failure> {
    uuid::Uuid::parse_str(text).map_err(|_| domain::Refusal::NotFound { thing }.into())
}

/// The first page of an application.
#[server(endpoint = "/page/start", prefix = "/api", output = crate::answer::Answer)]
pub async fn start(code: String) -> Result<StartPage, Failure> {
    let ask = crate::asking()?;
    let mut drafts = service::forms::my_drafts(&ask).await?;
    drafts.retain(|draft| draft.code == code && draft.case.is_none());
    let procedure = ask.hall.published().to_fill_in(&code);
    let form = procedure.as_ref().and_then(|procedure| procedure.form.clone());
    Ok(StartPage {
        situations: form.as_ref().and_then(Situations::of),
        guide: service::catalogue::to_apply(&ask, &code).await?,
        bundle: procedure.is_some_and(|procedure| procedure.joint.is_some()),
        earlier: if form.is_some() { service::forms::earlier(&ask, &code).await? } else { Vec::new() },
        drafts,
        // unique for this person: a key is scoped to its actor, and nobody draws two pages in one microsecond
        key: format!("{code}-{}", ask.at.timestamp_micros()),
    })
}

/// A draft, opened.
#[server(endpoint = "/page/draft", prefix = "/api", output = crate::answer::Answer)]
pub async fn draft(draft: String) -> Result<DraftPage, Failure> {
    Ok(service::forms::draft(&crate::asking()?, id(&draft, domain::refusal::Thing::Draft)?).await?)
}

/// The asker's own page.
#[server(endpoint = "/page/my", prefix = "/api", output = crate::answer::Answer)]
pub async fn my() -> Result<MyPage, Failure> {
    Ok(service::cases::my(&crate::asking()?).await?)
}

/// A draft that waits for the asker's signature.
#[server(endpoint = "/page/signature", prefix = "/api", output = crate::answer::Answer)]
pub async fn signature(signature: String) -> Result<SigningPage, Failure> {
    Ok(service::forms::to_sign(&crate::asking()?, id(&signature, domain::refusal::Thing::Signature)?).await?)
}

/// The keys of the organisation the asker acts for; nothing for whoever acts for themselves.
#[server(endpoint = "/page/keys", prefix = "/api", output = crate::answer::Answer)]
pub async fn keys() -> Result<Option<KeysPage>, Failure> {
    Ok(service::identity::keys(&crate::asking()?).await?)
}

/// A case of the asker's.
#[server(endpoint = "/page/case", prefix = "/api", output = crate::answer::Answer)]
pub async fn case(case: String) -> Result<CasePage, Failure> {
    Ok(service::cases::case_page(&crate::asking()?, id(&case, domain::refusal::Thing::Case)?).await?)
}

/// What the asker handed in at once.
#[server(endpoint = "/page/joint", prefix = "/api", output = crate::answer::Answer)]
pub async fn joint(joint: String) -> Result<JointPage, Failure> {
    Ok(service::joint::joint_page(&crate::asking()?, id(&joint, domain::refusal::Thing::Case)?).await?)
}

/// A case, or several that were handed in at once, whose number and query code this session has given at `/track`.
#[server(endpoint = "/page/track", prefix = "/api", output = crate::answer::Answer)]
pub async fn track(number: String) -> Result<Tracked, Failure> {
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    let carried = use_context::<crate::Carried>().unwrap_or_default();
    let code = carried.tracked.into_iter().find(|(known, _)| *known == number).map(|(_, code)| code);
    let code = code.ok_or(domain::Refusal::NotFound { thing: domain::refusal::Thing::Case })?;
    Ok(service::cases::track(&crate::asking()?, &number, &code).await?)
}
