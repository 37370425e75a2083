"""Cases of layers that work on images, [n, channels, height, width]. `operations.py` writes them."""

import math

import numpy as np
from torch.nn import functional as F

from cases import case, exact

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


# Convolution. Each edge is met for certain, the rest is drawn.

ANY = ("drawn", lambda s: True)


def rests(s):
    """A row or column is left over on the right or at the bottom."""
    return (s.h + 2 * s.padding - s.kh) % s.stride and (s.w + 2 * s.padding - s.kw) % s.stride


CONVOLUTIONS = [
    ("batch 1", lambda s: s.n == 1),
    ("one channel in, one out", lambda s: s.c == s.out == 1),
    ("one channel in", lambda s: s.c == 1 and s.out > 1),
    ("the stride does not divide", lambda s: s.stride > 1 and rests(s)),
    ("the stride does not divide, no padding", lambda s: s.stride > 1 and s.padding == 0 and rests(s)),
    ("kernel larger than the input, with padding", lambda s: s.kh > s.h and s.kw > s.w),
    ("kernel larger than the input one way", lambda s: s.kh > s.h and s.kw < s.w),
    ("kernel of one pixel", lambda s: s.kh == s.kw == 1 and s.padding == 0),
    ("kernel of one pixel with padding", lambda s: s.kh == s.kw == 1 and s.padding > 0 and s.stride == 2),
    ("stride larger than the kernel", lambda s: s.stride > max(s.kh, s.kw)),
    ("one pixel comes out", lambda s: s.h + 2 * s.padding == s.kh > 1 and s.w + 2 * s.padding == s.kw > 1),
    ("3 x 3, stride 1, padding 1", lambda s: s.kh == s.kw == 3 and s.stride == s.padding == 1 and s.h > 2),
    ("3 x 3, stride 2, padding 1", lambda s: s.kh == s.kw == 3 and s.stride == 2 and s.padding == 1 and s.h > 2),
    ANY, ANY,
]
WIDER = [
    ("more channels", dict(n=(1, 2), c=(5, 9), out=(5, 9), h=(3, 5), w=(3, 5))),
    ("wide", dict(n=(1, 1), c=(1, 2), out=(1, 3), h=(2, 4), w=(17, 19))),
]
RANGES = dict(n=(1, 3), c=(1, 4), out=(1, 4), h=(1, 8), w=(1, 8), kh=(1, 5), kw=(1, 5), stride=(1, 3), padding=(0, 2))


def convolution(r, compute, outputs, weight):
    """`outputs(s)` is the size of the output, `weight(s)` the first two axes of the weight."""

    def fits(s, least, most):
        oh, ow = outputs(s)
        if min(oh, ow) < 1:
            return False
        return least <= s.n * (s.c * s.h * s.w + s.out * oh * ow) + s.c * s.out * s.kh * s.kw <= most

    kinds = [(about, {}, meets, 12, 72) for about, meets in CONVOLUTIONS]
    kinds += [(about, other, lambda s: s.kh > 1, 120, 300) for about, other in WIDER]
    for i, (about, other, meets, least, most) in enumerate(kinds):
        s = r.sizes(lambda s: meets(s) and fits(s, least, most), **(RANGES | other))
        inputs = [r.normal(s.n, s.c, s.h, s.w), r.normal(*weight(s), s.kh, s.kw, scale=0.5)]
        if i % 3 < 2:
            inputs.append(r.normal(s.out))
        yield case(about, inputs, lambda x, w, b=None, s=s: compute(x, w, b, s.stride, s.padding),
                   dict(stride=s.stride, padding=s.padding))


@layer
def convolution2d(r):
    yield from convolution(r, F.conv2d, lambda s: [(s.h + 2 * s.padding - s.kh) // s.stride + 1
                                                   if s.h + 2 * s.padding >= s.kh else 0,
                                                   (s.w + 2 * s.padding - s.kw) // s.stride + 1
                                                   if s.w + 2 * s.padding >= s.kw else 0],
                           lambda s: (s.out, s.c))


