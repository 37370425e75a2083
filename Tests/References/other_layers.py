"""Cases of products of stacks of matrices, batch norm, embedding and losses. `operations.py` writes them."""

import torch
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


@layer
def batchedMatmul(r):
    kinds = [("batch 1", lambda s: s.a == 1, 1), ("one row", lambda s: s.m == 1, 1),
             ("one column", lambda s: s.n == 1, 1), ("one term", lambda s: s.k == 1, 1),
             ("one number each", lambda s: s.m == s.n == s.k == 1, 1),
             ("two leading axes", lambda s: s.a > 1 and s.b > 1, 2), ("three leading axes", lambda s: s.a > 1, 3),
             ("longer", lambda s: s.k > 8, 1), ("drawn", lambda s: True, 1), ("drawn", lambda s: True, 2)]
    for about, meets, leading in kinds:
        s = r.sizes(lambda s: meets(s) and s.a * s.b**(leading > 1) * (s.m * s.k + s.k * s.n + s.m * s.n) <= 120,
                    a=(1, 4), b=(1, 3), m=(1, 6), k=(1, 11), n=(1, 6))
        first = [s.a, s.b, 1][:leading]
        yield case(about, [r.normal(*first, s.m, s.k), r.normal(*first, s.k, s.n)], torch.matmul)


@layer
def leakyReLU(r):
    for about, shape in [("matrix", [r.size(2, 4), r.size(2, 5)]), ("scalar", []), ("one row", [1, r.size(2, 9)]),
                         ("image", [r.size(1, 2), r.size(1, 3), r.size(2, 3), r.size(2, 4)]), ("drawn", r.shape(1, 4)),
                         ("drawn", r.shape(1, 4))]:
        slope = r.decimal(0.01, 0.5)
        yield case(about, [r.signed(0.01, 2, *shape)], lambda x, a=slope: F.leaky_relu(x, a), dict(slope=slope))
    yield case("at zero the derivative is the slope", [exact([-1.5, 0.0, 2.0])], lambda x: F.leaky_relu(x, 0.25),
               dict(slope=0.25), kink=True)


@layer
def stack(r):
    for about, count, axis, shape in [("first axis", 2, 0, r.shape(1, 3)), ("last axis", 3, -1, r.shape(1, 3)),
                                      ("last axis but one", 2, -2, r.shape(2, 3)), ("one tensor", 1, 1, r.shape(2, 2)),
                                      ("scalars", 3, 0, []), ("in the middle", 2, 1, r.shape(2, 3)),
                                      ("first axis from behind", 2, -3, r.shape(2, 2)),
                                      ("after all others", 2, 3, r.shape(3, 3, 3))]:
        yield case(about, [r.normal(*shape) for _ in range(count)], lambda *x, a=axis: torch.stack(x, a),
                   dict(axis=axis))


@layer
def embedding(r):
    for about, shape, rows, width in [
            ("batch of sentences", [r.size(2, 3), r.size(2, 5)], r.size(3, 6), r.size(2, 4)),
            ("batch 1", [1, r.size(2, 6)], r.size(3, 6), r.size(2, 4)),
            ("one row, all repeats", [2, r.size(2, 4)], 1, r.size(2, 4)),
            ("one column", [r.size(2, 3), r.size(2, 4)], r.size(3, 6), 1), ("one label", [1, 1], r.size(3, 6), 3),
            ("a vector", [r.size(3, 8)], r.size(3, 9), r.size(2, 5)),
            ("three axes", [2, r.size(1, 2), r.size(2, 3)], r.size(3, 6), r.size(2, 3)),
            ("most rows unused", [r.size(1, 2), 2], r.size(10, 13), r.size(2, 4))]:
        labels = torch.tensor(r.labels(int(torch.tensor(shape).prod()), rows)).reshape(shape)
        yield case(about, [r.normal(rows, width)], lambda x, i=labels: F.embedding(i, x), dict(shape=shape),
                   labels=labels.flatten().tolist())


