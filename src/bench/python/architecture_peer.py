"""Cells of convolutional networks and transformers by PyTorch on one thread: the peer of LayeredBenchmark.

    architecture_peer.py [NETWORK …] where a network is CONVOLUTION or TRANSFORMER

Prints JSON. Times are the median of three shots after one to warm up, in seconds a network. A network draws its
weights, sends 8 inputs up at once and measures

signal    q, c and the cosine of positions at every layer, the mean of phi, dead channels and saturated entries; of
          attention the variance of logits and the entropy
gradient  ln of the squared gradient by z_l and by the weights of layer l, input by input
all       products of the inputs' gradients by every weight and bias, both tangent kernels, their eigenvalues, and
          the Jacobian's moments by one random tangent and one gradient for each input; entries of phi and of the
          gradient by z_l that FP16, BF16 and 8-bit integers hold

Autograd takes gradients by values alone, of all inputs in one pass, and forward-mode differentiation sends the tangent
up with the signal. Gradients by weights are products of the two sides, input by input: of convolutions a grouped
convolution, which was the fastest of four ways. The first steps of optimisers, which PhaseMap works out from the
products of its gradients, have no peer.
"""

import json
import math
import os
import sys

# Before the import: BLAS libraries read it when they load.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402
import torch.autograd.forward_ad as forward  # noqa: E402
import torch.nn.functional as F  # noqa: E402

import propagation_peer  # noqa: E402

torch.set_num_threads(1)

SIGMA_W2 = 1.7
SIGMA_B2 = 0.05
INPUTS = 8
SATURATED = 0.01
FORMATS = [0, 2.0**-25, 2.0**-14, 65504, 2.0**-134, 2.0**-126, 3.39e38]


class Weight:
    """A layer's weights and bias, what goes in and what comes out in the last pass."""

    def __init__(self, layer, shape, biased=True, shared_out=False):
        self.layer = layer
        self.scale2 = SIGMA_W2 / math.prod(shape[1:])
        self.w = torch.empty(shape)
        self.b = torch.empty(shape[0]) if biased else None

    def draw(self):
        self.w.normal_().mul_(math.sqrt(self.scale2))
        if self.b is not None:
            self.b.normal_().mul_(math.sqrt(SIGMA_B2))

    def __call__(self, h):
        self.h = h.detach()
        self.z = self.apply(h)
        return self.z


class Dense(Weight):
    """Of the last dimension; there may be tokens before it."""

    def apply(self, h):
        return F.linear(h, self.w, self.b)

    def by_weights(self, delta):
        """Gradients by the weights, an input a row, and by the bias."""
        if delta.dim() == 2:
            return None, delta
        return torch.bmm(delta.transpose(1, 2), self.h).flatten(1), delta.sum(1)

    def products(self, delta):
        """Of inputs' gradients by weights and by the bias."""
        if delta.dim() == 2:
            over = delta @ delta.T
            return over * (self.h @ self.h.T), over
        if delta.shape[1] * delta.shape[0] <= 128:
            # No gradient is formed: sums over tokens of (δ_s · δ_t)(h_s · h_t).
            m, t, _ = delta.shape
            d, h = delta.flatten(0, 1), self.h.flatten(0, 1)
            over = d @ d.T
            sums = [x.view(m, t, m, t).sum((1, 3)) for x in (over * (h @ h.T), over)]
            return sums[0], sums[1]
        weights, biases = self.by_weights(delta)
        return weights @ weights.T, biases @ biases.T


class Convolution(Weight):
    """3 × 3 with circular padding."""

    @staticmethod
    def pad(h):
        return F.pad(h, (1, 1, 1, 1), mode="circular")

    def apply(self, h):
        padded = self.pad(h)
        self.padded = padded.detach()
        return F.conv2d(padded, self.w, self.b)

    def products(self, delta):
        m, out = delta.shape[:2]
        into = self.padded.shape[1]
        weights = torch.ops.aten.convolution_backward(
            delta.reshape(1, m * out, *delta.shape[2:]), self.padded.reshape(1, m * into, *self.padded.shape[2:]),
            self.w.repeat(m, 1, 1, 1), [0], [1, 1], [0, 0], [1, 1], False, [0, 0], m, [False, True, False])[1]
        weights = weights.view(m, -1)
        biases = delta.sum((2, 3))
        return weights @ weights.T, biases @ biases.T


