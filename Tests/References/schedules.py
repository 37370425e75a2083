"""Learning rates (and momenta) of PyTorch's schedulers, step by step.

    python Tests/References/schedules.py [--seed 0] [--out Tests/References]

Rates and lengths are drawn from the seed. Writes schedules.json. Where a scheduler of PyTorch counts otherwise, the
settings are chosen so that the formulas coincide: OneCycleLR reaches its ends one step before `total_steps`, so its
total is one more than ours; StepLR, ExponentialLR, LinearLR and CosineAnnealingLR are as they stand.
"""

import argparse
import json
import math
import pathlib
import warnings

import numpy as np
import torch
from torch.optim import lr_scheduler as schedulers


def optimizer(rate, momentum=0.9):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=momentum)


def values(make, rate, steps):
    o = optimizer(rate)
    scheduler = make(o)
    rates, momenta = [], []
    for _ in range(steps):
        rates.append(o.param_groups[0]["lr"])
        momenta.append(o.param_groups[0]["momentum"])
        o.step()
        scheduler.step()
    return rates, momenta


def cases(seed, rounds):
    generator = np.random.default_rng(seed)

    def number(low, high):
        return int(generator.integers(low, high + 1))

    def decimal(low, high):
        return round(float(generator.uniform(low, high)), 3)

    for _ in range(rounds):
        rate, steps = decimal(0.01, 1), number(8, 24)
        yield "constant", dict(rate=rate), values(lambda o: schedulers.ConstantLR(o, factor=1), rate, steps)
        every, factor = number(1, 6), decimal(0.1, 0.9)
        yield "step", dict(rate=rate, every=every, factor=factor), values(
            lambda o: schedulers.StepLR(o, every, factor), rate, steps)
        yield "exponential", dict(rate=rate, factor=factor), values(
            lambda o: schedulers.ExponentialLR(o, factor), rate, steps)
        least = round(rate * decimal(0, 0.5), 4)
        yield "cosine", dict(rate=rate, minimum=least, steps=steps), values(
            lambda o: schedulers.CosineAnnealingLR(o, steps, least), rate, steps + 1)
        warm, start, longer = number(2, 6), decimal(0.01, 0.5), number(8, 20)
        yield "warmUpThenCosine", dict(rate=rate, warm=warm, start=start, minimum=least, steps=longer), values(
            lambda o: schedulers.SequentialLR(
                o, [schedulers.LinearLR(o, start, 1, warm), schedulers.CosineAnnealingLR(o, longer, least)], [warm]),
            rate, warm + longer)
        # Ours: the rise takes the whole part of share * steps, the fall the rest.
        total, share, division = number(20, 60), decimal(0.2, 0.5), float(number(10, 30))
        rise = math.floor(total * share)
        yield "oneCycle", dict(rate=rate, steps=total, share=share, division=division), values(
            lambda o: schedulers.OneCycleLR(o, rate, total_steps=total + 1, pct_start=(rise + 1) / (total + 1),
                                            div_factor=division, final_div_factor=1e4), rate, total)


def write(folder, seed, more=0):
    """Three of each schedule, and `more` besides."""
    warnings.filterwarnings("ignore", category=UserWarning)  # SequentialLR's own call of a deprecated form
    lines = []
    for kind, settings, (rates, momenta) in cases(seed, 3 + math.ceil(more / 6)):
        c = dict(schedule=kind, settings=settings, rates=[float(f"{r:.12g}") for r in rates])
        if kind == "oneCycle":
            c["momenta"] = [float(f"{m:.12g}") for m in momenta]
        lines.append(json.dumps(c, separators=(",", ":")))
    (pathlib.Path(folder) / "schedules.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"schedules: {len(lines)} cases")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
