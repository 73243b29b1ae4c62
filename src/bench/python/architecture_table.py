"""The table of LayeredBenchmark beside PyTorch.

    architecture_table.py jmh.json benchmarks.md

Runs the peer on the networks that JMH timed; without PyTorch its columns stay empty. Ratios are of processor time.
"""

import sys

import document

PROBES = {"signal": "signal", "gradient": "signal, gradient", "all": "all eight"}
NETWORKS = {
    "CONVOLUTION": "32 channels, 16 × 16, 3 × 3, circular, 32 layers",
    "TRANSFORMER": "width 128, 16 tokens, 4 heads, 12 pre-norm blocks",
}


def peers(names):
    """The peer's times, or why there are none."""
    try:
        import architecture_peer
    except ImportError as missing:
        return None, f"PyTorch was not timed: {missing}."
    peer = architecture_peer.run(names)
    return peer["networks"], f"PyTorch {peer['torch']}, {peer['blas']}."


def number(seconds):
    return f"{1000 * seconds:.3g}"


def row(name, probes, cells, products, peer):
    own = cells[name, probes]
    beside = "| |"
    if peer:
        other = peer[name][probes]["processor"]
        beside = f"| {number(other)} | {other / own:.2f} |"
    return (
        f"| {NETWORKS[name]} | {PROBES[probes]} | {number(own)} | {number(products[name])}"
        f" | {own / products[name]:.1f} {beside}"
    )


def main():
    jmh, benchmarks = sys.argv[1:]
    cells, products = {}, {}
    for benchmark, params, result in document.results(jmh):
        found = document.counted(result, "processor")
        name = params["network"]
        if benchmark == "LayeredBenchmark.products":
            products[name] = found
        else:
            cells[name, params["probes"].lower()] = found
    names = list(dict.fromkeys(name for name, _ in cells))
    peer, about = peers(names)
    lines = [
        about,
        "",
        "| network | probes | ms a cell | products of one forward pass | ratio | PyTorch, ms a cell | ratio |",
        "|---" * 7 + "|",
    ]
    lines += [row(name, probes, cells, products, peer) for name in names for probes in PROBES]
    document.write(benchmarks, "architectures", "jobs/bench architectures", "processor time of one thread, 8 inputs", lines)


if __name__ == "__main__":
    main()
