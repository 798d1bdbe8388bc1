//! Tables people keep their fields in, as files: read cell by cell, in bounded memory, whatever the file claims to be.

use calamine::{Data, Reader as _, Xlsx};
use domain::Refusal;
use service::Fault;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Bytes of a table, unpacked: a small file may hold a very large one.
const LARGEST: u64 = 32 << 20;
/// Columns that are read.
const WIDEST: usize = 60;

/// Whether it begins like a packed file, as every XLSX does.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The cells of the first sheet that has any.
///
/// # Errors
/// No table, or one that unpacks into more than may be.
pub fn cells(name: &str, bytes: Vec<u8>) -> Result<Vec<Vec<String>>, Fault> {
    let none = || Refusal::FileKind { name: name.to_owned(), found: String::new(), accepted: "XLSX、JSON".to_owned() };
    let mut archive = ZipArchive::new(Cursor::new(bytes.as_slice())).map_err(|_| none())?;
    let mut unpacked = 0;
    for n in 0..archive.len() {
        let entry = archive.by_index(n).map_err(|_| none())?;
        unpacked += std::io::copy(&mut entry.take(LARGEST + 1), &mut std::io::sink()).map_err(|_| none())?;
        if unpacked > LARGEST {
            return Err(Refusal::FileTooLarge { name: name.to_owned(), max: LARGEST }.into());
        }
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).map_err(|_| none())?;
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).map_err(|_| none())?;
        if !range.is_empty() {
            return Ok(range.rows().map(|row| row.iter().take(WIDEST).map(text).collect()).collect());
        }
    }
    Err(none().into())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write as _;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn book(rows: &str) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let packages = "http://schemas.openxmlformats.org/package/2006";
        let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
        let workbook = format!(
            "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"字段\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        let of_book = format!(
            "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        );
        let of_all = format!(
            "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        let types = format!("<Types xmlns=\"{packages}/content-types\"/>");
        packed(&[
            ("[Content_Types].xml", types.into_bytes()),
            ("_rels/.rels", of_all.into_bytes()),
            ("xl/workbook.xml", workbook.into_bytes()),
            ("xl/_rels/workbook.xml.rels", of_book.into_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
        ])
    }

    #[test]
    fn a_table_is_read_cell_by_cell() {
        let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let rows = format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><v>50</v></c></row>",
            cell("A1", "字段名称"),
            cell("B1", "长度"),
            cell("A2", "姓名")
        );
        let read = cells("字段.xlsx", book(&rows)).unwrap();
        assert_eq!(read, [["字段名称", "长度"], ["姓名", "50"]]);
    }

    #[test]
    fn what_is_no_table_or_unpacks_without_end_is_refused() {
        let refused = |bytes: Vec<u8>| match cells("x.xlsx", bytes) {
            Err(Fault::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert!(matches!(refused(b"PK\x03\x04 and nothing".to_vec()), Refusal::FileKind { .. }));
        assert!(matches!(refused(packed(&[("a.txt", b"hello".to_vec())])), Refusal::FileKind { .. }));
        let bomb = packed(&[("xl/worksheets/sheet1.xml", vec![b' '; (LARGEST + 10) as usize])]);
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        assert!(matches!(refused(bomb), Refusal::FileTooLarge { .. }));
    }
}
