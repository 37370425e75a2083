"""Cases of convolutions and pooling with an own number for each axis, groups and dilation. `operations.py` writes them."""

from torch.nn import functional as F

from cases import case

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


ANY = lambda s: True
RANGES = dict(n=(1, 2), c=(1, 3), out=(1, 3), h=(1, 9), w=(1, 9), kh=(1, 4), kw=(1, 4), sh=(1, 3), sw=(1, 3), ph=(0, 2),
              pw=(0, 2), dh=(1, 3), dw=(1, 3), groups=(1, 1))
PLAIN = dict(dh=(1, 1), dw=(1, 1))

CONVOLUTIONS = [
    ("stride", PLAIN, lambda s: s.sh != s.sw),
    ("padding", PLAIN, lambda s: s.ph != s.pw),
    ("kernel of one row", PLAIN, lambda s: s.kh == 1 and s.kw == 3 and s.ph == 0 and s.pw == 1),
    ("kernel of one column", PLAIN, lambda s: s.kw == 1 and s.kh > 2 and s.sh != s.sw),
    ("all apart", {}, lambda s: s.sh != s.sw and s.ph != s.pw and s.dh != s.dw and s.kh != s.kw),
    ("dilation", {}, lambda s: s.dh == s.dw == 2 and s.sh == s.sw == 1 and s.kh == s.kw == 3),
    ("dilation that the stride divides", {}, lambda s: s.dw == s.sw == 2 and s.kw > 1),
    ("dilation that the stride does not divide", {}, lambda s: s.dw == 3 and s.sw == 2 and s.kw > 2),
    ("dilation under a kernel of one pixel", {}, lambda s: s.kh == s.kw == 1 and s.dh == 3),
    ("two groups", dict(groups=(2, 2)), lambda s: s.dh == s.dw == 1),
    ("three groups", dict(groups=(3, 3), c=(1, 2), out=(1, 2)), ANY),
    ("depthwise", dict(groups=(3, 4), c=(1, 1), out=(1, 1)), lambda s: s.kh > 1 and s.kw > 1 and s.dh == s.dw == 1),
    ("depthwise, two filters a channel", dict(groups=(2, 3), c=(1, 1), out=(2, 2)), lambda s: s.kw > 1),
    ("depthwise, kernel of one pixel", dict(groups=(3, 4), c=(1, 1), out=(1, 1)),
     lambda s: s.kh == s.kw == s.sh == s.sw == 1),
    ("groups of one pixel kernels", dict(groups=(2, 2), c=(2, 3)),
     lambda s: s.kh == s.kw == s.sh == s.sw == 1 and s.ph == s.pw == 0),
    ("groups, dilation and stride", dict(groups=(2, 2)), lambda s: s.dh > 1 and s.sw > 1 and s.kh > 1 and s.kw > 1),
    ("batch 1", {}, lambda s: s.n == 1), ("drawn", {}, ANY), ("drawn", dict(groups=(1, 3)), ANY),
]


def reach(k, d):
    return d * (k - 1) + 1


def convolutions(r, kinds, outputs, compute, weight, arguments, most):
    for i, (about, other, meets) in enumerate(kinds):
        def fits(s):
            oh, ow = outputs(s)
            size = s.n * (s.c * s.h * s.w + s.out * oh * ow) + s.c * s.out * s.kh * s.kw
            return min(oh, ow) > 0 and 12 <= s.groups * size <= most

        s = r.sizes(lambda s: meets(s) and fits(s), **(RANGES | other))
        inputs = [r.normal(s.n, s.groups * s.c, s.h, s.w), r.normal(*weight(s), s.kh, s.kw, scale=0.5)]
        if i % 2 == 0:
            inputs.append(r.normal(s.groups * s.out))
        yield case(about, inputs, lambda x, w, b=None, s=s: compute(x, w, b, s), arguments(s))


def steps(s):
    return dict(stride=[s.sh, s.sw], padding=[s.ph, s.pw], dilation=[s.dh, s.dw], groups=s.groups)


@layer
def convolution2dAxes(r):
    yield from convolutions(
        r, CONVOLUTIONS,
        lambda s: [(l + 2 * p - reach(k, d)) // st + 1 for l, k, st, p, d in
                   [(s.h, s.kh, s.sh, s.ph, s.dh), (s.w, s.kw, s.sw, s.pw, s.dw)]],
        lambda x, w, b, s: F.conv2d(x, w, b, (s.sh, s.sw), (s.ph, s.pw), (s.dh, s.dw), s.groups),
        lambda s: (s.groups * s.out, s.c), steps, 100)


