"""Where a sweep's time goes, on one core and on two.

    sweep_table.py benchmarks.md COMMAND CORES,START,END,PROCESSOR,UNITS,FOLDER …

START and END of the whole command in seconds of the epoch, PROCESSOR its processors' seconds, UNITS
the seconds of its units summed, FOLDER its results. The spec is written when the session has started,
and the manifest says when tables were committed.
"""

import datetime
import json
import sys
from pathlib import Path

import document


def committed(folder):
    """Seconds of the epoch of each table's latest commit."""
    times = {}
    for file in sorted((folder / "manifest").glob("*.json")):
        entry = json.loads(file.read_text())
        stamp = datetime.datetime.fromisoformat(entry["created_at"].replace("Z", "+00:00"))
        times[entry["table"]] = stamp.timestamp()
    return times


def main():
    benchmarks, command, *runs = sys.argv[1:]
    first = None
    lines = [
        "| cores | wall, s | start | waves | `cells` | report | processor, s | units, s | rest of the waves | rest of all"
        " | waves, times as fast |",
        "|---" * 11 + "|",
    ]
    for run in runs:
        *numbers, folder = run.split(",")
        cores, start, end, processor, units = map(float, numbers)
        times = committed(Path(folder))
        stamps = [start, (Path(folder) / "spec.yaml").stat().st_mtime, times["replicates"], times["cells"], end]
        parts = [later - earlier for earlier, later in zip(stamps, stamps[1:])]
        waves = parts[1]
        first = first or waves
        wall = end - start
        cells = [f"{cores:.0f}", f"{wall:.1f}", *(f"{part:.1f}" for part in parts), f"{processor:.1f}", f"{units:.1f}"]
        cells += [f"{100 * (1 - units / (cores * t)):.1f} %" for t in (waves, wall)]
        lines.append("| " + " | ".join(cells) + f" | {first / waves:.2f} |")
    document.write(benchmarks, "sweep", "jobs/bench sweep", f"`{command}`", lines)


if __name__ == "__main__":
    main()
