"""The table of TrainingBenchmark beside PyTorch.

    training_table.py jmh.json benchmarks.md

Runs the peer on the tasks that JMH timed. Ratios are of processor time.
"""

import sys

import document
import training_peer

REACH = {
    "sgd,32,64,1": "5 ×",
    "sgd,100,128,1": "3 ×; 1.4",
    "sgd,32,256,1": "2 ×; 1.4",
}
TIMES = ("wall", "processor")


def times(entry):
    return ", ".join(f"{1000 * entry[key]:.3g}" for key in TIMES)


def row(task, found, peers):
    optimiser, depth, width, count = task.split(",")
    peer = peers[optimiser, int(depth), int(width)]
    step, products = found["step"], found["products"]
    return (
        f"| {optimiser}: {depth}, {width}, {count} | {times(step)} | {times(products)}"
        f" | {step['processor'] / products['processor']:.2f} | {times(peer)}"
        f" | {peer['processor'] / step['processor']:.3g} | {REACH.get(task, '')} |"
    )


def main():
    jmh, benchmarks = sys.argv[1:]
    tasks = {}
    for name, params, result in document.results(jmh):
        found = {key: document.counted(result, key) for key in TIMES}
        tasks.setdefault(params["task"], {})[name.split(".")[1]] = found
    shapes = {(o, int(d), int(w)) for o, d, w, _ in (task.split(",") for task in tasks)}
    peer = training_peer.run(sorted(shapes))
    lines = [
        f"PyTorch {peer['torch']}, {peer['blas']}.",
        "",
        "| optimiser: depth, width, side by side | ms a step and network | products alone | ratio | PyTorch, ms a step"
        " | ratio | to reach |",
        "|---" * 7 + "|",
    ]
    lines += [row(task, found, peer["tasks"]) for task, found in tasks.items()]
    document.write(benchmarks, "training", "jobs/bench training", "one thread; times are wall, processor", lines)


if __name__ == "__main__":
    main()
