//! What check digits promise, tried on many numbers.
#![allow(clippy::unwrap_used)]

use chrono::{Datelike, NaiveDate};
use domain::identity::numbers::{
    BankCard, CaseNumber, CertificateMark, CitizenId, KINDS, Landline, Mobile, NumberFault, OrganisationCode, OrganisationKind,
    PermanentResidentId, check, check37_36,
};
use proptest::prelude::*;

/// A right identity number, its check digit computed another way than the crate does: ISO 7064 MOD 11-2 by doubling.
fn citizen_id(area: u32, day: NaiveDate, serial: u32) -> String {
    let body = format!("{area:06}{:04}{:02}{:02}{serial:03}", day.year(), day.month(), day.day());
    let p = body.bytes().fold(0, |p, b| (p + u32::from(b - b'0')) * 2 % 11);
    let check = (12 - p) % 11;
    if check == 10 { format!("{body}X") } else { format!("{body}{check}") }
}

prop_compose! {
    fn any_citizen_id()(area in prop::sample::select(vec![350_205_u32, 440_402, 110_101, 650_100, 810_000]),
                        day in -40_000_i32..5_000, serial in 0_u32..1_000) -> String {
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        citizen_id(area, epoch + chrono::TimeDelta::days(i64::from(day)), serial)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_composed_citizen_id_is_right(id in any_citizen_id()) {
        prop_assert!(CitizenId::is_stored_form(&id));
        // the crate composes the same one from the same parts
        let parsed = CitizenId::parse(&id).unwrap();
        let again = CitizenId::compose(&id[..6], parsed.birth(), id[14..17].parse().unwrap()).unwrap();
        prop_assert_eq!(again.as_str(), &id);
    }

    #[test]
    fn a_composed_organisation_code_is_right(body in "[0-9A-HJ-NPQRTUW]{8}", front in "9[123][0-9]{6}") {
        let code = OrganisationCode::compose(&front, &body).unwrap();
        prop_assert_eq!(OrganisationCode::parse(code.as_str()).unwrap(), code);
    }

    #[test]
    fn one_wrong_character_is_always_caught(id in any_citizen_id(), at in 0_usize..18, other in "[0-9X]") {
        let mut wrong = id.clone();
        wrong.replace_range(at..=at, &other);
        prop_assume!(wrong != id);
        prop_assert!(CitizenId::parse(&wrong).is_err());
    }

    #[test]
    fn swapped_neighbours_are_always_caught(id in any_citizen_id(), at in 0_usize..17) {
        let mut chars: Vec<char> = id.chars().collect();
        chars.swap(at, at + 1);
        let wrong: String = chars.into_iter().collect();
        prop_assume!(wrong != id);
        prop_assert!(CitizenId::parse(&wrong).is_err());
    }

    #[test]
    fn one_wrong_character_of_a_case_number_is_caught(serial in 0_u32..1_000_000, at in 0_usize..21, other in "[0-9A-Z]") {
        let day = NaiveDate::from_ymd_opt(2026, 9, 27).unwrap();
        let number = CaseNumber::compose("350205", day, serial).unwrap().to_string();
        let mut wrong = number.clone();
        wrong.replace_range(at..=at, &other);
        prop_assume!(wrong != number);
        prop_assert!(CaseNumber::parse(&wrong).is_err());
    }

    #[test]
    fn one_wrong_character_of_a_credit_code_is_caught(at in 0_usize..18, other in "[0-9A-HJ-NP-RTUWXY]") {
        let code = "91350205MADEM0011D".to_owned();
        let mut wrong = code.clone();
        wrong.replace_range(at..=at, &other);
        prop_assume!(wrong != code);
        prop_assert!(OrganisationCode::parse(&wrong).is_err());
    }

    #[test]
    fn nothing_typed_makes_a_number_panic(typed in "\\PC{0,40}", digits in "[0-9Xx.０-９ -]{0,60}") {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for kind in KINDS {
            for text in [&typed, &digits] {
                let found = check(kind, text, today).unwrap();
                if let Ok(facts) = found {
                    // The stored form is a fixed point.
                    prop_assert_eq!(check(kind, &facts.number, today).unwrap().unwrap().number, facts.number);
                }
            }
        }
    }
}

#[test]
fn what_people_type_is_mended() {
    for typed in ["１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002X", " 11010519491231002x\u{3000}"]
    {
        assert_eq!(CitizenId::parse(typed).unwrap().as_str(), "11010519491231002X");
    }
    assert_eq!(Mobile::parse("+86 199-0000-0000").unwrap().as_str(), "19900000000");
    assert_eq!(Landline::parse("（0592）6000000").unwrap().as_str(), "05926000000");
    assert_eq!(
        CertificateMark::parse("1.2.156.3005.2.11100000000013338w009.11330105002500287c.2025052201.002.0").unwrap().issuer(),
        "11330105002500287C"
    );
}

#[test]
fn faults_say_how_to_mend() {
    let citizen = |typed: &str| CitizenId::parse(typed).unwrap_err();
    assert_eq!(citizen(""), NumberFault::Empty);
    assert_eq!(citizen("35020518800101001"), NumberFault::WrongLength { have: 17, want: 18 });
    assert_eq!(citizen("35020518800101O017"), NumberFault::WrongCharacter { position: 15, found: 'O' });
    assert_eq!(citizen("身份证"), NumberFault::WrongCharacter { position: 1, found: '身' });
    assert_eq!(citizen("110105491231002"), NumberFault::OldForm);
    assert_eq!(citizen("810001188001010010"), NumberFault::UnknownArea { area: "810001".into() });
    assert_eq!(Mobile::parse("12345678901").unwrap_err(), NumberFault::WrongCharacter { position: 2, found: '2' });
    assert_eq!(Landline::parse("592-6000000").unwrap_err(), NumberFault::MissingAreaCode);
    assert_eq!(PermanentResidentId::parse("811124198108030024").unwrap_err(), NumberFault::WrongStart { want: "9".into() });
    assert_eq!(
        CertificateMark::parse("1.2.156.3005.2.111.11330105002500287C.1.002.0").unwrap_err(),
        NumberFault::PartLength { part: 1, have: 3, want: 21 }
    );
}

#[test]
fn nobody_is_born_tomorrow() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let tomorrow = citizen_id(350_205, today.succ_opt().unwrap(), 1);
    assert_eq!(CitizenId::parse_on(&tomorrow, today).unwrap_err(), NumberFault::FutureBirth { birth: today.succ_opt().unwrap() });
    assert!(CitizenId::parse_on(&citizen_id(350_205, today, 1), today).is_ok());
}

