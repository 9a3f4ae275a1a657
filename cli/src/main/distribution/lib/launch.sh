# Shared by the lowpass command of a checkout and that of the distribution, which read this file.
needed=25

fail() {
  echo "lowpass: $*" >&2
  exit 1
}

# The major version of the JDK in folder $1; nothing where there is none, or it has no program $2.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the first JDK that is new enough and has a program $1, java or javac.
find_jdk() {
  local java version folder
  java=$(command -v java || true)
  for folder in "${JAVA_HOME:-}" ${java:+"$(dirname "$(dirname "$(readlink -f "$java")")")"} \
      /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/*jdk* /opt/java/*; do
    [ -n "$folder" ] || continue
    version=$(jdk_version "$folder" "$1")
    if [ -n "$version" ] && [ "$version" -ge "$needed" ]; then
      echo "$folder"
      return
    fi
  done
  fail "no JDK $needed or newer found (JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt); install one, or point JAVA_HOME at it"
}

# Becomes the command: JDK $1, class path $2, its arguments. Options for the JVM are in LOWPASS_JAVA_OPTS.
launch() {
  local jdk=$1 class_path=$2
  shift 2

  # Java reads names of files and inputs as the locale says; that of C knows no letters but ASCII's.
  if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
    export LC_ALL=C.UTF-8
  fi

  # A training asks PyTorch for some gigabytes in every step and gives them back. Pages that stay with the process make a
  # step five times faster than new ones.
  case "$* " in
    calibrate\ * | learn\ * | demo\ *--learn*)
      export MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 MALLOC_TOP_PAD_=268435456
      ;;
  esac

  # shellcheck disable=SC2086
  exec "$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Xshare:auto -Djava.awt.headless=true ${LOWPASS_JAVA_OPTS:-} \
    -cp "$class_path" dev.lowpass.cli.Main "$@"
}