class ConvolutionalNetwork:
    """32 channels, 16 × 16 positions, 32 layers, tanh, a read-out of the mean over positions."""

    def __init__(self, depth=32, channels=32, size=16, colours=3):
        self.layers = [Convolution(l, (channels, colours if l == 1 else channels, 3, 3)) for l in range(1, depth + 1)]
        self.top = Dense(0, (1, channels))
        self.weights = [*self.layers, self.top]
        self.shape = (colours, size, size)

    def first(self, x):
        return self.layers[0](x)

    def rest(self, z, values):
        self.activations = []
        for layer in self.layers[1:]:
            z = layer(self.phi(z))
            values(z)
        return self.top(self.phi(z).mean((2, 3)))

    def phi(self, z):
        h = torch.tanh(z)
        self.activations.append((h.detach(), 1))
        return h

    def positions(self, z):
        return z.flatten(2).transpose(1, 2)


class Transformer:
    """Width 128, 16 tokens, 4 heads, 12 pre-norm blocks, hidden layers of 512, tanh, a mean over tokens."""

    def __init__(self, depth=12, width=128, heads=4, tokens=16, dimension=32):
        self.heads, self.tokens = heads, tokens
        self.embed = Dense(1, (width, dimension), False)
        self.blocks = [self.block(l, width) for l in range(1, depth + 1)]
        self.top = Dense(0, (1, width))
        self.weights = [self.embed, *(w for block in self.blocks for w in block), self.top]
        self.shape = (tokens + 1, dimension)

    @staticmethod
    def block(layer, width):
        projections = [Dense(layer, (width, width), False) for _ in range(4)]
        return [*projections, Dense(layer, (4 * width, width)), Dense(layer, (width, 4 * width))]

    def tokens_of(self, x):
        return math.sqrt(0.1) * x[:, :1] + math.sqrt(0.9) * x[:, 1:]

    def apply_block(self, block, x):
        query, key, value, out, up, down = block
        h = F.layer_norm(x, x.shape[-1:], eps=0)
        m, t, n = x.shape
        split = lambda y: y.view(m, t, self.heads, n // self.heads).transpose(1, 2)  # noqa: E731
        q, k, v = split(query(h)), split(key(h)), split(value(h))
        logits = q @ k.transpose(2, 3) / math.sqrt(n // self.heads)
        a = torch.softmax(logits, 3)
        self.attention.append((logits.detach(), a.detach()))
        x = x + out((a @ v).transpose(1, 2).reshape(m, t, n))
        h = F.layer_norm(x, x.shape[-1:], eps=0)
        h = torch.tanh(up(h))
        self.activations.append((h.detach(), 2))
        return x + down(h)

    def first(self, x):
        self.attention = []
        self.activations = []
        return self.apply_block(self.blocks[0], self.embed(self.tokens_of(x)))

    def rest(self, z, values):
        for block in self.blocks[1:]:
            z = self.apply_block(block, z)
            values(z)
        return self.top(z.mean(1))

    def positions(self, z):
        return z


def gram(z):
    rows = z.flatten(1)
    return rows @ rows.T


def signals(network, values):
    """q, c and the cosine of positions of every layer."""
    found = []
    for z in values:
        products = gram(z).double()
        norm = products.diagonal().sqrt()
        m = z.shape[0]
        unit = F.normalize(network.positions(z), dim=2, eps=0)
        count = unit.shape[1]
        tokens = (unit.sum(1).square().sum(1) - count) / (count * (count - 1))
        found.append([
            products.diagonal().mean() / z[0].numel(),
            ((products / (norm[:, None] * norm)).sum() - m) / (m * (m - 1)),
            tokens.mean(),
        ])
    for h, channels in network.activations:
        slopes = 1 - h.square()
        dead = slopes.amax([d for d in range(h.dim()) if d != channels]) == 0
        found.append([h.mean(), dead.sum(), torch.count_nonzero(slopes < SATURATED)])
    for logits, weights in getattr(network, "attention", []):
        found.append([logits.var(3).mean(), -(weights * weights.clamp_min(1e-38).log()).sum(3).mean()])
    return found


def outside(z, bounds):
    """How many magnitudes lie above each bound."""
    magnitudes = z.abs()
    return [torch.count_nonzero(magnitudes > bound) for bound in bounds]


def ln_squares(z):
    return z.detach().flatten(1).square().sum(1).log()


def signal(network, x):
    with torch.no_grad():
        values = [network.first(x)]
        network.rest(values[0], values.append)
        return signals(network, values)


def ascend(network, x):
    """Values of all layers, no tangents, and the read-out."""
    values = [network.first(x)]
    return values, [], network.rest(values[0], values.append)


def ascend_with_tangent(network, x):
    """The same with a random tangent at the first layer. Values lose theirs at the end of the level."""
    z = network.first(x)
    tangents = [torch.randn(z.shape)]
    values = [z]
    with forward.dual_level():

        def take(value):
            values.append(value)
            tangents.append(forward.unpack_dual(value).tangent.detach())

        f = network.rest(forward.make_dual(z, tangents[0]), take)
    return values, tangents, f


def measure(network, x, everything):
    """Signals and gradients, and with ``everything`` kernels and the Jacobian."""
    leaf = x.clone().requires_grad_()
    values, tangents, f = (ascend_with_tangent if everything else ascend)(network, leaf)
    wanted = [w.z for w in network.weights]
    found = torch.autograd.grad(f.sum(), values + wanted, retain_graph=everything)
    result = {"ln_delta": [ln_squares(g) for g in found[: len(values)]]}
    with torch.no_grad():
        result["signals"] = signals(network, [z.detach() for z in values])
        products = [w.products(delta) for w, delta in zip(network.weights, found[len(values) :])]
        result["ln_weights"] = [p.diagonal().log() for p, _ in products]
        if everything:
            step = network.activations[0][0].abs().max().item() / 127
            result["held"] = [outside(h, [*FORMATS, step / 2, 127 * step]) for h, _ in network.activations]
            result["held_gradients"] = [outside(g, FORMATS) for g in found[: len(values)]]
            result.update(kernels(network, products))
            result["tangents"] = [ln_squares(t) for t in tangents]
            reached = F.normalize(tangents[-1].flatten(1), dim=1).view(tangents[-1].shape)
    if everything:
        (down,) = torch.autograd.grad(values[-1], values[0], reached)
        result["jacobian"] = ln_squares(down)
    return result


def kernels(network, products):
    theta = standard = 0
    for weight, (p, bias) in zip(network.weights, products):
        biased = weight.b is not None
        standard = standard + p + (bias if biased else 0)
        theta = theta + weight.scale2 * p + (SIGMA_B2 * bias if biased else 0)
    return {
        "theta": theta,
        "standard": standard,
        "eigenvalues": [torch.linalg.eigvalsh(k.double()) for k in (theta, standard)],
    }


def check(network):
    """The kernel against autograd's gradients by every weight, input by input."""
    for weight in network.weights:
        weight.draw()
    x = torch.randn(3, *network.shape)
    found = measure(network, x, True)["standard"]
    rows = []
    for weight in network.weights:
        weight.w.requires_grad_()
        if weight.b is not None:
            weight.b.requires_grad_()
    parameters = [p for w in network.weights for p in (w.w, w.b) if p is not None]
    for one in x.split(1):
        f = network.rest(network.first(one), lambda z: None)
        rows.append(torch.cat([g.flatten() for g in torch.autograd.grad(f.sum(), parameters)]).double())
    jacobian = torch.stack(rows)
    torch.testing.assert_close(found.double(), jacobian @ jacobian.T, rtol=1e-3, atol=1e-4 * float(found.max()))


NETWORKS = {"CONVOLUTION": ConvolutionalNetwork, "TRANSFORMER": Transformer}
SMALL = {
    "CONVOLUTION": lambda: ConvolutionalNetwork(3, 5, 4, 2),
    "TRANSFORMER": lambda: Transformer(2, 12, 3, 5, 7),
}


def times(name):
    torch.set_grad_enabled(True)  # the other peer works without
    check(SMALL[name]())
    network = NETWORKS[name]()
    x = torch.randn(INPUTS, *network.shape)

    def cell(work):
        for weight in network.weights:
            weight.draw()
        work()

    return {
        "signal": propagation_peer.timed(lambda: cell(lambda: signal(network, x)), 1),
        "gradient": propagation_peer.timed(lambda: cell(lambda: measure(network, x, False)), 1),
        "all": propagation_peer.timed(lambda: cell(lambda: measure(network, x, True)), 1),
    }


def run(names):
    """Checks, then times."""
    return {
        "torch": torch.__version__,
        "blas": propagation_peer.blas(),
        "networks": {name: times(name) for name in names},
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:] or list(NETWORKS)), indent=1))
