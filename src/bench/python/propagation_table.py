"""The table of PropagationBenchmark beside PyTorch.

    propagation_table.py jmh.json benchmarks.md

Runs the peer on the tasks that JMH timed. Ratios are of processor time.
"""

import sys

import document
import propagation_peer

REACH = {
    "dense,1024,64,16,32": "15 ×; 60 % of sgemm",
    "weight_free,1024,64,16,32": "100 ×",
    "weight_free,4096,16,16,8": "400 ×",
    "weight_free,16384,256,8,1": "1 s, O(n m L) bytes",
    "weight_free,64,32,16,32": "15 ×",
}
TIMES = ("wall", "processor")


def number(seconds):
    return f"{1000 * seconds:.3g}"


def times(entry):
    return ", ".join(number(entry[key]) for key in TIMES)


def ratio(peer, here):
    return f"{peer['processor'] / here['processor']:.3g}"


def tasks(cells):
    """What the peer runs: each width, depth and count of inputs once, with the most values of sigma_w."""
    most = {}
    for task in cells:
        _, *shape, sigmas = task.split(",")
        shape = tuple(map(int, shape))
        most[shape] = max(int(sigmas), most.get(shape, 0))
    return most


def row(task, cell, peers, product):
    sampler, *numbers = task.split(",")
    n, depth, m, sigmas = map(int, numbers)
    peer = peers[n, depth, m]
    own = peer.get("own", peer.get("layers"))
    shared = peer.get("shared") if sigmas > 1 else None
    flops = 4 * n * n * m * depth
    return " | ".join([
        f"| {sampler}: {n}, {depth}, {m}, {sigmas}",
        times(cell),
        times(own),
        ratio(own, cell),
        f"{times(shared)} | {ratio(shared, cell)}" if shared else " | ",
        f"{1e9 * cell['processor'] / (n * m * depth):.3g}",
        f"{100 * flops / cell['processor'] * product:.0f} %" if sampler == "dense" else "",
        f"{cell['peakBytes'] / 1e6:.0f}",
        f"{REACH.get(task, '')} |",
    ])


def main():
    jmh, benchmarks = sys.argv[1:]
    cells, roof = {}, {}
    for name, params, result in document.results(jmh):
        found = {key: document.counted(result, key) for key in TIMES}
        if name == "PropagationBenchmark.cell":
            found["peakBytes"] = document.counted(result, "peakBytes")
            cells[params["task"]] = found
        else:
            roof[name.split(".")[1]] = found
    peer = propagation_peer.run(tasks(cells))
    product = roof["product"]["processor"]
    lines = [
        "| | sgemm 2048³, GFLOP/s | normal numbers, ns |",
        "|---|---|---|",
        f"| PhaseMap | {1e-9 / product:.0f} | {1e9 * roof['gaussian']['processor']:.2f} |",
        f"| PyTorch {peer['torch']}, {peer['blas']} | {1e-9 / peer['rates']['product']['processor']:.0f}"
        f" | {1e9 * peer['rates']['gaussian']['processor']:.2f} |",
        "",
        "| sampler: width, depth, inputs, σ_w² | ms a cell | PyTorch, weights of its own, ms a cell | ratio"
        " | PyTorch, weights shared by all σ_w² | ratio | ns an entry and layer | share of sgemm | MB at most | to reach |",
        "|---" * 10 + "|",
    ]
    lines += [row(task, cell, peer["tasks"], product) for task, cell in cells.items()]
    document.write(benchmarks, "propagation", "jobs/bench propagation", "one thread; times are wall, processor", lines)


if __name__ == "__main__":
    main()
