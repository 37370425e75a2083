"""Cases of the operations in `operations.py` with shapes, axes and labels drawn too; that script writes them."""

import math

import torch
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def operation(function):
    CASES[function.__name__] = function
    return function


# Two tensors. Which of them is stretched is fixed, by how much is drawn.


def broadcast(r, left, right):
    """Two shapes; `left` and `right` say which is stretched along an axis that both have."""
    while True:
        common = r.shape(2, 4)
        pair = []
        for _ in range(2):
            shape = [1 if r.size(0, 2) == 0 else size for size in common]
            pair.append(shape[r.size(0, len(shape) - 1):])
        a, b = pair
        shared = list(zip(a[::-1], b[::-1]))
        result = torch.broadcast_shapes(a, b)
        if any(x < y for x, y in shared) == left and any(x > y for x, y in shared) == right and math.prod(result) <= 40:
            return a, b


def binary(name, compute, right=lambda r, shape: r.normal(*shape)):
    def cases(r):
        for about, *stretched in [("left stretched", True, False), ("right stretched", False, True),
                                  ("both stretched", True, True), ("both stretched", True, True),
                                  ("along missing axes only", False, False)]:
            a, b = broadcast(r, *stretched)
            yield case(about, [r.normal(*a), right(r, b)], compute)

    CASES[name] = cases


binary("add", lambda a, b: a + b)
binary("subtract", lambda a, b: a - b)
binary("multiply", lambda a, b: a * b)
binary("divide", lambda a, b: a / b, lambda r, shape: r.signed(0.5, 2, *shape))


# One tensor, element by element.


def unary(name, compute, make=lambda r, shape: r.normal(*shape)):
    def cases(r):
        for about, shape in [("", r.shape(1, 3)), ("", r.shape(4, 4, 3)), ("longer", [r.size(9, 37)])]:
            yield case(about, [make(r, shape)], compute)

    CASES[name] = cases


unary("negate", torch.neg)
unary("exp", torch.exp, lambda r, s: r.uniform(-3, 3, *s))
unary("log", torch.log, lambda r, s: r.uniform(0.1, 6, *s))
unary("sqrt", torch.sqrt, lambda r, s: r.uniform(0.1, 6, *s))
unary("square", torch.square)
unary("abs", torch.abs, lambda r, s: r.signed(0.01, 2, *s))
unary("relu", torch.relu, lambda r, s: r.signed(0.01, 2, *s))
unary("sigmoid", torch.sigmoid, lambda r, s: r.normal(*s, scale=3))
unary("tanh", torch.tanh, lambda r, s: r.normal(*s, scale=2))


@operation
def pow(r):
    for _ in range(4):
        exponent = r.decimal(-2, 3)
        yield case("", [r.uniform(0.3, 2, *r.shape(1, 3))], lambda x, e=exponent: x**e, dict(exponent=exponent))


@operation
def clamp(r):
    for _ in range(4):
        low, shape = r.decimal(-1, 0.5), r.shape(1, 3)
        high = round(low + r.decimal(0.2, 1), 2)
        while True:
            x = r.normal(*shape)
            if min((x - low).abs().min(), (x - high).abs().min()) > 1e-4:
                break
        yield case("", [x], lambda x, a=low, b=high: x.clamp(a, b), dict(minimum=low, maximum=high))


# Matrix products.


@operation
def matmul(r):
    for about, n, k, m in [("", r.size(1, 6), r.size(1, 6), r.size(1, 6)), ("one row", 1, r.size(2, 9), r.size(2, 9)),
                           ("one column", r.size(2, 9), r.size(2, 9), 1), ("long sums", 2, r.size(33, 40), 2),
                           ("wide", 2, 3, r.size(17, 35)), ("high", r.size(17, 35), 3, 2)]:
        yield case(about, [r.normal(n, k, scale=0.5), r.normal(k, m)], torch.matmul)


@operation
def linear(r):
    for about, leading in [("matrix", r.shape(1, 1)), ("three axes", r.shape(2, 2, 3)), ("four axes", r.shape(3, 3, 2)),
                           ("one row", [1]), ("many rows", [r.size(9, 17)])]:
        inputs, outputs = r.size(1, 5), r.size(1, 5)
        yield case(about, [r.normal(*leading, inputs), r.normal(inputs, outputs), r.normal(outputs)],
                   lambda x, w, b: F.linear(x, w.T, b))


# Reductions and softmax, over axes counted from either end.


def reduction(name, compute, make):
    def cases(r):
        for i in range(8):
            shape = r.shape(1 + i % 4, 1 + i % 4, 3 if i % 4 == 3 else 5)
            chosen = r.generator.permutation(len(shape))[:r.size(1, len(shape))].tolist()
            axes = sorted(a - len(shape) if i % 2 == 0 or r.size(0, 1) else a for a in chosen)
            keeping = i >= 4
            yield case("", [make(r, shape)], lambda x, a=axes, k=keeping: compute(x, a, keepdim=k),
                       dict(axes=axes, keepingAxes=keeping))

    CASES[name] = cases


