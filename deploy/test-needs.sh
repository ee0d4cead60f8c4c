#!/usr/bin/env bash
# Installs what only the tests need, or says which tests will be skipped for want of it.
set -euo pipefail

has_chromium() { command -v chromium chromium-browser google-chrome > /dev/null; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || command -v initdb > /dev/null; }
has_redis() { command -v redis-server > /dev/null; }

missing=()
has_chromium || missing+=(chromium)
has_postgres || missing+=(postgresql)
has_redis || missing+=(redis-server)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
  echo "Installing ${missing[*]} for the tests …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
else
  for package in "${missing[@]}"; do
    echo "$package is missing: the tests that need it will be skipped. Install it with: sudo apt-get install $package"
  done
fi
