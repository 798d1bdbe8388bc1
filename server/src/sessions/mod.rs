//! Sessions: who signed in in this browser, and what the next page has to say. Kept on the server; the browser holds a
//! random number, the database only the number's hash, and the data rests sealed under the number itself.

mod keeper;
mod visit;

pub use keeper::SessionKeeper;
pub use visit::{Flash, MadeKey, Tracked, Unsaved, Visit};

use crate::settings::PublicUrl;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

/// A clerk's unused session ends after this.
pub const STAFF_IDLE: Duration = Duration::hours(2);
/// An applicant's, and a visitor's.
pub const CITIZEN_IDLE: Duration = Duration::hours(12);

/// Name of the cookie: bound to host and TLS by its prefix where there is TLS.
pub fn cookie_name(url: &PublicUrl) -> &'static str {
    if url.is_secure() { "__Host-tongban" } else { "tongban" }
}

/// The layer that brings a request its session.
pub fn layer(keeper: SessionKeeper, url: &PublicUrl) -> SessionManagerLayer<SessionKeeper> {
    SessionManagerLayer::new(keeper)
        .with_name(cookie_name(url))
        .with_secure(url.is_secure())
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(CITIZEN_IDLE))
}