@layer
def transposedConvolution2dAxes(r):
    extra = dict(h=(1, 4), w=(1, 4), oh=(0, 2), ow=(0, 2))

    def fits(meets):
        return lambda s: s.oh < max(s.sh, s.dh) and s.ow < max(s.sw, s.dw) and meets(s)

    kinds = [(about, extra | other, fits(meets)) for about, other, meets in CONVOLUTIONS + [
        ("output padding", PLAIN, lambda s: s.oh == 1 and s.ow == 0),
        ("output padding both ways", PLAIN, lambda s: s.oh == s.ow == 1 and s.sh == s.sw == 2),
        ("output padding of the dilation alone", {}, lambda s: s.oh >= s.sh and s.ow >= s.sw),
        ("output padding and groups", dict(groups=(2, 2)), lambda s: s.oh > 0 and s.ow > 0)]]
    yield from convolutions(
        r, kinds,
        lambda s: [(l - 1) * st - 2 * p + reach(k, d) + o for l, k, st, p, d, o in
                   [(s.h, s.kh, s.sh, s.ph, s.dh, s.oh), (s.w, s.kw, s.sw, s.pw, s.dw, s.ow)]],
        lambda x, w, b, s: F.conv_transpose2d(x, w, b, (s.sh, s.sw), (s.ph, s.pw), (s.oh, s.ow), s.groups,
                                              (s.dh, s.dw)),
        lambda s: (s.groups * s.c, s.out), lambda s: steps(s) | dict(outputPadding=[s.oh, s.ow]), 85)


def hangs(l, k, s, p):
    """With the quotient rounded up, one more window fits."""
    return (l + 2 * p - k) % s > 0


POOLS = [
    ("kernel", lambda s: s.kh != s.kw), ("stride", lambda s: s.sh != s.sw), ("padding", lambda s: s.ph != s.pw),
    ("all apart", lambda s: s.kh != s.kw and s.sh != s.sw and s.ph != s.pw),
    ("rounded up", lambda s: s.ceil and hangs(s.h, s.kh, s.sh, s.ph) and hangs(s.w, s.kw, s.sw, s.pw)),
    ("rounded up, padding", lambda s: s.ceil and hangs(s.h, s.kh, s.sh, s.ph) and s.ph > 0 and s.pw > 0),
    ("rounded up, the last window would begin behind the end",
     lambda s: s.ceil and hangs(s.h, s.kh, s.sh, s.ph) and (s.h + 2 * s.ph - s.kh) // s.sh * s.sh + s.sh >= s.h + s.ph),
    ("rounded up, kernel larger than the input", lambda s: s.ceil and s.kh > s.h + 2 * s.ph),
    ("rounded up, stride larger than the kernel", lambda s: s.ceil and s.sh > s.kh and s.sw > s.kw),
    ("rounded up, batch 1", lambda s: s.ceil and s.n == 1), ("padding at both ends", lambda s: s.ph and s.pw and not s.ceil),
    ("drawn", ANY), ("drawn", ANY),
]


def pools(r, compute, make, counts):
    def fits(s):
        lengths = [(s.h, s.kh, s.sh, s.ph), (s.w, s.kw, s.sw, s.pw)]
        return (all(p <= k // 2 and l + 2 * p - k + (st - 1 if s.ceil else 0) >= 0 for l, k, st, p in lengths)
                and 4 <= s.n * s.c * s.h * s.w <= 90)

    for about, meets in POOLS:
        for counting in counts:
            s = r.sizes(lambda s: fits(s) and meets(s), n=(1, 2), c=(1, 2), h=(1, 9), w=(1, 9), kh=(1, 5), kw=(1, 5),
                        sh=(1, 4), sw=(1, 4), ph=(0, 2), pw=(0, 2), ceil=(0, 1))
            arguments = dict(kernel=[s.kh, s.kw], stride=[s.sh, s.sw], padding=[s.ph, s.pw], ceilMode=bool(s.ceil))
            if counting is not None:
                arguments["countsPadding"] = counting
            yield case(about, [make(s.n, s.c, s.h, s.w)],
                       lambda x, s=s, c=counting: compute(x, (s.kh, s.kw), (s.sh, s.sw), (s.ph, s.pw), bool(s.ceil), c),
                       arguments)


@layer
def maxPool2dAxes(r):
    yield from pools(r, lambda x, k, s, p, ceil, _: F.max_pool2d(x, k, s, p, ceil_mode=ceil), r.distinct, [None])


@layer
def averagePool2dAxes(r):
    yield from pools(r, lambda x, k, s, p, ceil, counts: F.avg_pool2d(x, k, s, p, ceil, counts), r.normal, [True, False])
