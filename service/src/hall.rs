//! The hall: everything an act needs that outlives one request.

use crate::catalogue::search::SearchIndex;
use crate::fault::{Answer, Fault};
use crate::live::Hub;
use crate::notification::Looks;
use crate::presence::Presence;
use chrono::{DateTime, Utc};
use domain::cases::Flow;
use domain::catalogue::{Bundle, CodeTables, Facets, Item, ItemLine, Phrases};
use domain::clock::{Calendar, LightRule};
use domain::forms::Form;
use domain::forms::joint::Joint;
use domain::identity::Actor;
use domain::identity::permission::may_change;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use store::{Store, Tx, Unit};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// What a deployment says about itself. Names and marks are settings: the product ships no invented ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallSettings {
    /// 青禾区
    pub place_name: String,
    /// 青禾区网上办事大厅
    pub hall_name: String,
    /// GB/T 2260 code, six digits; the front of every case number.
    pub area_code: String,
    /// 主办单位
    pub organiser: String,
    /// 政府网站标识码
    pub site_code: Option<String>,
    /// ICP 备案号
    pub icp: Option<String>,
    /// 公安备案号
    pub police: Option<String>,
    /// Where the hall is reached, without a slash at the end.
    pub public_url: String,
    /// Demonstration: made-up people, sign-ins printed, documents marked.
    pub demo: bool,
    pub light: LightRule,
    /// 行政复议机关 and court named in remedies.
    pub review_body: String,
    pub court: String,
    /// Days a draft is kept after the last change.
    pub draft_days: u32,
}

impl Default for HallSettings {
    fn default() -> Self {
        Self {
            place_name: "青禾区".into(),
            hall_name: "青禾区网上办事大厅".into(),
            area_code: "350205".into(),
            organiser: "青禾区人民政府办公室".into(),
            site_code: None,
            icp: None,
            police: None,
            public_url: "http://127.0.0.1:3000".into(),
            demo: false,
            light: LightRule::default(),
            review_body: "青禾区人民政府".into(),
            court: "青禾区人民法院".into(),
            draft_days: 30,
        }
    }
}

/// What a hall is opened with.
pub struct HallParts {
    pub store: Store,
    pub calendar: Calendar,
    pub settings: HallSettings,
}

/// One version of a procedure: item, form and flow.
#[derive(Clone, Debug)]
pub struct Procedure {
    pub version: i64,
    pub unit: Option<Uuid>,
    pub unit_name: String,
    pub item: Item,
    /// Items without form and flow show their guide only.
    pub form: Option<Form>,
    pub flow: Option<Flow>,
    /// Of a bundle: how its form comes apart into those of its matters.
    pub joint: Option<Joint>,
    /// The body of the guide in English.
    pub english: Phrases,
}

/// The catalogue in force, in memory: 69 items are few, and a guide is read far more often than it changes.
#[derive(Debug, Default)]
pub struct Published {
    pub lines: Vec<ItemLine>,
    pub bundles: Vec<Bundle>,
    pub tables: Option<CodeTables>,
    /// Departments and themes to choose by.
    pub facets: Facets,
    by_code: HashMap<String, Arc<Procedure>>,
    /// Joint forms, by the codes of their bundles.
    joints: HashMap<String, Arc<Procedure>>,
}

impl Published {
    /// The procedure in force under this code.
    pub fn procedure(&self, code: &str) -> Option<Arc<Procedure>> {
        self.by_code.get(code).cloned()
    }

    /// What can be filled in under this code: the form of an item, or the joint form of a bundle.
    pub fn to_fill_in(&self, code: &str) -> Option<Arc<Procedure>> {
        self.procedure(code).or_else(|| self.joints.get(code).cloned())
    }

    /// Every item in force.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.lines.iter().filter_map(|l| self.by_code.get(l.code.as_str())).map(|p| &p.item)
    }
}

struct Inner {
    store: Store,
    calendar: Calendar,
    settings: HallSettings,
    published: RwLock<Arc<Published>>,
    /// Versions no longer in force, for the cases judged by them.
    older: RwLock<HashMap<(String, i64), Arc<Procedure>>>,
    search: RwLock<Option<Arc<SearchIndex>>>,
    /// Argon2 takes a processor for a while: a few at a time, the rest wait their turn.
    pub(crate) password_turns: Semaphore,
    pub(crate) unknown_account: OnceLock<String>,
    hub: Hub,
    looks: Looks,
    presence: Presence,
    /// Certificates up to this one have been asked whose they are.
    holders: Mutex<Option<Uuid>>,
}

/// The hall, cheap to clone.
#[derive(Clone)]
pub struct Hall(Arc<Inner>);

impl Hall {
    /// Open a hall on a migrated store and load the catalogue in force.
    pub async fn open(parts: HallParts) -> Answer<Self> {
        let hub = Hub::new(&parts.store);
        let hall = Self(Arc::new(Inner {
            store: parts.store,
            calendar: parts.calendar,
            settings: parts.settings,
            published: RwLock::default(),
            older: RwLock::default(),
            search: RwLock::default(),
            password_turns: Semaphore::new(2),
            unknown_account: OnceLock::new(),
            hub,
            looks: Looks::default(),
            presence: Presence::default(),
            holders: Mutex::default(),
        }));
        hall.reload().await?;
        Ok(hall)
    }

