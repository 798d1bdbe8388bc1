//! Lists `data/procedures/`: whatever lies there as `{code}.form.json`, `.flow.json` and `.samples.json` is shipped and can be
//! filed online. A new procedure is data alone.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folder this way and no other")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../data/procedures").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed=build.rs");
    let mut codes = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name();
        codes.extend(name.to_str().and_then(|n| n.strip_suffix(".form.json")).map(str::to_owned));
    }
    codes.sort();
    let mut out = String::from("/// Every procedure shipped.\npub const SHIPPED: &[Texts] = &[\n");
    for code in codes {
        let text = |kind: &str| format!("include_str!({:?})", folder.join(format!("{code}.{kind}.json")));
        let (form, flow, samples) = (text("form"), text("flow"), text("samples"));
        writeln!(out, "    Texts {{ code: {code:?}, form: {form}, flow: {flow}, samples: {samples} }},")?;
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("procedures.rs"), out)?;
    Ok(())
}
