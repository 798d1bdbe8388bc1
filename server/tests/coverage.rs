//! R10, first half: what can be reached is what the table says, and nothing in the table is missing.

use http::Method;
use server::routes::{DOORS, Kind, PAGES, QUESTIONS, routes};
use std::collections::BTreeSet;

#[test]
fn every_page_is_in_the_table() {
    let real: BTreeSet<String> = server::pages::listing().iter().map(|listing| listing.path().to_owned()).collect();
    let told: BTreeSet<String> = PAGES.iter().map(|door| door.path.to_owned()).collect();
    assert_eq!(real, told);
}

#[test]
fn every_page_is_in_a_room_but_the_one_that_is_nobodys() {
    let outside: Vec<&str> = PAGES.iter().map(|page| page.path).filter(|path| app::room_at(path).is_none()).collect();
    assert_eq!(outside, ["/sign-in"]);
}

#[test]
fn every_question_is_in_the_table_and_only_posts() {
    let real: BTreeSet<(String, String)> =
        server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())).collect();
    let told: BTreeSet<(String, String)> = QUESTIONS.iter().map(|door| (door.method.to_owned(), door.path.to_owned())).collect();
    assert_eq!(real, told);
    assert!(real.iter().all(|(method, _)| method == Method::POST.as_str()));
}

#[test]
fn no_door_is_there_twice_and_no_get_changes_anything() {
    let mut seen = BTreeSet::new();
    for door in routes() {
        assert!(seen.insert((door.method, door.path)), "{} {} twice", door.method, door.path);
        let unsafe_method = door.method != "GET";
        let changes = match door.kind {
            Kind::Act | Kind::Question => true,
            Kind::File | Kind::Taste | Kind::Health | Kind::Page => false,
            // judging, following and verifying are posted, because what is asked belongs in no address
            Kind::Program => unsafe_method,
        };
        assert_eq!(unsafe_method, changes, "{} {}", door.method, door.path);
    }
    assert!(DOORS.len() > 15);
}
