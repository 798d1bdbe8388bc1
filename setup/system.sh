# shellcheck shell=bash disable=SC2154  # say/stop/quietly from steps.sh
# What comes from the system's packages (Debian and its children). Sourced by setup/need.

has_compiler() { have cc && have make && perl -MIPC::Cmd -MFindBin -e1 2>/dev/null; }
get_compiler() { packages "a C compiler and Perl: some Rust libraries (SQLite, cryptography) are partly C; about a minute" gcc libc6-dev make perl; }

# Documents are set in Noto Serif and Sans CJK; in PDFs nothing else would do for every character of a name.
has_fonts() {
  local f
  for f in /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" /Library/Fonts "$HOME/Library/Fonts"; do
    [ -d "$f" ] && [ -n "$(find -L "$f" -name 'NotoSerifCJK*' -print -quit 2>/dev/null)" ] && return 0
  done
  return 1
}
get_fonts() { packages "Noto CJK fonts: notices and certificates are set in them; about a minute" fonts-noto-cjk; }

has_postgres() { have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
get_postgres() { packages "PostgreSQL server: every store test runs on it and on SQLite; about a minute" postgresql; }

has_poppler() { have pdftotext && have pdftoppm; }
get_poppler() { packages "poppler: tests read the documents we make; a few seconds" poppler-utils; }

has_shell_tools() { have curl && have jq; }
get_shell_tools() { packages "curl and jq: the story of the open API is pasted into a shell; a few seconds" curl jq; }

# Playwright's own browsers come from a host that closed networks do not reach; Debian's does as well.
has_chromium() { [ -x "${TONGBAN_CHROMIUM:-/usr/bin/chromium}" ]; }
get_chromium() {
  [ -z "${TONGBAN_CHROMIUM:-}" ] || stop "TONGBAN_CHROMIUM names $TONGBAN_CHROMIUM, which cannot be run."
  packages "Chromium: the browser tests run in it; about two minutes" chromium
}

# packages WHAT_AND_WHY NAME…
packages() {
  local why=$1 as_root=()
  shift
  have apt-get || stop "Needed: $why. This machine has no apt-get: please install what Debian calls '$*' by hand, then try again."
  if [ "$(id -u)" -ne 0 ]; then
    have sudo || stop "Needed: $why. Please run as root: apt-get install $*"
    as_root=(sudo)
    sudo -n true 2>/dev/null || [ -t 0 ] || stop "Needed: $why, and sudo wants a password here. Please run: sudo apt-get install $*"
  fi
  say "$why"
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@")
  # the package lists of a fresh machine are empty or old: fetch them only if need be
  quietly "$1" "${install[@]}" 2>/dev/null && return
  quietly apt-update "${as_root[@]}" apt-get update || true
  quietly "$1" "${install[@]}" || stop "apt-get could not install $*. Is there a network, and is Debian's main section among the sources?"
}
