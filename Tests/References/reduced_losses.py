"""Cases of losses without reduction, summed, and as means; with weights and an ignored label. `operations.py` writes them."""

import torch
from torch.nn import functional as F

from cases import case

CASES = {}
REDUCTIONS = ["none", "sum", "mean"]
SHAPES = [("matrix", lambda r: [r.size(2, 4), r.size(2, 5)]), ("batch 1", lambda r: [1, r.size(2, 7)]),
          ("vector", lambda r: [r.size(2, 9)]), ("image", lambda r: [r.size(1, 2), r.size(1, 3), 2, r.size(2, 3)])]


def elementwise(name, compute, prediction, target):
    """Losses of tensors of one shape."""
    def cases(r):
        for reduction in REDUCTIONS:
            for about, shape in SHAPES:
                shape = shape(r)
                yield case(about, [prediction(r, shape), target(r, shape)],
                           lambda x, y, reduction=reduction: compute(x, y, reduction=reduction),
                           dict(reduction=reduction), constants=1)

    CASES[name] = cases


def normal(r, shape):
    return r.normal(*shape)


def share(r, shape):
    return r.uniform(0.05, 0.95, *shape)


elementwise("meanSquaredErrorReduced", F.mse_loss, normal, normal)
elementwise("l1Reduced", F.l1_loss, lambda r, shape: r.signed(2, 4, *shape), lambda r, shape: r.uniform(-1, 1, *shape))
elementwise("smoothL1Reduced", F.smooth_l1_loss, normal, normal)
elementwise("binaryCrossEntropyReduced", F.binary_cross_entropy, share, share)
elementwise("binaryCrossEntropyWithLogitsReduced", F.binary_cross_entropy_with_logits, normal, share)

LABELS = [("plain", [False], "none"), ("weights", [True], "none"), ("a label that is no class", [False], "outside"),
          ("a class that does not count", [False, True], "inside"), ("both", [True], "outside"),
          ("a weight of 0", [True], "none")]


def labelled(name, compute, make):
    def cases(r):
        for reduction in REDUCTIONS:
            for about, weighted, ignored in LABELS:
                for has_weights in weighted:
                    for pixels in [False, True]:
                        n, c = r.size(2, 3), r.size(2, 4)
                        shape = [n, c] + ([r.size(1, 2), r.size(2, 3)] if pixels else [])
                        count = n * int(torch.tensor(shape[2:]).prod())
                        weights = r.uniform(0.2, 2, c) if has_weights else None
                        if about == "a weight of 0":
                            weights[r.size(0, c - 1)] = 0
                        index = dict(none=None, outside=-1, inside=r.size(0, c - 1))[ignored]
                        while True:
                            labels = r.labels(count, c)
                            if ignored == "outside":
                                labels = [index if r.size(0, 2) == 0 else label for label in labels]
                            counted = [1.0 if weights is None else float(weights[i]) for i in labels if i != index]
                            if sum(counted) > 0 and (index is None or len(counted) < count):
                                break
                        target = torch.tensor(labels).reshape([n, *shape[2:]])

                        def loss(x, target=target, weights=weights, index=index, reduction=reduction):
                            return compute(x, target, weights if weights is None else weights.to(x.dtype),
                                           ignore_index=-100 if index is None else index, reduction=reduction)

                        yield case(about, [make(r, shape)], loss,
                                   dict(weights=weights, ignoreIndex=index, reduction=reduction), labels=labels)

    CASES[name] = cases


labelled("crossEntropyReduced", F.cross_entropy, lambda r, shape: r.normal(*shape, scale=2))
labelled("negativeLogLikelihoodReduced", F.nll_loss,
         lambda r, shape: r.float32(torch.log_softmax(r.normal(*shape), 1).numpy()))
