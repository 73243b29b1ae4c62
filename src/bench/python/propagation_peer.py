"""Propagation by PyTorch on one thread: the peer of PropagationBenchmark.

    propagation_peer.py TASK … where a task is WIDTH,DEPTH,INPUTS,SIGMAS

Prints a list of JSON objects. Times are the median over the tasks' shots after one to warm up, in
seconds a cell: one network of one sigma_w, all inputs batched, without autograd; q and c of every
layer, ln of the gradient's squared norm, both tangent kernels layer by layer and their eigenvalues.

own      every cell draws its own weights, which it keeps for the way down.
shared   all values of sigma_w share one draw, and each layer is one wide product for all of them.
layers   as own, but layer by layer where the weights of all would not fit into memory: each is
         drawn twice. One layer is timed, up and down, and multiplied by the depth.
"""

import json
import math
import os
import re
import statistics
import sys
import time
from pathlib import Path

# Before the import: BLAS libraries read it when they load.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402

torch.set_num_threads(1)
torch.set_grad_enabled(False)

SIGMA_B = 0.2
SHOTS = 3
LARGEST = 4 << 30  # bytes of weights that are kept


class Sums:
    """Signals, gradients and tangent kernels of V networks with m inputs each; columns are rows: (V m) × n."""

    def __init__(self, x, sigma_w, depth):
        self.sigma_w = torch.tensor(sigma_w, dtype=torch.float64)
        self.inputs = x.shape[0]
        self.grams = []
        self.q = []
        self.c = []
        self.ln_delta = [None] * depth
        self.theta = 0
        self.standard = 0

    def gram(self, rows):
        blocks = rows.view(len(self.sigma_w), self.inputs, -1)
        return torch.bmm(blocks, blocks.transpose(1, 2)).double()

    def signal(self, z):
        gram = self.gram(z)
        square = gram.diagonal(dim1=1, dim2=2)
        norm = square.sqrt()
        cosines = gram / (norm[:, :, None] * norm[:, None, :])
        m = self.inputs
        self.q.append(square.mean(1) / z.shape[1])
        self.c.append((cosines.sum((1, 2)) - m) / (m * (m - 1)))

    def activation(self, h):
        """H^T H of the next layer, the input's first."""
        self.grams.append((self.gram(h), h.shape[1]))

    def gradient(self, layer, delta):
        """Delta^T Delta of layer 1 to L; at L + 1 that of the read-out, ones."""
        gram_h, fan_in = self.grams[layer - 1]
        if delta is None:
            gram = torch.ones_like(gram_h)
        else:
            gram = self.gram(delta)
            self.ln_delta[layer - 1] = gram.diagonal(dim1=1, dim2=2).log().mean(1)
        scale = (self.sigma_w**2 / fan_in)[:, None, None]
        self.theta = self.theta + gram * (scale * gram_h + SIGMA_B**2)
        self.standard = self.standard + gram * (gram_h + 1)

    def spectra(self):
        return torch.linalg.eigvalsh(self.theta), torch.linalg.eigvalsh(self.standard)


def up(weights, bias, h, scale):
    """z = scale W h + sigma_b b; h and z hold columns as rows. scale is a number, or one for each row of z."""
    if isinstance(scale, float):
        return torch.addmm(bias, h, weights.T, beta=SIGMA_B, alpha=scale)
    return torch.mm(h, weights.T).mul_(scale).add_(bias, alpha=SIGMA_B)


def slope(h):
    """tanh' from tanh."""
    return h.square().neg_().add_(1)


def propagate(x, sigma_w, depth, weights, biases, readout):
    """Networks that share their weights, one for each sigma_w; draws nothing."""
    n = readout.shape[0]
    count = len(sigma_w)
    factor = sigma_w[0] if count == 1 else torch.tensor(sigma_w).repeat_interleave(x.shape[0])[:, None]
    sums = Sums(x, sigma_w, depth)
    h = x.repeat(count, 1)
    sums.activation(h)
    activations = []
    for w, b in zip(weights, biases):
        z = up(w, b, h, factor / math.sqrt(w.shape[1]))
        sums.signal(z)
        h = z.tanh_()
        activations.append(h)
        sums.activation(h)
    sums.gradient(depth + 1, None)
    delta = slope(h).mul_(readout).mul_(factor / math.sqrt(n))
    for layer in range(depth, 0, -1):
        sums.gradient(layer, delta)
        if layer > 1:
            below = torch.mm(delta, weights[layer - 1]).mul_(factor / math.sqrt(n))
            delta = below.mul_(slope(activations[layer - 2]))
    sums.spectra()
    return sums


class Buffers:
    """Weights of one network, overwritten by each draw: nothing is allocated in between."""

    def __init__(self, width, depth):
        self.weights = torch.empty(depth, width, width)
        self.biases = torch.empty(depth, width)
        self.readout = torch.empty(width)

    def draw(self):
        self.weights.normal_()
        self.biases.normal_()
        self.readout.normal_()
        return self.weights, self.biases, self.readout


