//! Masks for lists and logs: enough to recognise one's own, not enough to use.

/// Surnames of two characters that are common enough to know.
const COMPOUND_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙",
    "宇文", "轩辕", "端木", "呼延", "申屠",
];

fn masked(text: &str, first: usize, last: usize) -> String {
    let count = text.chars().count();
    // Nothing is left to hide in a text this short: hide all of it.
    let (first, last) = if count > first + last { (first, last) } else { (0, 0) };
    text.chars().enumerate().map(|(i, c)| if i < first || i + last >= count { c } else { '*' }).collect()
}

/// An identity number: first 6 and last 4. `350205********0017`.
#[must_use]
pub fn mask_id(id: &str) -> String {
    masked(id, 6, 4)
}

/// A phone number: first 3 and last 4. `199****0000`.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    masked(phone, 3, 4)
}

/// A bank card: last 4.
#[must_use]
pub fn mask_card(card: &str) -> String {
    masked(card, 0, 4)
}

/// A name: the surname stays. `张**`, `欧阳*`; other scripts keep their first letter. One character alone is hidden.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    let count = name.chars().count();
    let compound = count > 2 && COMPOUND_SURNAMES.iter().any(|surname| name.starts_with(surname));
    masked(name, if compound { 2 } else { 1 }, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_what_the_rule_says_and_hide_the_rest() {
        assert_eq!(mask_id("350205188001010017"), "350205********0017");
        assert_eq!(mask_phone("19900000000"), "199****0000");
        assert_eq!(mask_card("6222020000000000000"), "***************0000");
        assert_eq!(mask_name("张三"), "张*");
        assert_eq!(mask_name("王小明"), "王**");
        assert_eq!(mask_name("欧阳修"), "欧阳*");
        assert_eq!(mask_name("欧阳"), "欧*");
        assert_eq!(mask_name("Smith"), "S****");
    }

    #[test]
    fn what_is_too_short_to_mask_is_hidden_whole() {
        assert_eq!(mask_id("1234567890"), "**********");
        assert_eq!(mask_phone("1234567"), "*******");
        assert_eq!(mask_card("1234"), "****");
        assert_eq!(mask_name("张"), "*");
        assert_eq!(mask_name(""), "");
    }
}
