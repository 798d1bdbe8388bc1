//! One full, made-up set of facts for every document. Shared by the tests and by `cargo run --example show`.
#![allow(dead_code, clippy::unwrap_used)]

use chrono::NaiveDate;
use press::{
    Benefit, Blank, BlankAsk, BlankBlock, BlankPaper, BlankPart, Certificate, Contact, Delivery, Extension, Material, Remedies,
    SheetFacts, SheetKind, SiteCheck, Special, SupplementItem,
};

pub const CASE_NUMBER: &str = "44990120260927000123K";
pub const REVIEW_BODY: &str = "青禾区人民政府";
pub const COURT: &str = "青禾区人民法院";

pub fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

pub fn remedies() -> Remedies {
    Remedies { review_body: REVIEW_BODY.into(), court: COURT.into(), ..Remedies::default() }
}

/// What every case of the permit has in common.
fn permit() -> SheetFacts {
    SheetFacts {
        issuer: "青禾区市场监督管理局".into(),
        case_number: CASE_NUMBER.into(),
        item_name: "食品经营许可（新办）".into(),
        item_code: Some("11440499MB2D000123400012300401".into()),
        is_permit: true,
        situation: Some("小餐饮".into()),
        applicant_name: "青禾区巷口面馆".into(),
        applicant_is_organisation: true,
        applicant_code_masked: Some("92440499MA5D****8K".into()),
        agent_name: Some("林则徐".into()),
        submitted_on: day("2026-09-27"),
        accepted_on: day("2026-09-28"),
        decided_on: day("2026-10-09"),
        issued_on: day("2026-10-09"),
        promised_days: Some("5 个工作日".into()),
        promised_due: day("2026-10-10"),
        statutory: Some("20 个工作日".into()),
        contact: Some(Contact {
            office: "区政务服务中心 2 楼 市场监管窗口".into(),
            address: Some("青禾区春申路 88 号".into()),
            phone: Some("12345".into()),
            hours: Some("工作日 9:00–12:00，13:30–17:30".into()),
        }),
        verify_url: Some("https://hall.qinghe.example/verify".into()),
        verify_code: Some("7K2M-9QXD".into()),
        qr: Some("https://hall.qinghe.example/verify?c=7K2M9QXD".into()),
        demo: true,
        ..SheetFacts::default()
    }
}

/// A form on paper.
fn blank() -> Blank {
    let ask = |label: &str, options: &[&str]| BlankAsk {
        label: label.into(),
        hint: "和证件上一致".into(),
        options: options.iter().map(|o| (*o).to_owned()).collect(),
        lines: 2,
        ..BlankAsk::default()
    };
    let asks = vec![ask("经营场所地址", &[]), ask("房子是", &["自有", "租赁", "无偿使用"])];
    let list = BlankBlock {
        legends: vec!["第 1 位".into(), "第 2 位".into()],
        most: "20 位".into(),
        when: String::new(),
        asks: vec![ask("姓名", &[]), ask("身份证号码", &[])],
    };
    let parts = vec![
        BlankPart { title: "场所".into(), blocks: vec![BlankBlock { asks, ..BlankBlock::default() }], ..BlankPart::default() },
        BlankPart { title: "人员".into(), when: "“情形”是“新办”".into(), blocks: vec![list] },
    ];
    Blank {
        parts,
        papers: vec![BlankPaper { name: "平面图".into(), when: "“情形”是“新办”".into(), optional: false }],
        promises: vec!["以上内容属实。".into()],
    }
}

/// What every case of the benefit has in common.
fn benefit() -> SheetFacts {
    SheetFacts {
        issuer: "青禾区民政局".into(),
        item_name: "高龄津贴发放".into(),
        is_permit: false,
        applicant_name: "左宗棠".into(),
        applicant_is_organisation: false,
        applicant_code_masked: Some("4304**********0017".into()),
        agent_name: None,
        situation: None,
        ..permit()
    }
}

