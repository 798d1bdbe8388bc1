//! Every document says what the law wants on it, and says facts exactly as they are.
#![allow(clippy::unwrap_used)]

mod samples;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use press::{Press, PressFault, Sheet, SheetFacts, SheetKind, USUAL_FONT_DIRS};
use samples::{CASE_NUMBER, COURT, REVIEW_BODY, facts, long_name, materials, stretched};

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::open(&USUAL_FONT_DIRS.map(PathBuf::from)).unwrap());

fn make(kind: SheetKind, facts: SheetFacts) -> Vec<u8> {
    PRESS.make(&Sheet::new(kind, facts)).unwrap_or_else(|fault| panic!("{kind:?}: {fault}"))
}

/// Runs a tool of poppler over the PDF. `None` where poppler is not installed, which CI does not accept.
fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> Option<String> {
    let child = Command::new(tool).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(e) if option_env!("CI").is_some() => panic!("{tool} is needed in CI: {e}"),
        Err(_) => return None,
    };
    let mut stdin = child.stdin.take().unwrap();
    let copy = pdf.to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&copy).unwrap());
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The text without the white space that line breaks and spacing bring.
fn text(pdf: &[u8]) -> Option<String> {
    poppler("pdftotext", &["-", "-"], pdf).map(|text| text.split_whitespace().collect())
}

fn pages(pdf: &[u8]) -> Option<u32> {
    let info = poppler("pdfinfo", &["-"], pdf)?;
    info.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect()
}

#[test]
fn every_kind_prints_title_number_names_and_date() {
    for kind in SheetKind::ALL {
        let facts = facts(kind);
        let pdf = make(kind, facts.clone());
        assert!(pdf.starts_with(b"%PDF-"), "{kind:?}");
        let Some(text) = text(&pdf) else { return };
        let certificate = facts.certificate.clone().filter(|_| kind == SheetKind::Certificate);
        let title = match &certificate {
            Some(certificate) => certificate.name.clone(),
            None => facts.title.clone().unwrap_or_else(|| kind.title().to_owned()),
        };
        let number = match (&facts.document_number, &certificate) {
            (Some(number), _) => number.clone(),
            (None, Some(certificate)) => certificate.number.clone(),
            (None, None) => facts.case_number.clone(),
        };
        let issued = facts.issued_on.unwrap().format("%Y年%-m月%-d日").to_string();
        for wanted in [&title, &number, &facts.issuer, &facts.applicant_name, &issued, "不具有法律效力"] {
            assert!(text.contains(&squeezed(wanted)), "{kind:?} lacks {wanted}: {text}");
        }
        if certificate.is_none() {
            assert!(text.contains(CASE_NUMBER), "{kind:?}");
            assert!(text.contains("7K2M-9QXD"), "{kind:?} lacks the code to check it with");
        }
    }
}

#[test]
fn a_form_on_paper_has_room_for_every_answer_and_no_seal() {
    let pdf = make(SheetKind::BlankForm, facts(SheetKind::BlankForm));
    let Some(text) = text(&pdf) else { return };
    for wanted in [
        "经营场所地址",
        "□自有",
        "□租赁",
        "第1位",
        "第2位",
        "“情形”是“新办”时填。",
        "□平面图（“情形”是“新办”时交）",
        "最多20位",
        "□以上内容属实。",
        "申请人签名",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains("印章") && !text.contains(CASE_NUMBER), "nobody issued it");
    let nothing = SheetFacts { blank: None, ..facts(SheetKind::BlankForm) };
    assert!(PRESS.make(&Sheet::new(SheetKind::BlankForm, nothing)).is_err());
}

#[test]
fn an_ordinary_sheet_is_one_page() {
    for kind in SheetKind::ALL {
        let Some(count) = pages(&make(kind, facts(kind))) else { return };
        assert_eq!(count, 1, "{kind:?}");
    }
}

#[test]
fn adverse_sheets_give_reasons_and_both_remedies() {
    use SheetKind::{BenefitRefusal, NonAcceptanceNotice, RefusalDecision, TerminationNotice};
    for kind in [NonAcceptanceNotice, RefusalDecision, BenefitRefusal, TerminationNotice] {
        let facts = facts(kind);
        let Some(text) = text(&make(kind, facts.clone())) else { return };
        for reason in &facts.reasons {
            assert!(text.contains(&squeezed(reason)), "{kind:?} lacks {reason}");
        }
        let wanted = format!("60日内向{REVIEW_BODY}申请行政复议；也可以自收到之日起6个月内依法向{COURT}提起行政诉讼");
        assert!(text.contains(&wanted), "{kind:?}: {text}");
        for (strip, fact) in [
            (SheetFacts { remedies: None, ..facts.clone() }, "remedies"),
            (SheetFacts { reasons: vec![], ..facts.clone() }, "reasons"),
            (SheetFacts { reasons: vec!["  ".into()], ..facts.clone() }, "reasons"),
        ] {
            assert_eq!(PRESS.make(&Sheet::new(kind, strip)), Err(PressFault::MissingFact { sheet: kind, fact }));
        }
    }
}

