"""One freely drawn configuration of each loss. `sweep.py` writes them."""

import torch
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def reduced(r):
    return r.choice(["none", "sum", "mean"])


def elementwise(name, compute, make, target, settings=lambda r: {}):
    def draw(r):
        # The mean of nothing is no number.
        reduction, s = reduced(r), settings(r)
        while True:
            shape = r.form(0, 4)
            if reduction != "mean" or 0 not in shape:
                break
        y = target(r, shape)
        return case("", [make(r, y), y], lambda x, y: compute(x, y, reduction=reduction, **s),
                    dict(reduction=reduction) | s, constants=1)

    CASES[name] = draw


def share(r, shape):
    return r.choice([exact(r.generator.integers(0, 2, shape).tolist()).reshape(shape), r.uniform(0, 1, *shape)])


def apart(r, y):
    """Away from the target, so that no difference is nearly 0."""
    return r.float32((y + r.signed(0.01, 2, *y.shape) * max(1, float(y.abs().max()) if y.numel() else 1)).numpy())


elementwise("meanSquaredErrorReduced", F.mse_loss, lambda r, y: r.any(*y.shape), lambda r, s: r.any(*s))
elementwise("l1Reduced", F.l1_loss, apart, lambda r, s: r.any(*s))
elementwise("smoothL1Reduced", F.smooth_l1_loss, lambda r, y: r.normal(*y.shape, scale=2), lambda r, s: r.normal(*s),
            lambda r: dict(beta=r.choice([1.0, 0.5, 3.0, 0.01, 1e-6, 100.0])))
elementwise("binaryCrossEntropyReduced", F.binary_cross_entropy, lambda r, y: r.uniform(0.001, 0.999, *y.shape), share)
elementwise("binaryCrossEntropyWithLogitsReduced", F.binary_cross_entropy_with_logits,
            lambda r, y: r.normal(*y.shape, scale=r.choice([0.1, 1, 10, 60])), share)


def labelled(name, compute, make):
    def draw(r):
        reduction = reduced(r)
        while True:
            n, c = max(1, r.length(20)), max(1, r.length(40))
            pixels = r.choice([[], [], r.lengths(2, 40)])
            shape = [n, c, *pixels]
            count = n * int(torch.tensor(pixels).prod()) if pixels else n
            weights = r.choice([None, r.uniform(0, 2, c)])
            if weights is not None and r.size(0, 1):
                weights[r.size(0, c - 1)] = 0
            index = r.choice([None, -1, -100, c + 3, r.size(0, c - 1)])
            outside = index is not None and not 0 <= index < c
            labels = [index if outside and r.size(0, 2) == 0 else i for i in r.labels(count, c)]
            counted = [1.0 if weights is None else float(weights[i]) for i in labels if i != index]
            if count < 400 and (reduction != "mean" or sum(counted) > 0.01):
                break
        target = torch.tensor(labels, dtype=torch.long).reshape([n, *pixels])

        def loss(x):
            return compute(x, target, weights if weights is None else weights.to(x.dtype),
                           ignore_index=-100 if index is None else index, reduction=reduction)

        return case("", [make(r, shape)], loss, dict(weights=weights, ignoreIndex=index, reduction=reduction),
                    labels=labels)

    CASES[name] = draw


labelled("crossEntropyReduced", F.cross_entropy, lambda r, s: r.normal(*s, scale=r.choice([0.1, 2, 2, 30])))
labelled("negativeLogLikelihoodReduced", F.nll_loss, lambda r, s: r.float32(torch.log_softmax(r.normal(*s), 1).numpy()))
