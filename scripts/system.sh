#!/bin/sh
# Sees to the system parts that the tests use: installs them where root and apt allow; elsewhere fetches Playwright's browser and names the rest.
set -eu

missing=""
browser=""
# Without windows and toolbars Chromium is a sixth quicker.
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || [ -n "${HANDBOOK_CHROMIUM:-}" ] || browser=" chromium-headless-shell"
command -v hunspell >/dev/null || missing="$missing hunspell hunspell-nl hunspell-en-gb"
command -v nginx >/dev/null || missing="$missing nginx-light"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
command -v javac >/dev/null && [ -e /usr/share/java/jaxb-api.jar ] || missing="$missing default-jdk-headless libjaxb-java"
[ -z "$browser$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    # Not every system that has apt has it there.
    [ -z "$browser" ] || apt-cache show chromium-headless-shell >/dev/null 2>&1 || browser=" chromium"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $browser $missing >/dev/null
    exit
fi
[ -z "$browser" ] || ! "$(dirname "$0")/../.venv/bin/playwright" install chromium >/dev/null 2>&1 || browser=""
[ -z "$browser$missing" ] || echo "Missing:$browser$missing. Ask an administrator for: apt-get install$browser$missing. Tests that need them are skipped and say so." >&2
