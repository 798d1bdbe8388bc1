# shellcheck shell=bash disable=SC2034  # read by the scripts that source this
# What is pinned outside Cargo.lock and package-lock.json, and where the tools live. Sourced by every script here.
# leptos, wasm-bindgen, cargo-leptos and rustc break apart: change them together.

HOUSE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=${TONGBAN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/tongban/tools} # outside the checkout: shared by clones, survives CI
TARGET=${CARGO_TARGET_DIR:-$HOUSE/target}
case $TARGET in /*) ;; *) TARGET=$HOUSE/$TARGET ;; esac

CARGO_LEPTOS=0.3.10
BINARYEN=132.0.0
NODE_AT_LEAST=20
RUST=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$HOUSE/rust-toolchain.toml")
# the command line must be the very version the code is compiled against
WASM_BINDGEN=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' "$HOUSE/Cargo.lock")

export PATH="$TOOLS/bin:$PATH"
