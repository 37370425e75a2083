"""Cases of choosing among numbers, of powers and of products of stacks of matrices. `operations.py` writes them."""

import math

import torch
from torch.nn import functional as F

from cases import case, exact
from drawn_operations import broadcast

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


@layer
def min(r):
    for i in range(8):
        shape = r.shape(1 + i % 4, 1 + i % 4, 3 if i % 4 == 3 else 5)
        axes = sorted(r.generator.permutation(len(shape))[:r.size(1, len(shape))].tolist())
        if i % 2 == 0:
            axes = [a - len(shape) for a in axes]
        yield case("", [r.distinct(*shape)], lambda x, a=axes, k=i >= 4: x.amin(a, keepdim=k),
                   dict(axes=axes, keepingAxes=i >= 4))
    yield case("all", [r.distinct(3, 4)], lambda x: x.amin(), dict(axes=None, keepingAxes=False))


@layer
def where(r):
    for about, c, a, b in [("one shape", [2, 3], [2, 3], [2, 3]), ("a number", [3, 4], [3, 4], []),
                           ("a number on the left", [5], [], [5]), ("a row of conditions", [4], [3, 4], [3, 1]),
                           ("each is stretched", [2, 1, 1], [1, 3, 1], [1, 1, 4]), ("numbers", [], [], []),
                           ("conditions alone are wide", [2, 3], [], [3])]:
        condition = exact(r.generator.integers(0, 2, c).tolist())
        yield case(about, [r.normal(*a), r.normal(*b)], lambda a, b, c=condition: torch.where(c.to(a.dtype) != 0, a, b),
                   dict(condition=condition))


def pairs(r):
    yield "one shape", [3, 4], [3, 4]
    yield "a number on the right", [3, 4], []
    yield "a column with a row", [3, 1], [4]
    for about, *stretched in [("left stretched", True, False), ("right stretched", False, True),
                              ("both stretched", True, True)]:
        yield about, *broadcast(r, *stretched)


def larger(name, compute):
    @layer
    def cases(r):
        for about, a, b in pairs(r):
            while True:
                x, y = r.normal(*a), r.normal(*b)
                if (x - y).abs().min() > 0.01:
                    break
            yield case(about, [x, y], compute)
        yield case("equal numbers share", [exact([1.0, 2.0, -3.0, 0.0]), exact([1.0, 2.5, -3.0, 0.0])], compute, kink=True)
        yield case("equal numbers, stretched", [exact([[1.0], [2.0]]), exact([1.0, 2.0, 1.0])], compute, kink=True)

    CASES[name] = CASES.pop("cases")


larger("maximum", torch.maximum)
larger("minimum", torch.minimum)


@layer
def power(r):
    for about, a, b in pairs(r):
        yield case(about, [r.uniform(0.3, 2, *a), r.uniform(-2, 3, *b)], torch.pow)
    # Of a negative base the exponent has no gradient: it comes last, as what is given.
    yield case("whole powers of any number", [r.signed(0.3, 2, 4, 5), exact([-2.0, 0.0, 1.0, 2.0, 3.0])], torch.pow,
               constants=1)
    yield case("nothing to the power of nothing, and so on",
               [exact([0.0, 0.0, 0.0, 0.0, 2.0, 1.0]), exact([0.0, 1.0, 2.0, 2.5, 0.0, 3.0])], torch.pow, kink=True)


@layer
def gather(r):
    for about, axis, x, index in [
            ("columns", 1, [3, 4], [3, 2]), ("rows", 0, [3, 4], [5, 4]), ("fewer places", 1, [3, 4], [2, 6]),
            ("the last axis", -1, [2, 3, 4], [2, 3, 3]), ("the middle axis", 1, [2, 3, 4], [2, 5, 4]),
            ("the first axis", -3, [3, 2, 2], [4, 1, 2]), ("a vector", 0, [5], [8]),
            ("four axes", 2, [2, 1, 3, 2], [1, 1, 4, 2]), ("drawn", None, r.shape(3, 3), None)]:
        if axis is None:
            axis = r.axis(x)
            index = [r.size(1, 5) if i == axis % len(x) else r.size(1, n) for i, n in enumerate(x)]
        labels = torch.tensor(r.labels(math.prod(index), x[axis])).reshape(index)
        yield case(about, [r.normal(*x)], lambda x, a=axis, i=labels: x.gather(a, i), dict(axis=axis, shape=index),
                   labels=labels.flatten().tolist())


