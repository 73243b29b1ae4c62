"""How much of a sweep's time its units take, on one core and on two.

    sweep_table.py benchmarks.md COMMAND CORES,WALL,PROCESSOR,UNITS …

Seconds: of the whole command, of its processors, and of its units summed.
"""

import sys

import document


def main():
    benchmarks, command, *runs = sys.argv[1:]
    first = None
    lines = ["| cores | wall, s | processor, s | units, s | the rest of cores × wall | times as fast |", "|---" * 6 + "|"]
    for run in runs:
        cores, wall, processor, units = map(float, run.split(","))
        first = first or wall
        rest = 1 - units / (cores * wall)
        lines.append(f"| {cores:.0f} | {wall:.1f} | {processor:.1f} | {units:.1f} | {100 * rest:.1f} % | {first / wall:.2f} |")
    document.write(benchmarks, "sweep", "jobs/bench sweep", f"`{command}`", lines)


if __name__ == "__main__":
    main()
