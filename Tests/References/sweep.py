"""Configurations of operations, layers and losses drawn freely: any length from 0 on, any magnitude, any setting.

`operations.py --count N` writes N of them to `sweep/`, one file an operation, in the form of the other folders, so that
the tests run them in the same way.

A case adds `scales`: of its output, of each state and of each gradient. A number v is right within
tolerance * (scale + |v|). The scale comes from PyTorch alone: 1, as everywhere else; more where the last place of the
inputs matters more: tolerance * scale is `ROUNDING` times what a tensor's numbers move by, at most, when some of the
inputs (and of what comes from above) move by a unit there; less where all numbers of a tensor are small and PyTorch in
Float32 is as sharp. `float32` is the worst error of PyTorch in Float32 in these terms.
"""

import json
import math

import torch

from cases import Random, numbers, results
from sweep_layers import CASES as LAYERS
from sweep_losses import CASES as LOSSES
from sweep_operations import CASES as OPERATIONS

CASES = OPERATIONS | LAYERS | LOSSES
# The tightest tolerance of the tests, and how many moves of the inputs' last place it has to allow.
TOLERANCE, ROUNDING = 2e-6, 8
LENGTHS = [0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 33, 64, 65, 127, 130]


class Free(Random):
    """Any lengths and magnitudes."""

    def choice(self, values):
        return values[self.size(0, len(values) - 1)]

    def length(self, most):
        return self.choice([n for n in LENGTHS if n <= most])

    def lengths(self, count, most):
        """Whose product is no more than `most`."""
        while True:
            drawn = [self.length(most) for _ in range(count)]
            # Every tenth or so is empty, not every fourth.
            if math.prod(drawn) <= most and (0 not in drawn or self.size(0, 3) == 0):
                return drawn

    def form(self, least, most, count=400):
        """A shape of `least` ... `most` axes that holds no more than `count` numbers."""
        return self.lengths(self.size(least, most), count)

    def any(self, *shape):
        """Normal, half of the time of another magnitude."""
        power = self.choice([0, 0, 0, float(self.generator.uniform(0, 4)), float(self.generator.uniform(-5, 0))])
        return self.normal(*shape, scale=10**power)

    def within(self, low, high, *shape):
        """A run inside the range: wide or narrow."""
        a, b = sorted(self.generator.uniform(low, high, 2))
        return self.uniform(a, b, *shape)

    def near(self, x):
        """Each number as it is or a unit of Float32's last place nearer to 0 (a share stays a share)."""
        return x.detach() * (1 - 2**-23 * torch.from_numpy(self.generator.choice([0.0, 1.0], tuple(x.shape))))


def tensors(c, inputs, upstream, upstream_state):
    output, state, gradients, _, _ = results(c, inputs, upstream, upstream_state)
    return [output, *state.values(), *gradients]


def written(name, c, r):
    free = len(c["inputs"]) - c["constants"]
    inputs = [x.clone().requires_grad_(i < free) for i, x in enumerate(c["inputs"])]
    output, state, gradients, upstream, upstream_state = results(c, inputs, r=r)
    # As large as the numbers are, they have to fit into 32 bits.
    everything = [output, *state.values(), *gradients]
    assert all(torch.isfinite(x).all() and (x.abs() < 1e30).all() for x in everything), name

    moved = [torch.zeros_like(x) for x in everything]
    for _ in range(3):
        near = [r.near(x).requires_grad_(i < free) for i, x in enumerate(inputs)]
        others = tensors(c, near, r.near(upstream), {key: r.near(u) for key, u in upstream_state.items()})
        moved = [torch.maximum(m, (a - b).abs()) for m, a, b in zip(moved, others, everything)]
    singles = [x.detach().float().requires_grad_(x.requires_grad) for x in inputs]
    single = tensors(c, singles, upstream, upstream_state)

    scales, worst = [], 0.0
    for x, y, m in zip(everything, single, moved):
        if x.numel() == 0:
            scales.append(1.0)
            continue
        off = (y - x).abs()
        small, large = x.abs().max().item(), ROUNDING * m.max().item() / TOLERANCE
        # Double precision itself loses what is smaller still, e.g. 1 + tanh of a large negative number.
        scale = max(large, min(1.0, small), 1e-9)
        if scale < 1 and (off / (scale + x.abs())).nan_to_num(0).max().item() > TOLERANCE / 4:
            scale = 1.0
        scales.append(float(f"{scale:.4g}"))
        worst = max(worst, (off / (scale + x.abs())).nan_to_num(0).max().item())
    arguments = {key: numbers(a, single=True) if torch.is_tensor(a) else a for key, a in c["arguments"].items()}
    result = dict(operation=name, arguments=arguments, inputs=[numbers(x, single=True) for x in inputs],
                  upstream=numbers(upstream, single=True), output=numbers(output),
                  gradients=[numbers(g) for g in gradients])
    if c["labels"] is not None:
        result["labels"] = c["labels"]
    if upstream_state:
        result["upstreamState"] = {key: numbers(u, single=True) for key, u in upstream_state.items()}
    if state:
        result["state"] = {key: numbers(s) for key, s in state.items()}
    names = ["output", *state, *(f"gradient {i}" for i in range(len(gradients)))]
    return result | dict(scales=dict(zip(names, scales)), float32=float(f"{worst:.3g}"))


def write(folder, seed, count):
    """`count` cases, as many of each operation as of any other."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for i, (name, draw) in enumerate(CASES.items()):
        r = Free(seed, f"sweep/{name}")
        stored = [written(name, draw(r), r) for _ in range(count * (i + 1) // len(CASES) - count * i // len(CASES))]
        text = "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in stored) + "\n]\n"
        (folder / f"{name}.json").write_text(text)
        size += len(text)
        worst = max((c["float32"] for c in stored), default=0)
        print(f"{'sweep/' + name:36} {len(stored):4} cases, Float32 within {worst:.1e}")
    print(f"sweep: {len(CASES)} operations, {count} cases, {size} bytes")
