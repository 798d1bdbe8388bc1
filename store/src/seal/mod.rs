//! Sealing: sensitive values rest encrypted, under a data key per case file and per profile, each
//! wrapped by the key ring. Destroying a data key destroys everything under it, also in backups of rows.

pub mod blind_index;
mod data_key;
pub mod data_keys;
mod envelope;
mod ring;
mod ring_file;
mod signing;

pub use data_key::{DataKey, Place};
pub use envelope::Sealed;
pub use ring::KeyRing;
pub use signing::{SigningKey, verify};

#[cfg(test)]
mod tests;
