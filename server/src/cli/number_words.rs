//! Kinds of numbers and what can be wrong with one, in words.

use domain::identity::numbers::NumberFault;

/// What people call a kind of `domain::identity::numbers::KINDS`.
pub fn kind(kind: &str) -> &'static str {
    match kind {
        "citizen" => "居民身份证号",
        "hkmt" => "港澳台居民居住证号",
        "permanent-resident" => "外国人永久居留身份证号",
        "organisation" => "统一社会信用代码",
        "org-code" => "组织机构代码",
        "business-registration" => "工商注册号（15 位）",
        "certificate" => "电子证照标识",
        "case" => "办件编号",
        "mobile" => "手机号",
        "landline" => "固定电话",
        "postcode" => "邮政编码",
        "bank-card" => "银行卡号",
        _ => "",
    }
}

/// What is wrong, and what would be right where that is known.
pub fn why(fault: &NumberFault) -> String {
    match fault {
        NumberFault::Empty => "没有写号码。".to_owned(),
        NumberFault::WrongLength { have, want } => format!("现在是 {have} 位，应当是 {want} 位。"),
        NumberFault::LengthOutside { have, min, max } => format!("现在是 {have} 位，应当是 {min} 到 {max} 位。"),
        NumberFault::WrongCharacter { position, found } => format!("第 {position} 位不能是“{found}”。"),
        NumberFault::NoSuchDate { year, month, day } => format!("里面的出生日期 {year} 年 {month} 月 {day} 日不存在。"),
        NumberFault::FutureBirth { birth } => format!("里面的出生日期 {birth} 还没有到。"),
        NumberFault::UnknownArea { area } => format!("没有“{area}”这个地区。"),
        NumberFault::CheckDigit { want, found } => {
            format!("校验位对不上：前面都对的话末位应当是 {want}，现在是 {found}。请逐位核对。")
        }
        NumberFault::EmbeddedCheckDigit { want, found } => {
            format!("第 9 到 17 位的校验位对不上：应当是 {want}，现在是 {found}。请逐位核对。")
        }
        NumberFault::OldForm => "15 位的旧号码 2013 年起不再有效，请用 18 位的号码。".to_owned(),
        NumberFault::WrongStart { want } => format!("应当以 {want} 开头。"),
        NumberFault::MissingAreaCode => "缺少区号，例如 0592-6000000。".to_owned(),
        NumberFault::WrongParts { have, want } => format!("现在分 {have} 段，应当是 {want} 段。"),
        NumberFault::OtherDocument { found } => {
            format!("这像是{}的号码。", words::document_name(words::Lang::ZhCn, *found))
        }
        NumberFault::WrongStructure => "写法不对。".to_owned(),
        NumberFault::OutsideCountry => "不在国内。".to_owned(),
        NumberFault::PartLength { part, have, want } => format!("第 {part} 段现在是 {have} 位，应当是 {want} 位。"),
    }
}