# Batch norm: over all axes but the second. The new running variance is of the unbiased kind.


def normalised(r, shape, training, about):
    channels = shape[1]
    along = [0, *range(2, len(shape))]
    across = [1, channels] + [1] * (len(shape) - 2)
    momentum, epsilon = r.decimal(0.05, 0.5), [1e-5, 1e-3, 1e-2][r.size(0, 2)]
    while True:
        # Nearly equal values in a channel would magnify rounding without end.
        x = r.float32(r.normal(*shape) * r.uniform(0.5, 2, *across) + r.uniform(-2, 2, *across))
        if not training or x.std(along, unbiased=False).min() > 0.3:
            break
    mean, variance = r.normal(channels), r.uniform(0.2, 2, channels)

    def compute(x, gamma, beta):
        m, v = mean.to(x.dtype, copy=True), variance.to(x.dtype, copy=True)
        y = F.batch_norm(x, m, v, gamma, beta, training, momentum, epsilon)
        return y, dict(runningMean=m, runningVariance=v)

    return case(about, [x, r.uniform(0.2, 2, channels), r.normal(channels)], compute,
                dict(training=training, epsilon=epsilon, momentum=momentum, runningMean=mean, runningVariance=variance))


@layer
def batchNorm1d(r):
    for about, n, c in [("training, a batch of two", 2, r.size(2, 4)), ("training, one column", r.size(3, 9), 1),
                        ("training", r.size(3, 7), r.size(2, 5)), ("training, odd", 7, 5),
                        ("training, wider", r.size(3, 4), r.size(9, 12)), ("training, longer", r.size(17, 21), 2),
                        ("running", r.size(2, 6), r.size(2, 5)), ("running, batch 1", 1, r.size(2, 7)),
                        ("running, one column", r.size(2, 7), 1), ("running, one number", 1, 1)]:
        yield normalised(r, [n, c], about.startswith("training"), about)


@layer
def batchNorm2d(r):
    for about, n, c, h, w in [
            ("training", r.size(2, 3), r.size(2, 3), r.size(2, 3), r.size(2, 4)),
            ("training, batch 1", 1, r.size(2, 3), r.size(2, 4), r.size(2, 4)),
            ("training, one channel", r.size(2, 3), 1, r.size(2, 4), r.size(2, 4)),
            ("training, one pixel each", r.size(3, 6), r.size(2, 4), 1, 1),
            ("training, two pixels", 1, r.size(1, 3), 1, 2), ("training, odd", 3, 2, 3, 5),
            ("training, more channels", 2, r.size(8, 9), 2, 2), ("training, wide", 1, 2, 1, r.size(17, 21)),
            ("running", r.size(2, 3), r.size(2, 3), r.size(2, 3), r.size(2, 3)),
            ("running, batch 1", 1, r.size(2, 3), r.size(2, 4), r.size(2, 4)),
            ("running, one channel", r.size(2, 3), 1, r.size(2, 4), r.size(2, 4)), ("running, one number", 1, 1, 1, 1)]:
        yield normalised(r, [n, c, h, w], about.startswith("training"), about)


# Losses. The mean over all elements; with weights, over the weights of the labels that count.

LOSS_SHAPES = [("matrix", lambda r: [r.size(2, 4), r.size(2, 5)]), ("one column", lambda r: [r.size(2, 7), 1]),
               ("batch 1", lambda r: [1, r.size(2, 7)]), ("vector", lambda r: [r.size(2, 9)]),
               ("one number", lambda r: [1]), ("image", lambda r: [r.size(1, 2), r.size(1, 3), 3, r.size(2, 4)]),
               ("drawn", lambda r: r.shape(1, 4))]


@layer
def l1(r):
    for about, shape in LOSS_SHAPES:
        shape = shape(r)
        target = r.normal(*shape)
        yield case(about, [r.float32(target + r.signed(0.01, 2, *shape)), target], F.l1_loss, constants=1)
    yield case("where both are equal the derivative is 0", [exact([1.5, -2.0, 0.0]), exact([1.0, -2.0, 0.0])],
               F.l1_loss, constants=1, kink=True)


