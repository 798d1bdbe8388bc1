//! Writes a sample of every document into a directory, to be looked at:
//! `cargo run -p press --release --example show -- out/` prints how long each took.
#![allow(clippy::unwrap_used)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::PathBuf;
use std::time::Instant;

use press::{Press, Sheet, SheetKind, USUAL_FONT_DIRS};

#[allow(clippy::disallowed_methods, reason = "a person watches this clock; no rule depends on it")]
fn main() {
    let out = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "sheets".to_owned()));
    std::fs::create_dir_all(&out).unwrap();
    let begin = Instant::now();
    let press = Press::open(&USUAL_FONT_DIRS.map(PathBuf::from)).unwrap();
    println!("open {:?}", begin.elapsed());
    for round in ["first", "warm"] {
        for kind in SheetKind::ALL {
            let begin = Instant::now();
            let pdf = press.make(&Sheet::new(kind, samples::facts(kind))).unwrap();
            println!("{round} {kind:?} {:?} {} bytes", begin.elapsed(), pdf.len());
            std::fs::write(out.join(format!("{kind:?}.pdf")), pdf).unwrap();
        }
    }
}