#[test]
fn the_words_the_law_asks_for() {
    let cases: [(SheetKind, &[&str]); 8] = [
        (SheetKind::Receipt, &["48H2QX", "不代表已经受理", "自收到申请材料之日起即为受理"]),
        (
            SheetKind::SupplementNotice,
            &["一次告知", "第三十二条第一款第四项", "2026年10月20日前补正", "补正期间不计算办理时限", "看不清姓名", "重新上传"],
        ),
        (
            SheetKind::AcceptanceNotice,
            &["自2026年9月28日起受理", "2026年10月10日", "法定办理时限为20个工作日", "受理当日不计入时限"],
        ),
        (SheetKind::NonAcceptanceNotice, &["不予受理", "禾丰区市场监督管理局"]),
        (SheetKind::GrantDecision, &["第三十八条第一款", "准予行政许可", "第四十四条", "十个工作日内", "JY24499010001234"]),
        (SheetKind::RefusalDecision, &["第三十八条第二款", "不予行政许可", "第十二条第二项"]),
        (SheetKind::SpecialProcedureNotice, &["第四十五条", "检测", "7个工作日", "不计算在办理时限内"]),
        (SheetKind::ExtensionNotice, &["第四十二条第一款", "延长10个工作日", "因台风停工", "负责人批准"]),
    ];
    for (kind, words) in cases {
        let Some(text) = text(&make(kind, facts(kind))) else { return };
        for wanted in words {
            assert!(text.contains(wanted), "{kind:?} lacks {wanted}: {text}");
        }
    }
}

#[test]
fn the_licensing_law_is_not_cited_where_nothing_is_licensed() {
    for kind in SheetKind::ALL {
        if matches!(kind, SheetKind::GrantDecision | SheetKind::RefusalDecision) {
            continue;
        }
        let facts = SheetFacts { is_permit: false, ..facts(kind) };
        let Some(text) = text(&make(kind, facts)) else { return };
        assert!(!text.contains("行政许可法"), "{kind:?}");
    }
}

#[test]
fn facts_are_printed_as_they_are_never_run() {
    let hostile = r##"#panic()[*x*] \ $ " `#read("/etc/passwd")` @y <z> //w /*v*/"##;
    let mut facts = facts(SheetKind::RefusalDecision);
    facts.addressee = Some(hostile.into());
    facts.applicant_name = hostile.into();
    facts.item_name = hostile.into();
    facts.reasons = vec![hostile.into()];
    facts.document_number = Some(hostile.into());
    facts.title = Some(hostile.into());
    let Some(text) = text(&make(SheetKind::RefusalDecision, facts)) else { return };
    assert!(text.matches(&squeezed(hostile)).count() >= 4, "{text}");
}

#[test]
fn thirty_materials_go_on_to_further_pages() {
    let pdf = make(SheetKind::Receipt, stretched(SheetKind::Receipt));
    let Some(text) = text(&pdf) else { return };
    assert_eq!(materials(30).len(), (1..=30).filter(|i| text.contains(&format!("第{i}份材料"))).count());
    let count = pages(&pdf).unwrap();
    assert!((2..=5).contains(&count), "{count}");
    assert!(text.contains(&format!("第{count}页，共{count}页")));
    // The head of the list comes again on every page.
    assert!(text.matches("材料名称").count() > 1, "{text}");
}

#[test]
fn long_names_wrap_and_lose_nothing() {
    for kind in SheetKind::ALL {
        let pdf = make(kind, stretched(kind));
        let Some(text) = text(&pdf) else { return };
        // Two halls in each name; cells are read in between the lines of a name, so the name is not found in one piece.
        assert_eq!(long_name().matches('厅').count(), 2);
        assert!(text.matches('厅').count() >= 6, "{kind:?}: {text}");
        let most = if kind == SheetKind::Certificate { 1 } else { 4 };
        assert!(pages(&pdf).unwrap() <= most, "{kind:?}");
        // Text that runs over the edge would still be found by searching: so look where every word stands.
        let boxes = poppler("pdftotext", &["-bbox", "-", "-"], &pdf).unwrap();
        let width = number(&boxes, "<page width=\"");
        let edge = boxes.lines().filter(|line| line.contains("<word")).map(|line| number(line, "xMax=\"")).fold(0.0, f64::max);
        assert!(edge > 0.0 && edge < width - 60.0, "{kind:?}: {edge} of {width}");
    }
}

