"""Makes libraries that read Parquet look as if they were not installed, but for some."""

import importlib
import sys

READERS = ("pyarrow", "polars", "fastparquet", "duckdb")


def library(wanted):
    """wanted: such as "pandas+pyarrow"; the frames' library and what reads Parquet for it."""
    for name in wanted.split("+"):
        importlib.import_module(name)
    for name in READERS:
        if name not in wanted.split("+") and name not in sys.modules:
            sys.modules[name] = None  # An import of it fails now.