@layer
def transposedConvolution2d(r):
    yield from convolution(r, F.conv_transpose2d, lambda s: [(s.h - 1) * s.stride - 2 * s.padding + s.kh,
                                                             (s.w - 1) * s.stride - 2 * s.padding + s.kw],
                           lambda s: (s.c, s.out))


# Pooling.

POOLS = [
    ("batch 1", lambda s: s.n == 1),
    ("one channel", lambda s: s.c == 1),
    ("the stride does not divide", lambda s: s.stride > 1 and (s.h + 2 * s.padding - s.kernel) % s.stride
     and (s.w + 2 * s.padding - s.kernel) % s.stride),
    ("kernel larger than the input, with padding", lambda s: s.kernel > max(s.h, s.w)),
    ("kernel larger than the input one way", lambda s: s.h < s.kernel < s.w),
    ("kernel of one pixel, stride 2", lambda s: s.kernel == 1 and s.stride == 2),
    ("stride larger than the kernel", lambda s: s.stride > s.kernel > 1),
    ("stride smaller than the kernel", lambda s: s.stride < s.kernel and min(s.h, s.w) > s.kernel),
    ("the whole image", lambda s: s.kernel == s.h == s.w > 1 and s.padding == 0),
    ("2 x 2, stride 2", lambda s: s.kernel == s.stride == 2 and s.padding == 0 and min(s.h, s.w) > 3),
    ("3 x 3, stride 2, padding 1", lambda s: s.kernel == 3 and s.stride == 2 and s.padding == 1 and s.h > 3),
    ANY, ANY,
]


def pool(r, compute, make):
    def fits(s):
        return (s.padding <= s.kernel // 2 and s.kernel <= min(s.h, s.w) + 2 * s.padding
                and 4 <= s.n * s.c * s.h * s.w <= 90)

    for about, meets in POOLS:
        s = r.sizes(lambda s: fits(s) and meets(s), n=(1, 3), c=(1, 4), h=(1, 9), w=(1, 9), kernel=(1, 5),
                    stride=(1, 4), padding=(0, 2))
        yield case(about, [make(s.n, s.c, s.h, s.w)], lambda x, s=s: compute(x, s.kernel, s.stride, s.padding),
                   dict(kernel=s.kernel, stride=s.stride, padding=s.padding))


@layer
def maxPool2d(r):
    yield from pool(r, F.max_pool2d, r.distinct)
    yield case("of equal values the first counts", [exact([[[[0, 0, 1, 1], [0, 0, 0, 1], [2, 1, 3, 3]]]])],
               lambda x: F.max_pool2d(x, 2, 1, 0), dict(kernel=2, stride=1, padding=0), kink=True)
    yield case("all negative, with padding", [r.float32(r.distinct(1, 2, 3, 3) - 2.5)],
               lambda x: F.max_pool2d(x, 3, 2, 1), dict(kernel=3, stride=2, padding=1))


@layer
def averagePool2d(r):
    """The padding counts as zeros in the mean."""
    yield from pool(r, lambda x, k, s, p: F.avg_pool2d(x, k, s, p, count_include_pad=True), r.normal)


# Any size to any other.

RESIZED = [
    ("batch 1", lambda s: s.n == 1),
    ("one channel", lambda s: s.c == 1),
    ("to one pixel", lambda s: s.oh == s.ow == 1 and s.h * s.w > 1),
    ("from one pixel", lambda s: s.h == s.w == 1 and s.oh * s.ow > 1),
    ("the same size", lambda s: s.oh == s.h > 1 and s.ow == s.w > 1),
    ("twice the size", lambda s: s.oh == 2 * s.h and s.ow == 2 * s.w and s.h * s.w > 3),
    ("half the size", lambda s: s.h == 2 * s.oh and s.w == 2 * s.ow and s.h * s.w > 4),
    ("smaller, nothing divides", lambda s: s.h % s.oh and s.w % s.ow and s.h > s.oh > 1 and s.w > s.ow > 1),
    ("larger, nothing divides", lambda s: s.oh % s.h and s.ow % s.w and 1 < s.h < s.oh and 1 < s.w < s.ow),
    ("higher and narrower", lambda s: s.oh > s.h and s.ow < s.w),
    ANY, ANY,
]


