"""Prints a grid of an exported file, a row for each y, and what is said of a question that has no answer."""

import sys

sys.path.insert(0, sys.argv[1])
import phasemap

sweep = phasemap.read(sys.argv[2])
x, y, values = sweep.to_grid("sigma_multiplier", "depth", "ln_gradient_gain", activation="tanh", keep_probability=0.5)
print(*x)
print(*y)
for row in values:
    print(*(repr(float(value)) for value in row))
print(sweep.label("depth"), sweep.unit("ln_gradient_gain"), len(sweep.quantities) > 20)
for question in ({"activation": "tanh"}, {"activation": "nonsense", "keep_probability": 1}):
    try:
        sweep.to_grid("sigma_multiplier", "depth", "ln_gradient_gain", **question)
    except phasemap.ResultsError as e:
        print(str(e).split(";")[0])
