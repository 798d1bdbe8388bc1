//! Names that are data, as this asker reads them: in English where the catalogue in force has it, else as the record has them.

use crate::hall::{Ask, Published};

impl Ask {
    /// 事项 or 一件事, by the name it had.
    pub(crate) fn item_name(&self, name: &str) -> String {
        let item = |all: &Published| all.items().find(|item| item.name == name).map(|item| item.name_en.clone());
        let bundle = |all: &Published| all.bundles.iter().find(|bundle| bundle.name == name).map(|bundle| bundle.name_en.clone());
        self.named(name, |all| item(all).or_else(|| bundle(all)))
    }

    /// What was applied for within an item (新办, 变更), as its form calls it.
    pub(crate) fn situation(&self, code: &str, label: &str) -> String {
        self.named(label, |all| all.procedure(code)?.form.as_ref()?.situation_in_english(label).map(str::to_owned))
    }

    /// An office: 青禾区民政局 is what the catalogue calls 区民政局.
    pub(crate) fn unit_name(&self, name: &str) -> String {
        let office = |all: &Published| {
            all.facets.departments().iter().find(|office| name.ends_with(&office.name)).map(|office| office.name_en.clone())
        };
        self.named(name, office)
    }

    /// A certificate, by what an item gives.
    pub(crate) fn certificate_name(&self, name: &str) -> String {
        self.named(name, |all| all.items().find(|item| item.result.name == name).map(|item| item.result.name_en.clone()))
    }

    fn named(&self, chinese: &str, english: impl FnOnce(&Published) -> Option<String>) -> String {
        let english = if self.english() { english(&self.hall.published()) } else { None };
        english.filter(|name| !name.is_empty()).unwrap_or_else(|| chinese.to_owned())
    }
}
