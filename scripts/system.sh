#!/bin/sh
# Sees to the system parts that the tests use: installs them where root and apt allow, names them where not.
set -eu

missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
command -v hunspell >/dev/null || missing="$missing hunspell hunspell-nl hunspell-en-gb"
command -v nginx >/dev/null || missing="$missing nginx-light"
command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
command -v javac >/dev/null && [ -e /usr/share/java/jaxb-api.jar ] || missing="$missing default-jdk-headless libjaxb-java"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "Missing:$missing. Ask an administrator for: apt-get install$missing. Tests that need them are skipped and say so." >&2
fi
