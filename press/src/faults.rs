//! Why a document could not be made.

use std::path::PathBuf;

use crate::sheet::SheetKind;

/// Why a document could not be made. None of these is the applicant's doing: the caller logs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressFault {
    /// No usable Chinese font where we looked.
    #[error(
        "没有找到排版用的中文{wanted}（找过：{}）：请安装 Noto CJK 字体（Debian/Ubuntu 上是 apt install fonts-noto-cjk），或者把字体目录写进设置。",
        places(.looked_in)
    )]
    NoFont {
        /// The directories that were searched.
        looked_in: Vec<PathBuf>,
        /// `宋体` or `黑体`, with the families that would do.
        wanted: String,
    },
    /// The law or the layout needs a fact that was not given.
    #[error("《{}》缺少必须写明的内容：{fact}", .sheet.title())]
    MissingFact {
        /// The document being made.
        sheet: SheetKind,
        /// The field of `SheetFacts`, dotted when nested, such as `remedies.court`.
        fact: &'static str,
    },
    /// The order names a template version that does not exist.
    #[error("《{}》没有第 {version} 版模板", .sheet.title())]
    NoSuchVersion {
        /// The document being made.
        sheet: SheetKind,
        /// The version asked for.
        version: u32,
    },
    /// The text for the QR code does not fit into one.
    #[error("二维码放不下 {bytes} 个字节的内容")]
    QrTooLong {
        /// Length of the text in bytes.
        bytes: usize,
    },
    /// The template itself is wrong: ours to mend.
    #[error("《{}》排版出错：{detail}", .sheet.title())]
    Typesetting {
        /// The document being made.
        sheet: SheetKind,
        /// What the typesetter said, with hints.
        detail: String,
    },
}

fn places(dirs: &[PathBuf]) -> String {
    if dirs.is_empty() {
        return "没有给出任何目录".to_owned();
    }
    dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join("、")
}
