//! The rungs are compiled in, so a new rung must rebuild this crate.
fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
