"""Training steps by PyTorch on one thread: the peer of TrainingBenchmark.

    training_peer.py OPTIMISER,DEPTH,WIDTH …

Prints a JSON object. Times are seconds of a step, the median of five shots after one to warm up: zero_grad, forward pass,
cross-entropy, backward pass and update of a tanh network with 64 inputs and 10 classes, batch 64, as torch.nn has them.
"""

import json
import os
import statistics
import sys
import time

# Before the import: BLAS libraries read it when they load.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402

from propagation_peer import blas  # noqa: E402

BATCH, INPUTS, CLASSES = 64, 64, 10
SHOTS = 5


def network(depth, width):
    layers = []
    for layer in range(depth):
        layers += [torch.nn.Linear(INPUTS if layer == 0 else width, width), torch.nn.Tanh()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(width, CLASSES))


def optimiser(name, parameters):
    if name == "adam":
        return torch.optim.Adam(parameters, lr=1e-4)
    return torch.optim.SGD(parameters, lr=1e-4, momentum=0.9 if name == "momentum" else 0)


def measure(name, depth, width):
    model = network(depth, width)
    updates = optimiser(name, model.parameters())
    x, y = torch.randn(BATCH, INPUTS), torch.randint(CLASSES, (BATCH,))
    criterion = torch.nn.CrossEntropyLoss()

    def step():
        updates.zero_grad(set_to_none=True)
        criterion(model(x), y).backward()
        updates.step()

    step()
    walls, processor = [], []
    for _ in range(SHOTS):
        wall, running, steps = time.perf_counter(), time.process_time(), 0
        while steps == 0 or time.perf_counter() - wall < 0.3:
            step()
            steps += 1
        processor.append((time.process_time() - running) / steps)
        walls.append((time.perf_counter() - wall) / steps)
    return {"wall": statistics.median(walls), "processor": statistics.median(processor)}


def run(tasks):
    """tasks: (optimiser, depth, width)."""
    # propagation_peer turns autograd off.
    torch.set_grad_enabled(True)
    torch.manual_seed(1)
    return {"torch": torch.__version__, "blas": blas(), "tasks": {task: measure(*task) for task in tasks}}


def main():
    tasks = [task.split(",") for task in sys.argv[1:]]
    result = run([(name, int(depth), int(width)) for name, depth, width in tasks])
    result["tasks"] = {",".join(map(str, task)): times for task, times in result["tasks"].items()}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
