//! One table of every door: method, address, who may, what kind. The router is built from it, and a test compares it with
//! what is really reachable: a door outside the table fails the build.

use crate::api::API;
use crate::doors::{bench, cases, catalogue, certificates, desk, forms, health, identity, keys, preferences, signatures};
use crate::house::House;
use crate::{live, metrics, script};
use axum::Router;
use axum::routing::{get, post};

/// Who may use a door. What one may not see is not found; visitors are asked to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Applicants: what they see beyond the door is their party's own.
    Applicant,
    /// Applicants who act for an organisation: what they see beyond the door is that organisation's own.
    Enterprise,
    /// Staff: of the unit that handles the case.
    Staff,
    /// Staff who build or review the forms of an office.
    Builder,
    /// The owner, or staff of the unit: decided by the thing behind the door.
    Owner,
    /// Programs that bring a key: what they see beyond the door is their party's own. A session opens nothing here.
    Key,
}

/// What a door does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes something: POST, from our own pages only.
    Act,
    /// Sends a file or a stream.
    File,
    /// Sets cookies of taste, nothing else.
    Taste,
    /// For operators.
    Health,
    /// A page drawn by `app`.
    Page,
    /// A server function of `app` that only reads.
    Question,
    /// Of the open API: for programs, which keep no cookies.
    Program,
}

/// A door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    pub method: &'static str,
    /// As axum writes it.
    pub path: &'static str,
    pub who: Who,
    pub kind: Kind,
}

/// Builds the table and the router from the same lines.
macro_rules! doors {
    ($table:ident $router:ident $($method:ident $path:literal $who:ident $kind:ident => $handler:expr;)*) => {
        /// Every door of this room.
        pub const $table: &[Door] = &[$(Door {
            method: $crate::routes::doors!(@name $method), path: $path, who: Who::$who, kind: Kind::$kind,
        }),*];

        /// The same doors as routes.
        pub fn $router() -> Router<House> {
            Router::new()$(.route($path, $method($handler)))*
        }
    };
    (@name get) => { "GET" };
    (@name post) => { "POST" };
    (@name put) => { "PUT" };
    (@name delete) => { "DELETE" };
}
pub(crate) use doors;

// pages and questions are added by [`crate::pages`], the open API by [`crate::api`]
doors! { DOORS plain_doors
    post "/sign-in" Anyone Act => identity::sign_in;
    post "/sign-out" Anyone Act => identity::sign_out;
    get "/prefer" Anyone Taste => preferences::prefer;
    post "/my/party" Applicant Act => identity::choose_party;
    get "/items/{code}/form.pdf" Anyone File => catalogue::blank_form;
    post "/items/{code}/eligible" Anyone Act => catalogue::eligible;
    post "/apply/{code}/start" Applicant Act => forms::start;
    post "/apply/{code}/{draft}/{page}" Applicant Act => forms::save;
    post "/apply/{code}/{draft}/submit" Applicant Act => forms::submit;
    post "/apply/{code}/{draft}/discard" Applicant Act => forms::discard;
    post "/apply/{code}/{draft}/seen" Applicant Act => forms::seen;
    post "/apply/{code}/{draft}/ask-to-sign" Applicant Act => signatures::ask;
    post "/apply/{code}/{draft}/take-back-signature" Applicant Act => signatures::take_back;
    post "/my/signatures/{id}/sign" Applicant Act => signatures::sign;
    post "/my/signatures/{id}/return" Applicant Act => signatures::give_back;
    post "/my/cases/{id}/supplement" Applicant Act => cases::supplement;
    post "/my/cases/{id}/withdraw" Applicant Act => cases::withdraw;
    post "/my/cases/{id}/rate" Applicant Act => cases::rate;
    post "/my/cases/{id}/write" Applicant Act => cases::write;
    post "/enterprise/keys" Enterprise Act => keys::make;
    post "/enterprise/keys/{id}/revoke" Enterprise Act => keys::revoke;
    get "/admin" Anyone File => bench::admin;
    post "/admin/forms/{code}/sheet" Builder Act => bench::sheet;
    post "/admin/forms/{code}/edit" Builder Act => bench::edit;
    post "/admin/forms/{code}/take-in" Builder Act => bench::take_in;
    get "/open/form.schema.json" Anyone File => bench::schema;
    get "/admin/forms/{code}/form.json" Builder File => bench::export;
    post "/admin/forms/{code}/{act}" Builder Act => bench::act;
    post "/track" Anyone Act => cases::track;
    post "/verify" Anyone Act => certificates::verify;
    post "/desk/cases/{id}/note" Staff Act => desk::note;
    post "/desk/cases/{id}/here" Staff Act => desk::here;
    post "/desk/cases/{id}/write" Staff Act => desk::write;
    post "/desk/cases/{id}/settle" Staff Act => desk::settle;
    post "/desk/cases/{id}/{act}" Staff Act => desk::act;
    post "/desk/cases/{id}/preview/{kind}" Staff Act => desk::preview;
    get "/desk/cases/{id}/full/{page}" Staff File => desk::full;
    get "/uploads/{id}" Owner File => forms::upload;
    get "/documents/{id}" Owner File => cases::document;
    get "/certificates/{id}" Applicant File => certificates::certificate;
    get "/traditional.json" Anyone File => script::traditional;
    get "/live" Staff File => live::live;
    get "/healthz" Anyone Health => health::alive;
    get "/readyz" Anyone Health => health::ready;
    get "/metrics" Anyone Health => metrics::metrics;
}

