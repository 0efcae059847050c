# Starts the program named by ATMD_MAIN; sourced by bin/atmd and bin/atm. POSIX sh.
#
# In a source checkout it builds on first use. It finds a Java 25, and starts it with the classes it
# has loaded before (an AOT cache). That cache is named by a hash of what it was made from, because
# the JVM itself does not notice that a jar has changed.
set -eu

home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
lib=$home/lib
[ -f "$home/pom.xml" ] && lib=$home/atmd-server/target/lib

say() { printf '%s\n' "atmd: $*" >&2; }

# Prints the major version of the Java installed in $1, or nothing.
java_major() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_java() {
  on_path=$(command -v java || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "$home/runtime" "${ATMD_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && [ "$(java_major "$candidate")" = 25 ]; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  say "no Java 25 found; install a JDK 25 or point JAVA_HOME at one"
  exit 1
}

# Whether the build is missing, or something it was made from is newer.
is_stale() {
  [ -f "$lib/classpath.sum" ] || return 0
  [ -n "$(find "$home"/pom.xml "$home"/config "$home"/atmd-core "$home"/atmd-protocol "$home"/atmd-client "$home"/atmd-server \
    -name target -prune -o -type f -newer "$lib/classpath.sum" -print 2>/dev/null | head -n 1)" ]
}

# Removes the lock $1 if it is older than $2 minutes: whoever took it must have been killed.
drop_stale_lock() {
  find "$1" -maxdepth 0 -mmin "+$2" -exec rmdir {} \; 2>/dev/null || true
}

build() {
  command -v mvn >/dev/null || {
    say "building needs Maven (mvn), which is not on the PATH"
    exit 1
  }
  mkdir -p "$home/atmd-server/target"
  drop_stale_lock "$home/atmd-server/target/build.lock" 15
  waited=0
  while ! mkdir "$home/atmd-server/target/build.lock" 2>/dev/null; do
    [ $waited -eq 0 ] && say "waiting for another build (its lock is atmd-server/target/build.lock)"
    waited=$((waited + 1))
    if [ $waited -gt 300 ]; then
      say "gave up waiting; remove the lock if no build runs"
      exit 1
    fi
    sleep 1
  done
  trap 'rmdir "$home/atmd-server/target/build.lock" 2>/dev/null' EXIT
  trap 'exit 130' HUP INT TERM
  is_stale || return 0
  say "building, once for this version of the sources ..."
  (cd "$home" && JAVA_HOME=$java MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" mvn -q -Dmaven.test.skip=true -pl atmd-server -am package) >&2 || {
    say "the build failed; see above"
    exit 1
  }
  say "built"
}

unlock() {
  rmdir "$home/atmd-server/target/build.lock" 2>/dev/null || true
  trap - EXIT HUP INT TERM
}

java=$(find_java)
if [ -f "$home/pom.xml" ] && is_stale; then
  build
  unlock
fi

flags="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xlog:disable -Xlog:all=error:stderr"
flags="$flags --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
natives=-Datmd.natives=unpacked
case $ATMD_MAIN in
  *.Atmd)
    name=atmd
    flags="$flags -Xms56m -Xmn36m -XX:SurvivorRatio=4 -Xmx${ATMD_HEAP:-448m} -XX:MaxDirectMemorySize=${ATMD_DIRECT:-256m} -XX:+ExitOnOutOfMemoryError"
    # Tests look at every buffer for leaks; looking at some of them here would cost a tenth of the speed.
    flags="$flags -Dio.netty.allocator.type=pooled -Dio.netty.leakDetection.level=disabled"
    # SQLite's own code; where there is none for this machine the driver unpacks what it has.
    sqlite=$lib/native/org/sqlite/native/$(uname -s | sed 's/Darwin/Mac/')/$(uname -m | sed 's/arm64/aarch64/')
    [ -d "$sqlite" ] && natives=-Dorg.sqlite.lib.path=$sqlite
    # One arena of the C library is enough for what the JVM itself allocates, and saves 7 MB.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
    # What the daemon writes, its log first of all, is for its user alone.
    private_umask=077
    ;;
  *)
    name=atm
    flags="$flags -XX:TieredStopAtLevel=1 -Xms8m -Xmx128m"
    ;;
esac

# The class path, whatever characters the path of this directory has.
classpath=
while IFS= read -r line || [ -n "$line" ]; do
  while :; do
    case $line in
      *@lib@*) classpath=$classpath${line%%@lib@*}$lib line=${line#*@lib@} ;;
      *) break ;;
    esac
  done
  classpath=$classpath$line
done <"$lib/classpath"

# Has a short real run leave what it loaded in the file $1. How often it did what stays out of it: code compiled
# by the counts of a second is a tenth slower for as long as the daemon runs.
train_to() {
  # shellcheck disable=SC2086
  "$java/bin/java" $flags -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
    "-XX:AOTCacheOutput=$1.new" "$natives" -cp "$classpath" \
    dev.atmd.server.cli.Training "$name" >/dev/null 2>"$1.log" </dev/null && rm -f "$1.log" && mv "$1.new" "$1"
}

# Trains a cache in the background, at most once for each version of program, Java and flags.
train() {
  (
    mkdir -p "$cache_dir" && cd "$cache_dir" || exit 0
    drop_stale_lock "$cache.lock" 2
    mkdir "$cache.lock" 2>/dev/null || exit 0
    trap 'rmdir "$cache.lock"' EXIT
    trap 'exit 130' HUP INT TERM
    rm -f "$name"-*.aot "$name"-*.aot.new "$name"-*.aot.log
    train_to "$cache"
  ) >/dev/null 2>&1 &
}

if [ -n "${ATMD_TRAIN_TO:-}" ]; then
  train_to "$ATMD_TRAIN_TO"
  exit
fi

# Without a home there is no cache: the JVM trusts one, and in /tmp anybody could have put it.
cache_dir=${ATMD_CACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/dev/null}/.cache}/atm}
sum=$({ cat "$lib/classpath.sum" "$java/release"; echo "$flags $lib"; } | cksum | tr ' ' '-')
cache=$cache_dir/$name-$sum.aot
[ -f "$home/cache/$name.aot" ] && cache=$home/cache/$name.aot
if [ -f "$cache" ] && { [ -O "$cache" ] || [ "$cache" = "$home/cache/$name.aot" ]; }; then
  set -- "-XX:AOTCache=$cache" "$natives" -cp "$classpath" "$ATMD_MAIN" "$@"
else
  set -- "$natives" -cp "$classpath" "$ATMD_MAIN" "$@"
  [ -n "${ATMD_NO_TRAINING:-}" ] || train
fi

ATMD_LAUNCHER=$home/bin/$name
export ATMD_LAUNCHER
umask "${private_umask:-$(umask)}"
# shellcheck disable=SC2086
exec "$java/bin/java" $flags "$@"
