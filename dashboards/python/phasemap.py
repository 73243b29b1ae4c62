"""Reads sweeps of PhaseMap into pandas or polars.

    import phasemap
    sweep = phasemap.read("results/01-quickstart")      # also s3://bucket/path
    sweep.cells                                          # a row for each configuration
    sweep.replicates                                     # a row for each random network
    x, y, gain = sweep.to_grid("sigma_multiplier", "depth", "ln_gradient_gain", activation="tanh")
    sweep.draw_map("sigma_multiplier", "depth", "ln_gradient_gain", activation="tanh")

Files are those that the sweep's manifest names. A glob such as cells/*.parquet also finds what a killed
run left behind. phasemap.read also takes a file of `phasemap export`.

This is one file: copy it where you like, with phasemap.json beside it for labels and units. It needs polars, or
pandas and for Parquet one of pyarrow, polars and fastparquet. matplotlib is needed for maps alone.
"""

import hashlib
import importlib
import io
import json
import math
import os
import re

__all__ = ["read", "Sweep", "ResultsError"]

SCHEMA_VERSION = 10
OLDEST_CELLS = 2
TABLES = ("replicates", "cells")

_FIELDS = {"schema_version", "sequence", "table", "replaces", "created_at", "rows", "files", "provenance"}
_PATH = re.compile(r"(replicates|cells)/[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.parquet")
_ENTRY = re.compile(r"[0-9]{6}\.json")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ResultsError(Exception):
    """What is wrong with a results folder, or with what was asked of it, in one sentence."""


def read(path, frames=None, verify=False):
    """Opens a results folder, or a file of `phasemap export`.

    frames: "pandas" or "polars"; default: pandas if it is installed, else polars.
    verify: whether each file's SHA-256 is compared with the manifest's.
    """
    text = os.fspath(path)
    if text.startswith("file:"):
        text = re.sub("^file:(//)?", "", text)
    if text.endswith((".parquet", ".csv")):
        return Export(text, frames)
    return Results(text, frames, verify)


# ---- where files are -------------------------------------------------------------------------------


class _Local:
    def __init__(self, root):
        self.root = os.path.abspath(root)

    def path(self, name):
        return os.path.join(self.root, *name.split("/"))

    def read(self, name):
        """The bytes of a file; None if there is none."""
        path = self.path(name)
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def check(self):
        """A results folder must not lead out of itself: a link would do so, and a pipe would never end."""
        for name in ("spec.yaml", "_lock", "report.html"):
            self._check(self.path(name), os.path.isfile, "a plain file")
        for folder in ("manifest", *TABLES, "_staging"):
            self._check(self.path(folder), os.path.isdir, "a folder")
            for name in self.names(folder):
                if name.endswith((".json", ".parquet", ".crc")):
                    self._check(self.path(folder + "/" + name), os.path.isfile, "a plain file")

    @staticmethod
    def _check(path, right, allowed):
        if os.path.lexists(path) and (os.path.islink(path) or not right(path)):
            raise ResultsError(f"{path}: is no {allowed[2:]}, or a link to one; a results folder must not lead out of itself")

    def names(self, folder):
        try:
            return os.listdir(self.path(folder))
        except (FileNotFoundError, NotADirectoryError):
            return []


class _Remote:
    """A folder that fsspec knows, such as one on S3 by s3fs."""

    def __init__(self, url):
        self.scheme = url.split("://")[0]
        self.files, self.root = self.find(url)
        self.root = self.root.rstrip("/")

    @staticmethod
    def find(url):
        return _module("fsspec").core.url_to_fs(url)

    def check(self):
        """An object store has no links."""

    def path(self, name):
        return f"{self.scheme}://{self.root.lstrip('/')}/{name}"

    def read(self, name):
        try:
            return self.files.cat_file(f"{self.root}/{name}")
        except FileNotFoundError:
            return None

    def names(self, folder):
        self.files.invalidate_cache()
        try:
            return [name.rsplit("/", 1)[-1] for name in self.files.ls(f"{self.root}/{folder}", detail=False)]
        except FileNotFoundError:
            return []


