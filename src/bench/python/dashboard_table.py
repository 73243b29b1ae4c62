"""The table of DashboardLoad: what a dashboard of 200,000 cells answers, and how fast.

    dashboard_table.py load.json peer.json benchmarks.md

peer.json is of dashboard_peer.py; empty where there is no pandas.
"""

import json
import sys
import textwrap
from pathlib import Path

import document

QUESTIONS = (
    ("map", "another map: axes, view, quantity, filter"),
    ("slice", "another slice, 250 or 100 curves"),
    ("agreement", "agreement of 100,000 cells and more"),
    ("cell", "a cell with its layers and networks"),
)


def peer_lines(text):
    if not text.strip():
        return []
    peer = json.loads(text)
    return [
        "",
        f"The peer, `src/bench/python/dashboard_peer.py`, is pandas {peer['version']} in one process, with the {peer['rows']:,}"
        f" cells in memory after {peer['load_s']:.1f} s of reading their CSV: a pivot table of such a map takes"
        f" {peer['map_ms']:.0f} ms of processor time, the groups of such a slice {peer['slice_ms']:.0f} ms (medians). It counts no"
        " cells that are left out, adds neither theory nor states, and writes no answer.",
    ]


def main():
    load, peer, benchmarks = sys.argv[1:]
    found = json.loads(Path(load).read_text().strip().splitlines()[-1])
    seconds = {name[:-3]: value / 1000 for name, value in found.items() if name.endswith("_ms")}
    lines = [
        "| from opening the page | list of sweeps, s | the sweep's axes, s | its map, s |",
        "|---" * 4 + "|",
    ]
    for label, prefix in (("the server has just started", "cold_"), ("the server is prepared", "")):
        times = [f"{seconds[prefix + step]:.2g}" for step in ("list", "overview", "map")]
        lines.append(f"| {label} | " + " | ".join(times) + " |")
    lines += [
        "",
        f"The address is printed {found['start_s']:.2g} s after the start, and the sweep is prepared"
        f" {found['prepared_s']:.2g} s later. The map has 25,000 cells in each of two panels before thinning"
        f" ({found['map_kilobytes']:.0f} kB packed).",
        "",
        f"In Chromium the map is drawn {seconds['page_first']:.2g} s after the first page is opened, {seconds['page_again']:.2g} s"
        f" after another is, and {found['drawing_p50_ms']:.0f} ms after the answer to a change (median; at most"
        f" {found['drawing_most_ms']:.0f} ms). The page's thread has run for {found['page_processor_ms']:.0f} ms until the"
        f" first, and for {found['drawing_processor_ms']:.0f} ms at each change.",
        "",
        "| question, each new to the server | median, ms | 95 %, ms | the server's processors, ms |",
        "|---" * 4 + "|",
    ]
    for name, label in QUESTIONS:
        times = [f"{found[name + what]:.0f}" for what in ("_p50_ms", "_p95_ms", "_processor_ms")]
        lines.append(f"| {label} | " + " | ".join(times) + " |")
    lines += [
        *peer_lines(Path(peer).read_text()),
        "",
        f"Fifty clients for 30 s: {found['clients_answers']} answers, {found['clients_errors']} errors, median"
        f" {seconds['clients_p50']:.2g} s.",
        "",
        f"The server had at most {found['one_client_megabytes']} MB in memory with one client, {found['most_megabytes']} MB with"
        f" fifty; {found['resident_megabytes']} MB afterwards, of which {found['heap_megabytes']:.0f} MB are live Java objects."
        f" Ctrl-C ended it with exit code {found['exit_code']}.",
    ]
    lines = [part for line in lines for part in (textwrap.wrap(line, document.COLUMNS) if line and not line.startswith("|") else [line])]
    document.write(
        benchmarks, "dashboard", "jobs/bench dashboard", f"200,000 cells, 1,600,000 networks, load {found['load']:.1f}", lines
    )


if __name__ == "__main__":
    main()