#[test]
fn an_embedded_code_must_be_right_too() {
    // 100000000 has a wrong check of its own; the outer character is right for it.
    let outer = ('0'..='9').chain('A'..='Y').find_map(|c| match OrganisationCode::parse(&format!("91110000100000000{c}")) {
        Err(NumberFault::EmbeddedCheckDigit { want, found }) => Some((want, found)),
        Ok(_) | Err(_) => None,
    });
    assert_eq!(outer, Some(('8', '0')));
}

#[test]
fn organisations_are_told_apart() {
    let kind = |code: &str| OrganisationCode::parse(code).unwrap().kind();
    assert_eq!(kind("91350205MADEM0011D"), OrganisationKind::Enterprise);
    assert_eq!(kind("92350205MADEM00382"), OrganisationKind::SoleTrader);
    assert_eq!(kind("93440402MADEM00546"), OrganisationKind::FarmersCooperative);
    assert_eq!(kind("52350205MJDEM0073B"), OrganisationKind::SocialService);
    assert_eq!(kind("12350205MBDEM0082Y"), OrganisationKind::PublicInstitution);
    assert_eq!(kind("11350205MBDEM0090W"), OrganisationKind::PublicBody);
}

#[test]
fn the_case_number_reads_as_on_the_receipt() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 27).unwrap();
    let number = CaseNumber::compose("990105", day, 417).unwrap();
    assert_eq!(number.grouped(), "990105 20260927 000417 R");
    assert_eq!(CaseNumber::parse(&number.grouped()), Ok(number));
    assert_eq!(check37_36("990105 20260927 000417"), 'R');
    assert!(CaseNumber::compose("990105", day, 1_000_000).is_err());
}

#[test]
fn a_bank_card_is_only_plausible() {
    assert_eq!(BankCard::parse("4111 1111-1111 1111").unwrap().as_str(), "4111111111111111");
    assert_eq!(BankCard::parse("41111111111").unwrap_err(), NumberFault::LengthOutside { have: 11, min: 12, max: 19 });
    assert_eq!(BankCard::parse("4111111111111111").unwrap().masked(), "************1111");
    assert_eq!(BankCard::parse("4111111111111112").unwrap_err(), NumberFault::CheckDigit { want: '1', found: '2' });
}

#[test]
fn personal_numbers_never_print_whole() {
    let id = CitizenId::parse("350205188001010017").unwrap();
    assert_eq!(format!("{id:?}"), "CitizenId(350205********0017)");
    assert_eq!(format!("{:?}", Mobile::parse("19900000000").unwrap()), "Mobile(199****0000)");
}

#[test]
fn numbers_travel_as_plain_strings() {
    let id: CitizenId = serde_json::from_str("\"11010519491231002x\"").unwrap();
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"11010519491231002X\"");
    assert!(serde_json::from_str::<CitizenId>("\"110105194912310021\"").is_err());
}

#[test]
fn age_turns_on_the_birthday() {
    let id = CitizenId::parse("350205188102150027").unwrap();
    let on = |text: &str| id.age_on(text.parse().unwrap());
    assert_eq!((on("1899-02-14"), on("1899-02-15"), on("1880-01-01")), (17, 18, 0));
}
