"""Values of the metrics, from NumPy, PyTorch and scikit-learn.

    python Tests/References/metrics.py [--seed 0] [--out Tests/References]

Inputs are drawn from the seed. Writes metrics.json. Every value is computed in double precision from the rounded
inputs that stand in the file; where scikit-learn has the metric, it must agree with the NumPy line to 1e-12.
"""

import argparse
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from sklearn import metrics as sk


def tensor(x):
    return dict(shape=list(x.shape), values=[float(v) for v in np.asarray(x, np.float32).ravel()])


def same(value, *others):
    for other in others:
        assert abs(value - other) <= 1e-12 * max(1, abs(value)), (value, other)
    return float(value)


def cases(seed):
    g = np.random.default_rng(seed)

    def normal(*shape):
        return g.normal(size=shape).astype(np.float32)

    logits = normal(30, 5)
    labels = g.integers(0, 5, 30)
    labels[::2] = logits.argmax(1)[::2]
    x = logits.astype(np.float64)
    hit = float((x.argmax(1) == labels).mean())
    given = dict(predictions=tensor(logits), labels=labels.tolist())
    yield "accuracy", given, same(hit, sk.accuracy_score(labels, x.argmax(1)))
    yield "errorRate", given, same(1 - hit, sk.zero_one_loss(labels, x.argmax(1)))
    yield "perplexity", given, math.exp(F.cross_entropy(torch.tensor(x), torch.tensor(labels)).item())

    p = g.uniform(size=(20, 6)).astype(np.float32)
    t = (g.uniform(size=(20, 6)) < 0.3).astype(np.int64)
    p[0], t[0] = 0.01, 0  # nothing to find, nothing found
    for threshold in (0.2, 0.5):
        yes = (p > np.float32(threshold)).astype(np.int64)
        given = dict(predictions=tensor(p), targets=tensor(t), threshold=threshold)
        yield "thresholdedAccuracy", given, float((yes == t).mean())
        for beta in (1.0, 2.0):
            precision = [(y & a).sum() / y.sum() if y.sum() else 0 for y, a in zip(yes, t)]
            recall = [(y & a).sum() / a.sum() if a.sum() else 0 for y, a in zip(yes, t)]
            b = beta * beta
            f = [(1 + b) * q * r / (b * q + r) if q + r else 0 for q, r in zip(precision, recall)]
            second = sk.fbeta_score(t, yes, beta=beta, average="samples", zero_division=0)
            yield "fBeta", dict(given, beta=beta), same(np.mean(f), second)

    pixels = normal(2, 4, 5, 6)
    mask = g.integers(0, 4, (2, 5, 6))
    guess = pixels.argmax(1)
    mask[:, :3] = guess[:, :3]
    given = dict(predictions=tensor(pixels), labels=mask.ravel().tolist())
    yield "pixelAccuracy", given, float((guess == mask).mean())
    yield "pixelAccuracy", dict(given, void=3), float((guess[mask != 3] == mask[mask != 3]).mean())
    for number in (0, 1):
        a, b = guess == number, mask == number
        value = 2 * (a & b).sum() / (a.sum() + b.sum())
        yield "dice", dict(given, number=number), same(value, sk.f1_score(b.ravel(), a.ravel()))

    y = g.uniform(1, 8, 25).astype(np.float32)
    z = (y * g.uniform(0.7, 1.3, 25)).astype(np.float32)
    a, b = z.astype(np.float64), y.astype(np.float64)
    given = dict(predictions=tensor(z), targets=tensor(y))
    yield "rmse", given, same(
        np.sqrt(((a - b) ** 2).mean()), F.mse_loss(torch.tensor(a), torch.tensor(b)).sqrt().item())
    yield "rmspe", given, float(np.sqrt((((b - a) / b) ** 2).mean()))
    yield "expRMSPE", given, float(np.sqrt((((np.exp(b) - np.exp(a)) / np.exp(b)) ** 2).mean()))

    image = g.uniform(size=(2, 3, 4, 4)).astype(np.float32)
    noisy = (image + 0.1 * normal(2, 3, 4, 4)).astype(np.float32)
    error = ((noisy.astype(np.float64) - image.astype(np.float64)) ** 2).mean()
    for peak in (1.0, 2.0):
        given = dict(predictions=tensor(noisy), targets=tensor(image), peak=peak)
        yield "psnr", given, same(10 * np.log10(peak**2 / error), 20 * math.log10(peak) - 10 * math.log10(error))


def write(folder, seed):
    lines = [json.dumps(dict(metric=m, given=g, value=v), separators=(",", ":")) for m, g, v in cases(seed)]
    (pathlib.Path(folder) / "metrics.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"metrics: {len(lines)} cases")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
