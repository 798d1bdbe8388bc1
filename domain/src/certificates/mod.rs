//! Electronic certificates (电子证照): signed facts that anybody can check, also without us.
//!
//! What is signed is the canonical JSON (RFC 8785) of the facts, with SM2 over SM3 (GB/T 32918, GB/T 32905), signer id
//! `1234567812345678`. Not a certified cryptographic product: a deployment that needs one puts it behind `KEYS_URL`.

mod signed;
pub mod view;

use chrono::NaiveDate;

pub use signed::{
    CheckedFile, Facts, FileFault, SignedCertificate, TypedFact, bytes_to_sign, check_file, digest, verify_signature,
};

/// Whether the last day of validity has passed; the last day itself still counts, and without one there is no end.
pub fn has_run_out(valid_until: Option<NaiveDate>, today: NaiveDate) -> bool {
    valid_until.is_some_and(|last| last < today)
}