class _Arrow(_Remote):
    """A folder that pyarrow knows by itself: s3, gs, hdfs and others."""

    @staticmethod
    def find(url):
        return _module("pyarrow.fs").FileSystem.from_uri(url)

    def read(self, name):
        try:
            with self.files.open_input_file(f"{self.root}/{name}") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def names(self, folder):
        selector = _module("pyarrow.fs").FileSelector(f"{self.root}/{folder}", allow_not_found=True)
        return [file.base_name for file in self.files.get_file_info(selector)]


def _place(text):
    """Where a folder is: here, or in a store that fsspec or else pyarrow knows."""
    if "://" not in text:
        return _Local(text)
    url = re.sub(r"^s3[an]://", "s3://", text)
    reasons = []
    for library, way in (("fsspec", _Remote), ("pyarrow.fs", _Arrow)):
        if _module(library) is not None:
            try:
                return way(url)
            except (ImportError, NotImplementedError, ValueError) as e:  # It lacks this kind of store.
                reasons.append(f"{library}: {e}")
    why = "; ".join(reasons) or "neither fsspec nor pyarrow is installed"
    raise ResultsError(f"{text}: needs pyarrow, or fsspec and the library of its file system, such as s3fs ({why})")


# ---- the manifest ----------------------------------------------------------------------------------


class Manifest:
    """The commits of a results folder: a file each, numbered from 1. docs/tables.md has its rules."""

    def __init__(self, place):
        self.place = place
        self.entries = []
        while (entry := self._next(len(self.entries) + 1)) is not None:
            self.entries.append(entry)
        self._check_last()

    def _next(self, number):
        """The entry of a number; None behind the last, and where that was cut off as it was written."""
        entry = self._entry(number)
        if entry is None and self.place.read(self._file(number + 1)) is not None:
            entry = self._entry(number)  # Or both have been written just now.
            if entry is None:
                raise self._gap(number, number + 1)
        return entry

    def _check_last(self):
        """Several entries may be missing before another, which a listing shows."""
        last = len(self.entries)
        later = sorted(n for n in self.place.names("manifest") if _ENTRY.fullmatch(n) and int(n[:6]) > last + 1)
        if later and self._entry(last + 1) is None:
            raise self._gap(last + 1, int(later[0][:6]))

    @staticmethod
    def _file(number):
        return f"manifest/{number:06d}.json"

    def _gap(self, number, later):
        path = self.place.path(self._file(number))
        return ResultsError(f"{path}: is damaged or missing, and {later:06d}.json is there; bring it back from a copy")

    def _entry(self, number):
        raw = self.place.read(self._file(number))
        if raw is None:
            return None
        try:
            entry = json.loads(raw)
        except (ValueError, RecursionError):
            return None
        self._check(entry, number)
        return entry

    def _check(self, entry, number):
        def require(right, field):
            if not right:
                raise ResultsError(f"{self.place.path(self._file(number))}: is no entry of a manifest ({field})")

        require(isinstance(entry, dict), "no object")
        version = entry.get("schema_version")
        require(_is_whole(version) and version >= 1, "schema_version")
        if version > SCHEMA_VERSION:
            raise ResultsError(
                f"{self.place.path(self._file(number))}: schema_version {version} is of a newer version of PhaseMap; "
                f"this phasemap.py knows 1 to {SCHEMA_VERSION}"
            )
        require(set(entry) <= _FIELDS, "unknown field")
        require(entry.get("sequence") == number, "sequence")
        require(entry.get("table") in TABLES, "table")
        require(isinstance(entry.get("replaces", False), bool), "replaces")
        require(isinstance(entry.get("files"), list), "files")
        require(isinstance(entry.get("provenance"), dict), "provenance")
        for file in entry["files"]:
            require(isinstance(file, dict) and isinstance(file.get("path"), str), "files.path")
            require(set(file) <= {"path", "rows", "bytes", "sha256"}, "files: unknown field")
            path = file["path"]
            require(_PATH.fullmatch(path) and path.startswith(entry["table"] + "/"), "files.path")
            require(_is_whole(file.get("rows")) and file["rows"] >= 0, "files.rows")
            require(_is_whole(file.get("bytes")) and file["bytes"] >= 0, "files.bytes")
            require(_SHA256.fullmatch(str(file.get("sha256"))), "files.sha256")
        require(entry.get("rows") == sum(file["rows"] for file in entry["files"]), "rows")

    def files(self, table):
        """The committed files of a table, as the manifest describes them."""
        files = []
        for entry in self.entries:
            if entry["table"] == table:
                if entry.get("replaces") or table == "cells":  # The table is these files alone.
                    files = []
                files += entry["files"]
        paths = [file["path"] for file in files]
        twice = {path for path in paths if paths.count(path) > 1} if len(set(paths)) < len(paths) else ()
        for path in sorted(twice):
            raise ResultsError(f"{self.place.path(path)}: two entries of the manifest add it to its table")
        return files

    def cells_version(self):
        versions = [entry["schema_version"] for entry in self.entries if entry["table"] == "cells"]
        return versions[-1] if versions else SCHEMA_VERSION


