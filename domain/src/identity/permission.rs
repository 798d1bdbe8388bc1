//! Permission is a pure function of (actor, act, subject) and returns the value the act needs (design §4),
//! so that it cannot be forgotten: without the value there is nothing to call the store with.

use super::actor::{Actor, Party, PartyKind, Post, Power};
use crate::refusal::{Refusal, Thing};
use uuid::Uuid;

/// An applicant who may act for a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsApplicant {
    pub account: Uuid,
    pub person: Party,
    pub party: Party,
    pub power: Power,
}

/// A member of staff at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsStaff {
    pub account: Uuid,
    pub name: String,
    pub posts: Vec<Post>,
}

impl AsStaff {
    /// Whether this person works in the unit at all.
    pub fn works_in(&self, unit: Uuid) -> bool {
        self.posts.iter().any(|p| p.unit == unit)
    }

    /// Whether this person holds one of these posts in one of these units.
    pub fn holds(&self, posts: &[&str], units: &[Uuid]) -> bool {
        self.posts.iter().any(|p| posts.contains(&p.post.as_str()) && units.contains(&p.unit))
    }
}

/// The asker as an applicant, or the request to sign in.
pub fn as_applicant(actor: &Actor) -> Result<AsApplicant, Refusal> {
    match actor {
        Actor::Applicant { account, person, acting_for, power } => {
            Ok(AsApplicant { account: *account, person: person.clone(), party: acting_for.clone(), power: *power })
        }
        Actor::Visitor => Err(Refusal::SignInFirst),
        // staff and machines have no cases of their own: for them the page does not exist
        Actor::Staff { .. } | Actor::System => Err(Refusal::NotFound { thing: Thing::Page }),
    }
}

/// The asker as staff, or the request to sign in. Citizens do not learn that a desk exists.
pub fn as_staff(actor: &Actor) -> Result<AsStaff, Refusal> {
    match actor {
        Actor::Staff { account, name, posts, .. } => Ok(AsStaff { account: *account, name: name.clone(), posts: posts.clone() }),
        Actor::Visitor => Err(Refusal::SignInFirst),
        Actor::Applicant { .. } | Actor::System => Err(Refusal::NotFound { thing: Thing::Page }),
    }
}

/// An applicant owns what was filed in the name of the party they act for. Who asks is settled before anything is looked up, so
/// that a stranger learns nothing from the order of the answers.
pub fn owner(me: AsApplicant, party: Uuid, thing: Thing) -> Result<AsApplicant, Refusal> {
    if me.party.id == party { Ok(me) } else { Err(Refusal::NotFound { thing }) }
}

/// Whoever acts for an organisation now. What it has beyond its cases (its keys) is there for its agents only.
///
/// # Errors
/// For people who act for themselves the page does not exist.
pub fn enterprise(me: AsApplicant) -> Result<AsApplicant, Refusal> {
    match me.party.kind {
        PartyKind::Organisation => Ok(me),
        PartyKind::Citizen => Err(Refusal::NotFound { thing: Thing::Page }),
    }
}

/// Whether the asker may change anything at all: asked when a unit of work begins, whatever it is about.
///
/// # Errors
/// Whoever may only look in the name of the party they act for changes nothing in its name, with a key as little as on a page.
pub fn may_change(actor: &Actor) -> Result<(), Refusal> {
    match actor {
        Actor::Applicant { power: Power::View, .. } => Err(Refusal::OnlyLooks),
        Actor::Applicant { power: Power::Apply | Power::All, .. } | Actor::Staff { .. } | Actor::Visitor | Actor::System => {
            Ok(())
        }
    }
}

/// Whoever may make keys for an organisation's programs and take them back: a key acts in its name, so whoever may only look may not.
///
/// # Errors
/// As of [`enterprise`]; for agents who may only look.
pub fn keeps_keys(me: AsApplicant) -> Result<AsApplicant, Refusal> {
    let me = enterprise(me)?;
    match me.power {
        Power::Apply | Power::All => Ok(me),
        Power::View => Err(Refusal::OnlyLooks),
    }
}

/// Whoever applied for a certificate, and whoever it belongs to (`holds`).
///
/// # Errors
/// For strangers it does not exist.
pub fn certificate(me: AsApplicant, applicant: Uuid, holds: bool) -> Result<AsApplicant, Refusal> {
    if holds { Ok(me) } else { owner(me, applicant, Thing::Certificate) }
}