def timed(work, pieces):
    """Median seconds of wall and processor time a piece."""
    work()
    walls, processor = [], []
    for _ in range(SHOTS):
        wall, running = time.perf_counter(), time.process_time()
        repeats = 0
        while repeats == 0 or time.perf_counter() - wall < 0.1:
            work()
            repeats += 1
        processor.append((time.process_time() - running) / (repeats * pieces))
        walls.append((time.perf_counter() - wall) / (repeats * pieces))
    return {"wall": statistics.median(walls), "processor": statistics.median(processor)}


def measure(width, depth, inputs, sigmas):
    x = torch.randn(inputs, width)
    sigma_w = [math.sqrt(1 + 0.1 * i) for i in range(sigmas)]
    if 4 * width * width * depth > LARGEST:
        return {"layers": by_layers(x, depth, sigma_w[0])}
    buffers = Buffers(width, depth)
    result = {"own": timed(lambda: propagate(x, sigma_w[:1], depth, *buffers.draw()), 1)}
    if sigmas > 1:
        result["shared"] = timed(lambda: propagate(x, sigma_w, depth, *buffers.draw()), sigmas)
    return result


def by_layers(x, depth, sigma_w):
    """Depth times a hidden layer, up and down, drawn for both."""
    width = x.shape[1]
    buffers = Buffers(width, 1)
    time_of_layer = timed(lambda: (propagate(x, [sigma_w], 1, *buffers.draw()), down(x, sigma_w, buffers)), 1)
    return {key: depth * value for key, value in time_of_layer.items()}


def down(delta, sigma_w, buffers):
    weights, _, _ = buffers.draw()
    return torch.mm(delta, weights[0]).mul_(sigma_w / math.sqrt(delta.shape[1])).mul_(slope(delta))


def check():
    """The layer-wise kernels of a small network against autograd's, and its signals against plain formulas."""
    width, depth, inputs, sigma_w = 12, 4, 3, [1.1, 1.7]
    x = torch.randn(inputs, width)
    weights, biases, readout = Buffers(width, depth).draw()
    sums = propagate(x, sigma_w, depth, weights, biases, readout)
    for v, scale in enumerate(sigma_w):
        with torch.enable_grad():
            # Parameters are scaled draws; NTK parameterisation multiplies by the scale once more.
            ws = [(scale / math.sqrt(width) * w).requires_grad_() for w in weights]
            bs = [(SIGMA_B * b).requires_grad_() for b in biases]
            top = (scale / math.sqrt(width) * readout).requires_grad_()
            last = torch.zeros(1, requires_grad=True)
            h = x
            for layer, (w, b) in enumerate(zip(ws, bs)):
                z = h @ w.T + b
                torch.testing.assert_close(sums.q[layer][v], z.square().mean().double(), rtol=1e-4, atol=0)
                h = torch.tanh(z)
            f = h @ top + last
            rows = [torch.autograd.grad(f[a], [*ws, top, *bs, last], retain_graph=True) for a in range(inputs)]
        standard = torch.zeros(inputs, inputs, dtype=torch.float64)
        theta = torch.zeros_like(standard)
        for i in range(2 * depth + 2):
            jacobian = torch.stack([row[i].flatten() for row in rows]).double()
            standard += jacobian @ jacobian.T
            theta += (scale**2 / width if i <= depth else SIGMA_B**2) * (jacobian @ jacobian.T)
        torch.testing.assert_close(sums.standard[v], standard, rtol=1e-4, atol=0)
        torch.testing.assert_close(sums.theta[v], theta, rtol=1e-4, atol=0)


def rates():
    """What PyTorch does at most here: sgemm in floating-point operations a second, normal numbers a second."""
    n = 2048
    a, b, out = torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)
    product = timed(lambda: torch.mm(a, b, out=out), 2 * n**3)
    normal = timed(lambda: out.normal_(), n * n)
    return {"product": product, "gaussian": normal}


def blas():
    """The library that PyTorch multiplies with, where the system tells."""
    maps = Path("/proc/self/maps")
    files = {line.split()[-1] for line in maps.read_text().splitlines() if "/" in line} if maps.exists() else set()
    names = {Path(file).resolve().name for file in files}
    found = sorted(name for name in names if re.match(r"lib(openblas|mkl_rt|blis|blas)", name))
    return found[-1] if found else "unknown BLAS"


def run(tasks):
    """Checks, then times.

    tasks: values of sigma_w for each (width, depth, inputs)
    """
    check()
    return {
        "torch": torch.__version__,
        "blas": blas(),
        "rates": rates(),
        "tasks": {shape: measure(*shape, sigmas) for shape, sigmas in tasks.items()},
    }


def main():
    shapes = [tuple(map(int, task.split(","))) for task in sys.argv[1:]]
    result = run({shape[:3]: shape[3] for shape in shapes})
    result["tasks"] = {",".join(map(str, shape)): times for shape, times in result["tasks"].items()}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