def _is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


# ---- what libraries there are ----------------------------------------------------------------------


def _module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _frames(wanted):
    names = (wanted,) if wanted else ("pandas", "polars")
    if wanted not in (None, "pandas", "polars"):
        raise ResultsError(f"frames: {wanted} is not allowed; allowed: pandas, polars")
    for name in names:
        if _module(name) is not None:
            return name
    raise ResultsError(f"{' or '.join(names)}: is not installed (pip install {names[0]} pyarrow)")


def _parquet(frames, raw):
    """A frame of a Parquet file's bytes."""
    if frames == "polars":
        return _module("polars").read_parquet(io.BytesIO(raw))
    pandas = _module("pandas")
    arrow = _module("pyarrow.parquet")
    if arrow is not None:
        return _typed(arrow.read_table(io.BytesIO(raw)).to_pandas(integer_object_nulls=True), pandas)
    polars = _module("polars")
    if polars is not None:
        table = polars.read_parquet(io.BytesIO(raw))
        return _columns({name: table[name].to_list() for name in table.columns}, pandas)
    fastparquet = _module("fastparquet")
    if fastparquet is not None:
        return _typed(fastparquet.ParquetFile(io.BytesIO(raw)).to_pandas(), pandas)
    raise ResultsError(
        "Parquet: pandas reads it with pyarrow, polars or fastparquet, and none is installed (pip install "
        "pyarrow); or write a table as CSV: jobs/phasemap export RESULTS cells.csv"
    )


def _columns(lists, pandas):
    """A frame of lists. pandas must not choose their types: it takes whole numbers with nulls for floating point."""
    frame = pandas.DataFrame({name: pandas.Series(list(values), dtype=object) for name, values in lists.items()})
    return _typed(frame, pandas)


def _typed(frame, pandas):
    """Counts stay whole numbers where some are null: else 2^53 is the largest that is kept."""
    for name in frame.columns:
        column = frame[name]
        if column.dtype == object and len(column):
            values = [value for value in column if value is not None]
            if not values:
                frame[name] = column.astype(_EMPTY.get(_described()["types"].get(name), "float64"))
            elif all(map(_is_whole, values)):
                frame[name] = column.astype("int64" if len(values) == len(column) else "Int64")
            elif all(isinstance(value, float) for value in values):
                frame[name] = column.astype("float64")
    return frame


# What a column without a value becomes; lists and numbers are NaN.
_EMPTY = {"string": object, "int": "Int64", "long": "Int64"}


# ---- labels and units ------------------------------------------------------------------------------

_WORDS = {}


def _described():
    """What phasemap.json says of columns, axes and quantities; empty without it."""
    if not _WORDS:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "phasemap.json")
        try:
            with open(path, encoding="utf-8") as file:
                known = json.load(file)
        except FileNotFoundError:
            known = {"axes": [], "quantities": [], "cells": [], "replicates": [], "grid_order": []}
        columns = {column["name"]: column for column in known["replicates"] + known["cells"]}
        _WORDS.update(
            columns=columns,
            types={name: column["type"] for name, column in columns.items()},
            axes={axis["column"]: axis for axis in known["axes"]},
            quantities={quantity["column"]: quantity for quantity in known["quantities"]},
        )
    return _WORDS


# ---- a sweep ---------------------------------------------------------------------------------------


