//! One case from submission to its end, or to today: every step is the act that a person or the clock would do in the hall, at its
//! own time, in one after another.

use super::chance::Chance;
use super::fate::{Fate, Withdrawal};
use super::hours::{DAY, home, office};
use super::paper;
use super::people::{Sayings, sayings};
use super::plan::{Filer, Plan};
use super::staff::Desks;
use super::year::at_fault;
use crate::cases::{act_in, answers_of, let_time_pass_in, rate_in, withdraw_in};
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, TimeDelta, Utc};
use domain::cases::{Act, Case, Ending, Flow, Node, NodeKind, Outcome, Stage, Target};
use domain::clock::{LimitUnit, hall_day, hall_day_starts};
use domain::identity::Actor;
use store::Unit;
use uuid::Uuid;

/// More steps than any case takes; a story that goes in circles is a fault of ours.
const MOST_STEPS: usize = 80;

/// What happens next.
enum Doing {
    Claim(usize),
    Desk(Act, Vec<(String, String)>),
    Supplement,
    Withdraw,
    Rate(u8),
    /// Nobody does anything; perhaps the clock does.
    Nothing,
}

/// What a life needs from outside.
pub(super) struct World<'w> {
    pub hall: &'w Hall,
    pub desks: &'w Desks,
    pub seed: u64,
    pub until: DateTime<Utc>,
}

/// A case that is being lived.
struct Life<'w, 'u> {
    world: &'w World<'w>,
    unit: &'u mut Unit,
    plan: &'w Plan<'w>,
    filer: &'w Actor,
    flow: Flow,
    fate: Fate,
    chance: Chance,
    said: &'static Sayings,
    now: DateTime<Utc>,
    case: Case,
    /// Who has it on the desk.
    hand: Option<usize>,
}

fn ask(world: &World<'_>, unit: &mut Unit, actor: &Actor, at: DateTime<Utc>) -> Ask {
    let ask = Ask { actor: actor.clone(), ..Ask::system(world.hall, at) };
    unit.turn_to(&ask.label(), at);
    ask
}

/// Live the case of this plan; answers how it stands at the end of the story.
pub(super) async fn live(
    world: &World<'_>,
    unit: &mut Unit,
    plan: &Plan<'_>,
    filer: &Actor,
    particulars: &paper::Particulars,
) -> Answer<Case> {
    let procedure = world.hall.published().procedure(plan.procedure);
    let flow = procedure.and_then(|p| p.flow.clone()).ok_or_else(|| Fault::broken(format!("{} has no flow", plan.procedure)))?;
    let asking = ask(world, unit, filer, plan.at);
    let handed_in = paper::hand_in(&asking, unit, plan.procedure, plan.sample, particulars).await;
    let receipt = handed_in.map_err(|fault| at_fault(fault, plan, "handing in"))?;
    let case = read(unit, receipt.case).await?;
    let mut life = Life {
        world,
        unit,
        plan,
        filer,
        flow,
        fate: Fate::of(world.seed, plan.n),
        chance: Chance::of(world.seed, "life", plan.n),
        said: sayings()?,
        now: plan.at,
        case,
        hand: None,
    };
    for _ in 0..MOST_STEPS {
        if !life.step().await? {
            return Ok(life.case);
        }
    }
    Err(Fault::broken(format!("application {} under {} goes in circles", plan.n, plan.procedure)))
}

async fn read(unit: &mut Unit, id: Uuid) -> Answer<Case> {
    let row = store::cases::find(unit, id).await?.ok_or_else(|| Fault::broken("a case that was just made is gone"))?;
    Ok(serde_json::from_value(row.state)?)
}

fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

