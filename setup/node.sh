# shellcheck shell=bash disable=SC2154  # versions from versions.sh, say/stop/quietly from steps.sh
# What comes from the npm registry. Sourced by setup/need.

node_is_here() {
  have npm && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$NODE_AT_LEAST" ] ||
    stop "Node.js $NODE_AT_LEAST or newer with npm is needed for $1. See https://nodejs.org"
}

# wasm-opt is called by release builds only, but a half-installed house is worse than a minute more.
has_wasm_opt() { case $(wasm-opt --version 2>/dev/null) in "wasm-opt version ${BINARYEN%%.*} "* | "wasm-opt version ${BINARYEN%%.*}") ;; *) return 1 ;; esac }
get_wasm_opt() {
  node_is_here "wasm-opt"
  say "wasm-opt (binaryen $BINARYEN): makes the browser's part smaller in release builds; a few seconds"
  quietly binaryen npm install --prefix "$TOOLS/node" --no-save --no-audit --no-fund --prefer-offline "binaryen@$BINARYEN" ||
    stop "npm could not install binaryen $BINARYEN. Is there a network?"
  ln -sf "$TOOLS/node/node_modules/.bin/wasm-opt" "$TOOLS/bin/wasm-opt"
}

# The stamp is a copy of the lock the folder was installed from.
has_browser_tests() { cmp -s "$HOUSE/end2end/package-lock.json" "$HOUSE/end2end/node_modules/.installed-from"; }
get_browser_tests() {
  node_is_here "the browser tests"
  say "Playwright and axe: drive the browser and judge accessibility; a few seconds"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 quietly playwright npm ci --prefix "$HOUSE/end2end" --no-audit --no-fund --prefer-offline ||
    stop "npm could not install the browser tests' libraries. Is there a network?"
  cp "$HOUSE/end2end/package-lock.json" "$HOUSE/end2end/node_modules/.installed-from"
}
