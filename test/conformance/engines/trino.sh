#!/usr/bin/env bash
# A real Trino 435 (Java 17), one node, hive connector over local Parquet files, put together from Maven Central parts.
#   trino.sh install DIR        fetches, verifies and compiles into DIR; nothing to do when that is done already
#   trino.sh run DIR PORT ROOT  serves until standard input ends: local:/// = ROOT, metastore in ROOT/.metastore,
#                               configuration and log in ROOT/.trino
# Needs: JDK 17 or newer (javac, jar), mvn. Environment: JAVA_HOME, TRINO_XMX (1g).
set -euo pipefail

VERSION=435
HIVE_ZIP_SHA=c3a64f7536e573df951807f0d142417806cab48a50033653abdfc7e0410ef09e
LIB_SHA=bb607a7ba15d5281312a70b35be6e7cf691e35886e34ff9fc8ad1b318cb1d788 # of the sorted "sha256  name" list of lib/*.jar
DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.6.1

parts=$(cd "$(dirname "${BASH_SOURCE[0]}")/trino" && pwd)
die() { echo "trino.sh: $*" >&2; exit 1; }
tool() { if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/$1"; else command -v "$1" || die "no $1"; fi; }
sum() { sha256sum | cut -d' ' -f1; }
check() { [ "$2" = "$3" ] || die "checksum of $1 is $2, expected $3"; }
stamp() { cat "${BASH_SOURCE[0]}" "$parts"/* | sum; }

install() {
  local dir=$1 work
  if [ "$(cat "$dir/installed" 2>/dev/null)" = "$(stamp)" ]; then return; fi
  mkdir -p "$dir"; dir=$(cd "$dir" && pwd); work=$dir/work
  if [ ! -f "$dir/.trino" ] && [ -n "$(ls -A "$dir")" ]; then die "$dir is not empty and not ours"; fi
  touch "$dir/.trino"
  rm -rf "$work" "$dir/installed" "$dir/app" && mkdir -p "$work/plugin/META-INF/services" "$dir/app"
  if [ "$(cat "$dir/jars" 2>/dev/null)" != "$LIB_SHA $HIVE_ZIP_SHA" ]; then fetch "$dir" "$work"; fi
  "$(tool javac)" -cp "$dir/lib/*" -d "$dir/app" "$parts/OutlayTrino.java"
  "$(tool javac)" -cp "$dir/plugin/hive/*:$dir/lib/*" -d "$work/plugin" "$parts/LocalHive.java"
  echo LocalHive >"$work/plugin/META-INF/services/io.trino.spi.Plugin"
  "$(tool jar)" cf "$dir/plugin/hive/local-hive.jar" -C "$work/plugin" .
  rm -rf "$work"
  stamp >"$dir/installed"
}

fetch() {
  local dir=$1 work=$2 mvn
  rm -rf "$dir/lib" "$dir/plugin" && mkdir -p "$dir/plugin"
  # -C: refuse what does not match the checksums of the repository. Its own repository: 290 MB that nobody needs afterwards.
  mvn=(mvn -B -ntp -q -C "-Dmaven.repo.local=$work/m2")
  "${mvn[@]}" -f "$parts/pom.xml" $DEPENDENCY_PLUGIN:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$dir/lib"
  "${mvn[@]}" -f "$parts/pom.xml" $DEPENDENCY_PLUGIN:copy -Dartifact=io.trino:trino-hive:$VERSION:zip -DoutputDirectory="$work"
  check "trino-hive-$VERSION.zip" "$(sum <"$work/trino-hive-$VERSION.zip")" "$HIVE_ZIP_SHA"
  check lib "$(cd "$dir/lib" && sha256sum ./*.jar | LC_ALL=C sort -k2 | sum)" "$LIB_SHA"
  (cd "$work" && "$(tool jar)" xf "trino-hive-$VERSION.zip")
  mv "$work/trino-hive-$VERSION" "$dir/plugin/hive"
  rm -f "$dir/plugin/hive/trino-hive-$VERSION-services.jar" # the stock factory; ours takes its place
  echo "$LIB_SHA $HIVE_ZIP_SHA" >"$dir/jars"
}

run() {
  local dir port=$2 root
  dir=$(cd "$1" && pwd); mkdir -p "$3/.trino/catalog"; root=$(cd "$3" && pwd)
  [ -f "$dir/installed" ] || die "not installed in $dir"
  cat >"$root/.trino/config.properties" <<CONF
coordinator=true
node-scheduler.include-coordinator=true
node.environment=ci
node.id=outlay
node.bind-ip=127.0.0.1
node.internal-address=127.0.0.1
http-server.http.port=$port
discovery.uri=http://127.0.0.1:$port
catalog.config-dir=$root/.trino/catalog
plugin.dir=$dir/plugin
query.max-memory-per-node=400MB
memory.heap-headroom-per-node=200MB
task.concurrency=2
query.min-expire-age=30s
CONF
  cat >"$root/.trino/catalog/awsdatacatalog.properties" <<CONF
connector.name=hive_local
local.location=$root
hive.metastore=file
hive.metastore.catalog.dir=local:///.metastore
hive.security=allow-all
hive.non-managed-table-writes-enabled=true
hive.recursive-directories=true
hive.partition-projection-enabled=true
hive.allow-register-partition-procedure=true
hive.ignore-absent-partitions=true
CONF
  printf 'io.trino=WARN\nBootstrap=WARN\n' >"$root/.trino/log.properties"
  ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
  cd "$dir"
  "$(tool java)" -Xmx"${TRINO_XMX:-2g}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m -XX:+ExitOnOutOfMemoryError \
    -Dfile.encoding=UTF-8 -Duser.timezone=UTC -Djdk.attach.allowAttachSelf=true \
    -Dconfig="$root/.trino/config.properties" -Dlog.levels-file="$root/.trino/log.properties" \
    -cp 'app:lib/*' OutlayTrino $VERSION >"$root/.trino/server.log" 2>&1 </dev/null &
  until_input_ends $!
}

# Whoever started this holds our standard input; when it dies, however it dies, the server goes too.
until_input_ends() {
  server=$1
  cat <&0 >/dev/null & watcher=$!
  # Its root is thrown away: nothing to say goodbye to, which would take 5 s.
  trap 'kill -KILL "$server" "$watcher" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
  trap 'exit 0' TERM INT
  wait -n
}

case "${1:-}/$#" in
  install/2) install "$2" ;;
  run/4) run "$2" "$3" "$4" ;;
  *) sed -n '2,/^set /p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 2 ;;
esac