/// A member of staff who works in one of the units in which the case lies or lay.
pub fn handler(me: AsStaff, units: impl IntoIterator<Item = Uuid>) -> Result<AsStaff, Refusal> {
    if units.into_iter().any(|unit| me.works_in(unit)) { Ok(me) } else { Err(Refusal::NotFound { thing: Thing::Case }) }
}

/// Whoever builds the forms of an office: an editor (事项管理) of it or of an office above it. `units` is the office and those above.
///
/// # Errors
/// For everybody else the bench does not exist.
pub fn builder(me: AsStaff, units: &[Uuid]) -> Result<AsStaff, Refusal> {
    if me.holds(&["editor"], units) { Ok(me) } else { Err(Refusal::NotFound { thing: Thing::Page }) }
}

/// Whoever may look at what is being built: those who build it and those who review it.
///
/// # Errors
/// For everybody else the bench does not exist.
pub fn sees_bench(me: AsStaff, units: &[Uuid]) -> Result<AsStaff, Refusal> {
    if me.holds(&["editor", "admin"], units) { Ok(me) } else { Err(Refusal::NotFound { thing: Thing::Page }) }
}

/// Whoever approves a form or gives it back: an editor or administrator of the office or one above it, but never the person who
/// handed it in.
///
/// # Errors
/// For strangers the bench does not exist; whoever handed it in is told that somebody else has to look.
pub fn reviewer(me: AsStaff, units: &[Uuid], handed_in_by: Uuid) -> Result<AsStaff, Refusal> {
    let me = sees_bench(me, units)?;
    if me.account == handed_in_by { Err(Refusal::SamePerson) } else { Ok(me) }
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Somebody {
    Applicant(AsApplicant),
    Staff(AsStaff),
}

/// The asker as whoever they are, or the request to sign in.
///
/// # Errors
/// As of [`as_staff`] and [`as_applicant`].
pub fn as_somebody(actor: &Actor) -> Result<Somebody, Refusal> {
    match actor {
        Actor::Staff { .. } => as_staff(actor).map(Somebody::Staff),
        Actor::Applicant { .. } | Actor::Visitor | Actor::System => as_applicant(actor).map(Somebody::Applicant),
    }
}

/// Whoever may look at a thing of a case: its owner, or staff of a unit in which the case lies or lay.
///
/// # Errors
/// For strangers it does not exist.
pub fn sees(me: Somebody, party: Uuid, units: impl IntoIterator<Item = Uuid>, thing: Thing) -> Result<Somebody, Refusal> {
    match me {
        Somebody::Applicant(me) => owner(me, party, thing).map(Somebody::Applicant),
        Somebody::Staff(me) => handler(me, units).map(Somebody::Staff),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn party(n: u128) -> Party {
        Party { id: Uuid::from_u128(n), kind: PartyKind::Citizen, name: "某".into() }
    }
    fn citizen(n: u128) -> Actor {
        Actor::Applicant { account: Uuid::from_u128(n), person: party(n), acting_for: party(n), power: Power::All }
    }
    fn staff(unit: u128) -> Actor {
        Actor::Staff {
            account: Uuid::from_u128(9),
            name: "张某".into(),
            unit_name: "科".into(),
            posts: vec![Post { unit: Uuid::from_u128(unit), unit_name: "科".into(), post: "window".into() }],
        }
    }

    #[test]
    fn every_actor_against_every_door() {
        let own = Uuid::from_u128(1);
        let hidden = Refusal::NotFound { thing: Thing::Case };
        let owns = |actor: &Actor| as_applicant(actor).and_then(|me| owner(me, own, Thing::Case));
        let handles = |actor: &Actor| as_staff(actor).and_then(|me| handler(me, [Uuid::from_u128(7), own]));
        assert_eq!(owns(&citizen(1)).unwrap().party.id, own);
        assert_eq!(owns(&citizen(2)).unwrap_err(), hidden);
        assert_eq!(owns(&Actor::Visitor).unwrap_err(), Refusal::SignInFirst);
        assert!(owns(&staff(1)).is_err());
        assert!(owns(&Actor::System).is_err());
        assert!(handles(&staff(1)).is_ok());
        assert!(handles(&staff(7)).is_ok());
        assert_eq!(handles(&staff(2)).unwrap_err(), hidden);
        assert!(handles(&citizen(1)).is_err());
        assert_eq!(handles(&Actor::Visitor).unwrap_err(), Refusal::SignInFirst);
        let looks =
            |actor: &Actor| as_somebody(actor).and_then(|me| sees(me, own, [Uuid::from_u128(7)], Thing::Case)).map(|_| ());
        assert_eq!([looks(&citizen(1)), looks(&staff(7))], [Ok(()), Ok(())]);
        assert_eq!([looks(&citizen(2)), looks(&staff(1))], [Err(hidden.clone()), Err(hidden)]);
        assert_eq!(looks(&Actor::Visitor), Err(Refusal::SignInFirst));
        let agent = |n: u128| match citizen(9) {
            Actor::Applicant { account, person, power, .. } => {
                Actor::Applicant { account, person, acting_for: Party { kind: PartyKind::Organisation, ..party(n) }, power }
            }
            other => other,
        };
        let keeps = |actor: &Actor| {
            as_applicant(actor).and_then(enterprise).and_then(|me| owner(me, own, Thing::Key)).map(|me| me.account)
        };
        let no_page = Err(Refusal::NotFound { thing: Thing::Page });
        assert_eq!(keeps(&agent(1)), Ok(Uuid::from_u128(9)));
        assert_eq!(keeps(&agent(2)), Err(Refusal::NotFound { thing: Thing::Key }));
        assert_eq!([keeps(&citizen(1)), keeps(&staff(1)), keeps(&Actor::System)], [no_page.clone(), no_page.clone(), no_page]);
        assert_eq!(keeps(&Actor::Visitor), Err(Refusal::SignInFirst));
        assert!(looks(&Actor::System).is_err());
        let with_post = |post: &str| match staff(1) {
            Actor::Staff { account, name, unit_name, posts } => Actor::Staff {
                account,
                name,
                unit_name,
                posts: posts.into_iter().map(|p| Post { post: post.into(), ..p }).collect(),
            },
            other => other,
        };
        let (office, elsewhere) = ([Uuid::from_u128(7), own], [Uuid::from_u128(7)]);
        let builds = |actor: &Actor, units: &[Uuid]| as_staff(actor).and_then(|me| builder(me, units)).map(|_| ());
        let no_bench = Err(Refusal::NotFound { thing: Thing::Page });
        assert_eq!([builds(&with_post("editor"), &office), builds(&with_post("editor"), &elsewhere)], [Ok(()), no_bench.clone()]);
        assert_eq!(
            [builds(&with_post("admin"), &office), builds(&with_post("window"), &office)],
            [no_bench.clone(), no_bench.clone()]
        );
        assert_eq!(
            [builds(&citizen(1), &office), builds(&Actor::Visitor, &office)],
            [no_bench.clone(), Err(Refusal::SignInFirst)]
        );
        let reviews =
            |actor: &Actor, by: u128| as_staff(actor).and_then(|me| reviewer(me, &office, Uuid::from_u128(by))).map(|_| ());
        assert_eq!([reviews(&with_post("admin"), 5), reviews(&with_post("editor"), 5)], [Ok(()), Ok(())]);
        assert_eq!([reviews(&with_post("editor"), 9), reviews(&with_post("window"), 5)], [Err(Refusal::SamePerson), no_bench]);
        let makes = |power: Power| as_applicant(&agent(1)).and_then(|me| keeps_keys(AsApplicant { power, ..me })).map(|_| ());
        assert_eq!([makes(Power::All), makes(Power::Apply), makes(Power::View)], [Ok(()), Ok(()), Err(Refusal::OnlyLooks)]);
        assert_eq!(as_applicant(&citizen(1)).and_then(keeps_keys).map(|_| ()), Err(Refusal::NotFound { thing: Thing::Page }));
        let changes = |power: Power| match agent(1) {
            Actor::Applicant { account, person, acting_for, .. } => {
                may_change(&Actor::Applicant { account, person, acting_for, power })
            }
            other => may_change(&other),
        };
        assert_eq!([changes(Power::All), changes(Power::Apply), changes(Power::View)], [Ok(()), Ok(()), Err(Refusal::OnlyLooks)]);
        assert_eq!([may_change(&staff(1)), may_change(&Actor::System), may_change(&Actor::Visitor)], [Ok(()), Ok(()), Ok(())]);
        for (word, power) in
            [("all", Power::All), ("manage", Power::All), ("apply", Power::Apply), ("view", Power::View), ("", Power::View)]
        {
            assert_eq!(Power::named(word), power, "{word}");
        }
        let has = |n: u128, holds: bool| as_applicant(&citizen(n)).and_then(|me| certificate(me, own, holds)).map(|_| ());
        assert_eq!([has(1, false), has(1, true), has(2, true)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(has(2, false), Err(Refusal::NotFound { thing: Thing::Certificate }));
    }
}
