"""A tanh map by numpy and scipy, point by point: the peer of TheoryBenchmark.map.

    theory_peer.py jmh.json maps.csv benchmarks.md [--library FILE.py]

maps.csv is what `phasemap theory maps --activation tanh --format csv` writes; every peer computes
its points. The table goes to standard output and between the markers of benchmarks.md. A library
is a module with qstar(name, sw2, sb2), chi1(name, q, sw2), chiq(name, q, sw2), cstar(name, q, sw2,
sb2) and E2(name, q, c, der=True), which is E phi'(u) phi'(v).
"""

import argparse
import csv
import importlib.util
import time
from pathlib import Path

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq

import document

REACH = 10.0
NODES, LENGTHS = np.polynomial.legendre.leggauss(192)
Z = REACH * NODES
DENSITY = REACH * LENGTHS * np.exp(-0.5 * Z * Z) / np.sqrt(2 * np.pi)


def gaussian(f):
    """E f(Z) by adaptive quadrature."""

    def weighted(z):
        return f(z) * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)

    return quad(weighted, -REACH, REACH, epsabs=1e-12, epsrel=1e-12, limit=200)[0]


def slope(x):
    return 1 / np.cosh(x) ** 2


def pairs(f, q, c):
    """E f(u) f(v) by a product rule."""
    u = np.sqrt(q) * Z
    v = np.sqrt(q) * (c * Z[:, None] + np.sqrt(1 - c * c) * Z[None, :])
    return float((DENSITY * f(u)) @ (f(v) @ DENSITY))


def point(sigma_w2, sigma_b2):
    """q*, chi_1, chi_q, c*, xi_c."""

    def excess(q):
        return sigma_w2 * gaussian(lambda z: np.tanh(np.sqrt(q) * z) ** 2) + sigma_b2 - q

    q = brentq(excess, 1e-9, sigma_w2 + sigma_b2 + 1, xtol=1e-13, rtol=1e-13)
    chi_1 = sigma_w2 * gaussian(lambda z: slope(np.sqrt(q) * z) ** 2)
    moment = gaussian(lambda z: (z * z - 1) * np.tanh(np.sqrt(q) * z) ** 2)
    chi_q = sigma_w2 * moment / (2 * q)
    if chi_1 < 1.001:
        return q, chi_1, chi_q, 1.0, -1 / np.log(chi_1)
    c = brentq(lambda c: (sigma_w2 * pairs(np.tanh, q, c) + sigma_b2) / q - c, 0, 1 - 1e-4, xtol=1e-12)
    return q, chi_1, chi_q, c, -1 / np.log(sigma_w2 * pairs(slope, q, c))


def from_library(file):
    """The same point by a module's own functions."""
    spec = importlib.util.spec_from_file_location("library", file)
    library = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(library)

    def library_point(sigma_w2, sigma_b2):
        q = library.qstar("tanh", sigma_w2, sigma_b2)
        chi_1 = library.chi1("tanh", q, sigma_w2)
        chi_q = library.chiq("tanh", q, sigma_w2)
        if chi_1 < 1.001:
            return q, chi_1, chi_q, 1.0, -1 / np.log(chi_1)
        c = library.cstar("tanh", q, sigma_w2, sigma_b2)
        return q, chi_1, chi_q, c, -1 / np.log(sigma_w2 * library.E2("tanh", q, c, der=True))

    return library_point


def compare(peer, rows):
    """Milliseconds of processor time a point, and the largest deviation of each column."""
    start = time.process_time()
    values = [peer(float(row["sigma_w2"]), float(row["sigma_b2"])) for row in rows]
    elapsed = 1000 * (time.process_time() - start) / len(rows)
    columns = ("q_star", "chi_1", "chi_q", "c_star")
    worst = [max(abs(v[i] - float(r[name])) for v, r in zip(values, rows) if i < 3 or v[3] < 1)
             for i, name in enumerate(columns)]
    return elapsed, worst


def table(results, rows, peers):
    named = {(name.split(".")[1], p["activation"]): document.shots(r) for name, p, r in results}
    activations = list(dict.fromkeys(name for _, name in named))
    lines = ["| median of five shots, ms | " + " | ".join(activations) + " |", "|---" * (len(activations) + 1) + "|"]
    titles = {
        "map": "90 × 90 map (σ_w², σ_b²) of q*, χ₁, χ_q, c*, ξ_c",
        "edgeOfChaos": "edge of chaos at 1,000 σ_b²",
        "trajectories": "100 pairs of inputs through 64 layers",
        "finiteWidth": "finite-width bands of 10 laws, 4 inputs, 32 layers",
    }
    for key, title in titles.items():
        lines.append(f"| {title} | " + " | ".join(f"{named[key, a]:.3g}" for a in activations) + " |")
    here = named["map", "tanh"] / 8100
    lines += ["", f"| tanh, a point of the map; peers on {len(rows)} points | ms | ratio | deviation of q*, χ₁, χ_q, c* |",
              "|---|---|---|---|", f"| PhaseMap | {here:.3g} | 1 | |"]
    for name, peer in peers.items():
        elapsed, worst = compare(peer, rows)
        lines.append(f"| {name} | {elapsed:.3g} | {elapsed / here:.0f} | " + ", ".join(f"{w:.0e}" for w in worst) + " |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jmh", type=Path)
    parser.add_argument("maps", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    with options.maps.open(newline="") as file:
        rows = list(csv.DictReader(file))
    peers = {"scipy: adaptive quadrature, Brent": point}
    if options.library:
        peers["the library given: numpy, scipy"] = from_library(options.library)
    command = "jobs/bench theory" + (" --library FILE.py" if options.library else "")
    lines = table(document.results(options.jmh), rows, peers)
    document.write(options.document, "theory", command, "one thread", lines)


if __name__ == "__main__":
    main()
