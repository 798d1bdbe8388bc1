//! SM2 signatures (GB/T 32918.2 with SM3): certificates of the issuing bodies, checkpoints, manifests.

use sm2::{
    SecretKey,
    dsa::{
        Signature, VerifyingKey,
        signature::{Signer, Verifier},
    },
};
use zeroize::Zeroizing;

use crate::{
    chance,
    fault::{Result, StoreFault},
};

/// The distinguishing id everyone uses when none is agreed (GM/T 0009).
const DISTINGUISHING_ID: &str = "1234567812345678";

/// A signing key of the ring.
#[derive(Clone)]
pub struct SigningKey(sm2::dsa::SigningKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", hex::encode(self.public_key()))
    }
}

impl SigningKey {
    /// A fresh secret; almost every 32 bytes are one, so this loops once.
    pub(super) fn new_secret() -> Zeroizing<[u8; 32]> {
        loop {
            let secret = Zeroizing::new(chance::bytes::<32>());
            if SecretKey::from_slice(secret.as_ref()).is_ok() {
                return secret;
            }
        }
    }

    pub(super) fn from_secret(secret: &[u8]) -> Result<Self> {
        let wrong = |_| StoreFault::Keys("a signing key is not a valid SM2 secret".into());
        let secret = SecretKey::from_slice(secret).map_err(wrong)?;
        sm2::dsa::SigningKey::new(DISTINGUISHING_ID, &secret)
            .map(Self)
            .map_err(|_| StoreFault::Keys("a signing key is not a valid SM2 secret".into()))
    }

    /// Signs these bytes; r and s, 32 bytes each.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }

    /// The public key: 65 bytes, `04`, x, y.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_bytes().to_vec()
    }
}

/// True when `signature` (r, s) is by the holder of `public_key` over `message`.
pub fn verify(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, public_key) else { return false };
    Signature::from_slice(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
}
