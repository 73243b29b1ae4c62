"""What `plan` says that sweeps take, beside what they take, in seconds of processor time.

    estimates.py PHASEMAP SPECS OUT DOCUMENT [NAME …]

On a machine that others use, wall time says nothing. Each sweep is planned with the pace that this machine
has by then, and is run once, from its start to its report. The document gets the table of all; names choose a
few, whose table is printed alone.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import document

# Sweeps, and how many networks of each measured and of each trained cell.
SWEEPS = {
    "01-quickstart": (2, 1),
    "03-digits-trainability": (None, 1),
    "04-he-vs-xavier": (None, 1),
    "05-error-bars": (None, None),
    "07-scale": (1, None),
    "10-nightly": (2, 2),
    "10-nightly-weight-free": (2, None),
    "11-convolutions": (1, 1),
    "12-residual": (1, 1),
    "13-transformers": (1, 1),
    "14-autoencoder": (1, 1),
    "15-normalisations": (1, 1),
    "16-pinn": (1, 1),
}

# A cell of each kind of work: a sweep of it times the machine.
EVERY_KIND = """\
name: kinds
replicates: 1
network:
  {activation: tanh, depth: 2, width: 64, sigma_w2: 1, keep_probability: [1, 0.5],
    architecture: [{kind: mlp}, {kind: residual, order: pre1}]}
inputs: {count: 2, dimension: 64}
training: {data: digits, network: {depth: 2, width: 16}, steps: 2, learning_rate: 0.01}
"""


def run(*command):
    """Standard output, and seconds of processor time, of a command and all that it starts."""
    before = os.times()
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    after = os.times()
    if ran.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {ran.returncode}: {ran.stderr[-2000:]}")
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return ran.stdout, seconds


def seconds(text):
    """Of a duration such as 0.4 s, 3 min 20 s or 5 h 12 min."""
    units = {"s": 1, "min": 60, "h": 3600}
    return sum(float(number) * units[unit] for number, unit in re.findall(r"([\d.]+) (s|min|h)", text))


def overrides(networks, trained):
    options = [] if networks is None else ["-o", f"replicates={networks}"]
    return options + ([] if trained is None else ["-o", f"training.replicates={trained}"])


def main():
    phasemap, specs, out, benchmarks, *names = sys.argv[1:]
    results = Path(out) / "estimates"
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir(parents=True)
    kinds = results / "kinds.yaml"
    kinds.write_text(EVERY_KIND)
    run(phasemap, "sweep", kinds, "--results", results, "--quiet")
    lines = [
        "| sweep | networks of a measured and of a trained cell | estimate | took | off |",
        "|---|---|---|---|---|",
    ]
    for name in names or SWEEPS:
        networks, trained = SWEEPS[name]
        spec = [f"{specs}/{name}.yaml", *overrides(networks, trained)]
        plan, _ = run(phasemap, "plan", *spec)
        said = seconds(re.search(r"^cost +about (?:.* to )?(.*) of one core", plan, re.MULTILINE)[1])
        _, took = run(phasemap, "sweep", *spec, "--results", results, "--quiet")
        counts = " and ".join(str(count) for count in (networks, trained) if count is not None)
        off = round(100 * (said / took - 1))
        lines.append(f"| `{name}` | {counts or 'as they are'} | {said:.0f} | {took:.0f} | {off:+d} % |")
        print(lines[-1], flush=True)
    load = os.getloadavg()[2]
    if not names:
        document.write(
            benchmarks, "estimates", "jobs/bench estimates", f"load average of the last 15 minutes {load:.1f}", lines
        )


if __name__ == "__main__":
    main()
