//! What people type and what they must find among the first three.
#![allow(clippy::unwrap_used)]

use std::sync::OnceLock;

use domain::catalogue::{Catalogue, Item, Sources};

use super::{SearchIndex, fold, sound};

fn items() -> Vec<Item> {
    let sources = Sources {
        items: include_str!("../../../../data/catalogue/items.json"),
        bundles: include_str!("../../../../data/catalogue/bundles.json"),
        departments: include_str!("../../../../data/catalogue/departments.json"),
        tables: include_str!("../../../../data/catalogue/code-tables.json"),
        english: include_str!("../../../../data/catalogue/english.json"),
    };
    Catalogue::parse(&sources).unwrap().items
}

fn index() -> &'static SearchIndex {
    static INDEX: OnceLock<SearchIndex> = OnceLock::new();
    INDEX.get_or_init(|| SearchIndex::build(&items()).unwrap())
}

fn found(text: &str, limit: usize) -> Vec<String> {
    index().search(text, limit).into_iter().map(|hit| hit.code.to_string()).collect()
}

/// (typed, expected among the first three)
const RELEVANCE: &[(&str, &str)] = &[
    // everyday words
    ("开饭馆", "spjyxk"),
    ("我想开个饭馆", "spjyxk"),
    ("外卖", "spjyxk"),
    ("奶茶店", "spjyxk"),
    ("小卖部", "yubaozhuang"),
    ("注册公司", "gsdj"),
    ("办营业执照", "gtdj"),
    ("摆摊", "gtdj"),
    ("关店", "jyzx"),
    ("公司不干了怎么注销", "jyzx"),
    ("开药店", "ypls"),
    ("电梯", "tzsb"),
    ("理发店", "ggcs"),
    ("护士证", "hszc"),
    ("牙医", "zsba"),
    ("准生证", "sydj"),
    ("独生子女费", "dszn"),
    ("广告牌", "hwgg"),
    ("占用人行道", "zydl"),
    ("挖马路", "wjdl"),
    ("渣土车", "jzlj"),
    ("砍树", "kfsm"),
    ("污水", "pswsk"),
    ("盖楼", "sgxk"),
    ("环评", "hjpj"),
    ("打井", "qsxk"),
    ("租房合同备案", "fwzl"),
    ("公租房", "gzf"),
    ("暂住证", "jzz"),
    ("身份证丢了", "sfz"),
    ("孩子上户口", "csdj"),
    ("买房落户", "hkqy"),
    ("开民宿", "lgyxk"),
    ("演唱会", "dxhd"),
    ("养狗", "qzdj"),
    ("劳务派遣", "lwpq"),
    ("失业登记", "jydj"),
    ("失业金", "syjsl"),
    ("创业贷款", "cydk"),
    ("养老保险", "cxjb"),
    ("教师资格证", "jszg"),
    ("孩子上学报名", "ywrx"),
    ("低保", "zdsh"),
    ("五保户", "tkry"),
    ("没钱看病", "lsjz"),
    ("老人钱", "gljt"),
    ("老人补贴", "gljt"),
    ("80岁老人", "gljt"),
    ("敬老卡", "lnyd"),
    ("残疾证", "cjrz"),
    ("护理补贴", "cjbt"),
    ("成立协会", "shtt"),
    ("开养老院", "ylba"),
    ("结婚", "jhdj"),
    ("领证", "jhdj"),
    ("离婚", "lhdj"),
    ("退伍军人", "tyzj"),
    ("开网吧", "wbxk"),
    ("KTV", "ylcs"),
    ("卖书", "cbls"),
    ("卖烟", "ycls"),
    ("打官司请律师", "flyz"),
    ("新农合", "cxyb"),
    ("查政府文件", "zfxx"),
    // official names and parts of them
    ("食品经营许可", "spjyxk"),
    ("食品", "spjyxk"),
    ("高龄津贴", "gljt"),
    ("消防安全检查", "xfjc"),
    ("人力资源服务", "rlfw"),
    ("法律援助申请", "flyz"),
    ("综合计算工时", "bdsg"),
    // one character
    ("狗", "qzdj"),
    ("挖", "wjdl"),
    ("婚", "jhdj"),
    // pinyin, whole, begun, spaced, of the middle
    ("kaifanguan", "spjyxk"),
    ("kai fan guan", "spjyxk"),
    ("shipin", "spjyxk"),
    ("shipinjingying", "spjyxk"),
    ("jiehun", "jhdj"),
    ("lihun", "lhdj"),
    ("gaoling", "gljt"),
    ("laorenqian", "gljt"),
    ("juzhuzheng", "jzz"),
    ("shenfenzheng", "sfz"),
    ("dibao", "zdsh"),
    ("lvshi", "flyz"),
    ("yanglaobaoxian", "cxjb"),
    ("chuangyedaikuan", "cydk"),
    ("tiaojie", "none"),
    // initials and codes
    ("spjyxk", "spjyxk"),
    ("SPJYXK", "spjyxk"),
    ("gljt", "gljt"),
    ("kfg", "spjyxk"),
    ("jzz", "jzz"),
    ("sfz", "sfz"),
    ("yyzz", "gtdj"),
    // mixed
    ("食品xuke", "spjyxk"),
    ("开fanguan", "spjyxk"),
    ("身份zheng", "sfz"),
    // traditional, full width
    ("結婚登記", "jhdj"),
    ("養老保險", "cxjb"),
    ("開飯館", "spjyxk"),
    ("ＫＴＶ", "ylcs"),
    // one letter wrong, or the wrong character of the right sound
    ("kaifanguna", "spjyxk"),
    ("kaifangan", "spjyxk"),
    ("shenfenzhen", "sfz"),
    ("juzuzheng", "jzz"),
    ("高领津贴", "gljt"),
    ("居主证", "jzz"),
    // English
    ("marriage", "jhdj"),
    ("residence permit", "jzz"),
    ("food licence", "spjyxk"),
];

