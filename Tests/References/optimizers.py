"""Weights under PyTorch's optimizers after 1, 2, 3, 10 and 20 steps of given gradients, in double.

    python Tests/References/optimizers.py

The parameter is [3, 4]; weights and gradients are exact Float32 values. Writes optimizers.json.
PyTorch's `weight_decay` is L2, added to the gradient, for all but AdamW, where it is decoupled.
PyTorch's momentum is the heavy ball: v <- beta v + g, w <- w - lr v.
"""

import json
import pathlib
import re

import numpy as np
import torch

generator = np.random.default_rng(0)
start = generator.normal(0, 1, (3, 4)).astype(np.float32)
gradients = generator.normal(0, 1, (20, 3, 4)).astype(np.float32)
gradients *= np.float32([0.01, 1, 10, 1]).reshape(1, 1, 4)  # columns of unlike size, which Adam evens out
gradients[5:9, 1] = 0  # a row without gradients: state decays, weights may still move
STEPS = [1, 2, 3, 10, 20]

CASES = [
    ("SGD", "SGD", dict(lr=0.1)),
    ("SGD, weight decay", "SGD", dict(lr=0.1, weight_decay=0.01)),
    ("Momentum", "SGD", dict(lr=0.1, momentum=0.9)),
    ("Momentum, weight decay", "SGD", dict(lr=0.1, momentum=0.9, weight_decay=0.01)),
    ("RMSProp .9", "RMSprop", dict(lr=0.01, alpha=0.9, eps=1e-8)),
    ("RMSProp .99", "RMSprop", dict(lr=0.01, alpha=0.99, eps=1e-8)),
    ("Adam .9/.99", "Adam", dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8)),
    ("Adam .9/.999", "Adam", dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8)),
    ("Adam .9/.99, weight decay", "Adam", dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01)),
    ("Adam .9/.999, weight decay", "Adam",
     dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)),
    ("AdamW .9/.99", "AdamW", dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01)),
    ("AdamW .9/.999", "AdamW", dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)),
]


def run(kind, settings, dtype):
    w = torch.tensor(start.astype(np.float64), dtype=dtype, requires_grad=True)
    optimizer = getattr(torch.optim, kind)([w], **settings)
    after = {}
    for step, g in enumerate(gradients, 1):
        w.grad = torch.tensor(g.astype(np.float64), dtype=dtype)
        optimizer.step()
        if step in STEPS:
            after[step] = w.detach().double().flatten().numpy().copy()
    return after


def by_hand(kind, s):
    """The formulas once more in numpy, so that PyTorch is not taken on trust."""
    w = start.astype(np.float64)
    m, v, after = np.zeros_like(w), np.zeros_like(w), {}
    lr, wd = s["lr"], s.get("weight_decay", 0)
    for t, g in enumerate(gradients.astype(np.float64), 1):
        if kind == "AdamW":
            w = w * (1 - lr * wd)
        else:
            g = g + wd * w
        if kind == "SGD":
            m = s.get("momentum", 0) * m + g
            w = w - lr * m
        elif kind == "RMSprop":
            v = s["alpha"] * v + (1 - s["alpha"]) * g**2
            w = w - lr * g / (np.sqrt(v) + s["eps"])
        else:
            b1, b2 = s["betas"]
            m = b1 * m + (1 - b1) * g
            v = b2 * v + (1 - b2) * g**2
            w = w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + s["eps"])
        if t in STEPS:
            after[t] = w.flatten()
    return after


def compact(values):
    return [float(f"{v:.10g}") for v in values]


cases = []
for name, kind, settings in CASES:
    double, single, ours = run(kind, settings, torch.float64), run(kind, settings, torch.float32), by_hand(kind, settings)
    apart = max(np.abs(double[t] - ours[t]).max() for t in STEPS)
    rounding = max(np.abs(double[t] - single[t]).max() for t in STEPS)
    print(f"{name:28} from the formulas {apart:.1e}; Float32 moves it by {rounding:.1e}")
    assert apart < 1e-12
    cases.append(dict(name=name, optimizer=kind, settings=settings, float32Deviation=float(f"{rounding:.2e}"),
                      after=[dict(step=t, weights=compact(double[t])) for t in STEPS]))

text = json.dumps(dict(
    note="Made by optimizers.py in double precision; lists are in order of memory.",
    torch=torch.__version__, shape=[3, 4],
    start=[float(str(v)) for v in start.flatten()],
    gradients=[[float(str(v)) for v in g.flatten()] for g in gradients],
    cases=cases), indent=1)
text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
