"""Schedules that plan simulates: for sweeps of many sizes, and for one beside what it took in fact.

    schedule_table.py clusters.md PLAN UNITS CORES FOLDER PLAN10^4 PLAN10^5 …

PLAN is what plan says of the sweep on CORES cores, UNITS a CSV file of its units' measured seconds,
longest first, and FOLDER its results. The last files are what plan says of larger sweeps.
"""

import csv
import datetime
import heapq
import json
import os
import re
import sys
from pathlib import Path

import document

LINE = re.compile(r"^ *(\d+) +(\d+) +(\d+) +([\d.]+) +([\d.]+) +([\d.]+) +(\S.*)$", re.MULTILINE)


def simulated(file):
    """Rows of plan's table: executors, places, tasks, seconds, utilisation, critical seconds, unit."""
    return [match.groups() for match in LINE.finditer(Path(file).read_text())]


def counted(file):
    """Cells that plan would measure."""
    return sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:measured|trained)", Path(file).read_text()))


def scheduled(seconds, places):
    """The makespan of tasks given to the place that is free first."""
    free = [0.0] * places
    for length in seconds:
        heapq.heapreplace(free, free[0] + length)
    return max(free)


def measured(folder):
    """Seconds from the spec's writing, when the session stands, to the last wave's commit."""
    last = 0.0
    for file in (folder / "manifest").glob("*.json"):
        entry = json.loads(file.read_text())
        if entry["table"] == "replicates" and not entry["replaces"]:
            stamp = datetime.datetime.fromisoformat(entry["created_at"].replace("Z", "+00:00"))
            last = max(last, stamp.timestamp())
    return last - (folder / "spec.yaml").stat().st_mtime


def duration(seconds):
    seconds = float(seconds)
    return f"{seconds:.0f} s" if seconds < 600 else f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def main():
    target, plan, units, cores, folder, *larger = sys.argv[1:]
    sizes = {counted(file): simulated(file) for file in larger}
    executors = [row[0] for row in next(iter(sizes.values()))]
    lines = [
        "| cells | tasks | " + " | ".join(f"{int(n):,} executors" for n in executors) + " |",
        "|---" * (len(executors) + 2) + "|",
    ]
    for cells, rows in sizes.items():
        times = [f"{duration(row[3])}, {100 * float(row[4]):.0f} %" for row in rows]
        lines.append(f"| {cells:,} | {int(rows[0][2]):,} | " + " | ".join(times) + " |")
    with open(units, newline="") as file:
        seconds = [float(row["unit_seconds"]) for row in csv.DictReader(file) for _ in range(int(float(row["units"])))]
    load = os.getloadavg()[2]
    took = measured(Path(folder))
    lines += ["", f"| 01-quickstart on {cores} cores | s | error |", "|---|---|---|"]
    lines.append(f"| measured, from the session to the last commit | {took:.1f} | |")
    for name, value in [
        ("simulated, units as the cost model has them", float(simulated(plan)[0][3])),
        ("simulated, units as they were measured", scheduled(seconds, int(cores))),
    ]:
        lines.append(f"| {name} | {value:.1f} | {100 * (value / took - 1):+.0f} % |")
    document.write(target, "schedule", "jobs/bench schedule", f"load average of the last 15 minutes {load:.1f}", lines)


if __name__ == "__main__":
    main()