const fn page(path: &'static str, who: Who) -> Door {
    Door { method: "GET", path, who, kind: Kind::Page }
}

const fn question(path: &'static str, who: Who) -> Door {
    Door { method: "POST", path, who, kind: Kind::Question }
}

/// Every page of `app`.
pub const PAGES: &[Door] = &[
    page("/", Who::Anyone),
    page("/items", Who::Anyone),
    page("/items/{code}", Who::Anyone),
    page("/items/{code}/eligible", Who::Anyone),
    page("/bundles/{code}", Who::Anyone),
    page("/help/accessibility", Who::Anyone),
    page("/site-map", Who::Anyone),
    page("/open", Who::Anyone),
    page("/sign-in", Who::Anyone),
    page("/track", Who::Anyone),
    page("/track/{number}", Who::Anyone),
    page("/verify", Who::Anyone),
    page("/verify/result", Who::Anyone),
    page("/apply/{code}", Who::Applicant),
    page("/apply/{code}/{draft}", Who::Applicant),
    page("/apply/{code}/{draft}/check", Who::Applicant),
    page("/apply/{code}/{draft}/{page}", Who::Applicant),
    page("/my", Who::Applicant),
    page("/enterprise", Who::Applicant),
    // whoever acts for themselves is shown the organisations they may choose from, and no key
    page("/enterprise/keys", Who::Applicant),
    page("/my/cases/{id}", Who::Applicant),
    page("/my/joints/{id}", Who::Applicant),
    page("/my/cases/{id}/withdraw", Who::Applicant),
    page("/my/cases/{id}/rate", Who::Applicant),
    page("/my/signatures/{id}", Who::Applicant),
    page("/admin/forms", Who::Builder),
    page("/admin/forms/{code}", Who::Builder),
    page("/admin/forms/{code}/preview/{page}", Who::Builder),
    page("/desk", Who::Staff),
    page("/desk/cases/{id}", Who::Staff),
];

/// Every server function of `app`.
pub const QUESTIONS: &[Door] = &[
    question("/api/page/who", Who::Anyone),
    question("/api/page/home", Who::Anyone),
    question("/api/page/items", Who::Anyone),
    question("/api/page/item", Who::Anyone),
    question("/api/page/bundle", Who::Anyone),
    question("/api/page/eligible", Who::Anyone),
    question("/api/page/track", Who::Anyone),
    question("/api/page/verified", Who::Anyone),
    question("/api/page/start", Who::Applicant),
    question("/api/page/draft", Who::Applicant),
    question("/api/page/joint", Who::Applicant),
    question("/api/page/listed", Who::Anyone),
    question("/api/page/my", Who::Applicant),
    question("/api/page/signature", Who::Applicant),
    question("/api/page/keys", Who::Applicant),
    question("/api/page/case", Who::Applicant),
    question("/api/page/forms", Who::Builder),
    question("/api/page/bench", Who::Builder),
    question("/api/page/desk-queue", Who::Staff),
    question("/api/page/desk-case", Who::Staff),
];

/// Everything that can be reached, but for static files.
pub fn routes() -> impl Iterator<Item = &'static Door> {
    DOORS.iter().chain(PAGES).chain(QUESTIONS).chain(API)
}
