//! Lists `data/lists/` and `data/procedures/`: whatever lies there as `{code}.form.json`, `.flow.json` and `.samples.json` is shipped and can be
//! filed online. A new procedure is data alone.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folders this way and no other")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../data").canonicalize()?;
    let out = env::var("OUT_DIR")?;
    procedures(&data.join("procedures"), Path::new(&out))?;
    lists(&data.join("lists"), Path::new(&out))
}

/// What the files of a folder that end like this are called, in order.
fn named(folder: &Path, ending: &str) -> Result<Vec<String>, std::io::Error> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().to_str().and_then(|n| n.strip_suffix(ending)).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

fn lists(folder: &Path, to: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = String::from("/// Every list shipped: its name, its text.\npub const SHIPPED: &[(&str, &str)] = &[\n");
    for name in named(folder, ".tsv")? {
        writeln!(out, "    ({name:?}, include_str!({:?})),", folder.join(format!("{name}.tsv")))?;
    }
    out.push_str("];\n");
    Ok(fs::write(to.join("lists.rs"), out)?)
}

fn procedures(folder: &Path, to: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = String::from("/// Every procedure shipped.\npub const SHIPPED: &[Texts] = &[\n");
    for code in named(folder, ".form.json")? {
        let text = |kind: &str| format!("include_str!({:?})", folder.join(format!("{code}.{kind}.json")));
        let (form, flow, samples) = (text("form"), text("flow"), text("samples"));
        writeln!(out, "    Texts {{ code: {code:?}, form: {form}, flow: {flow}, samples: {samples} }},")?;
    }
    out.push_str("];\n");
    Ok(fs::write(to.join("procedures.rs"), out)?)
}
