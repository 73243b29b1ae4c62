"""The dashboard's two commonest questions in pandas, as a researcher asks them in a notebook: the cells are in memory,
a map is a pivot table of a filtered frame, a slice is its groups. Prints one line of JSON.

    dashboard_peer.py cells.csv
"""

import json
import random
import sys
import time

import pandas

QUANTITIES = ("ln_q", "ln_gradient_gain", "ln_ntk_scale", "c")
ROUNDS = 40


def chosen(cells, draw):
    """The cells of a question as Questions.java asks it."""
    first, last = 1 + draw.randrange(60), 120 + draw.randrange(80)
    return cells[
        (cells.activation == draw.choice(("tanh", "relu")))
        & (cells.width == draw.choice((256, 512)))
        & (cells.sigma_b2 == draw.choice((0, 0.05)))
        & cells.depth.between(first, last)
    ]


def map_of(cells, draw):
    values = [draw.choice(QUANTITIES) + end for end in ("_mean", "_se")]
    return chosen(cells, draw).pivot(index="depth", columns="sigma_multiplier", values=values)


def slice_of(cells, draw):
    mean = draw.choice(QUANTITIES) + "_mean"
    x, by = draw.choice((("depth", "sigma_multiplier"), ("sigma_multiplier", "depth")))
    return {key: group.sort_values(x)[[x, mean]].to_numpy() for key, group in chosen(cells, draw).groupby(by)}


def median_ms(ask, cells, draw):
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        ask(cells, draw)
        times.append(1000 * (time.process_time() - start))
    return sorted(times)[ROUNDS // 2]


def main():
    start = time.process_time()
    cells = pandas.read_csv(sys.argv[1])
    loaded = time.process_time() - start
    draw = random.Random(1)
    found = {name: median_ms(ask, cells, draw) for name, ask in (("map_ms", map_of), ("slice_ms", slice_of))}
    print(json.dumps({"load_s": loaded, "rows": len(cells), "version": pandas.__version__, **found}))


if __name__ == "__main__":
    main()
