#!/usr/bin/env python3
"""From the parts that gpu-measure.sh left to one JSON file and one table.

gpu-table.py DIR PART...          reads DIR/parts/PART.json, writes DIR/results.json, prints the table
gpu-table.py --machine            prints what the machine is
gpu-table.py --failed RC LOG OUT  prints why a part failed
"""
import json
import pathlib
import platform
import subprocess
import sys

# Bounds of an H200: bytes a second as measured on one, multiply-adds a second of its fp32 units.
BYTES_A_SECOND = 4.3e12
MACS_A_SECOND = 67e12 / 2

QUERY = "name,driver_version,compute_cap,memory.total,clocks.max.sm,clocks.max.mem,power.limit"


def machine():
    facts = {"system": platform.platform(), "processor": platform.processor(), "python": platform.python_version()}
    try:
        line = subprocess.run(
            ["nvidia-smi", "--query-gpu=" + QUERY, "--format=csv,noheader"], capture_output=True, text=True, check=True
        ).stdout.splitlines()[0]
        facts["gpu"] = dict(zip(QUERY.split(","), (value.strip() for value in line.split(","))))
    except (OSError, subprocess.CalledProcessError, IndexError) as problem:
        facts["gpu"] = {"lack": str(problem)}
    return facts


def tail(path, lines=5):
    try:
        return pathlib.Path(path).read_text(errors="replace").strip().splitlines()[-lines:]
    except OSError:
        return []


def partial(path):
    """One object, or of objects line after line, each of which replaces the one before, the last that is whole."""
    try:
        return json.loads(pathlib.Path(path).read_text())
    except (OSError, ValueError):
        pass
    for line in reversed(tail(path, 100)):
        try:
            return json.loads(line)
        except ValueError:
            continue
    return None


def failed(code, log, output):
    result = {"failed": int(code), "reason": "out of time" if code in ("124", "137") else tail(log)}
    got = partial(output)
    if isinstance(got, dict):
        result["partial"] = got
    return result


def read(folder, names):
    parts = {}
    for name in names:
        part = partial(folder / "parts" / (name + ".json"))
        parts[name] = part if isinstance(part, dict) else {"failed": "it left nothing"}
    return parts


def sizes(measured):
    """Of what bench or compile say, an entry for each size: the only one lies flat."""
    if "sizes" in measured:
        return measured["sizes"]
    return [measured] + measured.get("moreSizes", [])


def batch(size, otherwise):
    inputs = size.get("inputs") or otherwise.get("inputs")
    return inputs[0]["shape"][0] if inputs else 1


def bound(compiled, index):
    """Megabytes that steps move, and the microseconds that memory and arithmetic leave none of them below."""
    all_sizes = sizes(compiled) if "work" in compiled else []
    if index >= len(all_sizes):
        return None
    work = all_sizes[index].get("work", [])
    seconds = sum(max(step["bytes"] / BYTES_A_SECOND, step["multiplyAdds"] / MACS_A_SECOND) for step in work)
    return sum(step["bytes"] for step in work) / 1e6, 1e6 * seconds


def row(cells):
    return "| " + " | ".join(cells) + " |"


def ours(parts, name):
    bench = parts.get("bench-" + name, {})
    compiled = parts.get("compile-" + name, {})
    copies = parts.get("copies-" + name, {})
    if "contestants" not in bench and "sizes" not in bench:
        return
    for index, size in enumerate(sizes(bench)):
        images = batch(size, sizes(compiled)[index] if index < len(sizes(compiled)) else {})
        time = size["contestants"][0]["medianMilliseconds"]
        copied = sizes(copies)[index]["contestants"][0]["medianMilliseconds"] if valid(copies, index) else None
        limit = bound(compiled, index)
        steps = sum(step["microseconds"] for step in size["layers"][0]["steps"]) if size.get("layers") else None
        yield row(
            [
                name,
                str(images),
                f"{time:.3f}",
                f"{images / time * 1e3:.0f}",
                f"{copied:.3f}" if copied else "",
                f"{steps / 1e3:.3f}" if steps else "",
                f"{limit[0]:.0f}" if limit else "",
                f"{limit[1] / 1e3:.3f}" if limit else "",
            ]
        )


def valid(bench, index):
    return ("contestants" in bench or "sizes" in bench) and index < len(sizes(bench))


def table(parts):
    lines = ["# Measured by gpu-measure.sh", ""]
    gpu = parts.get("machine", {}).get("gpu", {})
    lines += [", ".join(f"{key} {value}" for key, value in gpu.items()) or "no GPU", "", "## Values", ""]
    lines += [row(["model", "result"]), "|---|---|"]
    for name, part in parts.items():
        if name.startswith("check-"):
            lines.append(row([name[len("check-") :], verdict(part)]))
    lines += ["", "## Lowpass", ""]
    lines.append(
        row(["model", "batch", "ms", "images/s", "ms with copies", "ms, steps one by one", "MB", "ms, bound of an H200"])
    )
    lines.append("|---|" + "---:|" * 7)
    for name in [part[len("bench-") :] for part in parts if part.startswith("bench-")]:
        lines += ours(parts, name)
    lines += ["", "## Peers", "", row(["peer", "model", "batch", "ms", "images/s"]), "|---|---|---:|---:|---:|"]
    peers = parts.get("peers", {})
    for each in peers.get("measured", peers.get("partial", {}).get("measured", [])):
        time = each["milliseconds"]
        lines.append(
            row([each["peer"], each["model"], str(each["batch"]), f"{time:.3f}", f"{each['batch'] / time * 1e3:.0f}"])
        )
    lines += [""] + slowest(parts)
    return "\n".join(lines)


def verdict(part):
    if "artifact" in part:
        return "as the interpreter, step by step and as a whole"
    reason = part.get("skipped") or part.get("reason", "")
    return "not checked: " + (reason if isinstance(reason, str) else " ".join(reason[-1:])).replace("|", "/")


def slowest(parts, count=12):
    lines = []
    for name, part in parts.items():
        if name.startswith("bench-") and ("sizes" in part or "contestants" in part):
            for size in sizes(part):
                steps = size["layers"][0]["steps"] if size.get("layers") else []
                lines += [f"## Slowest steps of {name[len('bench-'):]}, batch {batch(size, {})}", ""]
                lines += [row(["step", "us"]), "|---|---:|"]
                for step in sorted(steps, key=lambda each: -each["microseconds"])[:count]:
                    lines.append(row([step["step"].replace("|", "/"), f"{step['microseconds']:.1f}"]))
                lines.append("")
    return lines


def main(arguments):
    if arguments[:1] == ["--machine"]:
        print(json.dumps(machine()))
    elif arguments[:1] == ["--failed"]:
        print(json.dumps(failed(*arguments[1:4])))
    elif arguments and not arguments[0].startswith("-"):
        folder = pathlib.Path(arguments[0])
        parts = read(folder, arguments[1:])
        (folder / "results.json").write_text(json.dumps(parts, indent=2) + "\n")
        print(table(parts))
    else:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
