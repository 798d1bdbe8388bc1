//! Who sits at the desks: several clerks at every post of every office that handles something, one in every other department
//! and community.

use super::chance::Chance;
use super::people::sayings;
use crate::fault::{Answer, Fault};
use crate::hall::Hall;
use crate::identity::actor;
use chrono::{DateTime, Utc};
use domain::identity::Actor;
use std::collections::HashMap;
use store::identity::staff::{PostRow, StaffRow};
use store::identity::{accounts, staff, units};
use store::{Unit, new_id};
use uuid::Uuid;

/// Posts of an office and how many hold each.
const POSTS: [(&str, usize); 4] = [("window", 3), ("inspector", 2), ("reviewer", 2), ("approver", 2)];
/// Of how many cases, roughly, one sign-in of the demonstration does its part: a desk, not a mountain.
const OWN_DESK: f64 = 1200.0;

/// Staff to be: login, unit, posts.
fn desks(tree: &HashMap<String, Uuid>) -> Answer<Vec<(String, Uuid, &'static str)>> {
    let online = crate::catalogue::offices_online()?;
    let mut desks = Vec::new();
    let mut codes: Vec<(&String, &Uuid)> = tree.iter().collect();
    codes.sort();
    for (code, unit) in codes {
        if online.contains(code) {
            for (post, many) in POSTS {
                desks.extend((1..=many).map(|n| (format!("{code}.{post}{n}"), *unit, post)));
            }
        } else if !matches!(code.as_str(), "province" | "city" | super::places::DISTRICT) {
            desks.push((format!("{code}.window1"), *unit, "window"));
        }
    }
    Ok(desks)
}

/// Adds the clerks who are not there yet. All demonstration accounts share one password, whose hash this is.
pub(super) async fn ensure(unit: &mut Unit, at: DateTime<Utc>, hash: &str, tree: &HashMap<String, Uuid>) -> Answer<()> {
    let surnames = &sayings()?.surnames;
    for (place, (login, unit_id, post)) in desks(tree)?.into_iter().enumerate() {
        if accounts::find_by_login(unit, &login).await?.is_some() {
            continue;
        }
        let mut chance = Chance::of(0, "staff", place as u64);
        let name = format!("{}{}", chance.one(surnames), ["某", "某某", "某文", "某平", "某华"][chance.below(5)]);
        let account_id = new_id(at);
        super::account(unit, at, account_id, &login, "staff", &name, hash, None).await?;
        staff::add(unit, &StaffRow { account_id, unit_id }).await?;
        staff::add_post(unit, &PostRow { account_id, unit_id, post: post.to_owned(), items: Vec::new() }).await?;
    }
    Ok(())
}

/// Everybody who may do something, by unit and post.
pub(super) struct Desks {
    people: Vec<Actor>,
    by_post: HashMap<(Uuid, String), Vec<usize>>,
    /// Among them, the demonstration sign-ins.
    sign_ins: Vec<usize>,
    /// How often one of those is chosen.
    share: f64,
}

impl Desks {
    /// Reads who holds which post now; `cases` is how many are shared among them.
    pub async fn load(hall: &Hall, at: DateTime<Utc>, cases: u64) -> Answer<Self> {
        let mut tx = hall.store().read().await?;
        let tree: HashMap<String, Uuid> = units::list(&mut tx).await?.into_iter().map(|u| (u.code, u.id)).collect();
        let logins = desks(&tree)?.into_iter().map(|(login, ..)| login);
        let own = ["clerk", "approver", "approver2"];
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = (OWN_DESK / cases.max(1) as f64).min(0.4);
        let mut desks = Self { people: Vec::new(), by_post: HashMap::new(), sign_ins: Vec::new(), share };
        for login in logins.chain(own.map(str::to_owned)) {
            let Some(row) = accounts::find_by_login(&mut tx, &login).await? else { continue };
            let who = actor(hall, at, row.id, None).await?;
            let place = desks.people.len();
            if own.contains(&login.as_str()) {
                desks.sign_ins.push(place);
            }
            if let Actor::Staff { posts, .. } = &who {
                for post in posts {
                    desks.by_post.entry((post.unit, post.post.clone())).or_default().push(place);
                }
            }
            desks.people.push(who);
        }
        Ok(desks)
    }

    /// One of those who hold the post, but none of these accounts.
    pub fn pick(&self, unit: Uuid, post: &str, chance: &mut Chance, not: &[Uuid]) -> Answer<usize> {
        let holders = self.by_post.get(&(unit, post.to_owned())).map_or(&[][..], Vec::as_slice);
        let may: Vec<usize> =
            holders.iter().copied().filter(|p| self.people[*p].account().is_none_or(|account| !not.contains(&account))).collect();
        let (own, others): (Vec<usize>, Vec<usize>) = may.iter().partition(|p| self.sign_ins.contains(p));
        let from = if !own.is_empty() && (others.is_empty() || chance.happens(self.share)) { own } else { others };
        let picked = from.get(chance.below(from.len())).copied();
        picked.ok_or_else(|| Fault::broken(format!("nobody holds the post {post} in unit {unit}")))
    }

    /// The colleague of that place.
    pub fn who(&self, place: usize) -> &Actor {
        &self.people[place]
    }
}
