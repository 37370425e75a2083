"""Exact training runs on the 8x8 digits in double precision, for another engine to meet.

    python Tests/References/digits_reference.py

Images 0 to 1,436 train, the last 360 validate; pixels / 16; no shuffling and no random numbers anywhere.
`losses` maps a step to the loss of that step's batch before its update (step 0: the starting weights);
with the full batch, step 100 is the loss after 100 updates. Writes digits_reference.json.

logistic: 64 -> 10 from zero weights, full-batch gradient descent, rate .5, 100 steps.
The others: 64-50-10 with ReLU, x @ W + b, W1[i, j] = .1 sin(1 + 50 i + j), W2[i, j] = .1 cos(1 + 10 i + j),
b = 0; batches of 64 in file order, the last one short (23 an epoch), 2 epochs.
sgd: rate .1. adam: rate 1e-2, beta .9/.99, epsilon 1e-8. oneCycle: the schedule below over all 46 steps,
Adam with beta2 .99 and decoupled weight decay .01 on every parameter.
"""

import gzip
import json
import math
import pathlib
import re

import numpy as np
import torch
from torch.nn import functional as F

torch.set_num_threads(1)
ROOT = pathlib.Path(__file__).resolve().parents[2]
DIGITS = ROOT / "Sources/DataPipeline/Resources/digits"
images = np.frombuffer(gzip.decompress((DIGITS / "digits-images-idx3-ubyte.gz").read_bytes())[16:], np.uint8)
labels = np.frombuffer(gzip.decompress((DIGITS / "digits-labels-idx1-ubyte.gz").read_bytes())[8:], np.uint8)
X, Y = images.reshape(1797, 64) / 16, labels.astype(np.int64)
TRAIN = 1437
FULL_BATCH_STEPS = [0, 1, 10, 50, 100]
MINI_BATCH_STEPS = [0, 1, 2, 10, 22, 23, 44, 45]


def one_cycle(n, lr):
    """(rate, beta1) of each of n steps; step i of a phase of m steps stands at i / m, as in fastai."""

    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    first = int(0.3 * n)
    up = [(cosine(lr / 25, lr, i / first), cosine(0.95, 0.85, i / first)) for i in range(first)]
    m = n - first
    down = [(cosine(lr, lr / 25e4, i / m), cosine(0.85, 0.95, i / m)) for i in range(m)]
    return up + down


def deterministic_weights(dtype):
    def matrix(rows, columns, function):
        i, j = np.arange(rows)[:, None], np.arange(columns)[None, :]
        return torch.tensor(0.1 * function(1 + i * columns + j), dtype=dtype)

    parameters = [matrix(64, 50, np.sin), torch.zeros(50, dtype=dtype),
                  matrix(50, 10, np.cos), torch.zeros(10, dtype=dtype)]
    return [p.requires_grad_() for p in parameters]


def mlp(p, x):
    return torch.relu(x @ p[0] + p[1]) @ p[2] + p[3]


def evaluate(model, p, x, y):
    with torch.no_grad():
        logits = model(p, x[TRAIN:])
        correct = int((logits.argmax(1) == y[TRAIN:]).sum())
        top = logits.topk(2, dim=1).values
        return dict(loss=F.cross_entropy(logits, y[TRAIN:]).item(), correct=correct,
                    of=len(X) - TRAIN, accuracy=correct / (len(X) - TRAIN),
                    closestDecision=(top[:, 0] - top[:, 1]).min().item())


def logistic(dtype):
    x, y = torch.tensor(X, dtype=dtype), torch.tensor(Y)
    p = [torch.zeros(64, 10, dtype=dtype, requires_grad=True), torch.zeros(10, dtype=dtype, requires_grad=True)]

    def model(p, x):
        return x @ p[0] + p[1]

    losses = []
    for step in range(101):
        loss = F.cross_entropy(model(p, x[:TRAIN]), y[:TRAIN])
        losses.append(loss.item())
        if step < 100:
            gradients = torch.autograd.grad(loss, p)
            with torch.no_grad():
                for w, g in zip(p, gradients):
                    w -= 0.5 * g
    return losses, evaluate(model, p, x, y)


def mini_batches(dtype, make, schedule=None):
    x, y = torch.tensor(X, dtype=dtype), torch.tensor(Y)
    p = deterministic_weights(dtype)
    optimizer = make(p)
    losses = []
    for _ in range(2):
        for begin in range(0, TRAIN, 64):
            end = min(begin + 64, TRAIN)
            if schedule is not None:
                for group in optimizer.param_groups:
                    group["lr"], beta1 = schedule[len(losses)]
                    group["betas"] = (beta1, 0.99)
            loss = F.cross_entropy(mlp(p, x[begin:end]), y[begin:end])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses, evaluate(mlp, p, x, y)


