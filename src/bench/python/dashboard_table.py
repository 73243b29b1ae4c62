"""The table of DashboardLoad: what a dashboard of 200,000 cells answers, and how fast.

    dashboard_table.py load.json benchmarks.md
"""

import json
import sys
from pathlib import Path

import document

QUESTIONS = (
    ("map", "another map: axes, view, quantity, filter"),
    ("slice", "another slice, 250 or 100 curves"),
    ("agreement", "agreement of 100,000 cells and more"),
    ("cell", "a cell with its layers and networks"),
)


def main():
    load, benchmarks = sys.argv[1:]
    found = json.loads(Path(load).read_text().strip().splitlines()[-1])
    lines = [
        f"First: the sweep opens and says its axes in {found['overview_ms'] / 1000:.2g} s, and the first map of 25,000 cells"
        f" takes {found['map_ms']:.0f} ms ({found['map_kilobytes']:.0f} kB packed).",
        "",
        "| question, each new to the server | median, ms | 95 %, ms |",
        "|---" * 3 + "|",
    ]
    for name, label in QUESTIONS:
        lines.append(f"| {label} | {found[name + '_p50_ms']:.0f} | {found[name + '_p95_ms']:.0f} |")
    lines += [
        "",
        f"Fifty clients for 30 s: {found['clients_answers']} answers, {found['clients_errors']} errors, median"
        f" {found['clients_p50_ms'] / 1000:.2g} s. The process had at most {found['resident_megabytes']} MB in memory, the clients"
        " included.",
    ]
    document.write(
        benchmarks, "dashboard", "jobs/bench dashboard", "200,000 cells, 1,600,000 networks, one client on the same machine", lines
    )


if __name__ == "__main__":
    main()
