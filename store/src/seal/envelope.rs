//! The envelope: AES-256-GCM-SIV under a header that names the key.

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    chance,
    fault::{Result, StoreFault},
};

/// First byte of every envelope.
const VERSION: u8 = 1;
const NONCE: usize = 12;
const HEADER: usize = 1 + 16 + NONCE;

/// A sealed value as it rests: version, key id, nonce, ciphertext with tag.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Sealed(Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

impl Sealed {
    /// As text, for the payload of an event.
    pub fn to_text(&self) -> String {
        STANDARD_NO_PAD.encode(&self.0)
    }

    /// From that text.
    ///
    /// # Errors
    /// [`StoreFault::Sealed`] when it is not such text.
    pub fn from_text(text: &str) -> Result<Self> {
        STANDARD_NO_PAD.decode(text).map(Self).map_err(|_| StoreFault::Sealed("this is not the text of a sealed value".into()))
    }

    /// The bytes, as they rest.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// From bytes that rested.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl<'v> crate::db::Bind<'v> for Sealed {
    type Stored = Vec<u8>;
    fn stored(self) -> Vec<u8> {
        self.0
    }
}

impl<'v> crate::db::Bind<'v> for &'v Sealed {
    type Stored = &'v [u8];
    fn stored(self) -> &'v [u8] {
        &self.0
    }
}

impl<'v> crate::db::Bind<'v> for &'v Option<Sealed> {
    type Stored = Option<&'v [u8]>;
    fn stored(self) -> Option<&'v [u8]> {
        self.as_ref().map(|sealed| sealed.0.as_slice())
    }
}

/// Seals `plain` with `secret`; it opens only with the same `about` (table, column and row).
pub(super) fn close(secret: &[u8; 32], key_id: Uuid, about: &[u8], plain: &[u8]) -> Result<Sealed> {
    let nonce: [u8; NONCE] = chance::bytes();
    let mut bytes = Vec::with_capacity(HEADER + plain.len() + 16);
    bytes.push(VERSION);
    bytes.extend_from_slice(key_id.as_bytes());
    bytes.extend_from_slice(&nonce);
    let sealed = Aes256GcmSiv::new(&(*secret).into())
        .encrypt(&nonce.into(), Payload { msg: plain, aad: about })
        .map_err(|_| StoreFault::Sealed("too large to seal".into()))?;
    bytes.extend_from_slice(&sealed);
    Ok(Sealed(bytes))
}

/// Opens what [`close`] sealed.
pub(super) fn open(secret: &[u8; 32], key_id: Uuid, about: &[u8], sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>> {
    let bytes = &sealed.0;
    if bytes.len() < HEADER + 16 || bytes[0] != VERSION {
        return Err(StoreFault::Sealed("this is not a sealed value".into()));
    }
    if bytes[1..17] != *key_id.as_bytes() {
        return Err(StoreFault::Sealed("sealed under another key".into()));
    }
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&bytes[17..HEADER]);
    Aes256GcmSiv::new(&(*secret).into())
        .decrypt(&nonce.into(), Payload { msg: &bytes[HEADER..], aad: about })
        .map(Zeroizing::new)
        .map_err(|_| StoreFault::Sealed("does not open: another place or changed bytes".into()))
}