reduction("sum", torch.sum, lambda r, shape: r.normal(*shape))
reduction("mean", torch.mean, lambda r, shape: r.normal(*shape))
reduction("max", torch.amax, lambda r, shape: r.distinct(*shape))


def normalised(name, compute):
    def cases(r):
        for i in range(6):
            shape = r.shape(1 + i % 4, 1 + i % 4)
            axis = r.axis(shape) if i > 2 else -r.size(1, len(shape))
            yield case("", [r.normal(*shape, scale=2)], lambda x, d=axis: compute(x, d), dict(axis=axis))

    CASES[name] = cases


normalised("softmax", torch.softmax)
normalised("logSoftmax", torch.log_softmax)


# Shapes and selections.


@operation
def transpose(r):
    for _ in range(3):
        yield case("", [r.normal(*r.shape(2, 2, 7))], lambda x: x.T)


@operation
def reshape(r):
    for _ in range(4):
        a, b, c = r.size(1, 4), r.size(1, 4), r.size(1, 3)
        forms = [[a, b, c], [a * b, c], [a, b * c], [a * b * c], [c, 1, b, a], [1, b, a * c]]
        first, second = r.generator.permutation(len(forms))[:2]
        yield case("", [r.normal(*forms[first])], lambda x, new=forms[second]: x.reshape(new),
                   dict(shape=forms[second]))


@operation
def permute(r):
    for count in [2, 3, 3, 4, 4, 5]:
        axes = r.generator.permutation(count).tolist()
        yield case("", [r.normal(*r.shape(count, count, 4 if count < 4 else 3 if count < 5 else 2))],
                   lambda x, axes=axes: x.permute(axes), dict(axes=axes))


@operation
def gatherRows(r):
    for _ in range(4):
        rows, width = r.size(1, 8), r.size(1, 6)
        labels = r.labels(r.size(1, 9), rows)
        yield case("", [r.normal(rows, width)], lambda x, i=labels: F.embedding(torch.tensor(i), x), labels=labels)


@operation
def gatherColumns(r):
    for _ in range(4):
        shape = r.shape(2, 2, 8)
        labels = r.labels(*shape)
        yield case("", [r.normal(*shape)], lambda x, i=labels: x.gather(1, torch.tensor(i)[:, None])[:, 0],
                   labels=labels)


@operation
def slice(r):
    for i in range(6):
        shape = r.shape(1 + i % 4, 1 + i % 4)
        axis = r.axis(shape) if i > 2 else -r.size(1, len(shape))
        start = r.size(0, shape[axis] - 1)
        end = r.size(start + 1, shape[axis])
        yield case("", [r.normal(*shape)], lambda x, a=axis, s=start, e=end: x.narrow(a, s, e - s),
                   dict(axis=axis, start=start, end=end))


@operation
def concatenate(r):
    for i in range(6):
        shape = r.shape(1 + i % 4, 1 + i % 4, 3)
        axis = r.axis(shape) if i > 2 else -r.size(1, len(shape))
        inputs = []
        for _ in range(r.size(2, 4)):
            shape[axis] = r.size(1, 3)
            inputs.append(r.normal(*shape))
        yield case("", inputs, lambda *x, a=axis: torch.cat(x, a), dict(axis=axis))


# Losses.


def loss(name, compute, make, target):
    def cases(r):
        for least, most in [(1, 1), (2, 2), (3, 4)]:
            shape = r.shape(least, most)
            yield case("", [make(r, shape), target(r, shape)], compute, constants=1)

    CASES[name] = cases


def truth(r, shape):
    return exact(r.generator.integers(0, 2, shape).tolist())


loss("meanSquaredError", F.mse_loss, lambda r, s: r.normal(*s), lambda r, s: r.normal(*s))
loss("binaryCrossEntropy", F.binary_cross_entropy, lambda r, s: r.uniform(0.05, 0.95, *s), truth)
loss("binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits, lambda r, s: r.normal(*s, scale=3), truth)


def classified(name, compute, make):
    def cases(r):
        for _ in range(4):
            shape = [r.size(1, 7), r.size(2, 9)]
            labels = r.labels(*shape)
            yield case("", [r.float32(make(r.normal(*shape, scale=2)))],
                       lambda x, i=labels: compute(x, torch.tensor(i)), labels=labels)

    CASES[name] = cases


classified("crossEntropy", F.cross_entropy, lambda x: x)
classified("negativeLogLikelihood", F.nll_loss, lambda x: torch.log_softmax(x, 1))
