#!/bin/sh
# Make sure that what the tests drive is on this machine: a real Redis, real browsers, a display, Java
# for the checker of e-books.
# Installs what is missing when it may (Debian's packages, as root or with sudo that asks nothing);
# otherwise says exactly what to install, and fails.
set -eu

missing=""
need() { # command, package
  command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need redis-server redis-server
need chromium chromium
need firefox-esr firefox-esr
need Xvfb xvfb
need xdotool xdotool
need javac default-jdk-headless

if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ]; then as_root=""
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"
  else as_root="no"; fi
  if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need packages that are not installed and that cannot be installed from here." >&2
    echo "On Debian or Ubuntu: sudo apt-get install$missing" >&2
    exit 1
  fi
  echo "Installing for the tests:$missing"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # one word a package
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
