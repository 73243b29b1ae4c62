"""Where a sweep's time goes, on one core and on two.

    sweep_table.py benchmarks.md COMMAND CORES,START,END,PROCESSOR,UNITS,PROGRESS …

START and END of the whole command in seconds of the epoch, PROCESSOR its processors' seconds, UNITS
the seconds of its units summed, PROGRESS what --progress json printed. Start and report are what is
left of the command beside the sweep's own phases.
"""

import json
import sys
from pathlib import Path

import document

PHASES = ["plan", "session", "waves", "compaction", "cells"]


def phases(file):
    """Seconds of each phase."""
    events = [json.loads(line) for line in Path(file).read_text().splitlines()]
    return {event["phase"]: event["seconds"] for event in events if event["event"] == "phase"}


def main():
    benchmarks, command, *runs = sys.argv[1:]
    first = None
    lines = [
        "| cores | wall, s | plan | session | waves | compaction | `cells` | start and report | processor, s | units, s"
        " | rest of the waves, s | rest of all | as fast: waves | as fast: all |",
        "|---" * 14 + "|",
    ]
    for run in runs:
        *numbers, progress = run.split(",")
        cores, start, end, processor, units = map(float, numbers)
        seconds = phases(progress)
        wall = end - start
        waves = seconds["waves"]
        first = first or (waves, wall)
        parts = [seconds[phase] for phase in PHASES]
        parts.append(wall - sum(parts))
        cells = [f"{cores:.0f}", *(f"{x:.1f}" for x in (wall, *parts, processor, units, waves - units / cores))]
        cells += [f"{100 * (1 - units / (cores * wall)):.1f} %", f"{first[0] / waves:.2f}", f"{first[1] / wall:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    document.write(benchmarks, "sweep", "jobs/bench sweep", f"`{command}`", lines)


if __name__ == "__main__":
    main()
