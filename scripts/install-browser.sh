#!/usr/bin/env bash
# Makes sure that a Chromium is there for the browser tests and screenshots. Quick when it is; only warns when it cannot be installed.
set -uo pipefail
for name in "${SPILLOVER_CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "install-browser: no Chromium found and no apt-get here; the browser tests will say that they skip (or set SPILLOVER_CHROMIUM)." >&2
  exit 0
fi
if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo -n"; fi
echo "install-browser: installing Debian's chromium" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get install -y --no-install-recommends chromium >/dev/null 2>&1 ||
  { $as_root apt-get update >/dev/null 2>&1 && $as_root apt-get install -y --no-install-recommends chromium >/dev/null 2>&1; } ||
  echo "install-browser: chromium could not be installed; the browser tests will say that they skip." >&2
exit 0
