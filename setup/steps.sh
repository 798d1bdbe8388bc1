# shellcheck shell=bash disable=SC2154  # TOOLS comes from versions.sh
# How a step speaks, runs and fails. Sourced by setup/need.

# One line for the person who waits: what, why, how long.
say() { printf '▸ %s\n' "$*" >&2; }

# What cannot be had, and what to do about it; ends the run.
stop() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# quietly NAME COMMAND…: on a terminal the command speaks for itself, elsewhere it goes to a log of which a failure shows the end.
# The lock's descriptor is closed for it: a service that a package starts would hold the lock for ever.
quietly() {
  local name=$1 log=$TOOLS/log/$1.log
  shift
  mkdir -p "$TOOLS/log"
  if [ -t 2 ]; then
    "$@" 9>&- >&2
  elif ! "$@" 9>&- >"$log" 2>&1; then
    tail -n 25 "$log" >&2
    printf '  whole log: %s (%s)\n' "$log" "$name" >&2
    return 1
  fi
}

# Two runs at once must not install the same thing twice.
one_at_a_time() {
  mkdir -p "$TOOLS/bin" || stop "cannot write to $TOOLS. Set TONGBAN_TOOLS to a folder that can be written."
  have flock || return 0
  exec 9>"$TOOLS/lock"
  flock -n 9 && return
  say "another run is setting up this machine; waiting for it"
  flock 9
}
