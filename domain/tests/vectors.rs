//! Every vector of `data/test-vectors.json`, table by table. A section that is empty, missing or not listed here fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::NaiveDate;
use domain::clock::{Calendar, Clock, Limit, Suspension};
use domain::identity::numbers::{
    BusinessRegistration15, CertificateMark, CitizenId, Fact, KINDS, Landline, Mobile, NumberFault, OrgCode9, OrganisationCode,
    Pattern, PermanentResidentId, PostCode, Sex, check, warn,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../data/test-vectors.json")).unwrap()
}

/// Rows of a list in a section; never empty.
fn rows(path: &str) -> Vec<Value> {
    let file = vectors();
    let list = file.pointer(path).unwrap_or_else(|| panic!("{path} is missing"));
    let rows = list.as_array().unwrap_or_else(|| panic!("{path} is not a list")).clone();
    assert!(!rows.is_empty(), "{path} is empty");
    rows
}

/// The value of a row that is a string or holds one under `value`.
fn value(row: &Value) -> &str {
    row.as_str().or_else(|| row["value"].as_str()).expect("a row is a string or has a value")
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_else(|| panic!("{key} is missing in {row}"))
}

fn number(row: &Value, key: &str) -> u32 {
    u32::try_from(row[key].as_u64().unwrap_or_else(|| panic!("{key} is missing in {row}"))).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

#[test]
fn every_section_of_the_file_is_tested() {
    let file = vectors();
    let sections: Vec<&str> = file.as_object().unwrap().keys().map(String::as_str).collect();
    let mut known = vec![
        "meta",
        "resident_id",
        "hkmt_residence",
        "foreign_permanent_resident",
        "uscc",
        "org_code",
        "business_reg_15",
        "cert_id",
        "crypto",
        "workday_due",
        "natural_day_due",
        "suspended_due",
        "patterns",
    ];
    known.sort_unstable();
    let mut sections = sections;
    sections.sort_unstable();
    assert_eq!(sections, known);
}

#[test]
fn resident_id() {
    for row in rows("/resident_id/valid") {
        let id = CitizenId::parse_on(value(&row), today()).unwrap_or_else(|e| panic!("{row}: {e}"));
        assert_eq!(id.as_str(), value(&row));
        if row["sex"].is_string() {
            let sex = if text(&row, "sex") == "男" { Sex::Male } else { Sex::Female };
            assert_eq!((id.sex(), id.birth(), id.area()), (sex, day(text(&row, "birth")), text(&row, "region")), "{row}");
        }
        assert!(check("citizen", value(&row), today()).unwrap().is_ok());
    }
    for row in rows("/resident_id/invalid") {
        assert!(!CitizenId::is_stored_form(value(&row)), "{row}");
    }
    let fault = |number: &str| CitizenId::parse(number).unwrap_err();
    assert_eq!(fault("110101189002290013"), NumberFault::NoSuchDate { year: 1890, month: 2, day: 29 });
    assert_eq!(fault("110105194912310021"), NumberFault::CheckDigit { want: 'X', found: '1' });
    assert_eq!(fault("350205188001010018"), NumberFault::CheckDigit { want: '7', found: '8' });
    assert_eq!(fault("1101051949123100"), NumberFault::WrongLength { have: 16, want: 18 });
    assert_eq!(fault("990105188001010010"), NumberFault::UnknownArea { area: "990105".into() });
    assert_eq!(CitizenId::parse("11010519491231002x").unwrap().as_str(), "11010519491231002X");
}

#[test]
fn hkmt_residence() {
    for row in rows("/hkmt_residence/valid") {
        let id = CitizenId::parse_on(value(&row), today()).unwrap_or_else(|e| panic!("{row}: {e}"));
        assert!(id.is_hkmt(), "{row}");
        let facts = check("hkmt", value(&row), today()).unwrap().unwrap();
        assert!(matches!(facts.facts[0], Fact::Homeland(_)), "{row}");
    }
    for row in rows("/hkmt_residence/invalid") {
        assert!(matches!(CitizenId::parse(value(&row)), Err(NumberFault::CheckDigit { .. })), "{row}");
        assert!(check("hkmt", value(&row), today()).unwrap().is_err());
    }
    // A citizen's own number is not one of these.
    assert!(check("hkmt", "11010519491231002X", today()).unwrap().is_err());
}

#[test]
fn foreign_permanent_resident() {
    for row in rows("/foreign_permanent_resident/valid") {
        let id = PermanentResidentId::parse_on(value(&row), today()).unwrap_or_else(|e| panic!("{row}: {e}"));
        assert!(!id.is_old_form());
        assert!(check("permanent-resident", value(&row), today()).unwrap().is_ok());
    }
    let file = vectors();
    let parsed = file.pointer("/foreign_permanent_resident/parse").unwrap().as_object().unwrap();
    assert!(!parsed.is_empty());
    for (number, want) in parsed {
        let id = PermanentResidentId::parse(number).unwrap();
        assert_eq!(id.province(), Some(text(want, "province")));
        assert_eq!(id.nationality(), Some(text(want, "nationality")));
        assert_eq!(id.birth(), Some(day(text(want, "birth"))));
        assert_eq!(id.serial(), Some(text(want, "seq")));
    }
    assert!(PermanentResidentId::parse("FRA110181080300").unwrap().is_old_form());
}

#[test]
fn uscc() {
    for list in ["/uscc/valid_public", "/uscc/valid_demo"] {
        for row in rows(list) {
            let code = OrganisationCode::parse(value(&row)).unwrap_or_else(|e| panic!("{row}: {e}"));
            assert_eq!(code.as_str(), value(&row));
            assert_eq!(code.org_code().as_str(), &value(&row)[8..17]);
            assert_eq!(OrgCode9::parse(code.org_code().as_str()), Ok(code.org_code()));
            assert!(check("organisation", value(&row), today()).unwrap().is_ok());
        }
    }
    for row in rows("/uscc/invalid") {
        assert!(OrganisationCode::parse(value(&row)).is_err(), "{row}");
    }
    let fault = |code: &str| OrganisationCode::parse(code).unwrap_err();
    assert_eq!(fault("91350205MIDEM0011D"), NumberFault::WrongCharacter { position: 10, found: 'I' });
    assert_eq!(fault("91350205MADEM0011E"), NumberFault::CheckDigit { want: 'D', found: 'E' });
    assert!(matches!(fault("91110000100000000U"), NumberFault::CheckDigit { found: 'U', .. }));
}

#[test]
fn org_code() {
    for row in rows("/org_code/valid") {
        let code = OrgCode9::parse(value(&row)).unwrap_or_else(|e| panic!("{row}: {e}"));
        assert_eq!(OrgCode9::parse(&code.dashed()), Ok(code.clone()), "the printed form reads back");
        let mut wrong = value(&row)[..8].to_owned();
        wrong.push(if value(&row).ends_with('5') { '6' } else { '5' });
        assert!(OrgCode9::parse(&wrong).is_err());
    }
}

#[test]
fn business_reg_15() {
    for row in rows("/business_reg_15/valid") {
        BusinessRegistration15::parse(value(&row)).unwrap_or_else(|e| panic!("{row}: {e}"));
        let (body, last) = value(&row).split_at(14);
        for other in ('0'..='9').filter(|d| last != d.to_string()) {
            assert!(BusinessRegistration15::parse(&format!("{body}{other}")).is_err());
        }
    }
}

#[test]
fn cert_id() {
    for row in rows("/cert_id/valid") {
        let mark = CertificateMark::parse(value(&row)).unwrap_or_else(|e| panic!("{row}: {e}"));
        let issuer = OrganisationCode::parse(mark.issuer()).unwrap();
        let version = mark.version().parse().unwrap();
        let again = CertificateMark::compose(mark.type_code(), &issuer, mark.serial(), version);
        assert_eq!(again.as_ref().map(CertificateMark::as_str), Ok(value(&row)));
        // A mark altered for display is refused at the door and read with a warning on import.
        let altered = value(&row).replacen(".00", ".01", 1);
        assert!(matches!(CertificateMark::parse(&altered), Err(NumberFault::CheckDigit { .. })));
        assert!(matches!(CertificateMark::read(&altered), Ok((_, Some(NumberFault::CheckDigit { .. })))));
    }
}

#[test]
fn workday_due() {
    let calendar = Calendar::built_in();
    for row in rows("/workday_due/cases") {
        let due = calendar.due_working(day(text(&row, "accepted")), number(&row, "workdays"), &[]);
        assert_eq!(due, Some(day(text(&row, "due"))), "{row}");
    }
}

#[test]
fn natural_day_due() {
    let calendar = Calendar::built_in();
    for row in rows("/natural_day_due/cases") {
        let (start, days, due) = (day(text(&row, "start")), number(&row, "days"), day(text(&row, "due")));
        assert_eq!(calendar.due_natural(start, days), due, "{row}");
        assert_eq!(Clock::new(start, Limit::natural_days(days)).derive(calendar).due, Some(due), "{row}");
    }
}

#[test]
fn suspended_due() {
    let calendar = Calendar::built_in();
    for row in rows("/suspended_due/cases") {
        let (accepted, n) = (day(text(&row, "accepted")), number(&row, "workdays"));
        let stops: Vec<Suspension> = row["suspended"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| Suspension { from: day(text(s, "from")), to: Some(day(text(s, "to"))), reason: "专家评审".into() })
            .collect();
        assert!(!stops.is_empty());
        assert_eq!(calendar.due_working(accepted, n, &[]), Some(day(text(&row, "without"))), "{row}");
        assert_eq!(calendar.due_working(accepted, n, &stops), Some(day(text(&row, "due"))), "{row}");
    }
}

#[test]
fn patterns() {
    for row in rows("/patterns/rows") {
        let key = text(&row, "key").to_owned();
        let fits = |value: &str| match key.as_str() {
            "mobile" => Mobile::parse(value).is_ok(),
            "landline" => Landline::parse(value).is_ok(),
            "postcode" => PostCode::parse(value).is_ok(),
            "resident_id" => CitizenId::is_stored_form(value),
            "uscc" => OrganisationCode::is_stored_form(value),
            other => {
                let pattern = Pattern::from_key(other).unwrap_or_else(|| panic!("no pattern {other}"));
                warn(pattern, value).is_none()
            }
        };
        for (list, want) in [("valid", true), ("invalid", false)] {
            let values = row[list].as_array().unwrap();
            assert!(!values.is_empty(), "{key}/{list} is empty");
            for sample in values {
                assert_eq!(fits(sample.as_str().unwrap()), want, "{key}: {sample}");
            }
        }
    }
}

#[test]
fn kinds_of_the_command_line() {
    for kind in KINDS {
        assert_eq!(check(kind, "", today()), Ok(Err(NumberFault::Empty)), "{kind}");
    }
    assert!(check("shoe-size", "42", today()).is_err());
}

mod crypto {
    use super::{rows, text, vectors};
    use sm2::dsa::signature::Verifier;
    use sm2::dsa::signature::hazmat::PrehashVerifier;
    use sm2::dsa::{Signature, SigningKey, VerifyingKey};
    use sm2::elliptic_curve::NonZeroScalar;
    use sm2::pke::DecryptingKey;
    use sm3::{Digest, Sm3};
    use sm4::Sm4;
    use sm4::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

    fn bytes(row: &serde_json::Value, key: &str) -> Vec<u8> {
        hex::decode(text(row, key)).unwrap()
    }

    #[test]
    fn sm3_digests() {
        for row in rows("/crypto/sm3") {
            assert_eq!(hex::encode(Sm3::digest(text(&row, "in_utf8"))), text(&row, "out"));
        }
    }

    #[test]
    fn sm4_blocks() {
        for row in rows("/crypto/sm4_ecb_block") {
            let cipher = Sm4::new_from_slice(&bytes(&row, "key")).unwrap();
            let mut block = <[u8; 16]>::try_from(bytes(&row, "plain")).unwrap().into();
            cipher.encrypt_block(&mut block);
            assert_eq!(hex::encode(block), text(&row, "cipher"));
            cipher.decrypt_block(&mut block);
            assert_eq!(hex::encode(block), text(&row, "plain"));
        }
    }

    #[test]
    fn sm2_signature_of_the_standard() {
        let file = vectors();
        let v = file.pointer("/crypto/sm2_sign").expect("the section exists");
        let (id, message) = (text(v, "id_utf8"), text(v, "msg_utf8").as_bytes());
        let point = [vec![4], bytes(v, "px"), bytes(v, "py")].concat();
        let public = VerifyingKey::from_sec1_bytes(id, &point).unwrap();
        let signature = Signature::from_slice(&[bytes(v, "r"), bytes(v, "s")].concat()).unwrap();
        public.verify(message, &signature).unwrap();
        assert!(public.verify(b"another message", &signature).is_err());

        let e = Sm3::digest([bytes(v, "za"), message.to_vec()].concat());
        assert_eq!(hex::encode(e), text(v, "e"));
        public.verify_prehash(&e, &signature).unwrap();

        let private = SigningKey::from_slice(id, &bytes(v, "d")).unwrap();
        assert_eq!(private.verifying_key().to_sec1_bytes().as_ref(), point);
        let again: Signature = sm2::dsa::signature::Signer::sign(&private, message);
        public.verify(message, &again).unwrap();
    }

    #[test]
    fn sm2_encryption_of_the_standard() {
        let file = vectors();
        let key = file.pointer("/crypto/sm2_sign").expect("the section exists");
        let v = file.pointer("/crypto/sm2_encrypt").expect("the section exists");
        assert_eq!(text(v, "order"), "C1C3C2");
        let scalar = NonZeroScalar::<sm2::Sm2>::try_from(bytes(key, "d").as_slice()).unwrap();
        let cipher = [bytes(v, "c1"), bytes(v, "c3"), bytes(v, "c2")].concat();
        let plain = DecryptingKey::from_nonzero_scalar(scalar).unwrap().decrypt(&cipher).unwrap();
        assert_eq!(plain, text(v, "msg_utf8").as_bytes());
    }
}