pub fn materials(count: usize) -> Vec<Material> {
    (1..=count)
        .map(|i| Material {
            name: format!("第 {i} 份材料：与食品安全有关的管理制度文本和经营场所平面布局图"),
            copies: u32::from(i % 3 != 0),
            form: if i % 3 == 0 { "电子证照".into() } else { "复印件".into() },
            note: (i % 3 == 0).then(|| "已有证照，免交".into()),
        })
        .collect()
}

fn number(kind: &str) -> Option<String> {
    Some(format!("青市监{kind}〔2026〕123 号"))
}

/// Facts a sheet of this kind would really carry.
pub fn facts(kind: SheetKind) -> SheetFacts {
    match kind {
        SheetKind::Receipt => {
            SheetFacts { query_code: Some("48H2QX".into()), issued_on: day("2026-09-27"), materials: materials(3), ..permit() }
        }
        SheetKind::SupplementNotice => SheetFacts {
            document_number: number("许补"),
            issued_on: day("2026-09-28"),
            supplement_deadline: day("2026-10-20"),
            supplement_items: vec![
                SupplementItem {
                    name: "经营场所平面图".into(),
                    what_is_wrong: "没有标出食品处理区和就餐区的面积".into(),
                    how_to_mend: "在图上写明两个区域的面积，重新上传".into(),
                },
                SupplementItem {
                    name: "食品安全管理员身份证明".into(),
                    what_is_wrong: "照片反光，看不清姓名".into(),
                    how_to_mend: "重新拍照，四角都在画面里".into(),
                },
            ],
            ..permit()
        },
        SheetKind::AcceptanceNotice => SheetFacts { document_number: number("许受"), issued_on: day("2026-09-28"), ..permit() },
        SheetKind::NonAcceptanceNotice => SheetFacts {
            document_number: number("许不受"),
            reasons: vec!["经营场所在禾丰区，依法不属于本机关职权范围。".into()],
            right_agency: Some("禾丰区市场监督管理局".into()),
            remedies: Some(remedies()),
            ..permit()
        },
        SheetKind::GrantDecision => SheetFacts {
            document_number: number("许准"),
            legal_basis: vec!["《中华人民共和国食品安全法》第三十五条".into()],
            conditions: vec!["经营项目发生变化的，应当在十个工作日内申请变更。".into()],
            certificate: Some(certificate()),
            ..permit()
        },
        SheetKind::RefusalDecision => SheetFacts {
            document_number: number("许不准"),
            legal_basis: vec!["《食品经营许可和备案管理办法》第十二条第二项".into()],
            reasons: vec!["食品处理区面积 4 平方米，少于规定的 8 平方米。".into(), "食品处理区与厕所直接相通，没有隔开。".into()],
            remedies: Some(remedies()),
            ..permit()
        },
        SheetKind::BenefitGrant => SheetFacts {
            title: Some("高龄津贴发放确认通知书".into()),
            document_number: Some("青民津〔2026〕58 号".into()),
            benefit: Some(Benefit {
                amount: "每月 200 元".into(),
                from: Some("2026 年 10 月".into()),
                manner: Some("每月 15 日前发放到账户".into()),
                account_masked: Some("6222 **** **** 0017".into()),
            }),
            conditions: vec!["户口迁出青禾区的，请在三十日内告诉我们。".into()],
            ..benefit()
        },
        SheetKind::BenefitRefusal => SheetFacts {
            document_number: Some("青民津不〔2026〕7 号".into()),
            reasons: vec!["申请时年满 79 周岁，未满 80 周岁。".into()],
            legal_basis: vec!["《青禾区高龄津贴发放办法》第三条".into()],
            remedies: Some(remedies()),
            ..benefit()
        },
        SheetKind::ServiceGrant => SheetFacts {
            title: Some("设置养老机构备案回执".into()),
            document_number: Some("青民办〔2026〕9 号".into()),
            outcome: Some("予以备案".into()),
            ..benefit()
        },
        SheetKind::ServiceRefusal => SheetFacts {
            title: Some("政府信息公开申请答复书".into()),
            document_number: Some("青政公不办〔2026〕3 号".into()),
            outcome: Some("您申请公开的信息，本机关经检索没有制作或者获取，该信息不存在。".into()),
            replies: true,
            reasons: vec!["已检索 2020 年以来的档案和业务系统。".into()],
            remedies: Some(Remedies { review_first: true, ..remedies() }),
            ..benefit()
        },
        SheetKind::SpecialProcedureNotice => SheetFacts {
            document_number: number("许特"),
            special: Some(Special {
                kind: "检测".into(),
                reason: "需要对餐饮用水水质进行检测。".into(),
                expected_days: 7,
                from: day("2026-10-09"),
            }),
            ..permit()
        },
        SheetKind::ExtensionNotice => SheetFacts {
            document_number: number("许延"),
            extension: Some(Extension {
                days: 10, reason: "因台风停工，现场核查推迟。".into(), new_due: day("2026-11-11")
            }),
            ..permit()
        },
        SheetKind::WithdrawalNotice => SheetFacts { document_number: number("许撤"), ..permit() },
        SheetKind::TerminationNotice => SheetFacts {
            document_number: number("许终"),
            reasons: vec!["申请人已经注销，行政许可没有对象。".into()],
            remedies: Some(remedies()),
            ..permit()
        },
        SheetKind::SiteCheckRecord => SheetFacts {
            site_check: Some(SiteCheck {
                date: day("2026-10-08"),
                place: Some("青禾区春申路 12 号一层".into()),
                staff: vec!["曾国藩（执法证 0412）".into(), "李鸿章（执法证 0533）".into()],
                findings: vec!["食品处理区面积 12 平方米，与平面图一致。".into(), "冷藏、消毒设备运转正常。".into()],
                conclusion: "符合要求。".into(),
            }),
            ..permit()
        },
        SheetKind::DeliveryReceipt => SheetFacts {
            delivery: Some(Delivery {
                documents: vec![
                    "《准予行政许可决定书》（青市监许准〔2026〕123 号）".into(),
                    "《食品经营许可证》（JY24499010001234）".into(),
                ],
                manner: "直接送达".into(),
                place: Some("区政务服务中心 2 楼发证窗口".into()),
                by: vec!["曾国藩".into()],
                ..Delivery::default()
            }),
            ..permit()
        },
        SheetKind::Certificate => SheetFacts { certificate: Some(certificate()), ..permit() },
        SheetKind::BlankForm => SheetFacts { blank: Some(blank()), ..permit() },
    }
}

