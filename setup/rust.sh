# shellcheck shell=bash disable=SC2154  # versions from versions.sh, say/stop/quietly from steps.sh
# The compiler's wasm target, and the two tools that turn the workspace into pages for a browser. Sourced by setup/need.

has_rust() {
  local root
  root=$(cd "$HOUSE" && rustc --print sysroot 2>/dev/null) && [ -d "$root/lib/rustlib/wasm32-unknown-unknown/lib" ] &&
    [ -x "$root/bin/cargo-clippy" ] && [ -x "$root/bin/cargo-fmt" ]
}
get_rust() {
  have rustup || stop "Rust $RUST with the wasm32-unknown-unknown target is needed, and rustup is not here to fetch it. See https://rustup.rs"
  say "Rust $RUST with its wasm target: compiles the hall for server and browser; about a minute to fetch"
  # by hand, because a machine may have told rustup not to do so by itself
  (cd "$HOUSE" && rustc --version >/dev/null 2>&1) || quietly rust rustup toolchain install "$RUST" --profile minimal ||
    stop "rustup could not fetch Rust $RUST. Is there a network?"
  quietly rust-target rustup target add --toolchain "$RUST" wasm32-unknown-unknown ||
    stop "rustup could not fetch the wasm32-unknown-unknown target of Rust $RUST. Is there a network?"
  quietly rust-components rustup component add --toolchain "$RUST" clippy rustfmt ||
    stop "rustup could not fetch clippy and rustfmt of Rust $RUST. Is there a network?"
}

has_wasm_bindgen() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $WASM_BINDGEN" ]; }
get_wasm_bindgen() {
  fetched wasm-bindgen-cli "$WASM_BINDGEN" && return
  say "wasm-bindgen $WASM_BINDGEN: joins WASM and JavaScript, must be the version in Cargo.lock; compiling it takes about 3 minutes on two cores, once"
  # without --locked: the lock it was published with names versions that some registry mirrors no longer hold
  compiled wasm-bindgen-cli "$WASM_BINDGEN"
}

has_cargo_leptos() { [ "$(cargo-leptos --version 2>/dev/null)" = "cargo-leptos $CARGO_LEPTOS" ]; }
get_cargo_leptos() {
  fetched cargo-leptos "$CARGO_LEPTOS" && return
  say "cargo-leptos $CARGO_LEPTOS: builds server, WASM and style sheet together; compiling it takes about 10 minutes on two cores, once"
  # no_downloads: every tool it calls is pinned here, none is to be fetched behind our back
  compiled cargo-leptos "$CARGO_LEPTOS" --locked --features no_downloads
}

# A ready-made binary, where cargo-binstall is installed and its host can be reached.
fetched() {
  have cargo-binstall || return 1
  say "$1 $2: trying for a ready-made binary"
  quietly "$1-binstall" timeout 180 cargo-binstall --no-confirm --disable-telemetry --disable-strategies compile \
    --install-path "$TOOLS/bin" "$1@$2"
}

# These tools are run seldom and briefly: link-time optimisation would cost more time than they ever use.
compiled() {
  local crate=$1 version=$2
  shift 2
  (
    cd "$HOUSE" # for the pinned compiler
    export RUSTFLAGS="" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false CARGO_TARGET_DIR="$TOOLS/build/$crate"
    quietly "$crate" cargo install "$crate" --version "$version" --root "$TOOLS" --force "$@"
  ) || stop "$crate $version could not be compiled. By hand: cargo install $crate --version $version $*"
  rm -rf "${TOOLS:?}/build/$crate"
}
