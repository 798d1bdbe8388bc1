//! Addresses of doors that are not pages: plain routes of `server`. One place, so that a form and its route agree.

use uuid::Uuid;

/// Header line of what an open page sends by itself: refusals then come as plain answers, so that the browser's console stays clean.
pub const AWAKE: &str = "x-tongban-awake";

/// Signs in; fields `account`, `password`, `back`.
pub const SIGN_IN: &str = "/sign-in";
/// Signs out.
pub const SIGN_OUT: &str = "/sign-out";
/// Chooses in whose name to act; fields `party` (empty for oneself), `back`.
pub const CHOOSE_PARTY: &str = "/my/party";
/// The keys of an organisation; makes one: fields `key`, `name`.
pub const KEYS: &str = "/enterprise/keys";
/// The forms on the bench.
pub const FORMS: &str = "/admin/forms";
/// Finds a case without signing in; fields `number`, `code`.
pub const TRACK: &str = "/track";
/// Checks a certificate; fields `number`, `holder`, or `file` (multipart).
pub const VERIFY: &str = "/verify";

/// The empty form of an item, as PDF.
pub fn blank_form(code: &str) -> String {
    format!("/items/{code}/form.pdf")
}

/// Whether one may apply: the questions of the conditions, and the page itself is the answer.
pub fn eligible(code: &str) -> String {
    format!("/items/{code}/eligible")
}

/// Starts a draft; fields `key`, `situation`, `party`.
pub fn start(code: &str) -> String {
    format!("/apply/{code}/start")
}

/// Submits a draft; fields `key`, `declaration` (one value for each ticked).
pub fn submit(code: &str, draft: Uuid) -> String {
    format!("/apply/{code}/{draft}/submit")
}

/// Asks somebody to check a draft and sign it; field `signer`.
pub fn ask_to_sign(code: &str, draft: Uuid) -> String {
    format!("/apply/{code}/{draft}/ask-to-sign")
}

/// Takes that back, or the signature; field `signer`.
pub fn take_back_signature(code: &str, draft: Uuid) -> String {
    format!("/apply/{code}/{draft}/take-back-signature")
}

/// The page on which somebody signs what another filled in.
pub fn to_sign(id: Uuid) -> String {
    format!("/my/signatures/{id}")
}

/// Signs; field `hash` of what was shown.
pub fn sign(id: Uuid) -> String {
    format!("/my/signatures/{id}/sign")
}

/// Gives it back; field `reason`.
pub fn give_back_to_sign(id: Uuid) -> String {
    format!("/my/signatures/{id}/return")
}

/// Throws a draft away.
pub fn discard(code: &str, draft: Uuid) -> String {
    format!("/apply/{code}/{draft}/discard")
}

/// The person has seen how the form changed since the draft was begun.
pub fn accept_changes(code: &str, draft: Uuid) -> String {
    format!("/apply/{code}/{draft}/seen")
}

/// A form on the bench.
pub fn form_on_bench(code: &str) -> String {
    format!("{FORMS}/{}", encode(code))
}

/// The same, looked at in one spot.
pub fn spot_on_bench(code: &str, spot: &str) -> String {
    format!("{}?at={}", form_on_bench(code), encode(spot))
}

/// The same, with one page of its sheet.
pub fn sheet_on_bench(code: &str, spot: &str, part: &str) -> String {
    format!("{}&part={}", spot_on_bench(code, spot), encode(part))
}

/// Takes a sheet; fields `spot`, `page`, `f.…`, `act`.
pub fn sheet(code: &str) -> String {
    format!("{}/sheet", form_on_bench(code))
}

/// Adds, moves or takes away; field `edit`.
pub fn edit_on_bench(code: &str) -> String {
    format!("{}/edit", form_on_bench(code))
}

/// `begin`, `hand-in`, `give-back`, `approve`, `throw-away`; fields `reason`, `from`.
pub fn act_on_bench(code: &str, act: &str) -> String {
    format!("{}/{act}", form_on_bench(code))
}

/// The form as one JSON document.
pub fn exported(code: &str) -> String {
    format!("{}/form.json", form_on_bench(code))
}

/// A page of a form as applicants see it.
pub fn preview(code: &str, page: &str) -> String {
    format!("{}/preview/{}", form_on_bench(code), encode(page))
}

/// Opens the draft that answers a supplement notice.
pub fn supplement(case: Uuid) -> String {
    format!("/my/cases/{case}/supplement")
}

/// Withdraws an application; fields `version`, `reason`.
pub fn withdraw(case: Uuid) -> String {
    format!("/my/cases/{case}/withdraw")
}

/// Writes to the office; fields `message`, `after` (the last message that was read).
pub fn write(case: Uuid) -> String {
    format!("/my/cases/{case}/write")
}

/// Writes to the applicant; fields as of [`write`].
pub fn write_at_desk(case: Uuid) -> String {
    format!("/desk/cases/{case}/write")
}

/// What the applicant wrote needs no answer.
pub fn settle(case: Uuid) -> String {
    format!("/desk/cases/{case}/settle")
}

/// Rates; fields `stars`, `tag` (repeated), `words`.
pub fn rate(case: Uuid) -> String {
    format!("/my/cases/{case}/rate")
}

/// Takes a key of an organisation back.
pub fn revoke_key(id: Uuid) -> String {
    format!("{KEYS}/{id}/revoke")
}

/// A document of a case, as PDF.
pub fn document(id: Uuid) -> String {
    format!("/documents/{id}")
}

/// An electronic certificate, as signed JSON.
pub fn certificate(id: Uuid) -> String {
    format!("/certificates/{id}")
}

/// Changes how pages are read: one of `lang`, `mode`, `theme` with its new value, and where to go back to.
pub fn prefer(name: &str, value: &str, back: &str) -> String {
    format!("/prefer?{name}={value}&back={}", encode(back))
}

/// Where to sign in and come back from.
pub fn sign_in_from(back: &str) -> String {
    format!("{SIGN_IN}?back={}", encode(back))
}

/// Percent-encodes a value of an address.
pub fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_back_link_cannot_smuggle_parameters() {
        assert_eq!(super::sign_in_from("/items?q=开店&who=1"), "/sign-in?back=/items%3Fq%3D%E5%BC%80%E5%BA%97%26who%3D1");
    }
}