/// The number after `before`.
fn number(text: &str, before: &str) -> f64 {
    let rest = &text[text.find(before).unwrap() + before.len()..];
    rest[..rest.find('"').unwrap()].parse().unwrap()
}

#[test]
fn a_seal_never_stands_on_a_page_alone() {
    // Wherever the page happens to end, the last page carries words of the notice besides issuer, date and contact.
    for count in 1..=14 {
        let mut facts = facts(SheetKind::RefusalDecision);
        facts.contact = None;
        facts.reasons = vec!["食品处理区面积少于规定。".into(); count];
        let pdf = make(SheetKind::RefusalDecision, facts);
        let last = match pages(&pdf) {
            Some(last) => last.to_string(),
            None => return,
        };
        let text = poppler("pdftotext", &["-f", &last, "-", "-"], &pdf).unwrap();
        assert!(text.contains("行政诉讼"), "{count}: {text}");
    }
}

#[test]
fn rare_characters_are_drawn_or_named() {
    let mut facts = facts(SheetKind::AcceptanceNotice);
    // The first three are in the fonts, the last is in none of them; U+202E would turn the line round.
    facts.applicant_name = "𠮷䶮㛃\u{10fffe}\u{202e}王".into();
    let Some(text) = text(&make(SheetKind::AcceptanceNotice, facts)) else { return };
    assert!(text.contains("𠮷䶮㛃〓（U+10FFFE）王"), "{text}");
}

#[test]
fn archivable_titled_tagged_and_the_same_every_time() {
    for kind in SheetKind::ALL {
        let pdf = make(kind, facts(kind));
        assert_eq!(pdf, make(kind, facts(kind)), "{kind:?}: the same facts must give the same bytes");
        let Some(info) = poppler("pdfinfo", &["-"], &pdf) else { return };
        assert!(info.contains("Tagged:          yes"), "{info}");
        assert!(info.lines().any(|line| line.starts_with("Title:")), "{info}");
        let meta = poppler("pdfinfo", &["-meta", "-"], &pdf).unwrap();
        assert!(meta.contains("<pdfaid:part>2") && meta.contains("<pdfuaid:part>1"), "{kind:?}: {meta}");
        let raw = String::from_utf8_lossy(&pdf);
        assert!(raw.contains("/Lang(zh-CN)") || raw.contains("/Lang (zh-CN)") || meta.contains("zh-CN"), "{kind:?}");
    }
}

#[test]
fn a_missing_font_says_how_to_mend_it() {
    let nowhere = std::env::temp_dir().join("press-without-fonts");
    std::fs::create_dir_all(&nowhere).unwrap();
    let fault = Press::open(std::slice::from_ref(&nowhere)).map(|_| ()).unwrap_err();
    assert!(matches!(&fault, PressFault::NoFont { looked_in, .. } if *looked_in == [nowhere.clone()]));
    let words = fault.to_string();
    assert!(words.contains("fonts-noto-cjk") && words.contains(nowhere.to_str().unwrap()), "{words}");
}

#[test]
fn an_unknown_version_is_refused() {
    let sheet = Sheet { version: 99, ..Sheet::new(SheetKind::Receipt, facts(SheetKind::Receipt)) };
    assert_eq!(PRESS.make(&sheet), Err(PressFault::NoSuchVersion { sheet: SheetKind::Receipt, version: 99 }));
}

#[test]
fn one_person_alone_cannot_check_a_site() {
    let mut facts = facts(SheetKind::SiteCheckRecord);
    facts.site_check.as_mut().unwrap().staff.truncate(1);
    let sheet = Sheet::new(SheetKind::SiteCheckRecord, facts);
    assert_eq!(PRESS.make(&sheet), Err(PressFault::MissingFact { sheet: SheetKind::SiteCheckRecord, fact: "site_check.staff" }));
}

#[test]
fn sheets_survive_json() {
    for kind in SheetKind::ALL {
        let sheet = Sheet::new(kind, facts(kind));
        let json = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<Sheet>(&json).unwrap(), sheet);
    }
    assert_eq!(serde_json::to_string(&SheetKind::SupplementNotice).unwrap(), "\"supplement_notice\"");
}

#[test]
fn threads_share_a_press_that_may_rest_between() {
    let press = Press::open(&USUAL_FONT_DIRS.map(PathBuf::from)).unwrap();
    let sheet = Sheet::new(SheetKind::Receipt, facts(SheetKind::Receipt));
    let first = press.make(&sheet).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let (press, sheet) = (press.clone(), sheet.clone());
            std::thread::spawn(move || {
                press.rest();
                press.make(&sheet).unwrap()
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), first);
    }
    assert!(press.seal_svg("青禾区民政局", true).contains("<path"));
}
