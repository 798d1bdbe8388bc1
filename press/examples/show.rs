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
    let rounds = [("first", samples::facts as fn(SheetKind) -> _), ("warm", samples::facts), ("stretched", samples::stretched)];
    for (round, facts) in rounds {
        for kind in SheetKind::ALL {
            let begin = Instant::now();
            let pdf = press.make(&Sheet::new(kind, facts(kind))).unwrap();
            println!("{round} {kind:?} {:?} {} bytes", begin.elapsed(), pdf.len());
            let name = if round == "stretched" { format!("{kind:?}-stretched.pdf") } else { format!("{kind:?}.pdf") };
            std::fs::write(out.join(name), pdf).unwrap();
        }
    }
}
