//! Permission is a pure function of (actor, act, subject) and returns the value the act needs (design §4),
//! so that it cannot be forgotten: without the value there is nothing to call the store with.

use super::actor::{Actor, Party, Post};
use crate::refusal::{Refusal, Thing};
use uuid::Uuid;

/// An applicant who may act for a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsApplicant {
    pub account: Uuid,
    pub person: Party,
    pub party: Party,
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
}

/// The asker as an applicant, or the request to sign in.
pub fn as_applicant(actor: &Actor) -> Result<AsApplicant, Refusal> {
    match actor {
        Actor::Applicant { account, person, acting_for } => {
            Ok(AsApplicant { account: *account, person: person.clone(), party: acting_for.clone() })
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

/// An applicant owns what was filed in the name of the party they act for.
pub fn owner(actor: &Actor, party: Uuid, thing: Thing) -> Result<AsApplicant, Refusal> {
    let me = as_applicant(actor)?;
    if me.party.id == party { Ok(me) } else { Err(Refusal::NotFound { thing }) }
}

/// A member of staff who works in the unit that handles the case.
pub fn handler(actor: &Actor, unit: Uuid) -> Result<AsStaff, Refusal> {
    let me = as_staff(actor)?;
    if me.works_in(unit) { Ok(me) } else { Err(Refusal::NotFound { thing: Thing::Case }) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::identity::actor::PartyKind;

    fn party(n: u128) -> Party {
        Party { id: Uuid::from_u128(n), kind: PartyKind::Citizen, name: "某".into() }
    }
    fn citizen(n: u128) -> Actor {
        Actor::Applicant { account: Uuid::from_u128(n), person: party(n), acting_for: party(n) }
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
        assert_eq!(owner(&citizen(1), own, Thing::Case).unwrap().party.id, own);
        assert_eq!(owner(&citizen(2), own, Thing::Case).unwrap_err(), hidden);
        assert_eq!(owner(&Actor::Visitor, own, Thing::Case).unwrap_err(), Refusal::SignInFirst);
        assert!(owner(&staff(1), own, Thing::Case).is_err());
        assert!(owner(&Actor::System, own, Thing::Case).is_err());
        assert!(handler(&staff(1), own).is_ok());
        assert_eq!(handler(&staff(2), own).unwrap_err(), hidden);
        assert!(handler(&citizen(1), own).is_err());
        assert_eq!(handler(&Actor::Visitor, own).unwrap_err(), Refusal::SignInFirst);
    }
}
