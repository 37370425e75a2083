"""One freely drawn configuration of each operation on tensors. `sweep.py` writes them."""

import math

import torch
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def operation(name, draw):
    """`draw` gives the next configuration from random numbers."""
    CASES[name] = draw


# One tensor. A range bounds what the function is asked for, elsewhere any magnitude is.

for name, compute, low, high in [
        ("negate", torch.neg, None, None), ("exp", torch.exp, -80, 60), ("log", torch.log, 1e-6, 1e6),
        ("sqrt", torch.sqrt, 1e-6, 1e6), ("square", torch.square, None, None), ("abs", torch.abs, None, None),
        ("relu", torch.relu, None, None), ("sigmoid", torch.sigmoid, -60, 60), ("tanh", torch.tanh, -20, 20),
        ("relu6", F.relu6, -3, 9)]:
    def unary(r, compute=compute, low=low, high=high):
        shape = r.form(0, 4)
        return case("", [r.any(*shape) if low is None else r.within(low, high, *shape)], compute)

    operation(name, unary)


def pow(r):
    exponent = r.choice([2.0, 3.0, 0.5, -1.0, 1.0, 0.0, r.decimal(-3, 3)])
    return case("", [r.uniform(0.01, 20, *r.form(0, 4))], lambda x: x**exponent, dict(exponent=exponent))


def clamp(r):
    low = r.decimal(-2, 1)
    high = low + r.decimal(0, 2)
    return case("", [r.normal(*r.form(0, 4))], lambda x: x.clamp(low, high), dict(minimum=low, maximum=high))


def leakyReLU(r):
    slope = r.decimal(-1, 1)
    return case("", [r.any(*r.form(0, 4))], lambda x: F.leaky_relu(x, slope), dict(slope=slope))


def gelu(r):
    form = r.choice(["none", "tanh"])
    return case("", [r.within(-12, 12, *r.form(0, 4))], lambda x: F.gelu(x, approximate=form), dict(form=form))


def dropout(r):
    """In use: nothing is left out, nothing scaled."""
    p = r.decimal(0, 0.99)
    return case("", [r.any(*r.form(0, 4))], lambda x: F.dropout(x, p, training=False), dict(p=p))


def elu(r):
    alpha = r.decimal(0.01, 3)
    return case("", [r.within(-60, 60, *r.form(0, 4))], lambda x: F.elu(x, alpha), dict(alpha=alpha))


def softplus(r):
    beta, threshold = r.decimal(0.05, 5), r.decimal(5, 40)
    return case("", [r.within(-60, 60, *r.form(0, 4))], lambda x: F.softplus(x, beta, threshold),
                dict(beta=beta, threshold=threshold))


# Two tensors.

def pair(r):
    """Two shapes that fit each other, any axis of each stretched or missing."""
    shape = r.form(0, 4)
    return [[1 if r.size(0, 3) == 0 else n for n in shape][r.choice([0, 0, r.size(0, len(shape))]):] for _ in range(2)]


def binary(name, compute, left=lambda r, s: r.any(*s), right=lambda r, s: r.any(*s)):
    def draw(r):
        a, b = pair(r)
        return case("", [left(r, a), right(r, b)], compute)

    operation(name, draw)


binary("add", torch.add)
binary("subtract", torch.sub)
binary("multiply", torch.mul)
binary("divide", torch.div, right=lambda r, s: r.signed(0.1, 10, *s))
binary("maximum", torch.maximum)
binary("minimum", torch.minimum)
binary("power", torch.pow, lambda r, s: r.uniform(0.1, 5, *s), lambda r, s: r.uniform(-3, 4, *s))


def where(r):
    a, b = pair(r)
    shape = torch.broadcast_shapes(a, b)
    c = [1 if r.size(0, 1) else n for n in shape[r.size(0, len(shape)):]]
    condition = exact(r.generator.integers(0, 2, c).tolist()).reshape(c)
    return case("", [r.any(*a), r.any(*b)], lambda a, b: torch.where(condition.to(a.dtype) != 0, a, b),
                dict(condition=condition))


# Products.

def matmul(r):
    n, k, m = r.lengths(3, 2000)
    return case("", [r.any(n, k), r.any(k, m)], torch.matmul)


def linear(r):
    inputs, outputs = r.lengths(2, 300)
    leading = r.form(1, 3, 30)
    return case("", [r.any(*leading, inputs), r.any(inputs, outputs), r.any(outputs)],
                lambda x, w, b: F.linear(x, w.T, b))


def batchedMatmul(r):
    leading = r.form(1, 3, 8)
    n, k, m = r.lengths(3, 300)
    return case("", [r.any(*leading, n, k), r.any(*leading, k, m)], torch.matmul)


def matmulBroadcast(r):
    k = r.length(40)
    if r.size(0, 3) == 0:
        a, b = r.choice([([k], [k]), ([k], r.form(0, 2, 6) + [k, r.length(9)]),
                         (r.form(0, 2, 6) + [r.length(9), k], [k])])
    else:
        (a, b), (n, m) = pair_of_few(r), r.lengths(2, 60)
        a, b = [*a, n, k], [*b, k, m]
    return case("", [r.any(*a), r.any(*b)], torch.matmul)


def pair_of_few(r):
    shape = r.form(0, 3, 6)
    return [[1 if r.size(0, 3) == 0 else n for n in shape][r.size(0, len(shape)):] for _ in range(2)]


# Reductions.

