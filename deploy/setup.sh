#!/usr/bin/env bash
# Sets up what a command needs: `setup.sh run|start|test|test-quick|check`; `start` is `run` where the pages' port is free.
# Does nothing, and needs no network, when all is in place.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
uv_version=0.13.9
application_version="(3, 11) <= sys.version_info < (3, 14)"
export UV_PYTHON_DOWNLOADS=never

say() { printf '%s\n' "$*"; }
fail() { printf 'Set-up stopped: %s\n' "$*" >&2; exit 1; }

# Prints the real path of the first working interpreter whose version matches; version managers' shims often fail.
find_python() {
  local test_version=$1 candidate
  shift
  for candidate in "$@" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
    "$candidate" -c "import ensurepip, venv, sys; assert $test_version; print(sys.executable)" 2>/dev/null && return 0
  done
  return 1
}

stamp_of() { cat "$@" | cksum; }
in_place() { [ -x "$1/bin/python" ] && [ "$(cat "$1/.set-up" 2>/dev/null)" = "$2" ]; }

find_uv() {
  if uv --version >/dev/null 2>&1; then uv=uv; return; fi
  uv=.tools/uv/bin/uv
  [ "$("$uv" --version 2>/dev/null | cut -d' ' -f2)" = "$uv_version" ] && return
  say "Installing uv $uv_version into .tools/uv …"
  "$python" -m venv .tools/uv && .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$uv_version" \
    || fail "uv could not be installed; check the network connection, or install uv yourself, and run the command again."
}

application() {
  local groups=() stamp
  [[ $purpose = run || $purpose = start ]] || groups=(--group dev)
  stamp="$(stamp_of uv.lock pyproject.toml)${groups[*]:+ dev}"
  # What `make test` installed serves `make run`, too.
  if in_place .venv "$stamp" || in_place .venv "$stamp dev"; then return; fi
  python=$(find_python "$application_version" "$PWD/.venv/bin/python" python3.11 python3.12 python3.13 python3) \
    || fail "Python 3.11, 3.12 or 3.13 was not found; install one (Debian, Ubuntu: apt install python3 python3-venv) and run the command again."
  find_uv
  say "Installing the application (Python $("$python" -V | cut -d' ' -f2)) …"
  "$uv" sync --frozen --inexact --python "$python" "${groups[@]}" \
    || fail "the application's libraries could not be installed; check the network connection and the free disk space, then run the command again."
  printf '%s' "$stamp" > .venv/.set-up
}

understanding() {
  local stamp interpreter
  stamp=$(stamp_of nlu/rasa/uv.lock nlu/rasa/pyproject.toml)
  in_place nlu/rasa/.venv "$stamp" && return
  python=${python:-$PWD/.venv/bin/python}
  find_uv
  interpreter=$(find_python "sys.version_info[:2] == (3, 10)" python3.10 python3) || {
    say "Python 3.10 was not found; downloading it …"
    UV_PYTHON_DOWNLOADS=automatic "$uv" python install 3.10 && interpreter=$("$uv" python find 3.10)
  } || fail "Rasa needs Python 3.10; install it (Debian, Ubuntu: apt install python3.10, or: pyenv install 3.10) and run the command again."
  say "Installing Rasa (about 1.9 GB, once) …"
  "$uv" sync --frozen --project nlu/rasa --python "$interpreter" \
    || fail "Rasa could not be installed; check the network connection and the free disk space (3 GB), then run the command again."
  printf '%s' "$stamp" > nlu/rasa/.venv/.set-up
}

browser() {
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null \
    || fail "the tests drive Chromium; install it (Debian, Ubuntu: sudo apt install chromium) and run the command again."
  say "Installing Chromium …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null \
    || fail "Chromium could not be installed; install the package chromium and run the command again."
}

widget() {
  local stamp
  command -v npm >/dev/null || fail "checking the widget needs Node.js 20.19 or newer with npm; install it and run the command again."
  stamp=$(stamp_of api/widget/package-lock.json)
  [ "$(cat api/widget/node_modules/.set-up 2>/dev/null)" = "$stamp" ] && return
  say "Installing the widget's build tools …"
  npm ci --prefix api/widget --no-audit --no-fund --loglevel=error \
    || fail "the widget's build tools could not be installed; check the network connection and run the command again."
  printf '%s' "$stamp" > api/widget/node_modules/.set-up
}

# `hub run` tells it, too, but here nobody has waited minutes for it.
free_port() {
  local port=${PORT:-$(sed -n 's/^PORT=//p' .env 2>/dev/null)}
  port=${port:-8000}
  ! (: 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null \
    || fail "port $port is in use; stop the program that uses it, or choose another one: PORT=$((port + 1)) make run"
}

[ "$purpose" != start ] || free_port
application
case $purpose in
  run | start) understanding ;;
  test) understanding; browser ;;
  check) widget ;;
  test-quick) ;;
  *) fail "unknown purpose $purpose; use run, start, test, test-quick or check." ;;
esac