/// A name of sixty characters, as a joint office in a far county may have.
pub fn long_name() -> String {
    "青禾区某某街道某某社区居民委员会办事处综合服务大厅".chars().cycle().take(60).collect()
}

/// The same facts with the longest names, many rows, and nothing to verify with.
pub fn stretched(kind: SheetKind) -> SheetFacts {
    let mut facts = facts(kind);
    facts.issuer = long_name();
    facts.applicant_name = long_name();
    facts.item_name = long_name();
    facts.demo = false;
    (facts.qr, facts.verify_url, facts.verify_code) = (None, None, None);
    if let Some(certificate) = &mut facts.certificate {
        certificate.holder = long_name();
        certificate.fields.extend((1..=9).map(|i| (format!("许可内容{i}"), long_name())));
    }
    if kind == SheetKind::Receipt {
        facts.materials = materials(30);
    }
    facts
}

pub fn certificate() -> Certificate {
    Certificate {
        name: "食品经营许可证".into(),
        number: "JY24499010001234".into(),
        mark: Some("1.2.156.3005.2.11100000000013338W011.11440499MB2D00012X.JY24499010001234.001.Q".into()),
        holder: "青禾区巷口面馆".into(),
        holder_code: Some("92440499MA5D****8K".into()),
        fields: vec![
            ("经营场所".into(), "青禾区春申路 12 号一层".into()),
            ("主体业态".into(), "餐饮服务经营者（小餐饮）".into()),
            ("经营项目".into(), "热食类食品制售".into()),
            ("负 责 人".into(), "林则徐".into()),
        ],
        valid_from: day("2026-10-09"),
        valid_until: day("2031-10-08"),
        digest_hex: Some("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".into()),
    }
}