def reduction(name, compute, of_nothing, make=lambda r, s: r.any(*s)):
    def draw(r):
        while True:
            shape = r.form(1, 4, 600)
            axes = sorted(r.generator.permutation(len(shape))[:r.size(1, len(shape))].tolist())
            if of_nothing or math.prod(shape[a] for a in axes) > 0:
                break
        axes = [a - len(shape) if r.size(0, 1) else a for a in axes]
        keeping = bool(r.size(0, 1))
        return case("", [make(r, shape)], lambda x: compute(x, axes, keepdim=keeping),
                    dict(axes=axes, keepingAxes=keeping))

    operation(name, draw)


reduction("sum", torch.sum, True)
reduction("mean", torch.mean, False)
reduction("max", torch.amax, False, lambda r, s: r.distinct(*s))
reduction("min", torch.amin, False, lambda r, s: r.distinct(*s))

for name, compute in [("softmax", torch.softmax), ("logSoftmax", torch.log_softmax)]:
    def normalised(r, compute=compute):
        shape = r.form(1, 4)
        axis, scale = r.axis(shape), r.choice([0.01, 1, 3, 20, 100])
        return case("", [r.normal(*shape, scale=scale)], lambda x: compute(x, axis), dict(axis=axis))

    operation(name, normalised)


# Shapes and selections.

def transpose(r):
    return case("", [r.any(*r.lengths(2, 500))], lambda x: x.T)


def reshape(r):
    a, b, c = r.lengths(3, 300)
    forms = [[a, b, c], [a * b, c], [a, b * c], [a * b * c], [c, 1, b, a], [1, b, a * c]]
    first, new = r.choice(forms), r.choice(forms)
    return case("", [r.any(*first)], lambda x: x.reshape(new), dict(shape=new))


def permute(r):
    shape = r.form(1, 5)
    axes = r.generator.permutation(len(shape)).tolist()
    return case("", [r.any(*shape)], lambda x: x.permute(axes), dict(axes=axes))


def gatherRows(r):
    rows, width = max(1, r.length(40)), r.length(40)
    labels = r.labels(r.length(60), rows)
    return case("", [r.any(rows, width)], lambda x: F.embedding(torch.tensor(labels, dtype=torch.long), x),
                labels=labels)


def gatherColumns(r):
    n, width = r.length(40), max(1, r.length(40))
    labels = r.labels(n, width)
    return case("", [r.any(n, width)],
                lambda x: x.gather(1, torch.tensor(labels, dtype=torch.long)[:, None])[:, 0], labels=labels)


def embedding(r):
    shape, rows, width = r.form(1, 3, 60), max(1, r.length(40)), r.length(20)
    labels = torch.tensor(r.labels(math.prod(shape), rows), dtype=torch.long).reshape(shape)
    return case("", [r.any(rows, width)], lambda x: F.embedding(labels, x), dict(shape=shape),
                labels=labels.flatten().tolist())


def gather(r):
    x = [max(1, n) for n in r.form(1, 4)]
    axis = r.axis(x)
    index = [r.length(12) if i == axis % len(x) else r.size(0 if r.size(0, 5) == 0 else 1, n)
             for i, n in enumerate(x)]
    labels = torch.tensor(r.labels(math.prod(index), x[axis]), dtype=torch.long).reshape(index)
    return case("", [r.any(*x)], lambda x: x.gather(axis, labels), dict(axis=axis, shape=index),
                labels=labels.flatten().tolist())


def indexSelect(r):
    x = [max(1, n) for n in r.form(1, 4)]
    axis = r.axis(x)
    labels = r.labels(r.length(30), x[axis])
    return case("", [r.any(*x)], lambda x: x.index_select(axis, torch.tensor(labels, dtype=torch.long)),
                dict(axis=axis), labels=labels)


def slice_(r):
    shape = r.form(1, 4)
    axis = r.axis(shape)
    start = r.size(0, shape[axis])
    end = r.size(start, shape[axis])
    return case("", [r.any(*shape)], lambda x: x.narrow(axis, start, end - start),
                dict(axis=axis, start=start, end=end))


def sliceWithSteps(r):
    shape, ranges = r.form(1, 4), []
    for n in shape[:r.size(1, len(shape))]:
        start = r.size(0, n)
        ranges.append([start, r.size(start, n), r.size(1, 5)])
    place = tuple(slice(*x) for x in ranges)
    return case("", [r.any(*shape)], lambda x: x[place], dict(ranges=ranges))


def concatenate(r):
    shape = r.form(1, 4, 100)
    axis = r.axis(shape)
    inputs = []
    for _ in range(r.size(1, 4)):
        shape[axis] = r.size(0, 5)
        inputs.append(r.any(*shape))
    return case("", inputs, lambda *x: torch.cat(x, axis), dict(axis=axis))


def stack(r):
    shape = r.form(0, 3, 100)
    axis = r.size(-len(shape) - 1, len(shape))
    return case("", [r.any(*shape) for _ in range(r.size(1, 4))], lambda *x: torch.stack(x, axis), dict(axis=axis))


for function in [pow, clamp, leakyReLU, gelu, dropout, elu, softplus, where, matmul, linear, batchedMatmul,
                 matmulBroadcast, transpose, reshape, permute, gatherRows, gatherColumns, embedding, gather, indexSelect,
                 sliceWithSteps, concatenate, stack]:
    operation(function.__name__, function)
operation("slice", slice_)