    /// Read the catalogue again, after something was published.
    pub async fn reload(&self) -> Answer<()> {
        let mut tx = self.store().read().await?;
        let loaded = crate::catalogue::load(&mut tx).await?;
        let by_code: HashMap<_, _> = loaded.0.into_iter().map(|p| (p.item.code.as_str().to_owned(), Arc::new(p))).collect();
        let joints = crate::joint::procedures(&mut tx, &loaded.1, &by_code).await?;
        drop(tx);
        let mut lines: Vec<ItemLine> = by_code.values().map(|p| p.item.line()).collect();
        lines.sort_by(|a, b| {
            let key = |l: &ItemLine| by_code.get(l.code.as_str()).map(|p| p.item.name_pinyin.clone());
            key(a).cmp(&key(b))
        });
        let (tables, facets) = (crate::catalogue::tables(), crate::catalogue::facets()?);
        let published = Published { lines, bundles: loaded.1, tables, facets, by_code, joints };
        *self.0.published.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(published);
        *self.0.search.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        Ok(())
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn calendar(&self) -> &Calendar {
        &self.0.calendar
    }

    pub fn settings(&self) -> &HallSettings {
        &self.0.settings
    }

    /// The live topics of this node.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    pub(crate) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    pub(crate) fn holders(&self) -> &Mutex<Option<Uuid>> {
        &self.0.holders
    }

    pub(crate) fn looks(&self) -> &Looks {
        &self.0.looks
    }

    pub(crate) fn password_turns(&self) -> &Semaphore {
        &self.0.password_turns
    }

    pub(crate) fn unknown_account(&self) -> &OnceLock<String> {
        &self.0.unknown_account
    }

    /// The catalogue in force.
    pub fn published(&self) -> Arc<Published> {
        self.0.published.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The search index, built at the first search because the dictionary is large.
    pub(crate) fn search(&self) -> Answer<Arc<SearchIndex>> {
        if let Some(index) = self.0.search.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone() {
            return Ok(index);
        }
        let items: Vec<Item> = self.published().items().cloned().collect();
        let index = Arc::new(SearchIndex::build(&items).map_err(Fault::broken)?);
        *self.0.search.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(index.clone());
        Ok(index)
    }

    /// The procedure a case is judged by, also when a newer one is in force.
    pub(crate) async fn procedure(&self, tx: &mut Tx, code: &str, version: i64) -> Answer<Arc<Procedure>> {
        let now = self.published().to_fill_in(code);
        if let Some(p) = now.clone()
            && p.version == version
        {
            return Ok(p);
        }
        let key = (code.to_owned(), version);
        if let Some(p) = self.0.older.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&key) {
            return Ok(p.clone());
        }
        let row = store::catalogue::procedures::find(tx, code, version).await?;
        let found = match (row, now.filter(|now| now.joint.is_some())) {
            (Some(row), _) => Some(crate::catalogue::procedure_of(tx, row).await?),
            (None, Some(now)) => crate::joint::older(tx, &now, version).await?,
            (None, None) => None,
        };
        let procedure = Arc::new(found.ok_or_else(|| Fault::broken(format!("procedure {code} version {version} is gone")))?);
        self.0.older.write().unwrap_or_else(std::sync::PoisonError::into_inner).insert(key, procedure.clone());
        Ok(procedure)
    }
}

/// A request: the hall, who is asking, when, and in which language.
#[derive(Clone)]
pub struct Ask {
    pub hall: Hall,
    pub actor: Actor,
    pub at: DateTime<Utc>,
    pub lang: words::Lang,
}

impl Ask {
    /// A request of the hall itself: timers, workers, seeds.
    pub fn system(hall: &Hall, at: DateTime<Utc>) -> Self {
        Self { hall: hall.clone(), actor: Actor::System, at, lang: words::Lang::ZhCn }
    }

    pub(crate) fn store(&self) -> &Store {
        self.hall.store()
    }

    /// Begin a unit of work in the asker's name.
    ///
    /// # Errors
    /// Whoever may only look begins none.
    pub(crate) async fn unit(&self) -> Answer<Unit> {
        may_change(&self.actor)?;
        Ok(self.store().unit(&self.label(), self.at).await?)
    }

    /// The asker in the log.
    pub(crate) fn label(&self) -> String {
        match &self.actor {
            Actor::Visitor => "visitor".into(),
            Actor::System => "hall".into(),
            Actor::Applicant { account, .. } | Actor::Staff { account, .. } => format!("account:{account}"),
        }
    }

    /// Whether names that are data are wanted in English, where they have it.
    pub(crate) fn english(&self) -> bool {
        !self.lang.is_chinese()
    }

    pub(crate) fn today(&self) -> chrono::NaiveDate {
        domain::clock::hall_day(self.at)
    }
}
