"""Weights under PyTorch's optimizers after 1, 2, 3, 10 and 20 steps of given gradients, in double.

    python Tests/References/optimizers.py [--seed 0] [--out Tests/References]

Weights and gradients are exact Float32 values, drawn with their shape from the seed. Writes optimizers.json.
PyTorch's `weight_decay` is L2, added to the gradient, for all but AdamW, where it is decoupled.
PyTorch's momentum is the heavy ball: v <- beta v + g, w <- w - lr v; with `nesterov` w <- w - lr (g + beta v).
A case with `groups` has two parameters, the first two rows and the rest, each with its own settings; `clip` says how
the gradients of all parameters were clipped before each step.
"""

import argparse
import json
import math
import pathlib
import re

import numpy as np
import torch

STEPS = [1, 2, 3, 10, 20]
SPLIT = 2  # rows of the first group

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
    ("SGD, two groups", "SGD",
     dict(lr=0.1, weight_decay=0.02, groups=[dict(lr=0.01, weight_decay=0.02), dict(lr=0.1, weight_decay=0.0)])),
    ("Momentum, two groups", "SGD",
     dict(lr=0.1, momentum=0.9, weight_decay=0.0, groups=[dict(lr=0.02, weight_decay=0.0), dict(lr=0.1, weight_decay=0.0)])),
    ("Adam, two groups", "Adam",
     dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.01,
          groups=[dict(lr=0.001, weight_decay=0.01), dict(lr=0.01, weight_decay=0.02)])),
    ("AdamW, two groups", "AdamW",
     dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1,
          groups=[dict(lr=0.005, weight_decay=0.1), dict(lr=0.01, weight_decay=0.0)])),
    ("SGD, norm clipped", "SGD", dict(lr=0.1, clip=dict(norm=1.5))),
    ("Adam, norm clipped, two groups", "Adam",
     dict(lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.0, clip=dict(norm=10.0),
          groups=[dict(lr=0.001, weight_decay=0.0), dict(lr=0.01, weight_decay=0.0)])),
    ("Momentum, values clipped", "SGD", dict(lr=0.1, momentum=0.9, clip=dict(value=0.5))),
    ("Nesterov", "SGD", dict(lr=0.1, momentum=0.9, nesterov=True)),
    ("Nesterov, weight decay", "SGD", dict(lr=0.1, momentum=0.8, nesterov=True, weight_decay=0.01)),
    ("Nesterov, two groups", "SGD",
     dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.0,
          groups=[dict(lr=0.02, weight_decay=0.0), dict(lr=0.1, weight_decay=0.0)])),
    ("Adagrad", "Adagrad", dict(lr=0.1, eps=1e-10)),
    ("Adagrad, a rate that shrinks, a first sum", "Adagrad",
     dict(lr=0.5, lr_decay=0.1, initial_accumulator_value=0.3, eps=1e-8)),
    ("Adagrad, weight decay", "Adagrad", dict(lr=0.1, eps=1e-10, weight_decay=0.01)),
    ("Adagrad, two groups", "Adagrad",
     dict(lr=0.1, lr_decay=0.05, eps=1e-10, weight_decay=0.02,
          groups=[dict(lr=0.01, weight_decay=0.02), dict(lr=0.1, weight_decay=0.0)])),
]


def settings_of(generator):
    """Any optimizer, with any of what can be set."""
    def log(low, high):
        return float(f"{math.exp(generator.uniform(math.log(low), math.log(high))):.3g}")

    def either(*values):
        return values[generator.integers(len(values))]

    kind = either("SGD", "SGD", "RMSprop", "Adam", "AdamW", "Adagrad")
    s = dict(lr=log(1e-4, 0.2))
    if kind != "SGD":
        s["eps"] = either(1e-8, 1e-10, 1e-6, 1e-3)
    elif generator.integers(3):
        s |= dict(momentum=round(float(generator.uniform(0.1, 0.99)), 3), nesterov=bool(generator.integers(2)))
    if kind == "RMSprop":
        s["alpha"] = round(float(generator.uniform(0.5, 0.999)), 4)
    if kind in ("Adam", "AdamW"):
        s["betas"] = [round(float(generator.uniform(0.5, 0.99)), 3), round(float(generator.uniform(0.8, 0.9995)), 4)]
    if kind == "Adagrad":
        s |= dict(lr_decay=either(0.0, log(1e-3, 1)), initial_accumulator_value=either(0.0, log(1e-3, 10)))
    if kind == "AdamW" or generator.integers(2):
        s["weight_decay"] = log(1e-4, 0.3)
    if generator.integers(2):
        s.setdefault("weight_decay", 0.0)
        factors = generator.integers(0, 4, 2) / 2
        s["groups"] = [dict(lr=s["lr"] * either(0.01, 0.1, 0.5, 1), weight_decay=s["weight_decay"] * float(f))
                       for f in factors]
    if generator.integers(3) == 0:
        s["clip"] = either(dict(norm=log(0.1, 100)), dict(value=log(0.01, 10)))
    return kind, s


