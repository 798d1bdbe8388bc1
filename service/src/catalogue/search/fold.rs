//! Folding what was typed: width, case, traditional characters; and cutting it into pieces.

/// Characters looked at; nobody describes an errand in more, and a pasted letter must not cost more.
const LONGEST: usize = 60;

/// Traditional and variant characters with the simplified ones the catalogue uses, in pairs.
const TRADITIONAL: &str = "\
丟丢並并乾干佈布佔占併并來来侷局係系倉仓個个們们備备傢家傳传債债僅仅價价儀仪儘尽償偿優优儲储兒儿內内兩两冊册凈净別别則则剋克剛刚創创劃划劇剧動动務务勞劳勵励區区\
協协卽即厤历參参員员問问喫吃單单嗎吗噸吨噹当嚮向國国圍围園园圖图團团埰采執执報报場场墻墙壓压壞坏壽寿奬奖娛娱媽妈學学寀采實实審审寫写寵宠寶宝專专對对屆届層层屬属\
崗岗嵗岁師师帶带幫帮幹干幾几庫库廟庙廠厂廢废廣广廳厅張张彆别彔录後后徑径從从復复徵征態态憑凭應应懷怀懸悬戲戏戶户捨舍捲卷掛挂採采換换損损搶抢撥拨撫抚擋挡擔担據据\
擠挤擬拟擺摆攤摊敎教數数斷断於于旣既昇升時时暫暂曆历曏向書书會会朮术東东査查條条業业榦干榮荣構构樂乐樓楼標标樣样樹树機机橫横檔档檢检檯台欄栏權权歲岁歷历歸归殘残\
氣气汙污決决沒没況况淨净減减測测準准滅灭滿满濟济災灾為为無无煙烟燈灯營营爐炉爲为牀床牆墙犧牺狀状獎奖獨独獵猎現现環环產产産产畢毕畫画異异畵画當当療疗發发盡尽監监\
眞真眾众睏困確确碼码礙碍禍祸稅税種种稱称積积穩稳競竞箇个節节範范築筑簡简簽签籌筹籤签糰团約约紋纹納纳紙纸級级細细紹绍終终組组結结絡络給给統统經经綜综綠绿綫线維维\
網网綵彩緊紧緑绿線线編编緩缓緻致縣县總总績绩織织繫系繳缴繼继續续纍累纔才羣群義义習习翫玩聞闻聯联聲声職职聽听脩修臉脸臨临臺台與与舉举舊旧舘馆華华菸烟萬万葯药蓋盖\
蔘参藥药處处號号衆众術术衕同衛卫裏里補补裝装裡里製制複复襬摆覈核見见規规視视親亲訂订計计討讨訓训託托記记設设許许訴诉診诊註注証证評评詢询試试話话該该誌志認认誠诚\
說说説说誰谁誼谊調调請请論论諮咨諾诺證证識识議议護护讀读變变負负財财貧贫貨货責责買买貸贷費费貼贴賃赁資资賓宾賠赔賣卖質质賬账賺赚購购賽赛贍赡車车軍军載载輛辆輪轮\
輸输轉转辦办辭辞農农迴回這这連连週周進进遊游運运過过達达適适遲迟遷迁選选遺遗還还邊边郵邮鄉乡醫医針针鈡钟銀银銘铭銷销錄录錢钱錯错録录錶表鍋锅鍼针鍾钟鎖锁鎭镇鎮镇\
鏡镜鐘钟鑑鉴鑒鉴長长門门開开間间閤合關关陞升隊队階阶際际隨随險险隻只雙双雜杂離离難难電电靈灵靜静鞦秋韆千響响頁页項项須须預预領领頭头頻频題题額额願愿類类顯显風风\
颱台飯饭飲饮養养餘余館馆馬马駕驾駛驶驗验體体髮发鬚须麪面麫面麵面麼么麽么點点齊齐齡龄齣出\
";

/// Words that say “how do I” rather than what; set aside when anything else was typed.
const FILLERS: &[&str] = &[
    "我",
    "我们",
    "我要",
    "我想",
    "想",
    "想要",
    "要",
    "需要",
    "请问",
    "请",
    "怎么",
    "怎么办",
    "怎样",
    "如何",
    "哪里",
    "在哪",
    "哪儿",
    "什么",
    "办",
    "办理",
    "申请",
    "手续",
    "流程",
    "的",
    "了",
    "吗",
    "呢",
    "去",
    "在",
    "个",
    "一个",
    "一下",
    "可以",
    "能",
    "能不能",
    "有",
    "给",
    "是",
    "和",
    "与",
    "及",
    "到",
    "把",
    "被",
    "啊",
    "吧",
    "how",
    "to",
    "a",
    "an",
    "the",
    "for",
    "of",
    "i",
    "my",
    "get",
    "apply",
];

/// What was typed, folded.
pub(super) struct Asked {
    /// Runs of Chinese characters, letters and digits, at most 60 characters together.
    pub(super) pieces: Vec<String>,
}

impl Asked {
    /// Everything in one: `kai fan guan` → `kaifanguan`.
    pub(super) fn joined(&self) -> String {
        self.pieces.concat()
    }
}

/// Folds a query and cuts it at everything that is neither letter nor digit.
pub(super) fn fold(text: &str) -> Asked {
    let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let text = plain(&text);
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
    Asked { pieces: pieces.map(str::to_owned).collect() }
}

/// Half width, lower case, simplified, ü as v.
pub(super) fn plain(text: &str) -> String {
    text.chars().flat_map(|c| simplified(narrow(c)).to_lowercase()).map(|c| if c == 'ü' { 'v' } else { c }).collect()
}

/// Only letters and digits.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the word only asks, and says nothing about what.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Chinese characters, as opposed to letters and digits.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Full-width signs to their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

fn simplified(c: char) -> char {
    if !is_han(c) {
        return c;
    }
    // Sorted by the traditional character when written; a scan of a few hundred is dwarfed by the search itself.
    let mut chars = TRADITIONAL.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == c {
            return to;
        }
    }
    c
}
