//! The file a holder keeps: facts, the issuer's public key and a signature over them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sm2::dsa::signature::Verifier as _;
use sm2::dsa::{Signature, VerifyingKey};

/// Default signer id of GB/T 35276.
pub const SIGNER_ID: &str = "1234567812345678";

/// One printed line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedFact {
    pub label: String,
    pub value: String,
}

/// Everything that is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// 证照名称
    pub name: String,
    /// 证照标识 (GB/T 36904), with its check character.
    pub mark: String,
    /// 证照编号
    pub number: String,
    pub holder: String,
    /// Masked for persons, plain for organisations.
    pub holder_code: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub valid_from: NaiveDate,
    /// `None` is without end.
    pub valid_until: Option<NaiveDate>,
    pub lines: Vec<TypedFact>,
}

/// The downloadable file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedCertificate {
    pub facts: Facts,
    /// `SM2-SM3`, the only algorithm there is yet.
    pub algorithm: String,
    /// SEC1 uncompressed point, hex.
    pub public_key: String,
    /// r‖s, 64 bytes, hex.
    pub signature: String,
}

/// Why a file does not prove what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FileFault {
    /// Not JSON at all; position of the first trouble.
    NotJson {
        line: usize,
        column: usize,
    },
    /// JSON, but not a certificate: a field is missing, unknown or of the wrong kind.
    NotACertificate {
        detail: String,
    },
    UnknownAlgorithm {
        found: String,
    },
    /// The key in the file is not a key.
    BadKey,
    /// The signature in the file is not a signature.
    BadSignatureForm,
    /// The signature does not fit the facts: something was changed after signing.
    Altered,
}

/// A file whose signature fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedFile {
    pub facts: Facts,
    /// Key that signed, hex. Whether it is the issuer's is for the caller, who knows the issuers' keys.
    pub public_key: String,
    /// First and last bytes of the SM3 digest of what was signed, for a person to compare.
    pub digest: String,
}

/// The canonical bytes of the facts. Fails only for facts that JSON cannot hold, which `Facts` has not.
pub fn bytes_to_sign(facts: &Facts) -> Result<Vec<u8>, FileFault> {
    serde_json_canonicalizer::to_vec(facts).map_err(|e| FileFault::NotACertificate { detail: e.to_string() })
}

/// SM3 digest, hex.
pub fn digest(bytes: &[u8]) -> String {
    use sm3::Digest as _;
    hex::encode(sm3::Sm3::digest(bytes))
}

/// Whether `signature` (r‖s hex) over `message` was made by the holder of `public_key` (SEC1 hex).
pub fn verify_signature(public_key: &str, message: &[u8], signature: &str) -> Result<(), FileFault> {
    let key = hex::decode(public_key).map_err(|_| FileFault::BadKey)?;
    let key = VerifyingKey::from_sec1_bytes(SIGNER_ID, &key).map_err(|_| FileFault::BadKey)?;
    let signature = hex::decode(signature).map_err(|_| FileFault::BadSignatureForm)?;
    let signature = Signature::from_slice(&signature).map_err(|_| FileFault::BadSignatureForm)?;
    key.verify(message, &signature).map_err(|_| FileFault::Altered)
}

/// Read and check a certificate file, without a network.
pub fn check_file(text: &str) -> Result<CheckedFile, FileFault> {
    let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|e| FileFault::NotJson { line: e.line(), column: e.column() })?;
    let file: SignedCertificate =
        serde_json::from_value(value).map_err(|e| FileFault::NotACertificate { detail: e.to_string() })?;
    if file.algorithm != "SM2-SM3" {
        return Err(FileFault::UnknownAlgorithm { found: file.algorithm.chars().take(40).collect() });
    }
    let bytes = bytes_to_sign(&file.facts)?;
    verify_signature(&file.public_key, &bytes, &file.signature)?;
    Ok(CheckedFile { digest: digest(&bytes), facts: file.facts, public_key: file.public_key.to_lowercase() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use sm2::dsa::SigningKey;
    use sm2::dsa::signature::Signer as _;

    fn file() -> SignedCertificate {
        let key = SigningKey::from_slice(
            SIGNER_ID,
            &hex::decode("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8").unwrap(),
        )
        .unwrap();
        let day = |s: &str| s.parse().unwrap();
        let facts = Facts {
            name: "食品经营许可证".into(),
            mark: "1.2.156.3005.2.11350205MBDEM0090W001.11350205MBDEM0090W.2026112200001.001.C".into(),
            number: "JY29901050000318".into(),
            holder: "青禾区某某面馆".into(),
            holder_code: "92350205MADEM00382".into(),
            issuer: "青禾区市场监督管理局".into(),
            issued_on: day("2026-10-10"),
            valid_from: day("2026-10-10"),
            valid_until: Some(day("2031-10-09")),
            lines: vec![TypedFact { label: "主体业态".into(), value: "餐饮服务经营者".into() }],
        };
        let signature: Signature = key.sign(&bytes_to_sign(&facts).unwrap());
        SignedCertificate {
            facts,
            algorithm: "SM2-SM3".into(),
            public_key: hex::encode(key.verifying_key().as_affine().to_sec1_point_bytes()),
            signature: hex::encode(signature.to_bytes()),
        }
    }

    trait Sec1 {
        fn to_sec1_point_bytes(&self) -> Vec<u8>;
    }
    impl Sec1 for sm2::AffinePoint {
        fn to_sec1_point_bytes(&self) -> Vec<u8> {
            sm2::PublicKey::from_affine(*self).unwrap().to_sec1_bytes().to_vec()
        }
    }

    #[test]
    fn a_true_file_passes_whatever_its_layout() {
        let file = file();
        assert_eq!(check_file(&serde_json::to_string(&file).unwrap()).unwrap().facts, file.facts);
        assert!(check_file(&serde_json::to_string_pretty(&file).unwrap()).is_ok());
    }

    #[test]
    fn every_change_is_found() {
        let whole = serde_json::to_string(&file()).unwrap();
        for (from, to) in [("某某面馆", "某某酒楼"), ("2031-10-09", "2041-10-09"), ("JY2990", "JY2991"), ("餐饮", "食堂")]
        {
            let altered = whole.replacen(from, to, 1);
            assert_ne!(altered, whole);
            assert_eq!(check_file(&altered).unwrap_err(), FileFault::Altered, "{from} -> {to}");
        }
    }

    #[test]
    fn what_is_no_certificate_is_told_so() {
        assert!(matches!(check_file("食品经营许可证"), Err(FileFault::NotJson { .. })));
        assert!(matches!(check_file("{}"), Err(FileFault::NotACertificate { .. })));
        assert!(matches!(check_file("[1]"), Err(FileFault::NotACertificate { .. })));
        let mut f = file();
        f.algorithm = "none".into();
        assert!(matches!(check_file(&serde_json::to_string(&f).unwrap()), Err(FileFault::UnknownAlgorithm { .. })));
        let mut f = file();
        f.public_key = "04".into();
        assert_eq!(check_file(&serde_json::to_string(&f).unwrap()).unwrap_err(), FileFault::BadKey);
        let mut f = file();
        f.signature = "zz".into();
        assert_eq!(check_file(&serde_json::to_string(&f).unwrap()).unwrap_err(), FileFault::BadSignatureForm);
    }
}
