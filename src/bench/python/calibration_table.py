"""The tables of z-scores in calibration.md.

    calibration_table.py calibration.md NAME=FILE.csv ...

Each file has a line for each quantity: quantity, cells, mean, sd, within (percent), worst.
"""

import csv
import math
import sys

import document

WITHIN = 95.45  # percent of a standard normal law within 2
FLAGGED = 3  # standard errors of chance


def column(statistic, row):
    """A statistic of one quantity, bold where chance would seldom make it."""
    cells = int(row["cells"])
    value = float(row[statistic])
    normal, error, digits = {
        "mean": (0, 1 / math.sqrt(cells), 2),
        "sd": (1, 1 / math.sqrt(2 * cells), 2),
        "within": (WITHIN, math.sqrt(WITHIN * (100 - WITHIN) / cells), 1),
    }[statistic]
    text = f"{value:.{digits}f}".replace("-", "−")
    far = abs(value - normal) > FLAGGED * error
    return (f"**{text}**" if far else text), far


def main():
    calibration, *files = sys.argv[1:]
    sweeps = {}
    for file in files:
        name, path = file.split("=", 1)
        with open(path, encoding="utf-8") as lines:
            sweeps[name] = {row["quantity"].removeprefix("z_"): row for row in csv.DictReader(lines)}
    quantities = list(dict.fromkeys(quantity for rows in sweeps.values() for quantity in rows))
    lines, compared, flagged = [], 0, 0
    for title, statistic in [("mean of z", "mean"), ("sd of z", "sd"), ("\\|z\\| ≤ 2, percent", "within")]:
        lines += [f"| {title} | cells | " + " | ".join(f"`{q}`" for q in quantities) + " |"]
        lines += ["|---|---" + "|---" * len(quantities) + "|"]
        for name, rows in sweeps.items():
            counts = sorted(int(row["cells"]) for row in rows.values())
            values = []
            for quantity in quantities:
                text, far = column(statistic, rows[quantity]) if quantity in rows else ("", False)
                values.append(text)
                compared += quantity in rows
                flagged += far
            lines.append(f"| {name} | {counts[0]:,} to {counts[-1]:,} | " + " | ".join(values) + " |")
        lines.append("")
    lines += [
        f"Bold: {flagged} of {compared} numbers, further from a standard normal law's than {FLAGGED} standard errors of chance,",
        f"which are 1/√cells for a mean and 1/√(2 cells) for an sd. By chance {0.0027 * compared:.1f} would be.",
    ]
    document.write(calibration, "calibration", "jobs/bench calibration", "results do not depend on the machine", lines)


if __name__ == "__main__":
    main()
