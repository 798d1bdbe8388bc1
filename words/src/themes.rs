//! National theme names (`theme_natural`, `theme_legal`) in English. The tables are data and Chinese; a local theme that
//! is not listed here is shown as it is.

use crate::Lang;

/// 准营准办 · Business licences
pub fn theme(lang: Lang, name: &str) -> &str {
    match lang {
        Lang::ZhCn | Lang::ZhHant => name,
        Lang::En => english(name).unwrap_or(name),
    }
}

fn english(name: &str) -> Option<&'static str> {
    Some(match name {
        "生育收养" => "Birth and adoption",
        "户籍办理" => "Household registration",
        "民族宗教" => "Ethnic and religious affairs",
        "教育科研" => "Education and research",
        "入伍服役" => "Military service",
        "就业创业" => "Work and self-employment",
        "设立变更" => "Setting up and changes",
        "准营准办" => "Business licences",
        "抵押质押" => "Mortgages and pledges",
        "职业资格" => "Professional qualifications",
        "行政缴费" => "Fees and payments",
        "婚姻登记" => "Marriage",
        "优待抚恤" => "Allowances and pensions",
        "规划建设" => "Planning and building",
        "住房保障" => "Housing",
        "社会保障" => "Social security",
        "证件办理" => "Personal documents",
        "交通出行" => "Driving and travel",
        "旅游观光" => "Tourism",
        "出境入境" => "Entry and exit",
        "消费维权" => "Consumer rights",
        "公共安全" => "Public safety",
        "司法公证" => "Justice and notaries",
        "知识产权" => "Intellectual property",
        "环保绿化" => "Environment and greenery",
        "文化体育" => "Culture and sport",
        "公用事业" => "Utilities",
        "医疗卫生" => "Health",
        "离职退休" => "Retirement",
        "死亡殡葬" => "Death and funerals",
        "地方特色" => "Local services",
        "其他" => "Other",
        "资质认证" => "Qualifications",
        "年检年审" => "Annual inspections",
        "税收财务" => "Tax and finance",
        "人力资源" => "Staff and employment",
        "投资审批" => "Investment approval",
        "融资信贷" => "Credit and financing",
        "商务贸易" => "Trade",
        "招标拍卖" => "Tenders and auctions",
        "海关口岸" => "Customs and ports",
        "涉外服务" => "Foreign affairs",
        "农林牧渔" => "Farming, forestry and fishing",
        "国土和规划建设" => "Land, planning and building",
        "交通运输" => "Transport",
        "应对气候变化" => "Climate",
        "水务气象" => "Water and weather",
        "科技创新" => "Science and innovation",
        "文体教育" => "Culture, sport and education",
        "质量技术" => "Quality and standards",
        "检验检疫" => "Inspection and quarantine",
        "安全生产" => "Work safety",
        "公安消防" => "Police and fire safety",
        "法人注销" => "Closing an organisation",
        "档案文物" => "Archives and heritage",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_of_the_tables_has_english() {
        let file: serde_json::Value = serde_json::from_str(include_str!("../../data/catalogue/code-tables.json")).unwrap();
        let tables = file.get("tables").unwrap_or(&file);
        let rows = ["theme_natural", "theme_legal"].into_iter().filter_map(|table| tables[table]["rows"].as_array());
        let names: Vec<&str> = rows.flatten().filter_map(|row| row["name"].as_str()).collect();
        assert!(names.len() > 60, "both tables were read: {}", names.len());
        for name in names {
            assert!(english(name).is_some(), "{name} has no English");
        }
        assert_eq!(theme(Lang::En, "某地特有"), "某地特有");
    }
}