#[test]
fn people_find_what_they_mean() {
    let missed: Vec<_> = RELEVANCE
        .iter()
        .filter(|(text, code)| {
            let first = found(text, 3);
            if *code == "none" { !first.is_empty() } else { !first.iter().any(|found| found == code) }
        })
        .map(|(text, code)| format!("{text} → {:?}, not {code}", found(text, 5)))
        .collect();
    assert!(RELEVANCE.len() >= 60);
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Every item is found first or second by its own name, its code, and the pinyin of its name, and among the first ten
/// by each of its everyday words (many shops share 开店).
#[test]
fn every_item_is_found_by_what_it_says_of_itself() {
    for item in items() {
        let code = item.code.to_string();
        for text in [&item.name, &code, &item.name_pinyin] {
            assert_eq!(found(text, 1).first(), Some(&code), "{text}");
        }
        for word in &item.words {
            assert!(found(word, 10).contains(&code), "{word} does not find {code}: {:?}", found(word, 10));
            let spoken = sound::first(&fold::plain(word));
            assert!(found(&spoken, 15).contains(&code), "{spoken} does not find {code}: {:?}", found(&spoken, 15));
        }
    }
}

#[test]
fn nothing_typed_is_a_query_language() {
    for text in [
        "\"开店",
        "开店)",
        "(开店",
        "name:开店",
        "开店 AND NOT",
        "+开店 -公司",
        "开店*",
        "开?店",
        "开店~2",
        "开店^9",
        "[a TO b]",
        "{",
        "\\",
        "'; drop table items; --",
        "<script>",
        "\u{0}开店\u{7}",
        "🍜开店",
        "%开店%",
    ] {
        let hits = found(text, 10);
        if text.contains("开店") {
            assert!(hits.contains(&"gtdj".to_owned()), "{text}: {hits:?}");
        }
    }
    for nothing in ["", "   ", "？！…", "\n\t", "***", "🍜"] {
        assert_eq!(found(nothing, 10), [""; 0], "{nothing:?}");
    }
    assert_eq!(found("asdfghjkl", 10), [""; 0]);
    assert_eq!(found("驾照", 10), [""; 0], "nothing is better than what sounds nearly so");
}

#[test]
fn limits_hold() {
    assert!(found("开店", 0).is_empty());
    assert_eq!(found("开店", 3).len(), 3);
    assert!(found("开店", usize::MAX).len() >= 5);
    let letter = "我家老人今年八十五岁了户口在本区想问问有没有什么补贴可以领".repeat(200);
    assert!(found(&letter, 5).contains(&"gljt".to_owned()), "{:?}", found(&letter, 5));
    assert!(SearchIndex::build(&[]).unwrap().search("开店", 10).is_empty());
    let hits = index().search("食品", 10);
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score) && hits.len() >= 2);
}

#[test]
fn sounds_have_their_second_readings() {
    let readings: Vec<_> = sound::of("银行").into_iter().map(|sound| sound.whole).collect();
    assert!(readings.contains(&"yinhang".to_owned()) && readings.contains(&"yinxing".to_owned()), "{readings:?}");
    let [sound] = sound::of("律师").try_into().unwrap_or_else(|_| panic!("one reading"));
    assert_eq!((sound.whole.as_str(), sound.initials.as_str()), ("lvshi", "ls"));
    assert_eq!(sound.later, [("shi".to_owned(), "s".to_owned())]);
    assert!(sound::of("KTV").is_empty(), "letters have no sound of their own");
    assert!(sound::of(&"行".repeat(40)).len() <= 8, "readings must not explode");
}

#[test]
fn folding_meets_in_the_middle() {
    assert_eq!(fold::plain("ＫＴＶ　養老ü"), "ktv 养老v");
    assert_eq!(fold::plain("開飯館，理髮，皇后以後，乾淨的幹部，居住證簽註"), "开饭馆,理发,皇后以后,干净的干部,居住证签注");
    assert_eq!(fold::fold("开店，（餐饮）").pieces, ["开店", "餐饮"]);
    assert_eq!(fold::fold(&"长".repeat(500)).joined().chars().count(), 60);
}
