"""Cases of layer, group and instance normalisation. `operations.py` writes them."""

import math

import torch
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


def spread(r, shape, rows):
    """Rows of unlike size and place, none of them of nearly equal values, which would magnify rounding without end."""
    length = math.prod(shape) // rows
    while True:
        x = r.float32(r.normal(rows, length) * r.uniform(0.5, 2, rows, 1) + r.uniform(-2, 2, rows, 1))
        if length == 1 or x.std(1, unbiased=False).min() > 0.3:
            return x.reshape(shape)


def affine(r, kind, shape):
    """Neither gamma nor beta, gamma, or both."""
    return [r.uniform(0.2, 2, *shape), r.normal(*shape)][:["none", "weight", "both"].index(kind)]


def epsilon(r):
    return [1e-5, 1e-3, 1e-2][r.size(0, 2)]


@layer
def layerNorm(r):
    for about, leading, lengths, kind in [
            ("rows", [r.size(2, 4)], [r.size(2, 6)], "both"), ("rows", [r.size(2, 4)], [r.size(3, 6)], "weight"),
            ("rows", [r.size(2, 4)], [r.size(3, 6)], "none"), ("one row", [], [r.size(3, 9)], "both"),
            ("three axes", [2, r.size(2, 3)], [r.size(3, 5)], "both"),
            ("over two axes", [r.size(1, 3)], [r.size(2, 3), r.size(2, 4)], "both"),
            ("over three axes", [2], [2, r.size(1, 2), r.size(2, 3)], "none"),
            ("longer", [2], [r.size(33, 40)], "both"), ("one number each", [3], [1], "both")]:
        shape, e = leading + lengths, epsilon(r)
        yield case(about, [spread(r, shape, math.prod(leading)), *affine(r, kind, lengths)],
                   lambda x, *wb, n=lengths, e=e: F.layer_norm(x, n, *wb, eps=e), dict(lengths=lengths, epsilon=e))
    yield case("far from 0", [exact([[99.917, 100.517, 99.922], [-1000.25, -1000.5, -1001.0]])],
               lambda x: F.layer_norm(x, [3], eps=1e-3), dict(lengths=[3], epsilon=1e-3))


@layer
def groupNorm(r):
    for about, n, groups, per, pixels, kind in [
            ("images", 2, 2, r.size(2, 3), [r.size(2, 3), 2], "both"), ("images", 2, 2, 2, [2, r.size(2, 3)], "none"),
            ("one group", r.size(1, 3), 1, r.size(2, 4), [2, 2], "both"),
            ("a group for each channel", 2, r.size(2, 4), 1, [2, r.size(2, 3)], "both"),
            ("without pixels", r.size(2, 3), 2, r.size(3, 5), [], "both"),
            ("one axis of pixels", 2, r.size(2, 3), 2, [r.size(2, 4)], "weight"),
            ("batch 1", 1, 3, 2, [r.size(2, 3), r.size(2, 4)], "both")]:
        shape, e = [n, groups * per, *pixels], epsilon(r)
        yield case(about, [spread(r, shape, n * groups), *affine(r, kind, [groups * per])],
                   lambda x, *wb, g=groups, e=e: F.group_norm(x, g, *wb, eps=e), dict(groups=groups, epsilon=e))


@layer
def instanceNorm(r):
    for about, n, c, pixels, kind in [
            ("images", 2, r.size(2, 3), [r.size(2, 3), r.size(2, 4)], "none"),
            ("images", 2, r.size(2, 3), [r.size(2, 3), r.size(2, 4)], "both"),
            ("batch 1, one channel", 1, 1, [r.size(3, 4), r.size(2, 4)], "both"),
            ("one axis of pixels", 2, r.size(2, 3), [r.size(3, 9)], "both"), ("two pixels", 2, 2, [1, 2], "none"),
            ("three axes of pixels", 1, 2, [2, r.size(2, 3), 2], "weight")]:
        shape, e = [n, c, *pixels], epsilon(r)

        def compute(x, *wb, e=e):
            return F.instance_norm(x, weight=wb[0] if wb else None, bias=wb[1] if len(wb) > 1 else None, eps=e)

        yield case(about, [spread(r, shape, n * c), *affine(r, kind, [c])], compute, dict(epsilon=e))