def nearest_is_exact(size, new):
    """PyTorch finds the row in Float32; only where that is the floor of the true quotient does a case say anything."""
    scale = np.float32(size) / np.float32(new)
    return all(math.floor(np.float32(i) * scale) == i * size // new for i in range(new))


def resized(r, compute, make):
    def fits(s):
        return (nearest_is_exact(s.h, s.oh) and nearest_is_exact(s.w, s.ow)
                and 2 <= s.n * s.c * (s.h * s.w + s.oh * s.ow) <= 140)

    for about, meets in RESIZED:
        s = r.sizes(lambda s: fits(s) and meets(s), n=(1, 3), c=(1, 3), h=(1, 9), w=(1, 9), oh=(1, 9), ow=(1, 9))
        yield case(about, [make(s.n, s.c, s.h, s.w)], lambda x, s=s: compute(x, (s.oh, s.ow)), dict(size=[s.oh, s.ow]))


@layer
def adaptiveAveragePool2d(r):
    yield from resized(r, F.adaptive_avg_pool2d, r.normal)


@layer
def adaptiveMaxPool2d(r):
    yield from resized(r, F.adaptive_max_pool2d, r.distinct)


@layer
def resizeNearest2d(r):
    yield from resized(r, lambda x, size: F.interpolate(x, size, mode="nearest"), r.normal)


@layer
def resizeBilinear2d(r):
    yield from resized(r, lambda x, size: F.interpolate(x, size, mode="bilinear", align_corners=False), r.normal)


@layer
def pixelShuffle(r):
    for about, meets in [("batch 1", lambda s: s.n == 1), ("one channel comes out", lambda s: s.c == 1),
                         ("factor 1", lambda s: s.factor == 1), ("factor 2", lambda s: s.factor == 2 and s.c > 1),
                         ("factor 3", lambda s: s.factor == 3), ("one pixel", lambda s: s.h == s.w == 1), ANY, ANY]:
        s = r.sizes(lambda s: meets(s) and 4 <= s.n * s.c * s.h * s.w * s.factor**2 <= 110,
                    n=(1, 3), c=(1, 3), h=(1, 5), w=(1, 5), factor=(1, 3))
        yield case(about, [r.normal(s.n, s.c * s.factor**2, s.h, s.w)],
                   lambda x, s=s: F.pixel_shuffle(x, s.factor), dict(factor=s.factor))


# Padding.


def padded(r, mode, most, edges):
    def fits(s):
        return (mode != "reflect" or max(s.left, s.right) < s.w and max(s.top, s.bottom) < s.h) and \
            4 <= s.n * s.c * (s.h + s.top + s.bottom) * (s.w + s.left + s.right) <= 110

    for about, meets in edges + [("batch 1", lambda s: s.n == 1), ("one channel", lambda s: s.c == 1),
                                 ("every side another", lambda s: len({s.left, s.right, s.top, s.bottom}) == 4),
                                 ("nothing", lambda s: s.left == s.right == s.top == s.bottom == 0), ANY, ANY]:
        s = r.sizes(lambda s: fits(s) and meets(s), n=(1, 2), c=(1, 3), h=(1, 6), w=(1, 6), left=(0, most),
                    right=(0, most), top=(0, most), bottom=(0, most))
        yield case(about, [r.normal(s.n, s.c, s.h, s.w)],
                   lambda x, s=s: F.pad(x, (s.left, s.right, s.top, s.bottom), mode=mode),
                   dict(left=s.left, right=s.right, top=s.top, bottom=s.bottom))


@layer
def zeroPad2d(r):
    yield from padded(r, "constant", 3, [("one pixel", lambda s: s.h == s.w == 1 and s.left and s.bottom),
                                         ("wider than the image", lambda s: s.left > s.w and s.top > s.h)])


@layer
def reflectionPad2d(r):
    yield from padded(r, "reflect", 4, [
        ("as far as it goes", lambda s: s.left == s.right == s.w - 1 > 0 and s.top == s.bottom == s.h - 1 > 0),
        ("one row", lambda s: s.h == 1 and s.left and s.right),
        ("one column", lambda s: s.w == 1 and s.top and s.bottom)])
