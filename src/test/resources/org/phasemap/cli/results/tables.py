"""Holds tables that phasemap.py reads to what the program of their version printed of them."""

import csv
import sys

sys.path.insert(0, sys.argv[1])
import phasemap


def key(row):
    return row["cell_id"], int(row.get("replicate", 0))


def check(printed, frame, name):
    expected = sorted(csv.DictReader(open(printed, encoding="utf-8")), key=key)
    columns = {column: list(frame[column]) for column in expected[0]}
    rows = [{column: values[i] for column, values in columns.items()} for i in range(len(frame))]
    rows.sort(key=key)
    assert len(rows) == len(expected), f"{name}: {len(rows)} rows, not {len(expected)}"
    for row, wanted in zip(rows, expected):
        for column, text in wanted.items():
            value = row[column]
            if text == "":
                right = phasemap._is_null(value)
            elif isinstance(value, str):
                right = value == text
            elif text.startswith("["):
                right = len(value) == text.count(",") + 1
            else:
                right = float(value) == float(text)
            assert right, f"{name}: {column} is {value}, not {text}"


for frames in sys.argv[2].split(","):
    for folder in sys.argv[3:]:
        sweep = phasemap.read(folder, frames, verify=True)
        check(folder + "/replicates.csv", sweep.replicates, folder)
        try:
            check(folder + "/cells.csv", sweep.cells, folder)
            assert not folder.endswith("schema-1")
        except phasemap.ResultsError as e:
            assert folder.endswith("schema-1") and "an earlier version" in str(e), e
        print(frames, folder)
