"""What PyTorch reaches with the settings of lesson 5, so that a run of ours has a mean and a spread.

    python Tests/References/mnist_one_cycle.py --data DIR [--seeds 10]

DIR is the folder that holds `mnist` with the four IDX files. Training: the first 50,000 images of the
training file; validation: its last 10,000. Pixels are divided by 255 and not normalised. Batches of 64 in
a new order each epoch, the last one short: 782 of them; one epoch. Writes mnist_one_cycle.json.

oneCycle: Linear(784, 50), ReLU, Linear(50, 10); largest rate 1e-2; the first int(.3 n) steps rise from
lr / 25 to lr as a cosine, the rest fall as a cosine to lr / 25e4; beta1 .95 -> .85 -> .95; Adam with
beta2 .99, epsilon 1e-8 and decoupled weight decay .01 on every parameter.
The others are the hand-written steps of the lesson: batches of 64, loss + 1e-5 sum(w^2).
`trainLoss` is the debiased moving average (beta .98) of the batch losses.
"""

import argparse
import gzip
import json
import math
import pathlib
import re
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


def idx(path):
    data = gzip.decompress(path.read_bytes())
    axes = data[3]
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(axes)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape)


def one_cycle(n, lr):
    """(rate, beta1) of each of n steps; step i of a phase of m steps stands at i / m, as in fastai."""

    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    first = int(0.3 * n)
    up = [(cosine(lr / 25, lr, i / first), cosine(0.95, 0.85, i / first)) for i in range(first)]
    m = n - first
    down = [(cosine(lr, lr / 25e4, i / m), cosine(0.85, 0.95, i / m)) for i in range(m)]
    return up + down


schedule = one_cycle(782, 1e-2)
assert [f"{schedule[i][0]:.5e}" for i in (0, 117, 234, 508, 781)] == [
    "4.00000e-04", "5.20000e-03", "1.00000e-02", "5.00002e-03", "1.22163e-07"]


def mlp():
    return nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))


def logistic():
    return nn.Linear(784, 10)


def adam(p, **settings):
    return torch.optim.Adam(p, eps=1e-8, **settings)


VARIANTS = {
    "oneCycle": dict(model=mlp, schedule=schedule, make=lambda p: torch.optim.AdamW(
        p, lr=1e-2, betas=(0.95, 0.99), eps=1e-8, weight_decay=0.01)),
    "logisticSGD": dict(model=logistic, penalty=1e-5, make=lambda p: torch.optim.SGD(p, lr=2e-2)),
    "mlpSGD": dict(model=mlp, penalty=1e-5, make=lambda p: torch.optim.SGD(p, lr=2e-2)),
    # A new Adam for every batch takes only first steps: lr g / (|g| + epsilon), the sign of g.
    "mlpAdamAnewEachBatch": dict(model=mlp, penalty=1e-5, anew=True, make=lambda p: adam(p, lr=1e-3)),
    "mlpAdam": dict(model=mlp, penalty=1e-5, make=lambda p: adam(p, lr=1e-3)),
}


def train(variant, seed, data):
    (x, y), (vx, vy) = data
    torch.manual_seed(seed)
    model = variant["model"]()
    optimizer = variant["make"](model.parameters())
    order = torch.randperm(len(x))
    average, losses = 0.0, []
    for i, batch in enumerate(order.split(64)):
        if "schedule" in variant:
            for group in optimizer.param_groups:
                group["lr"], beta1 = variant["schedule"][i]
                group["betas"] = (beta1, 0.99)
        if variant.get("anew"):
            optimizer = variant["make"](model.parameters())
        loss = F.cross_entropy(model(x[batch]), y[batch])
        if "penalty" in variant:
            loss = loss + variant["penalty"] * sum((p**2).sum() for p in model.parameters())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        average = 0.98 * average + 0.02 * losses[-1]
    with torch.no_grad():
        logits = model(vx)
        return dict(
            seed=seed,
            accuracy=round((logits.argmax(1) == vy).double().mean().item(), 4),
            validLoss=round(F.cross_entropy(logits, vy).item(), 6),
            trainLoss=round(average / (1 - 0.98 ** len(losses)), 6),
            last50=round(statistics.mean(losses[-50:]), 6),
            batches=len(losses))


parser = argparse.ArgumentParser()
parser.add_argument("--data", type=pathlib.Path, required=True)
parser.add_argument("--seeds", type=int, default=10)
options = parser.parse_args()
x = torch.from_numpy(idx(options.data / "mnist/train-images-idx3-ubyte.gz").reshape(-1, 784).copy())
y = torch.from_numpy(idx(options.data / "mnist/train-labels-idx1-ubyte.gz").copy()).long()
assert x.shape == (60000, 784)
x = x.float() / 255
data = (x[:50000], y[:50000]), (x[50000:], y[50000:])

report = dict(torch=torch.__version__, about="Made by mnist_one_cycle.py; validation on images 50,000 to 59,999.")
for name, variant in VARIANTS.items():
    begin = time.time()
    runs = [train(variant, seed, data) for seed in range(options.seeds)]
    keys = ["accuracy", "validLoss", "trainLoss", "last50"]
    assert all(run.pop("batches") == 782 for run in runs)
    report[name] = dict(
        runs=runs,
        mean={k: round(statistics.mean(run[k] for run in runs), 5) for k in keys},
        sd={k: round(statistics.stdev(run[k] for run in runs), 5) for k in keys})
    print(f"{name:22} {len(runs)} seeds, {(time.time() - begin) / len(runs):.1f} s each")
    for k in keys:
        values = [run[k] for run in runs]
        print(f"  {k:10} {report[name]['mean'][k]:.4f} +- {report[name]['sd'][k]:.4f}"
              f"  ({min(values):.4f} to {max(values):.4f})")

text = json.dumps(report, indent=1)
text = re.sub(r"\{\s+([^{}\[\]]*?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m[1]) + "}", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