class Sweep:
    """The tables of a sweep, read when they are first asked for."""

    def __init__(self, frames):
        self._wanted = frames
        self._read = {}

    @property
    def frames(self):
        """Whose frames the tables are: "pandas" or "polars"."""
        return _frames(self._wanted)

    @property
    def cells(self):
        """A row for each configuration."""
        return self.table("cells")

    @property
    def replicates(self):
        """A row for each random network."""
        return self.table("replicates")

    def table(self, name):
        """A table as a frame of pandas or polars."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def label(self, column):
        """What stands beside a drawing's axis: "depth L" for depth."""
        words = _described()
        name = column if column in words["columns"] else column + "_mean"
        return words["columns"].get(name, {}).get("label", column.replace("_", " "))

    def unit(self, column):
        """The unit of a column: "nat" for natural logarithms, "1" for pure numbers, "" for text."""
        words = _described()
        name = column if column in words["columns"] else column + "_mean"
        return words["columns"].get(name, {}).get("unit", "")

    def meaning(self, column):
        """What a column holds, with its formula."""
        return _described()["columns"].get(column, {}).get("meaning", "")

    @property
    def axes(self):
        """The axes on which cells differ, with their values in order."""
        values = {}
        for name in _described()["axes"] or self.cells.columns:
            if name in self.cells.columns:
                found = _distinct(self.values(name))
                if len(found) > 1:
                    values[name] = found
        return values

    @property
    def quantities(self):
        """The measured numbers that some cell has, with their labels."""
        return {
            name: quantity["label"]
            for name, quantity in _described()["quantities"].items()
            if name + "_mean" in self.cells.columns
            and self.values(name + "_mean")
        }

    def values(self, column):
        """The values that a column of cells has, as a list without nulls; empty if it has none."""
        if column not in self.cells.columns:
            return []
        return [value for value in _values(self.cells, column) if not _is_null(value)]

    def to_grid(self, x, y, value, **where):
        """The mean of a quantity over two axes: x, y and values[y][x], NaN where there is no cell or no value.

        value: a quantity such as "ln_gradient_gain", or any column of cells, such as "z_c".
        where: values of other axes, such as activation="tanh". Each point must be one cell: where several
        remain, the message says which axes to choose on.
        """
        rows, column = self._chosen(x, y, value, where)
        return self._grid(rows, x, y, column)

    def _grid(self, rows, x, y, column):
        xs = _distinct([row[x] for row in rows])
        ys = _distinct([row[y] for row in rows])
        values = [[math.nan] * len(xs) for _ in ys]
        at_x = {v: i for i, v in enumerate(xs)}
        at_y = {v: i for i, v in enumerate(ys)}
        seen = {}
        for row in rows:
            place = (at_y[row[y]], at_x[row[x]])
            if place in seen:
                raise self._several(rows, x, y)
            seen[place] = True
            values[place[0]][place[1]] = math.nan if _is_null(row[column]) else float(row[column])
        numpy = _module("numpy")
        return (xs, ys, values) if numpy is None else (numpy.array(xs), numpy.array(ys), numpy.array(values))

    def _chosen(self, x, y, value, where, also=()):
        """The rows of a map, with these columns also, and the column that it shows."""
        cells = self.cells
        known = _described()["columns"]  # Files leave out columns that are null in every row.
        column = value if value in cells.columns or value in known and value + "_mean" not in known else value + "_mean"
        for name in (x, y, column, *where):
            if name not in cells.columns and (name not in known or name in (x, y)):
                raise ResultsError(f"{value if name == column else name}: there is no such column in cells")
        axes = [name for name in _described()["axes"] if name in cells.columns]
        wanted = list(dict.fromkeys([x, y, column, *also, *where, *axes, *(["task"] if "task" in cells.columns else [])]))
        lists = [_values(cells, name) if name in cells.columns else [None] * len(cells) for name in wanted]
        rows = [dict(zip(wanted, row)) for row in zip(*lists)]
        rows = [row for row in rows if all(_equal(row[name], meant) for name, meant in where.items())]
        rows = [row for row in rows if not _is_null(row[x]) and not _is_null(row[y])]
        if "task" not in where and "task" in wanted:  # Trained cells have other quantities than measured ones.
            tasks = {row["task"] for row in rows if not _is_null(row[column])}
            task = tasks.pop() if len(tasks) == 1 else "propagation"
            rows = [row for row in rows if row["task"] == task] or rows
        if not rows:
            chosen = ", ".join(f"{name}={meant}" for name, meant in where.items())
            raise ResultsError(f"no cell has {chosen or x + ' and ' + y}; axes and values: {self.axes}")
        return rows, column

    def _several(self, rows, x, y):
        """Which axes tell the cells at one point apart."""
        others = {}
        for name in rows[0]:
            if name in _described()["axes"] and name not in (x, y):
                at = {}
                for row in rows:
                    at.setdefault((row[x], row[y]), set()).add(None if _is_null(row[name]) else row[name])
                if any(len(found) > 1 for found in at.values()):
                    others[name] = _distinct([row[name] for row in rows])
        choices = "; ".join(f"{name}: {', '.join(map(str, found))}" for name, found in others.items())
        return ResultsError(f"several cells at one point; choose a value of each of {choices or 'cell_id'}")

    def draw_map(self, x, y, value, ax=None, theory=True, **where):
        """Draws a map with matplotlib and returns its axes.

        theory: whether the line where theory has χ₁ = 1 is drawn, the edge between gradients that vanish and
        that explode. It is taken from the column theory_chi1, so it bends with depth.
        """
        pyplot = _module("matplotlib.pyplot")
        if pyplot is None:
            raise ResultsError("matplotlib: is not installed (pip install matplotlib)")
        rows, column = self._chosen(x, y, value, where, also=["theory_chi1"])
        xs, ys, values = self._grid(rows, x, y, column)
        ax = ax or pyplot.gca()
        quantity = re.sub("^(theory|expected)_", "", value)
        look = _described()["quantities"].get(quantity, {}).get("look", "plain")
        finite = [abs(v) for row in values for v in row if math.isfinite(v)]
        colours = {"cmap": "viridis"}
        if (look in ("gain", "centred") or value.startswith("z_")) and finite:
            limit = max(finite) or 1.0
            colours = {"cmap": "RdBu_r", "vmin": -limit, "vmax": limit}
        logs = [_described()["axes"].get(n, {}).get("scale") == "log" and min(v) > 0 for n, v in ((x, xs), (y, ys))]
        image = ax.pcolormesh(_edges(xs, logs[0]), _edges(ys, logs[1]), values, **colours)
        ax.figure.colorbar(image, ax=ax, label=self.label(value))
        for axis, name, found, log in ((ax.xaxis, "x", xs, logs[0]), (ax.yaxis, "y", ys, logs[1])):
            if log:
                getattr(ax, f"set_{name}scale")("log")
                shown = [float(v) for v in found][:: max(1, len(found) // 9)]
                axis.set_ticks(shown)
                axis.set_ticklabels([f"{v:g}" for v in shown])
                axis.set_ticks([], minor=True)
        if theory and len(xs) > 1 and len(ys) > 1:
            _, _, chi1 = self._grid(rows, x, y, "theory_chi1")  # Of the very cells that are drawn.
            known = [v for row in chi1 for v in row if not math.isnan(v)]
            if known and min(known) < 1 < max(known):
                ax.contour(list(map(float, xs)), list(map(float, ys)), chi1, levels=[1.0], colors="black")
        ax.set_xlabel(self.label(x))
        ax.set_ylabel(self.label(y))
        ax.set_title(", ".join(f"{name} {meant}" for name, meant in where.items()))
        return ax


class Results(Sweep):
    """A results folder."""

    def __init__(self, path, frames, verify):
        super().__init__(frames)
        self.place = _place(path)
        self.verify = verify
        self.place.check()
        spec = self.place.read("spec.yaml")
        if spec is None:
            raise ResultsError(f"{path}: not a results folder (it has no spec.yaml)")
        self.spec = spec.decode("utf-8")

    @property
    def manifest(self):
        """The commits that there are now."""
        return Manifest(self.place)

    @property
    def provenance(self):
        """What made the last commit: code, backend, device, seed."""
        entries = self.manifest.entries
        return entries[-1]["provenance"] if entries else {}

    def files(self, table):
        """The committed files of a table, where they are; as `phasemap files` lists them."""
        if table not in TABLES:
            raise ResultsError(f"{table}: is no table; allowed: {', '.join(TABLES)}")
        return [self.place.path(file["path"]) for file in self.manifest.files(table)]

    def _load(self, table):
        manifest = self.manifest
        while True:
            try:
                return self._frame(manifest, table)
            except ResultsError:
                now = self.manifest  # A sweep that merges files deletes the former ones.
                if now.files(table) == manifest.files(table):
                    raise
                manifest = now

    def _frame(self, manifest, table):
        if table == "cells" and manifest.cells_version() < OLDEST_CELLS:
            raise ResultsError(
                f"{self.place.root}: an earlier version of PhaseMap made its cells, whose z_ meant something else; "
                "run the sweep again: it makes them anew and measures nothing twice"
            )
        parts = [self._part(file) for file in manifest.files(table)]
        if not parts:
            raise ResultsError(f"{self.place.root}: has no {table} yet; let the sweep come to its end once")
        return parts[0] if len(parts) == 1 else _stacked(self.frames, parts)

    def _part(self, file):
        path = self.place.path(file["path"])
        raw = self.place.read(file["path"])
        if raw is None:
            raise ResultsError(f"{path}: is missing, though the manifest names it")
        if len(raw) != file["bytes"]:
            raise ResultsError(f"{path}: has {len(raw)} bytes, the manifest says {file['bytes']}")
        if self.verify and hashlib.sha256(raw).hexdigest() != file["sha256"]:
            raise ResultsError(f"{path}: is damaged (its SHA-256 is not the manifest's)")
        frame = _parquet(self.frames, raw)
        if len(frame) != file["rows"]:
            raise ResultsError(f"{path}: has {len(frame)} rows, the manifest says {file['rows']}")
        return frame


class Export(Sweep):
    """A file of `phasemap export`, which holds one table."""

    def __init__(self, path, frames):
        super().__init__(frames)
        self.place = _place(os.path.dirname(path) or ".")
        self.name = path.rsplit("/", 1)[-1]

    def _load(self, table):
        raw = self.place.read(self.name)
        if raw is None:
            raise ResultsError(f"{self.name}: there is no such file")
        if self.name.endswith(".csv"):
            library = _module(self.frames)
            # The usual way of pandas is off in the last digit of some numbers.
            exact = {"float_precision": "round_trip"} if self.frames == "pandas" else {}
            frame = library.read_csv(io.BytesIO(raw), **exact)
        else:
            frame = _parquet(self.frames, raw)
        held = "replicates" if "replicate" in frame.columns else "cells"
        if held != table:
            raise ResultsError(f"{self.name}: holds {held}, not {table}")
        return frame


def _stacked(frames, parts):
    """Rows of files below each other. Files of earlier versions may lack columns: null in their rows."""
    if frames == "polars":
        return _module("polars").concat(parts, how="diagonal_relaxed")
    return _module("pandas").concat(parts, ignore_index=True)


def _edges(values, log):
    """The borders of the squares of a map: midway between neighbours, in the logarithm where the axis has one."""
    points = [math.log(v) if log else float(v) for v in values]
    if len(points) == 1:
        points = [points[0] - 0.5, points[0] + 0.5]
        return [math.exp(p) if log else p for p in points]
    middles = [(a + b) / 2 for a, b in zip(points, points[1:])]
    edges = [2 * points[0] - middles[0], *middles, 2 * points[-1] - middles[-1]]
    return [math.exp(p) if log else p for p in edges]


def _values(frame, column):
    return list(frame[column])


def _is_null(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return type(value).__name__ in ("NAType", "NaTType")


def _distinct(values):
    found = {value for value in values if not _is_null(value)}
    return sorted(found, key=lambda value: (isinstance(value, str), value))


def _equal(value, meant):
    if _is_null(value):
        return meant is None
    if isinstance(meant, (int, float)) and not isinstance(value, str):
        return math.isclose(float(value), float(meant), rel_tol=1e-9)
    return value == meant