def drawn(seed):
    """The start [rows, columns] and twenty gradients."""
    generator = np.random.default_rng(seed)
    rows, columns = int(generator.integers(3, 6)), int(generator.integers(3, 6))
    start = generator.normal(0, 1, (rows, columns)).astype(np.float32)
    gradients = generator.normal(0, 1, (20, rows, columns)).astype(np.float32)
    # Columns of unlike size, which Adam evens out.
    gradients *= np.float32([0.01, 1, 10, 1, 0.1])[:columns].reshape(1, 1, -1)
    gradients[5:9, 1] = 0  # a row without gradients: state decays, weights may still move
    return start, gradients


def parts(array, settings):
    return [array[:SPLIT], array[SPLIT:]] if "groups" in settings else [array]


def run(kind, settings, start, gradients, dtype):
    ws = [torch.tensor(p.astype(np.float64), dtype=dtype, requires_grad=True) for p in parts(start, settings)]
    own = {key: value for key, value in settings.items() if key not in ("groups", "clip")}
    groups = settings.get("groups", [{}])
    optimizer = getattr(torch.optim, kind)([dict(params=[w], **g) for w, g in zip(ws, groups)], **own)
    after = {}
    for step, g in enumerate(gradients, 1):
        for w, part in zip(ws, parts(g, settings)):
            w.grad = torch.tensor(part.astype(np.float64), dtype=dtype)
        clip = settings.get("clip", {})
        if "norm" in clip:
            torch.nn.utils.clip_grad_norm_(ws, clip["norm"])
        if "value" in clip:
            torch.nn.utils.clip_grad_value_(ws, clip["value"])
        optimizer.step()
        if step in STEPS:
            after[step] = np.concatenate([w.detach().double().flatten().numpy() for w in ws])
    return after


def clipped(clip, g):
    if "norm" in clip:
        return g * min(1, clip["norm"] / (np.sqrt((g**2).sum()) + 1e-6))
    return g.clip(-clip["value"], clip["value"]) if clip else g


def by_hand(kind, settings, start, gradients):
    """The formulas once more in numpy, so that PyTorch is not taken on trust."""
    after = {t: [] for t in STEPS}
    gradients = [clipped(settings.get("clip", {}), g.astype(np.float64)) for g in gradients]
    for part, group in enumerate(settings.get("groups", [{}])):
        s = settings | group
        w = parts(start, settings)[part].astype(np.float64)
        m, v = np.zeros_like(w), np.full_like(w, s.get("initial_accumulator_value", 0))
        lr, wd = s["lr"], s.get("weight_decay", 0)
        for t, g in enumerate(gradients, 1):
            g = parts(g, settings)[part]
            if kind == "AdamW":
                w = w * (1 - lr * wd)
            else:
                g = g + wd * w
            if kind == "SGD":
                m = s.get("momentum", 0) * m + g
                w = w - lr * (g + s["momentum"] * m if s.get("nesterov") else m)
            elif kind == "Adagrad":
                v = v + g**2
                w = w - lr / (1 + (t - 1) * s.get("lr_decay", 0)) * g / (np.sqrt(v) + s["eps"])
            elif kind == "RMSprop":
                v = s["alpha"] * v + (1 - s["alpha"]) * g**2
                w = w - lr * g / (np.sqrt(v) + s["eps"])
            else:
                b1, b2 = s["betas"]
                m = b1 * m + (1 - b1) * g
                v = b2 * v + (1 - b2) * g**2
                w = w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + s["eps"])
            if t in STEPS:
                after[t].append(w.flatten())
    return {t: np.concatenate(ws) for t, ws in after.items()}


def compact(values):
    return [float(f"{v:.10g}") for v in values]


def write(folder, seed, more=0):
    """Those above, and `more` with settings drawn too."""
    start, gradients = drawn(seed)
    cases = []
    generator = np.random.default_rng([seed, 1])
    further = [(f"drawn {i}", *settings_of(generator)) for i in range(more)]
    for name, kind, settings in CASES + further:
        double, single = (run(kind, settings, start, gradients, d) for d in (torch.float64, torch.float32))
        ours = by_hand(kind, settings, start, gradients)
        apart = max(np.abs(double[t] - ours[t]).max() for t in STEPS)
        rounding = max(np.abs(double[t] - single[t]).max() for t in STEPS)
        print(f"{name:32} from the formulas {apart:.1e}; Float32 moves it by {rounding:.1e}")
        assert apart < 1e-12
        cases.append(dict(name=name, optimizer=kind, settings=settings, float32Deviation=float(f"{rounding:.2e}"),
                          after=[dict(step=t, weights=compact(double[t])) for t in STEPS]))
    text = json.dumps(dict(
        note="Made by optimizers.py in double precision; lists are in order of memory.",
        torch=torch.__version__, shape=list(start.shape), split=SPLIT,
        start=[float(str(v)) for v in start.flatten()],
        gradients=[[float(str(v)) for v in g.flatten()] for g in gradients],
        cases=cases), indent=1)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
    (pathlib.Path(folder) / "optimizers.json").write_text(text + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
