"""What the benchmarks' tables have in common: JMH's results, the machine, the markers in benchmarks.md."""

import datetime
import json
import platform
import re
import statistics
import sys
from pathlib import Path

# Of a line of a document.
COLUMNS = 120


def machine():
    """The processor's name, where the system tells."""
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    return found[1] if found else platform.machine()


def results(file):
    """Pairs of (benchmark's simple class and method, its parameters) and JMH's result, of a JSON file."""
    for result in json.loads(Path(file).read_text()):
        yield ".".join(result["benchmark"].split(".")[-2:]), result.get("params", {}), result


def shots(result):
    """Median of the shots' wall times, in the benchmark's own unit."""
    return statistics.median(result["primaryMetric"]["rawData"][0])


def counted(result, counter):
    """Median of a secondary result over the shots."""
    return statistics.median(result["secondaryMetrics"][counter]["rawData"][0])


def write(document, section, command, conditions, lines):
    """Prints a section and puts it between its markers, under the command, the day and the machine."""
    text = f"`{command}`, {datetime.date.today()}, {machine()}, {conditions}.\n\n" + "\n".join(lines)
    print(text)
    path = Path(document)
    block = f"<!-- {section} -->\n{text}\n<!-- /{section} -->"
    pattern = f"<!-- {section} -->.*<!-- /{section} -->"
    replaced, count = re.subn(pattern, lambda _: block, path.read_text(), flags=re.DOTALL)
    if count != 1:
        sys.exit(f"{document}: needs the markers <!-- {section} --> and <!-- /{section} --> once")
    path.write_text(replaced)
