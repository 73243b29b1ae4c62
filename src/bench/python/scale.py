"""Sweeps of many cells: what they cost beside their networks, in time, memory and files.

    scale.py HOME OUT

Runs conf/sweeps/07-scale.yaml and ten times its cells on two cores, each again when it is finished,
and the first on a cluster of one executor. Peaks are the kernel's VmHWM, of every Java process that
a command started.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import document
import spark_cluster

SPEC = "conf/sweeps/07-scale.yaml"
NAME = "07-scale"
CORES = 2
# The cells of the spec and ten times as many.
SIZES = [[], ["-o", "network.sigma_multiplier={from: 0.5, to: 2, count: 1000}"]]
PHASES = ["plan", "session", "waves", "compaction", "cells"]


class Peaks(threading.Thread):
    """Watches how much memory the Java processes that start below this one have at most, in MB."""

    def __init__(self):
        super().__init__(daemon=True)
        self.before = set(self.java())
        self.peaks = {}
        self.done = threading.Event()

    @staticmethod
    def java():
        """Process numbers; /proc/PID/stat is "PID (name) state parent …"."""
        parents, names = {}, {}
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                head, tail = file.read_text().rsplit(")", 1)
            except OSError:
                continue  # It has ended.
            pid, name = head.split(" (", 1)
            parents[pid], names[pid] = tail.split()[1], name
        for pid in names:
            above = pid
            while above in parents and above != str(os.getpid()):
                above = parents[above]
            if names[pid] == "java" and above == str(os.getpid()):
                yield pid

    def run(self):
        while not self.done.wait(0.2):
            for pid in set(self.java()) - self.before:
                try:
                    command = Path(f"/proc/{pid}/cmdline").read_text()
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                kind = "executor" if "CoarseGrainedExecutorBackend" in command else "driver"
                if "VmHWM:" in status:
                    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
                    self.peaks[kind] = max(self.peaks.get(kind, 0), peak)

    def end(self):
        self.done.set()
        self.join()
        return self.peaks


def run(home, out, *arguments):
    """Runs phasemap: its output, wall seconds, processor seconds and peaks."""
    watch = Peaks()
    watch.start()
    before = os.times()
    start = time.time()
    with open(out / "scale.log", "w") as log:
        ran = subprocess.run(
            [home / "jobs/phasemap", *arguments], cwd=home, stdout=subprocess.PIPE, stderr=log, text=True
        )
    wall = time.time() - start
    after = os.times()
    if ran.returncode != 0:
        sys.exit(f"phasemap {' '.join(arguments)} failed, log: {out / 'scale.log'}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return ran.stdout, wall, processor, watch.end()


def sweep(home, out, results, master, options):
    """Runs a sweep: phases, wall seconds, processor seconds, peaks."""
    command = ["--master", master, "sweep", SPEC, *options, "--results", str(results), "--progress", "json"]
    output, wall, processor, peaks = run(home, out, *command)
    events = [json.loads(line) for line in output.splitlines()]
    phases = {event["phase"]: event["seconds"] for event in events if event["event"] == "phase"}
    planned = next(event for event in events if event["event"] == "planned")
    return phases, planned, wall, processor, peaks


def files(folder):
    found = [file for file in folder.glob("*.parquet")]
    return f"{len(found)}, {sum(file.stat().st_size for file in found) / 1e6:.1f}"


def units(home, out, folder):
    sql = "select sum(unit_seconds / unit_rows) as units from replicates"
    output, *_ = run(home, out, "query", str(folder), "--format", "csv", sql)
    return float(output.split()[-1])


def main():
    home, out = map(Path, sys.argv[1:])
    rows = [
        "| cells | rows | wall, s | plan | session | waves | compaction | `cells` | start and report | processor, s"
        " | units, s | beside units in waves | cells/s in waves | again, s | again, processor, s | `plan`, s |",
        "|---" * 16 + "|",
    ]
    memory = [
        "| cells | master | driver, MB | executor, MB | `replicates`: files, MB | `cells`: files, MB | report, MB |",
        "|---" * 7 + "|",
    ]

    def remember(cells, master, peaks, folder):
        executor = f"{peaks['executor']:,.0f}" if "executor" in peaks else "in the driver"
        memory.append(
            f"| {cells:,} | {master} | {peaks['driver']:,.0f} | {executor} | {files(folder / 'replicates')}"
            f" | {files(folder / 'cells')} | {(folder / 'report.html').stat().st_size / 1e6:.1f} |"
        )

    local = f"local[{CORES},4]"
    for options in SIZES:
        results = out / f"scale-{len(options)}"
        subprocess.run(["rm", "-rf", str(results)], check=True)
        phases, planned, wall, processor, peaks = sweep(home, out, results, local, options)
        folder = results / NAME
        *_, again, again_processor, _ = sweep(home, out, results, local, options)
        *_, plan, _, _ = run(home, out, "plan", SPEC, *options)
        measured = units(home, out, folder)
        parts = [phases[phase] for phase in PHASES]
        parts.append(wall - sum(parts))
        waves = phases["waves"]
        cells = [f"{planned['cells']:,}", f"{planned['rows']:,}"]
        cells += [f"{x:.1f}" for x in (wall, *parts, processor, measured)]
        cells += [f"{100 * (1 - measured / CORES / waves):.0f} %", f"{planned['cells'] / waves:,.0f}"]
        cells += [f"{x:.1f}" for x in (again, again_processor, plan)]
        rows.append("| " + " | ".join(cells) + " |")
        remember(planned["cells"], local, peaks, folder)
    results = out / "scale-cluster"
    subprocess.run(["rm", "-rf", str(results)], check=True)
    with spark_cluster.started(home, CORES, "2g", out) as master:
        *_, planned, _, _, peaks = sweep(home, out, results, master, SIZES[0])
    remember(planned["cells"], f"an executor of {CORES} cores", peaks, results / NAME)
    load = f"load average of the last 15 minutes {os.getloadavg()[2]:.1f}"
    document.write(home / "docs/benchmarks.md", "scale", "jobs/bench scale", load, rows + [""] + memory)


if __name__ == "__main__":
    main()
