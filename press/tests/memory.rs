//! Alone in its process, because it weighs the process.
#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod samples;

use std::path::PathBuf;

use press::{Press, Sheet, SheetKind, USUAL_FONT_DIRS};

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn two_hundred_sheets_leave_nothing_behind() {
    let press = Press::open(&USUAL_FONT_DIRS.map(PathBuf::from)).unwrap();
    let make = |round: usize| {
        let mut facts = samples::facts(SheetKind::AcceptanceNotice);
        // New facts each time: otherwise the typesetter would rightly remember.
        facts.applicant_name = format!("第 {round} 位申请人");
        facts.case_number = format!("{round:021}");
        press.make(&Sheet::new(SheetKind::AcceptanceNotice, facts)).unwrap();
        // An error must be swept up after as well.
        let broken = Sheet { version: 99, ..Sheet::new(SheetKind::Receipt, samples::facts(SheetKind::Receipt)) };
        press.make(&broken).unwrap_err();
    };
    (0..40).for_each(make);
    let before = resident_kib();
    (40..240).for_each(make);
    let grown = resident_kib().saturating_sub(before);
    assert!(grown < 24 * 1024, "200 sheets left {grown} KiB");
}
