//! A demonstration hall for tests, and hands that fill in its forms.
#![allow(clippy::unwrap_used, dead_code)]

pub mod walk;

use chrono::{DateTime, Utc};
use domain::cases::Act;
use domain::clock::Calendar;
use domain::forms::{FileNote, field_name};
use domain::identity::Actor;
use service::{Answer, Ask, Hall, HallParts, HallSettings, cases, identity};
use std::sync::atomic::{AtomicU64, Ordering};
use store::Store;
use store::identity::accounts;
use uuid::Uuid;

pub const PASSWORD: &str = "only for tests";

pub fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

pub fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

pub fn agreed(ids: &[&str]) -> Vec<(String, String)> {
    ids.iter().map(|id| (format!("d.{id}"), "on".to_owned())).collect()
}

pub fn truth() -> Vec<(String, String)> {
    agreed(&["truth", "fetch"])
}

pub struct Town {
    pub hall: Hall,
    keys: AtomicU64,
}

impl Town {
    pub async fn open(store: &Store) -> Self {
        let settings = HallSettings { demo: true, ..HallSettings::default() };
        let calendar = Calendar::built_in().clone();
        let hall = Hall::open(HallParts { store: store.clone(), calendar, settings }).await.unwrap();
        service::demo::seed(&hall, at("2026-09-01T08:00:00"), PASSWORD).await.unwrap();
        Self { hall, keys: AtomicU64::new(0) }
    }

    /// A second node on a database that is filled already.
    pub async fn beside(store: &Store) -> Self {
        let settings = HallSettings { demo: true, ..HallSettings::default() };
        let calendar = Calendar::built_in().clone();
        Self { hall: Hall::open(HallParts { store: store.clone(), calendar, settings }).await.unwrap(), keys: AtomicU64::new(0) }
    }

    /// Another idempotency key each time.
    pub fn key(&self) -> String {
        format!("town-{}", self.keys.fetch_add(1, Ordering::Relaxed))
    }

    pub fn visitor(&self, when: &str) -> Ask {
        Ask { hall: self.hall.clone(), actor: Actor::Visitor, at: at(when), lang: words::Lang::ZhCn }
    }

    pub async fn ask(&self, login: &str, when: &str) -> Ask {
        let row = accounts::find_by_login(&mut self.hall.store().glance().await.unwrap(), login).await.unwrap().unwrap();
        let actor = identity::actor(&self.hall, at(when), row.id, None).await.unwrap();
        Ask { actor, ..self.visitor(when) }
    }

