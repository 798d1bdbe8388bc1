//! The organisation tree of the demonstration (`data/city/places.json`), and the departments of its district.

use crate::fault::Answer;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::collections::HashMap;
use store::identity::units::{self, UnitRow};
use store::{Unit, new_id};
use uuid::Uuid;

#[derive(Deserialize)]
struct Places {
    units: Vec<Place>,
}

/// Levels 2 to 6: province, city, district, town, community (GB/T 39046 A.2).
#[derive(Deserialize)]
struct Place {
    code: String,
    parent: String,
    level: i64,
    area: String,
    name: String,
}

/// Whose departments these are.
pub(super) const DISTRICT: &str = "district";

/// Adds the units that are not there yet; answers all of them, by code.
pub(super) async fn ensure(unit: &mut Unit, at: DateTime<Utc>) -> Answer<HashMap<String, Uuid>> {
    let places: Places = serde_json::from_str(include_str!("../../../data/city/places.json"))?;
    let mut tree = HashMap::new();
    let mut district = (4, String::new());
    for place in places.units {
        if place.code == DISTRICT {
            district = (place.level, place.area.clone());
        }
        let row = UnitRow {
            id: new_id(at),
            parent_id: tree.get(&place.parent).copied(),
            level: place.level,
            area_code: place.area,
            short_name: place.name.clone(),
            name: place.name,
            code: place.code,
        };
        add(unit, &mut tree, row).await?;
    }
    for (code, name, short_name) in crate::catalogue::departments()? {
        let parent_id = tree.get(DISTRICT).copied();
        let row = UnitRow { id: new_id(at), parent_id, level: district.0, area_code: district.1.clone(), name, short_name, code };
        add(unit, &mut tree, row).await?;
    }
    Ok(tree)
}

async fn add(unit: &mut Unit, tree: &mut HashMap<String, Uuid>, row: UnitRow) -> Answer<()> {
    let there = units::find_by_code(unit, &row.code).await?;
    if there.is_none() {
        units::add(unit, &row).await?;
    }
    tree.insert(row.code, there.map_or(row.id, |u| u.id));
    Ok(())
}
