"""Says whether a results folder in a store holds what its copy here holds."""

import os
import sys

name, value = sys.argv[4].split("=", 1)
os.environ.update({name: value, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"})
os.environ.update(AWS_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true")
if sys.argv[5] == "pyarrow":
    sys.modules["fsspec"] = None  # Else it comes first.
sys.path.insert(0, sys.argv[1])
import phasemap

here = phasemap.read(sys.argv[2], verify=True)
there = phasemap.read(sys.argv[3], verify=True)
assert type(there.place.files).__module__.split(".")[0] in sys.argv[5], type(there.place.files)
assert there.provenance == here.provenance
for table in phasemap.TABLES:
    assert len(here.files(table)) == len(there.files(table)) > 0
    assert here.table(table).astype(str).equals(there.table(table).astype(str))
print("same")
try:
    phasemap.read(sys.argv[3] + "/none")
except phasemap.ResultsError as e:
    print(e)
