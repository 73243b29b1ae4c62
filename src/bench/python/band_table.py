"""The table of bands in calibration.md: z-scores of random cells of every family, and the worst cells.

    band_table.py calibration.md COMMAND FILE.csv

The file has a line for each cell and quantity; one without a band has no z.
"""

import csv
import math
import statistics
import sys
import textwrap

import document

FLAGGED = 3  # standard errors of chance
WORST = 12


def number(text, far):
    text = text.replace("-", "−")
    return f"**{text}**" if far else text


def main():
    calibration, command, file = sys.argv[1:]
    scores, without, worst = {}, {}, []
    with open(file, encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            key = (row["family"].lower().replace("_", " "), row["quantity"])
            without.setdefault(key, 0)
            if row["z"]:
                scores.setdefault(key, []).append(float(row["z"]))
                worst.append(row)
            else:
                without[key] += 1
    lines = ["| family | quantity | cells | no band | mean of z | sd of z | beyond 3 | beyond 5 |"]
    lines += ["|---|---|---|---|---|---|---|---|"]
    compared, flagged = 0, 0
    for key, z in sorted(scores.items()):
        cells = len(z)
        if cells < 2:
            continue
        mean, sd = statistics.fmean(z), statistics.stdev(z)
        far = [abs(mean) > FLAGGED / math.sqrt(cells), abs(sd - 1) > FLAGGED / math.sqrt(2 * cells)]
        compared += 2
        flagged += sum(far)
        beyond = [sum(abs(each) > limit for each in z) for limit in (3, 5)]
        lines.append(
            f"| {key[0]} | `{key[1]}` | {cells:,} | {without[key]:,} | {number(f'{mean:.2f}', far[0])} "
            f"| {number(f'{sd:.2f}', far[1])} | {beyond[0]} | {beyond[1]} |"
        )
    none = sorted({family for family, _ in without} - {family for family, _ in scores})
    lines += [
        "",
        *textwrap.wrap(
            f"No band in any cell: {', '.join(none) or 'none'}. Bold: {flagged} of {compared} numbers, further from a "
            f"standard normal law's than {FLAGGED} standard errors of chance. By chance {0.0027 * compared:.1f} would be.",
            document.COLUMNS,
        ),
    ]
    document.write(calibration, "bands", command, "results do not depend on the machine", lines)
    print("\nThe worst:")
    for row in sorted(worst, key=lambda row: -abs(float(row["z"])))[:WORST]:
        expected = f"{float(row['expected']):.4g} ± {float(row['expected_sd']):.2g}"
        print(
            f"{float(row['z']):6.2f} {row['quantity']}: {row['replicates']} networks, mean {float(row['mean']):.4g}, "
            f"expected {expected}; {row['cell']}"
        )


if __name__ == "__main__":
    main()
