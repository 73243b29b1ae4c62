"""Draws maps of an exported file, and says of each: how many values it has, and whether theory's line is in it."""

import sys

sys.path.insert(0, sys.argv[1])
import phasemap
from matplotlib import pyplot

sweep = phasemap.read(sys.argv[2])
for value, where in (
    ("ln_gradient_gain", {"activation": "tanh", "keep_probability": 0.5}),
    ("p_trained", {}),
):
    axes = sweep.draw_map("sigma_multiplier", "depth", value, ax=pyplot.figure().gca(), **where)
    mesh, *lines = axes.collections
    print(value, mesh.get_array().count(), "line" if lines else "no line")
