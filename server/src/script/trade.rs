//! Phrases of this trade, for which the dictionary knows another word (准予 is not 準予), or which it cuts in the wrong place
//! (发结婚证 is not 髮|結, 申请书签名 not 書籤|名).

use std::cmp::Reverse;

/// Simplified, Traditional.
const TRADE: [(&str, &str); 24] = [
    ("准予", "准予"),
    ("核准", "核准"),
    ("批准", "批准"),
    ("准营", "准營"),
    ("准办", "准辦"),
    ("准生", "准生"),
    ("准迁", "准遷"),
    ("不准", "不准"),
    ("准不准", "準不準"),
    ("复议", "復議"),
    ("签名", "簽名"),
    ("签的", "簽的"),
    ("面签", "面簽"),
    ("签字", "簽字"),
    ("面积", "面積"),
    ("结婚", "結婚"),
    ("离婚", "離婚"),
    ("托幼", "托幼"),
    ("托育", "托育"),
    ("托老", "托老"),
    ("托班", "托班"),
    ("冲调", "沖調"),
    ("卡里", "卡裡"),
    ("周岁", "周歲"),
];

/// Converts the phrases of the trade itself, and what lies between them by `rest`.
pub fn around(text: &str, rest: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut left = text;
    let next = |left: &str| {
        let found = TRADE.iter().filter_map(|(from, to)| Some((left.find(from)?, *from, *to)));
        found.min_by_key(|(at, from, _)| (*at, Reverse(from.len())))
    };
    while let Some((at, from, to)) = next(left) {
        out.push_str(&rest(&left[..at]));
        out.push_str(to);
        left = &left[at + from.len()..];
    }
    out.push_str(&rest(left));
    out
}

#[cfg(test)]
mod tests {
    use crate::script::convert;

    #[test]
    fn the_trade_has_its_own_words() {
        for (simplified, traditional) in [
            ("准予许可，不准转让", "准予許可，不准轉讓"),
            ("以批准的标准为准", "以批准的標準為準"),
            ("准营准办", "准營准辦"),
            ("记得准不准", "記得準不準"),
            ("申请书签名处", "申請書簽名處"),
            ("发结婚证和面积", "發結婚證和面積"),
            ("申请行政复议，修复费", "申請行政復議，修復費"),
            ("80 周岁", "80 周歲"),
        ] {
            assert_eq!(convert(simplified), traditional);
        }
    }
}
