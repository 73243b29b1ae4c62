"""The table of RowBenchmark: what a row costs beside its network.

    rows_table.py jmh.json benchmarks.md
"""

import sys

import document

COLUMNS = ("spectra", "staged", "merged")


def main():
    jmh, benchmarks = sys.argv[1:]
    sizes = {}
    for name, params, result in document.results(jmh):
        found = sizes.setdefault(int(params["size"]), {})
        found[name.split(".")[1]] = 1e6 * document.counted(result, "processor")
    lines = [
        "| m inputs, L layers | eigenvalues of both kernels, µs a row | measured to staged, µs a row"
        " | merged, µs a row |",
        "|---" * 4 + "|",
    ]
    for size, found in sorted(sizes.items()):
        lines.append(f"| {size} | " + " | ".join(f"{found[column]:.3g}" for column in COLUMNS) + " |")
    document.write(benchmarks, "rows", "jobs/bench rows", "processor time of one thread", lines)


if __name__ == "__main__":
    main()
