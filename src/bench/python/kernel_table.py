"""The table of KernelBenchmark beside RooflineBenchmark.

    kernel_table.py jmh.json benchmarks.md
"""

import sys

import document

ELEMENTS = {  # method: title, bytes that an entry moves, or none where arithmetic decides
    "gaussian": ("Gaussian number", None),
    "uniform": ("uniform number", None),
    "keepBelow": ("`keepBelow`", 12),
    "scaleColumns": ("`scaleColumns`", 8),
    "gram": ("Gram matrices of 8 columns of 256", 4),
    "activate": ("φ: {}", 8),
    "derivative": ("φ′: {}", 8),
    "activateWithSlope": ("φ and φ′, dead and saturated units: {}", 12),
}


def main():
    jmh, benchmarks = sys.argv[1:]
    products, elements, roof = {}, {}, {}
    for name, params, result in document.results(jmh):
        method = name.split(".")[1]
        seconds = document.counted(result, "processor")
        backend = params.get("backend")
        if backend is None:
            roof[method] = seconds
        elif method == "multiply":
            products.setdefault(params["shape"], {})[backend] = seconds
        else:
            title, moved = ELEMENTS[method]
            title = title.format(params.get("activation", ""))
            elements.setdefault((list(ELEMENTS).index(method), title, moved), {})[backend] = seconds
    lines = [
        f"sgemm of 2048³: {1e-9 / roof['product']:.0f} GFLOP/s. Copying 256 MB: {1e-9 / roof['copy']:.1f} GB/s, read and"
        f" written. Gaussian numbers: {1e-9 / roof['gaussian']:.2f} · 10⁹ a second.",
        "",
        "| product, GFLOP/s | openblas | of sgemm | nd4j |",
        "|---|---|---|---|",
    ]
    for shape, seconds in products.items():
        n, m = shape.split(",")
        openblas, nd4j = (1e-9 / seconds[backend] for backend in ("OPENBLAS", "ND4J"))
        lines.append(f"| ({n} × {n})({n} × {m}) | {openblas:.0f} | {100 * roof['product'] * 1e9 * openblas:.0f} % | {nd4j:.0f} |")
    lines += ["", "| an entry of 256 × 512, ns | openblas | moving its bytes | nd4j |", "|---|---|---|---|"]
    for (_, title, moved), seconds in sorted(elements.items(), key=lambda item: item[0][0]):
        floor = f"{1e9 * moved * roof['copy']:.2f}" if moved else ""
        lines.append(f"| {title} | {1e9 * seconds['OPENBLAS']:.2f} | {floor} | {1e9 * seconds['ND4J']:.2f} |")
    document.write(benchmarks, "kernel", "jobs/bench kernel", "processor time of one thread, median of the shots", lines)


if __name__ == "__main__":
    main()