impl Life<'_, '_> {
    /// One step; false when the story ends.
    async fn step(&mut self) -> Answer<bool> {
        let Some((at, doing)) = self.next()? else { return Ok(false) };
        // the clock acts on the morning after the last day, if nobody did
        let calendar = self.world.hall.calendar();
        if let Some(by) = self.case.act_by(&self.flow, calendar)
            && hall_day(at) > by
        {
            let morning = hall_day_starts(by.succ_opt().unwrap_or(by)) + TimeDelta::seconds(self.chance.between(5, 900));
            if morning > self.world.until {
                return Ok(false);
            }
            let asking = ask(self.world, self.unit, &Actor::System, morning);
            self.case = let_time_pass_in(&asking, self.unit, self.case.id).await.map_err(|f| self.told(f, "time passed"))?;
            (self.now, self.hand) = (morning, None);
            return Ok(true);
        }
        if at > self.world.until {
            return Ok(false);
        }
        self.perform(at, doing).await
    }

    async fn perform(&mut self, at: DateTime<Utc>, doing: Doing) -> Answer<bool> {
        let (id, version) = (self.case.id, self.case.version);
        // where several nodes are open, the one of the stage is done first; the others step into its place one by one
        let here: Vec<_> = self.case.stage.node().map(|node| pair("node", node)).into_iter().collect();
        match doing {
            Doing::Nothing => return Ok(false),
            Doing::Claim(who) => {
                let asking = ask(self.world, self.unit, self.world.desks.who(who), at);
                let claimed = act_in(&asking, self.unit, id, version, Act::Claim, &here).await;
                self.case = claimed.map_err(|f| self.told(f, "claim"))?;
                self.hand = Some(who);
            }
            Doing::Desk(Act::Grant, pairs) if self.too_late(at).await? => {
                let answer = pairs.into_iter().find(|(name, _)| name == "answer");
                let pairs = std::iter::once(pair("opinion", self.said.period_over.clone())).chain(answer);
                return Box::pin(self.perform(at, Doing::Desk(Act::Refuse, pairs.collect()))).await;
            }
            Doing::Desk(act, pairs) => {
                let who = self.hand.ok_or_else(|| Fault::broken("an act at an empty desk"))?;
                let asking = ask(self.world, self.unit, self.world.desks.who(who), at);
                let pairs = [here, pairs].concat();
                let done = act_in(&asking, self.unit, id, version, act, &pairs).await;
                self.case = done.map_err(|f| self.told(f, act.word()))?;
                if self.case.assignee.is_none() {
                    self.hand = None;
                }
            }
            Doing::Supplement => {
                let asking = ask(self.world, self.unit, self.filer, at);
                let sent = paper::supplement(&asking, self.unit, id, self.plan.procedure, self.plan.sample).await;
                sent.map_err(|f| self.told(f, "supplement"))?;
                self.case = read(self.unit, id).await?;
            }
            Doing::Withdraw => {
                let reason = self.chance.one(&self.said.withdrawals);
                let asking = ask(self.world, self.unit, self.filer, at);
                let withdrawn = withdraw_in(&asking, self.unit, id, version, reason).await;
                self.case = withdrawn.map_err(|f| self.told(f, "withdraw"))?;
                self.hand = None;
            }
            Doing::Rate(stars) => {
                let (tags, words) = self.opinion_of_us(stars);
                let asking = ask(self.world, self.unit, self.filer, at);
                let rated = rate_in(&asking, self.unit, id, stars, &tags, words).await;
                self.case = rated.map_err(|f| self.told(f, "rate"))?;
            }
        }
        self.now = at;
        Ok(true)
    }

    /// Whether what was applied for has ended before it could be granted.
    async fn too_late(&mut self, at: DateTime<Utc>) -> Answer<bool> {
        let Some(kind) = self.flow.result.certificate.as_ref().filter(|_| !self.case.ends_certificate()) else {
            return Ok(false);
        };
        let procedure = self.world.hall.published().procedure(self.plan.procedure);
        let Some(form) = procedure.as_ref().and_then(|p| p.form.as_ref()) else { return Ok(false) };
        let answers = answers_of(&Ask::system(self.world.hall, at), self.unit, &self.case).await?;
        Ok(kind.validity(form, &answers, hall_day(at)).is_err())
    }

