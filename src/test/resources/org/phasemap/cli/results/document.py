"""Runs the Python that a document shows, with a results folder in the place of its example."""

import re
import sys

_, reader, document, example, results = sys.argv
sys.path.insert(0, reader)
with open(document, encoding="utf-8") as file:
    shown = re.findall(r"```python\n(.*?)```", file.read(), re.DOTALL)
shown = [code for code in shown if "import phasemap" in code]
for code in shown:
    exec(compile(code.replace(example, results), document, "exec"), {})
print(len(shown))
