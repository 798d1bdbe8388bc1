//! Money and sizes as a person reads them.

use crate::Lang;

/// Money in fen as yuan: 2000 → 20 元, 1250 → 12.50 元.
pub fn money(lang: Lang, fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let number = if rest == 0 { format!("{sign}{yuan}") } else { format!("{sign}{yuan}.{rest:02}") };
    if lang.is_chinese() { format!("{number} 元") } else { format!("CNY {number}") }
}

/// A file size: 86 KB, 2.1 MB. The same in every language.
pub fn bytes(size: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * 1024;
    if size >= MB {
        let tenths = size / MB * 10 + size % MB * 10 / MB;
        if tenths.is_multiple_of(10) { format!("{} MB", tenths / 10) } else { format!("{}.{} MB", tenths / 10, tenths % 10) }
    } else {
        format!("{} KB", size.div_ceil(KB))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fen_become_yuan() {
        assert_eq!(money(Lang::ZhCn, 2000), "20 元");
        assert_eq!(money(Lang::ZhCn, 1250), "12.50 元");
        assert_eq!(money(Lang::En, 5), "CNY 0.05");
        assert_eq!(money(Lang::ZhCn, -150), "-1.50 元");
        assert_eq!(money(Lang::ZhCn, i64::MIN), "-92233720368547758.08 元");
    }

    #[test]
    fn sizes_stay_short() {
        assert_eq!(bytes(0), "0 KB");
        assert_eq!(bytes(1), "1 KB");
        assert_eq!(bytes(88_064), "86 KB");
        assert_eq!(bytes(20 * 1024 * 1024), "20 MB");
        assert_eq!(bytes(2_202_010), "2.1 MB");
    }
}