    fn told(&self, fault: Fault, doing: &str) -> Fault {
        at_fault(fault, self.plan, &format!("{doing} at {:?} after {}", self.case.stage, self.now))
    }

    fn office(&mut self, least: i64, most: i64) -> DateTime<Utc> {
        let minutes = self.chance.between(least, most);
        office(self.world.hall.calendar(), self.now, minutes)
    }

    fn home(&mut self, least: f64, most: f64) -> DateTime<Utc> {
        let hours = self.chance.part(least, most);
        home(self.now, hours, &mut self.chance)
    }

    fn never(&self) -> (DateTime<Utc>, Doing) {
        (self.now + TimeDelta::days(200), Doing::Nothing)
    }

    fn claim(&mut self, least: i64, most: i64) -> Answer<(DateTime<Utc>, Doing)> {
        let post = self.case.post(&self.flow).unwrap_or_default();
        // whoever gave an opinion does not approve
        let reviews = self.case.steps.iter().filter(|s| self.kind_of(&s.node) == Some(NodeKind::Review));
        let reviewers: Vec<Uuid> = reviews.map(|s| s.by.account).collect();
        let approving = self.case.stage.node().and_then(|n| self.kind_of(n)) == Some(NodeKind::Approve);
        let not = if approving { reviewers.as_slice() } else { &[] };
        let who = self.world.desks.pick(self.case.unit, post, &mut self.chance, not)?;
        Ok((self.office(least, most), Doing::Claim(who)))
    }

    fn kind_of(&self, node: &str) -> Option<NodeKind> {
        self.flow.node(node).map(|n| n.kind)
    }

    /// What happens next, and when; nothing more if it is over.
    fn next(&mut self) -> Answer<Option<(DateTime<Utc>, Doing)>> {
        Ok(Some(match self.case.stage.clone() {
            Stage::PreReview => self.at_the_window()?,
            Stage::AwaitingSupplement { .. } if self.fate.lapses => self.never(),
            Stage::AwaitingSupplement { .. } => (self.home(3.0, 130.0), Doing::Supplement),
            Stage::Handling { node } => self.at_a_node(&node)?,
            Stage::Suspended { .. } => {
                let result = self.chance.one(&self.said.results);
                (self.office(3 * DAY, 12 * DAY), Doing::Desk(Act::Resume, vec![pair("result", result)]))
            }
            Stage::Granted => return Ok(None),
            Stage::Issued if self.hand.is_none() => self.claim(10, 250)?,
            Stage::Issued => (self.office(10, 300), self.delivery()),
            Stage::Ended { how } => return Ok(self.afterwards(how)),
        }))
    }

    fn at_the_window(&mut self) -> Answer<(DateTime<Utc>, Doing)> {
        if self.fate.withdrawal == Withdrawal::Early {
            return Ok((self.home(0.3, 20.0), Doing::Withdraw));
        }
        if self.fate.silence && self.flow.silence_accepts && self.hand.is_none() {
            return Ok(self.never());
        }
        if self.hand.is_none() {
            return if self.fate.slow_window { self.claim(2 * DAY, 3 * DAY) } else { self.claim(10, DAY - 60) };
        }
        if std::mem::take(&mut self.fate.laid_down) {
            return Ok((self.office(15, 90), Doing::Desk(Act::Release, Vec::new())));
        }
        let at = self.office(5, 70);
        let doing = if self.case.supplements.len() < self.fate.rounds && !self.flow.intake_checks.is_empty() {
            Doing::Desk(Act::AskForSupplement, self.missing())
        } else if self.fate.accepted {
            Doing::Desk(Act::Accept, Vec::new())
        } else {
            Doing::Desk(Act::RefuseToAccept, self.not_accepted())
        };
        Ok((at, doing))
    }

