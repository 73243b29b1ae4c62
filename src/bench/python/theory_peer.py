"""A tanh map by numpy and scipy, point by point: the peer of TheoryBenchmark.map.

Prints milliseconds a point and, given a CSV written by `phasemap theory maps --activation tanh
--format csv`, the largest deviations from it.

    python3 src/bench/python/theory_peer.py [maps.csv]
"""

import csv
import sys
import time

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq

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


def main():
    rng = np.random.default_rng(1)
    laws = [(rng.uniform(0.5, 4), rng.uniform(0.002, 0.3)) for _ in range(60)]
    start = time.process_time()
    for law in laws:
        point(*law)
    print(f"{1000 * (time.process_time() - start) / len(laws):.2f} ms of processor time a point")
    if len(sys.argv) > 1:
        worst = dict.fromkeys(("q_star", "chi_1", "chi_q", "c_star"), 0.0)
        with open(sys.argv[1], newline="") as file:
            for row in csv.DictReader(file):
                q, chi_1, chi_q, c, _ = point(float(row["sigma_w2"]), float(row["sigma_b2"]))
                here = {"q_star": q, "chi_1": chi_1, "chi_q": chi_q}
                if chi_1 > 1.001:
                    here["c_star"] = c
                for name, value in here.items():
                    worst[name] = max(worst[name], abs(value - float(row[name])))
        print("largest deviations: " + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()))


if __name__ == "__main__":
    main()
