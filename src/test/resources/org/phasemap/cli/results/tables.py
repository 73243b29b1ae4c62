"""Holds tables that phasemap.py reads to what the program of their version printed of them."""

import csv
import json
import sys

import only

only.library(sys.argv[2])
sys.path.insert(0, sys.argv[1])
import phasemap


def key(row):
    return row["cell_id"], int(row.get("replicate", 0))


def check(printed, frame, name):
    with open(printed, encoding="utf-8") as file:
        expected = sorted(csv.DictReader(file), key=key)
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
                right = same(list(value), json.loads(text.replace("NULL", "null")))
            else:
                right = float(value) == float(text)
            assert right, f"{name}: {column} is {value}, not {text}"


def same(values, printed):
    pairs = list(zip(values, printed))
    return len(values) == len(printed) and all(phasemap._is_null(v) if p is None else float(v) == p for v, p in pairs)


def check_types(frame, name):
    """What both tables hold: whole numbers stay whole, in whatever library, and with nulls among them."""
    kinds = phasemap._described()["types"]
    for column in frame.columns:
        found = str(frame[column].dtype).lower()
        whole = kinds[column] in ("int", "long")
        assert found.startswith("int") == whole, f"{name}: {column} is {found}"
        assert kinds[column] != "double" or found == "float64", f"{name}: {column} is {found}"


for folder in sys.argv[3:]:
    sweep = phasemap.read(folder, sys.argv[2].split("+")[0], verify=True)
    check(folder + "/replicates.csv", sweep.replicates, folder)
    check_types(sweep.replicates, folder)
    try:
        check(folder + "/cells.csv", sweep.cells, folder)
        check_types(sweep.cells, folder)
        assert not folder.endswith("schema-1")
    except phasemap.ResultsError as e:
        assert folder.endswith("schema-1") and "an earlier version" in str(e), e
    print(sys.argv[2], folder)