@layer
def indexSelect(r):
    for about, axis, x, count in [("rows", 0, [3, 4], 5), ("columns", 1, [3, 4], 2), ("the middle axis", 1, [2, 3, 2], 4),
                                  ("the last axis", -1, [2, 2, 3], 3), ("a vector", 0, [4], 6),
                                  ("one number", 0, [1], 3), ("drawn", None, r.shape(4, 4, 3), 4)]:
        axis = r.axis(x) if axis is None else axis
        labels = r.labels(count, x[axis])
        yield case(about, [r.normal(*x)], lambda x, a=axis, i=labels: x.index_select(a, torch.tensor(i)),
                   dict(axis=axis), labels=labels)


@layer
def sliceWithSteps(r):
    def drawn(lengths):
        ranges = []
        for n in lengths:
            start = r.size(0, n - 1)
            ranges.append((start, r.size(start + 1, n), r.size(1, 4)))
        return ranges

    for about, shape, ranges in [
            ("every second", [7], [(0, 7, 2)]), ("every second from the second", [8], [(1, 8, 2)]),
            ("a step beyond the end", [3, 2], [(1, 3, 5)]), ("two axes", [6, 7], [(0, 6, 2), (1, 7, 3)]),
            ("the second axis", [3, 8], [(0, 3, 1), (2, 7, 2)]), ("three axes", [4, 3, 5], [(1, 4, 2), (0, 3, 2), (0, 5, 4)]),
            ("the first of three axes", [5, 2, 3], [(0, 5, 3)]), ("one entry", [4, 4], [(3, 4, 1), (0, 1, 2)]),
            ("drawn", None, None), ("drawn", None, None)]:
        if shape is None:
            shape = r.shape(2, 3, 6)
            ranges = drawn(shape[:r.size(1, len(shape))])
        place = tuple(slice(*x) for x in ranges)
        yield case(about, [r.normal(*shape)], lambda x, p=place: x[p], dict(ranges=[list(x) for x in ranges]))


@layer
def matmulBroadcast(r):
    for about, a, b in [
            ("two vectors", [5], [5]), ("a vector and a matrix", [3], [3, 4]), ("a matrix and a vector", [3, 4], [4]),
            ("a vector and a stack", [3], [2, 3, 4]), ("a stack and a vector", [2, 3, 4], [4]),
            ("a stack and a matrix", [2, 3, 4], [4, 2]), ("a matrix and a stack", [3, 4], [2, 4, 2]),
            ("two stacks", [2, 3, 4], [2, 4, 3]), ("one matrix for all on the left", [1, 3, 2], [3, 2, 3]),
            ("one matrix for all on the right", [3, 2, 3], [1, 3, 2]),
            ("two leading axes, each stretched", [2, 1, 2, 3], [1, 3, 3, 2]),
            ("a leading axis is missing", [3, 2, 2], [2, 3, 2, 3]), ("and on the right", [2, 3, 2, 3], [3, 3, 1]),
            ("one on the right with more axes", [2, 3], [1, 1, 3, 2]), ("one number each", [1, 1], [1, 1, 1])]:
        yield case(about, [r.normal(*a), r.normal(*b)], torch.matmul)


@layer
def resizeBilinearAligned2d(r):
    for about, n, c, h, w, size in [
            ("larger", 1, 2, 2, 3, [r.size(4, 5), r.size(5, 7)]), ("smaller", 2, 1, 5, 6, [r.size(2, 3), r.size(2, 4)]),
            ("the same size", 1, 2, 3, 2, [3, 2]), ("one row", 1, 2, 3, 4, [1, r.size(2, 6)]),
            ("one pixel", 1, 2, 3, 3, [1, 1]), ("of one pixel", 2, 2, 1, 1, [3, 2]),
            ("higher, narrower", 1, 1, 2, 6, [5, 3]), ("drawn", 1, 2, r.size(1, 4), r.size(1, 4), [r.size(1, 6), r.size(1, 6)])]:
        yield case(about, [r.normal(n, c, h, w)],
                   lambda x, s=size: F.interpolate(x, s, mode="bilinear", align_corners=True), dict(size=size))