def logistic_by_hand():
    """The first run once more in numpy, so that PyTorch is not taken on trust."""
    x, onehot = X[:TRAIN], np.eye(10)[Y[:TRAIN]]
    w, b, losses = np.zeros((64, 10)), np.zeros(10), []
    for _ in range(101):
        z = x @ w + b
        z -= z.max(1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(1, keepdims=True))
        losses.append(-(logp * onehot).sum(1).mean())
        dz = (np.exp(logp) - onehot) / TRAIN
        w, b = w - 0.5 * x.T @ dz, b - 0.5 * dz.sum(0)
    return losses


def mlp_by_hand(kind):
    """The three others in numpy: formulas only."""
    p = [q.detach().numpy().copy() for q in deterministic_weights(torch.float64)]
    m, v = [np.zeros_like(q) for q in p], [np.zeros_like(q) for q in p]
    schedule, losses = one_cycle(46, 1e-2), []
    for t in range(1, 47):
        begin = (t - 1) % 23 * 64
        x, y = X[begin : min(begin + 64, TRAIN)], Y[begin : min(begin + 64, TRAIN)]
        h = x @ p[0] + p[1]
        a = np.maximum(h, 0)
        z = a @ p[2] + p[3]
        z = z - z.max(1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(1, keepdims=True))
        losses.append(-logp[np.arange(len(y)), y].mean())
        dz = (np.exp(logp) - np.eye(10)[y]) / len(y)
        dh = dz @ p[2].T * (h > 0)
        for k, g in enumerate([x.T @ dh, dh.sum(0), a.T @ dz, dz.sum(0)]):
            if kind == "sgd":
                p[k] = p[k] - 0.1 * g
                continue
            lr, beta1 = (1e-2, 0.9) if kind == "adam" else schedule[t - 1]
            if kind == "oneCycle":
                p[k] = p[k] * (1 - lr * 0.01)
            m[k] = beta1 * m[k] + (1 - beta1) * g
            v[k] = 0.99 * v[k] + 0.01 * g**2
            p[k] = p[k] - lr * (m[k] / (1 - beta1**t)) / (np.sqrt(v[k] / (1 - 0.99**t)) + 1e-8)
    return losses


RUNS = {
    "logistic": (logistic, FULL_BATCH_STEPS, logistic_by_hand),
    "sgd": (lambda d: mini_batches(d, lambda p: torch.optim.SGD(p, lr=0.1)), MINI_BATCH_STEPS,
            lambda: mlp_by_hand("sgd")),
    "adam": (lambda d: mini_batches(d, lambda p: torch.optim.Adam(p, lr=1e-2, betas=(0.9, 0.99), eps=1e-8)),
             MINI_BATCH_STEPS, lambda: mlp_by_hand("adam")),
    "oneCycle": (lambda d: mini_batches(
        d, lambda p: torch.optim.AdamW(p, betas=(0.95, 0.99), eps=1e-8, weight_decay=0.01), one_cycle(46, 1e-2)),
        MINI_BATCH_STEPS, lambda: mlp_by_hand("oneCycle")),
}

report = dict(note="Made by digits_reference.py in double precision.", torch=torch.__version__,
              train=TRAIN, validation=len(X) - TRAIN)
for name, (run, steps, by_hand) in RUNS.items():
    losses, end = run(torch.float64)
    single, single_end = run(torch.float32)
    apart = np.abs(np.array(losses) - by_hand()).max()
    rounding = np.abs(np.array(losses) - single).max()
    print(f"{name}: numpy differs by {apart:.1e}; Float32 moves a loss by {rounding:.1e}, "
          f"the validation loss by {abs(end['loss'] - single_end['loss']):.1e}, "
          f"correct by {abs(end['correct'] - single_end['correct'])}")
    assert apart < 1e-9
    print("  ", {s: round(losses[s], 8) for s in steps})
    print("  ", end)
    report[name] = dict(losses={str(s): losses[s] for s in steps}, valid=end,
                        float32Deviation=dict(losses=float(f"{rounding:.2e}"),
                                              validLoss=float(f"{abs(end['loss'] - single_end['loss']):.2e}")))
    if name == "oneCycle":
        report[name]["schedule"] = [dict(step=i, lr=one_cycle(46, 1e-2)[i][0], beta1=one_cycle(46, 1e-2)[i][1])
                                    for i in (0, 7, 12, 13, 14, 29, 45)]

text = json.dumps(report, indent=1)
text = re.sub(r"\{\s+([^{}\[\]]*?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m[1]) + "}", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
