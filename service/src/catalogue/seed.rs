//! The starter catalogue, shipped as data files and published once into an empty hall.

use super::shipped::form_and_flow;
use crate::catalogue::Body;
use crate::fault::{Answer, Fault};
use chrono::{DateTime, Utc};
use domain::catalogue::{Catalogue, Sources};
use std::sync::OnceLock;
use store::Unit;
use store::catalogue::bundles::BundleRow;
use store::catalogue::procedures::ProcedureRow;
use uuid::Uuid;

/// The shipped catalogue.
pub(super) fn catalogue() -> Answer<&'static Catalogue> {
    static READ: OnceLock<Result<Catalogue, String>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        Catalogue::parse(&Sources {
            items: include_str!("../../../data/catalogue/items.json"),
            bundles: include_str!("../../../data/catalogue/bundles.json"),
            departments: include_str!("../../../data/catalogue/departments.json"),
            tables: include_str!("../../../data/catalogue/code-tables.json"),
            english: include_str!("../../../data/catalogue/english.json"),
        })
        .map_err(|e| e.to_string())
    });
    read.as_ref().map_err(Fault::broken)
}

/// Publish the starter catalogue; `unit_of` finds the unit that answers for a department code.
pub async fn seed(unit: &mut Unit, at: DateTime<Utc>, unit_of: impl Fn(&str) -> Option<Uuid>) -> Answer<usize> {
    let catalogue = catalogue()?;
    let mut published = 0;
    for item in &catalogue.items {
        let code = item.code.to_string();
        if store::catalogue::procedures::newest(unit, &code).await?.is_some() {
            continue;
        }
        let (form, flow) = form_and_flow(item)?;
        let text = |v: serde_json::Result<serde_json::Value>| -> Answer<String> {
            Ok(v?.as_str().map(str::to_owned).unwrap_or_default())
        };
        let mut audience = Vec::new();
        for a in &item.audience {
            audience.push(text(serde_json::to_value(a))?);
        }
        let row = ProcedureRow {
            code,
            version: i64::from(item.version),
            state: "published".into(),
            name: item.name.clone(),
            name_sort: item.name_pinyin.clone(),
            department: item.department_code.clone(),
            unit_id: unit_of(&item.department_code),
            type_code: text(serde_json::to_value(item.kind))?,
            level: text(serde_json::to_value(item.level))?,
            audience,
            themes: item
                .themes
                .natural
                .iter()
                .map(|t| format!("n{t}"))
                .chain(item.themes.legal.iter().map(|t| format!("l{t}")))
                .collect(),
            body: serde_json::to_value(Body { item: item.clone(), form, flow, english: item.phrases(&catalogue.english) })?,
            published_at: Some(at),
            retired_at: None,
            changed_at: at,
        };
        store::catalogue::procedures::add(unit, &row).await?;
        published += 1;
    }
    for (place, bundle) in catalogue.bundles.iter().enumerate() {
        let code = bundle.code.to_string();
        if store::catalogue::bundles::find(unit, &code).await?.is_some() {
            continue;
        }
        let row = BundleRow {
            code,
            name: bundle.name.clone(),
            // shown in the order of the file
            name_sort: format!("{place:03}"),
            audience: vec![if bundle.for_people { "1" } else { "2" }.into()],
            state: "published".into(),
            body: serde_json::to_value(bundle)?,
            changed_at: at,
        };
        store::catalogue::bundles::add(unit, &row).await?;
    }
    crate::joint::renew_in(unit, at).await?;
    Ok(published)
}
