"""Holds exported CSV files, as phasemap.py reads them with pandas alone, to what programs of their versions printed."""

import csv
import sys

sys.path.insert(0, sys.argv[1])
import phasemap


def key(row):
    return row["cell_id"], int(row.get("replicate", 0))


for pair in sys.argv[2:]:
    printed, exported, table = pair.split("=")
    expected = sorted(csv.DictReader(open(printed, encoding="utf-8")), key=key)
    rows = phasemap.read(exported, "pandas").table(table).to_dict("records")
    rows.sort(key=key)
    assert len(rows) == len(expected), f"{pair}: {len(rows)} rows, not {len(expected)}"
    compared = 0
    for row, wanted in zip(rows, expected):
        for column, text in wanted.items():
            if text.startswith("["):  # CSV has no place for lists.
                continue
            value = row.get(column)  # A column without a value is left out.
            if text == "" or value is None:
                right = text == "" and (value is None or phasemap._is_null(value))
            elif isinstance(value, str):
                right = value == text
            else:
                right = float(value) == float(text)
            assert right, f"{pair}: {column} is {value}, not {text}"
            compared += 1
    print(pair, compared)