@layer
def smoothL1(r):
    """The square within 1 of the target, straight beyond."""
    for about, shape in LOSS_SHAPES:
        shape = shape(r)
        yield case(about, [r.normal(*shape, scale=1.5), r.normal(*shape)], F.smooth_l1_loss, dict(beta=1.0),
                   constants=1)
    yield case("equal, at the joint, beyond", [exact([0.0, 1.0, -1.0, 3.0, -3.0, 0.5]), exact([0.0] * 6)],
               F.smooth_l1_loss, dict(beta=1.0), constants=1)


def cross_entropy(r, about, shape, weighted, ignored):
    """`ignored`: no index, one that is no class, or one of the classes."""
    classes = shape[1]
    count = shape[0] * int(torch.tensor(shape[2:]).prod())
    weights = r.uniform(0.2, 2, classes) if weighted else None
    index = dict(none=None, outside=-100, inside=r.size(0, classes - 1))[ignored]
    while True:
        labels = r.labels(count, classes)
        if ignored == "outside":
            labels = [index if r.size(0, 2) == 0 else label for label in labels]
        left = sum(label != index for label in labels)
        if left > 0 and (index is None or left < count or count == 1):
            break
    target = torch.tensor(labels).reshape([shape[0], *shape[2:]])

    def compute(x):
        return F.cross_entropy(x, target, weights if weights is None else weights.to(x.dtype),
                               ignore_index=-100 if index is None else index)

    return case(about, [r.normal(*shape, scale=2)], compute, dict(weights=weights, ignoreIndex=index), labels=labels)


@layer
def crossEntropyWeighted(r):
    for about, n, c, weighted, ignored in [
            ("weights", r.size(3, 6), r.size(3, 5), True, "none"), ("weights, batch 1", 1, r.size(3, 5), True, "none"),
            ("weights, two classes", r.size(3, 6), 2, True, "none"),
            ("a label that is no class", r.size(4, 6), r.size(3, 5), False, "outside"),
            ("a class that does not count", r.size(4, 8), r.size(3, 4), False, "inside"),
            ("both", r.size(4, 6), r.size(3, 5), True, "outside"),
            ("both, a class does not count", r.size(4, 8), r.size(3, 4), True, "inside"),
            ("ten classes", r.size(4, 6), 10, True, "outside"), ("one class", 2, 1, True, "none"),
            ("neither", r.size(3, 6), r.size(3, 5), False, "none")]:
        yield cross_entropy(r, about, [n, c], weighted, ignored)


@layer
def crossEntropyPixels(r):
    for about, n, c, h, w, weighted, ignored in [
            ("pixels", 2, 3, r.size(2, 3), r.size(2, 4), False, "none"),
            ("batch 1", 1, r.size(2, 4), r.size(2, 4), r.size(2, 4), False, "none"),
            ("one pixel each", r.size(2, 4), r.size(2, 5), 1, 1, False, "none"),
            ("one row", r.size(1, 2), r.size(2, 4), 1, r.size(3, 6), False, "none"),
            ("two classes", r.size(1, 2), 2, r.size(2, 4), r.size(2, 4), False, "none"),
            ("one class", 1, 1, r.size(2, 3), r.size(2, 3), False, "none"),
            ("a label that is no class", r.size(1, 2), 3, r.size(2, 3), r.size(2, 4), False, "outside"),
            ("a class that does not count", r.size(1, 2), 4, r.size(2, 3), 3, False, "inside"),
            ("weights", r.size(1, 2), 3, r.size(2, 3), r.size(2, 4), True, "none"),
            ("weights and a class that does not count", r.size(1, 2), 3, 3, r.size(2, 4), True, "inside")]:
        yield cross_entropy(r, about, [n, c, h, w], weighted, ignored)