    pub async fn attach(&self, ask: &Ask, draft: Uuid, page: &str, key: &str, name: &str) -> Answer<FileNote> {
        let mut incoming = service::forms::receive(ask, draft, page, key, name).await?;
        let head: &[u8] = match name.rsplit('.').next() {
            Some("jpg") => &[0xff, 0xd8, 0xff, 0xe0, 0, 16],
            Some("png") => &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0],
            _ => b"%PDF-1.7\n%",
        };
        incoming.write(head).await?;
        incoming.write(&[7; 5000]).await?;
        incoming.finish().await
    }

    pub async fn version(&self, ask: &Ask, case: Uuid) -> i64 {
        cases::desk_case(ask, case).await.unwrap().case.version
    }

    /// Claim if nobody has it, then act; returns the new version.
    pub async fn claim_and(&self, ask: &Ask, case: Uuid, act: Act, fields: &[(String, String)]) -> i64 {
        let page = cases::desk_case(ask, case).await.unwrap();
        let mut version = page.case.version;
        if page.case.assignee.is_none() {
            version = cases::act(ask, case, version, Act::Claim, &[]).await.unwrap();
        }
        cases::act(ask, case, version, act, fields).await.unwrap()
    }

    pub async fn save(&self, ask: &Ask, draft: Uuid, page: &str, answers: &[(&str, &str)]) {
        let mut posted = pairs(&[("page", page)]);
        for (key, value) in answers {
            let name = if key.starts_with("rows.") || *key == "open" { (*key).to_owned() } else { field_name(key) };
            posted.push((name, (*value).to_owned()));
        }
        service::forms::save_page(ask, draft, page, &posted).await.unwrap();
    }

    pub async fn fill_food(&self, ask: &Ask) -> Uuid {
        let start = pairs(&[("f.situation", "new")]);
        let draft = service::forms::start(ask, "spjyxk", &format!("start {}", ask.at), &start).await.unwrap();
        self.save(ask, draft, "operator", &[("situation", "new"), ("contact_name", "王某"), ("contact_mobile", "19900000003")])
            .await;
        self.save(
            ask,
            draft,
            "premises",
            &[
                ("premises_address", "青禾区望河街道示例路 18 号 1 层"),
                ("premises_area", "86"),
                ("premises_use", "rent"),
                ("premises_until", "2029-08-31"),
                ("online", "yes"),
                ("platforms", "某外卖平台"),
                ("uses_machines", "no"),
            ],
        )
        .await;
        self.save(
            ask,
            draft,
            "business",
            &[
                ("business_type", "catering"),
                ("catering_form", "restaurant"),
                ("projects", "hot"),
                ("projects", "drinks"),
                ("simple_only", "no"),
            ],
        )
        .await;
        self.save(
            ask,
            draft,
            "facilities",
            &[
                ("rows.equipment", "1"),
                ("open", "equipment.1"),
                ("equipment_name.1", "冷藏柜"),
                ("equipment_count.1", "2"),
                ("equipment_use.1", "后厨，存放生鲜"),
            ],
        )
        .await;
        let staff = [
            ("rows.staff", "1"),
            ("open", "staff.1"),
            ("staff_name.1", "李某"),
            ("staff_id.1", "350205188001010017"),
            ("staff_role.1", "cook"),
            ("staff_manager.1", "yes"),
            ("staff_health_number.1", "QH2026-0001"),
            ("staff_health_until.1", "2027-08-08"),
            ("outside_manager", "no"),
        ];
        self.save(ask, draft, "people", &staff).await;
        self.attach(ask, draft, "people", "staff_health_file.1", "健康证明.jpg").await.unwrap();
        self.attach(ask, draft, "papers", "layout", "平面图.pdf").await.unwrap();
        self.attach(ask, draft, "papers", "rules", "制度目录.pdf").await.unwrap();
        self.save(ask, draft, "delivery", &[("paper", "none")]).await;
        draft
    }

    pub async fn fill_elder(&self, ask: &Ask) -> Uuid {
        let start = pairs(&[("f.applicant", "family")]);
        let draft = service::forms::start(ask, "gljt", &self.key(), &start).await.unwrap();
        self.save(ask, draft, "who", &[("applicant", "family"), ("relation", "child"), ("agent_mobile", "19900000001")]).await;
        self.save(
            ask,
            draft,
            "elder",
            &[
                ("elder_name", "陈某"),
                ("elder_id", "350205188304250245"),
                ("household", "wanghe_wanghe"),
                ("live_address", "青禾区望河街道望河社区示例路 6 号"),
            ],
        )
        .await;
        self.save(
            ask,
            draft,
            "family",
            &[
                ("rows.contacts", "1"),
                ("open", "contacts.1"),
                ("contact_name.1", "李某"),
                ("contact_relation.1", "child"),
                ("contact_phone.1", "19900000001"),
            ],
        )
        .await;
        self.save(ask, draft, "account", &[("account_name", "陈某"), ("bank", "icbc"), ("bank_card", "6222020000000000000")])
            .await;
        self.attach(ask, draft, "photo", "elder_photo", "照片.jpg").await.unwrap();
        self.attach(ask, draft, "photo", "elder_id_card", "身份证.jpg").await.unwrap();
        draft
    }
}
