"""Prints what phasemap.py takes for the committed files of results folders: a line of JSON each."""

import json
import sys

sys.path.insert(0, sys.argv[1])
import phasemap

for folder in sys.argv[2:]:
    found = {}
    for table in phasemap.TABLES:
        try:
            found[table] = phasemap.read(folder).files(table)
        except phasemap.ResultsError as e:
            found[table] = ["refused: " + str(e)]
    print(json.dumps(found))