    fn missing(&mut self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let first = self.chance.below(self.flow.intake_checks.len());
        let many = 1 + self.chance.below(2);
        for check in self.flow.intake_checks.iter().cycle().skip(first).take(many.min(self.flow.intake_checks.len())) {
            let mend = if check.mend.is_empty() { "请补充后重新提交。" } else { &check.mend };
            pairs.push(pair(&format!("check.{}", check.id), "on"));
            pairs.push(pair(&format!("wrong.{}", check.id), self.chance.one(&self.said.wrong)));
            pairs.push(pair(&format!("mend.{}", check.id), mend));
        }
        if !self.case.supplements.is_empty() {
            pairs.push(pair("again", self.chance.one(&self.said.again)));
        }
        pairs
    }

    fn not_accepted(&mut self) -> Vec<(String, String)> {
        let reason = pair("reason", self.chance.one(&self.said.not_accepted));
        if self.chance.happens(0.3) {
            return vec![pair("ground", "not_ours"), pair("agency", self.chance.one(&self.said.right_agencies)), reason];
        }
        vec![pair("ground", "other"), reason]
    }

    /// Minutes of office time that each node may use of the promise.
    fn share_of_promise(&self) -> i64 {
        let days = match self.flow.promised {
            Some(limit) => match limit.unit {
                LimitUnit::WorkingDay => f64::from(limit.value),
                LimitUnit::NaturalDay => f64::from(limit.value) * 0.68,
                LimitUnit::Month => f64::from(limit.value) * 20.0,
                LimitUnit::OnTheSpot => 0.3,
            },
            None => 0.3,
        };
        let nodes = self.flow.nodes.iter().filter(|n| !self.case.skips.contains(&n.id)).count().max(1);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "minutes of some weeks")]
        let minutes = (days * self.fate.pace * DAY as f64 / nodes as f64) as i64;
        minutes.max(20)
    }

    fn at_a_node(&mut self, id: &str) -> Answer<(DateTime<Utc>, Doing)> {
        let node = self.flow.node(id).cloned().ok_or_else(|| Fault::broken(format!("no node {id}")))?;
        let share = self.share_of_promise();
        if self.fate.withdrawal == Withdrawal::Late && self.chance.happens(0.5) {
            return Ok((self.home(0.5, 30.0), Doing::Withdraw));
        }
        let Some(who) = self.hand else { return self.claim(share / 6, share * 2 / 3) };
        if self.fate.stopped
            && node.kind != NodeKind::Approve
            && self.case.suspensions.is_empty()
            && !self.flow.special_procedures.is_empty()
        {
            return Ok((self.office(10, 60), Doing::Desk(Act::Suspend, self.stop())));
        }
        if node.kind != NodeKind::Approve {
            return Ok(self.examine(&node, who, share));
        }
        let calendar = self.world.hall.calendar();
        let soon = self.office(10, 40);
        let in_time = self.case.statutory(&self.flow, calendar).and_then(|d| d.due).is_none_or(|due| hall_day(soon) <= due);
        if self.fate.extended && self.case.extension.is_none() && self.flow.extension_days.is_some() && in_time {
            return Ok((soon, Doing::Desk(Act::Extend, vec![pair("reason", self.chance.one(&self.said.extensions))])));
        }
        let at = self.office(share / 6, share / 3);
        let at = if self.fate.late_early { at } else { self.overdue(at) };
        let back = |to: &Target| matches!(to, Target::Node(id) if !self.case.skips.contains(id));
        let may_return = node.edges.iter().any(|e| e.on == Outcome::Return && back(&e.to));
        if may_return && std::mem::take(&mut self.fate.returned) {
            return Ok((soon, Doing::Desk(Act::Return, vec![pair("opinion", self.chance.one(&self.said.returns))])));
        }
        Ok((at, self.decision()))
    }

    /// That time, or a later one behind the promise, if it is not to be kept.
    fn overdue(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let calendar = self.world.hall.calendar();
        let due = self.case.promised(&self.flow, calendar).and_then(|d| d.due);
        match (self.fate.late, due) {
            (Some(days), Some(due)) => at.max(office(calendar, hall_day_starts(due), days * DAY + DAY / 2)),
            (None, _) | (_, None) => at,
        }
    }

    fn stop(&mut self) -> Vec<(String, String)> {
        let procedure = self.chance.one(&self.flow.special_procedures).to_owned();
        let days = self.chance.between(5, 15).to_string();
        vec![pair("procedure", procedure), pair("reason", self.chance.one(&self.said.stops)), pair("expected_days", days)]
    }

    /// A check on the spot, or an opinion.
    fn examine(&mut self, node: &Node, who: usize, share: i64) -> (DateTime<Utc>, Doing) {
        let at = self.office((share / 6).max(10), (share / 3).max(15));
        if let Some(asks) = node.asks.as_ref().filter(|_| !self.case.asked.iter().any(|asked| asked.node == node.id)) {
            return (at, Doing::Desk(Act::Ask, vec![pair("words", asks.says.clone())]));
        }
        let at = if self.fate.late_early { self.overdue(at) } else { at };
        let good = self.fate.granted || !node.edges.iter().any(|e| e.on == Outcome::Fail);
        let act = if good { Act::Pass } else { Act::Fail };
        if node.kind == NodeKind::SiteCheck {
            let findings = self.chance.one(if good { &self.said.findings } else { &self.said.bad_findings });
            let name = self.world.desks.who(who).name().unwrap_or_default().to_owned();
            let colleague = format!("{}某", self.chance.one(&self.said.surnames));
            let colleague = if colleague == name { format!("{colleague}某") } else { colleague };
            let pairs = vec![
                pair("site_on", hall_day(at).to_string()),
                pair("site_staff", name),
                pair("site_staff", colleague),
                pair("findings", findings),
            ];
            return (at, Doing::Desk(act, pairs));
        }
        let opinion = self.chance.one(if good { &self.said.opinions } else { &self.said.bad_opinions });
        (at, Doing::Desk(act, vec![pair("opinion", opinion)]))
    }

    fn decision(&mut self) -> Doing {
        let granted = self.fate.granted;
        let opinion = pair("opinion", self.chance.one(if granted { &self.said.grants } else { &self.said.refusals }));
        let answers: Vec<String> =
            self.flow.result.answers.iter().filter(|a| a.grants == granted).map(|a| a.code.clone()).collect();
        if !answers.is_empty() {
            // where there are answers, one act gives any of them
            return Doing::Desk(Act::Grant, vec![opinion, pair("answer", self.chance.one(&answers))]);
        }
        Doing::Desk(if granted { Act::Grant } else { Act::Refuse }, vec![opinion])
    }

    fn delivery(&mut self) -> Doing {
        let way = ["electronic", "window", "post"][self.chance.weighted(&[0.7, 0.2, 0.1])];
        Doing::Desk(Act::Deliver, vec![pair("way", way), pair("recipient", self.case.applicant.name.clone())])
    }

    fn afterwards(&mut self, how: Ending) -> Option<(DateTime<Utc>, Doing)> {
        let own = matches!(self.plan.filer, Filer::SignIn(_));
        let stars = match how {
            Ending::Delivered | Ending::Refused | Ending::NotAccepted | Ending::SupplementLapsed => self.fate.stars,
            Ending::Withdrawn => None,
        };
        // the sign-ins have rated nearly everything: what waits for them is what is new
        let stars = stars.or_else(|| (own && self.chance.happens(0.85)).then_some(5));
        stars.filter(|_| self.case.rating.is_none()).map(|stars| (self.home(0.3, 70.0), Doing::Rate(stars)))
    }

    /// Remarks (national 好差评 interface) and words to go with so many stars.
    fn opinion_of_us(&mut self, stars: u8) -> (Vec<String>, &'static str) {
        let (first, words) = match stars {
            5 => (510, &self.said.praise),
            4 => (406, &self.said.praise),
            3 => (307, &self.said.mixed),
            2 => (207, &self.said.complaint),
            _ => (108, &self.said.complaint),
        };
        let tag = (first + self.chance.between(0, 7)).to_string();
        let words = if self.chance.happens(0.4) { self.chance.one(words) } else { "" };
        (vec![tag], words)
    }
}
