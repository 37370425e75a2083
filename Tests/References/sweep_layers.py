"""One freely drawn configuration of each layer. `sweep.py` writes them."""

import math
import types

import torch
from torch.nn import functional as F

import normalisations
import other_layers
from cases import case
from image_layers import nearest_is_exact
from recurrent_layers import away_from_kinks, one_state

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


def both(r, low, high):
    """A number for each axis, often the same."""
    first = r.size(low, high)
    return [first, first if r.size(0, 1) else r.size(low, high)]


# Convolution.

def drawn_convolution(r, transposed, apart):
    """Channels in, out and groups, lengths, kernels, strides, padding; `apart`: all of them for each axis."""
    while True:
        s = types.SimpleNamespace(n=r.choice([0, 1, 1, 2, 3, 5]), kernel=both(r, 1, 5), stride=both(r, 1, 4),
                                  padding=both(r, 0, 3), dilation=both(r, 1, 3), groups=r.choice([1, 1, 1, 2, 3, 4]))
        s.c, s.out = (r.choice([1, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17]) for _ in range(2))
        if s.groups > 1 and r.size(0, 1):
            s.c = 1  # depthwise
        s.image = [r.choice([1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33]) for _ in range(2)]
        if not apart:
            s.stride, s.padding = [s.stride[0]] * 2, [s.padding[0]] * 2
            s.dilation, s.groups = [1, 1], 1
        s.extra = [r.size(0, max(a, b) - 1) for a, b in zip(s.stride, s.dilation)] if transposed and apart else [0, 0]
        reach = [d * (k - 1) + 1 for d, k in zip(s.dilation, s.kernel)]
        sizes = zip(s.image, reach, s.stride, s.padding, s.extra)
        if transposed:
            after = [(l - 1) * st - 2 * p + k + e for l, k, st, p, e in sizes]
        else:
            after = [(l + 2 * p - k) // st + 1 for l, k, st, p, e in sizes]
        count = max(1, s.n) * s.groups * (s.c * math.prod(s.image) + s.out * math.prod(after))
        if min(after) > 0 and count + s.groups * s.c * s.out * math.prod(s.kernel) < r.choice([600, 2000, 5000]):
            return s


def convolution(name, transposed, apart):
    def draw(r):
        s = drawn_convolution(r, transposed, apart)
        ends = [s.groups * s.c, s.out] if transposed else [s.groups * s.out, s.c]
        inputs = [r.any(s.n, s.groups * s.c, *s.image), r.any(*ends, *s.kernel)]
        if r.size(0, 1):
            inputs.append(r.any(s.groups * s.out))
        arguments = dict(stride=s.stride, padding=s.padding, dilation=s.dilation, groups=s.groups)
        if not apart:
            arguments = dict(stride=s.stride[0], padding=s.padding[0])
        if transposed and apart:
            arguments["outputPadding"] = s.extra

        def compute(x, w, b=None):
            if transposed:
                return F.conv_transpose2d(x, w, b, s.stride, s.padding, s.extra, s.groups, s.dilation)
            return F.conv2d(x, w, b, s.stride, s.padding, s.dilation, s.groups)

        return case("", inputs, compute, arguments)

    CASES[name] = draw


convolution("convolution2d", False, False)
convolution("convolution2dAxes", False, True)
convolution("transposedConvolution2d", True, False)
convolution("transposedConvolution2dAxes", True, True)


# Pooling and resizing.

def image(r, most=1500):
    while True:
        shape = [r.choice([0, 1, 1, 2, 3]), r.choice([1, 2, 3, 5, 16, 17]), max(1, r.length(40)), max(1, r.length(40))]
        if math.prod(shape) <= most:
            return shape


def pool(name, make, compute, counts):
    def draw(r):
        while True:
            shape, ceil = image(r), bool(r.size(0, 1))
            kernel, stride, padding = both(r, 1, 6), both(r, 1, 5), both(r, 0, 3)
            if all(p <= k // 2 and l + 2 * p - k + (st - 1 if ceil else 0) >= 0
                   for l, k, st, p in zip(shape[2:], kernel, stride, padding)):
                break
        arguments = dict(kernel=kernel, stride=stride, padding=padding, ceilMode=ceil)
        if counts:
            arguments["countsPadding"] = bool(r.size(0, 1))
        return case("", [make(r, shape)],
                    lambda x: compute(x, kernel, stride, padding, ceil, arguments.get("countsPadding")), arguments)

    CASES[name] = draw


pool("maxPool2dAxes", lambda r, s: r.distinct(*s), lambda x, k, s, p, ceil, _: F.max_pool2d(x, k, s, p, ceil_mode=ceil),
     False)
pool("averagePool2dAxes", lambda r, s: r.any(*s), F.avg_pool2d, True)

for name, compute, make in [
        ("adaptiveAveragePool2d", F.adaptive_avg_pool2d, lambda r, s: r.any(*s)),
        ("adaptiveMaxPool2d", F.adaptive_max_pool2d, lambda r, s: r.distinct(*s)),
        ("resizeNearest2d", lambda x, size: F.interpolate(x, size, mode="nearest"), lambda r, s: r.any(*s)),
        ("resizeBilinear2d", lambda x, size: F.interpolate(x, size, mode="bilinear"), lambda r, s: r.any(*s)),
        ("resizeBilinearAligned2d", lambda x, size: F.interpolate(x, size, mode="bilinear", align_corners=True),
         lambda r, s: r.any(*s))]:
    def resized(r, name=name, compute=compute, make=make):
        while True:
            shape, size = image(r, 600), [r.size(1, 20), r.size(1, 20)]
            # PyTorch takes no batch without images here.
            if shape[0] > 0 and all(nearest_is_exact(l, n) for l, n in zip(shape[2:], size)):
                break
        return case("", [make(r, shape)], lambda x: compute(x, size), dict(size=size))

    CASES[name] = resized


@layer
def pixelShuffle(r):
    factor, (n, c, h, w) = r.size(1, 4), image(r, 100)
    n = max(1, n)  # PyTorch has no gradient of no image
    return case("", [r.any(n, c * factor**2, h, w)], lambda x: F.pixel_shuffle(x, factor), dict(factor=factor))


for name, mode in [("zeroPad2d", "constant"), ("reflectionPad2d", "reflect")]:
    def padded(r, mode=mode):
        n, c, h, w = image(r, 300)
        n = max(1, n)
        most = (lambda length: length - 1) if mode == "reflect" else (lambda length: 5)
        left, right, top, bottom = (r.size(0, min(7, most(l))) for l in [w, w, h, h])
        return case("", [r.any(n, c, h, w)], lambda x: F.pad(x, (left, right, top, bottom), mode=mode),
                    dict(left=left, right=right, top=top, bottom=bottom))

    CASES[name] = padded


# Normalisation.

def batch_norm(name, least, most):
    def draw(r):
        while True:
            shape = [r.length(40), r.length(40), *(max(1, r.length(9)) for _ in range(r.size(least, most)))]
            training = bool(r.size(0, 1))
            across = shape[0] * math.prod(shape[2:])
            # In training two numbers a channel or more.
            if 0 < math.prod(shape) <= 1500 and (not training or across > 3):
                return other_layers.normalised(r, shape, training, "")

    CASES[name] = draw


batch_norm("batchNorm1d", 0, 1)
batch_norm("batchNorm2d", 2, 2)


def affine(r, shape):
    return normalisations.affine(r, r.choice(["none", "weight", "both"]), shape)


@layer
def layerNorm(r):
    while True:
        leading, lengths = r.form(0, 2, 20), [max(1, n) for n in r.form(1, 3, 300)]
        if math.prod(lengths) > 3:
            break
    e = normalisations.epsilon(r)
    return case("", [normalisations.spread(r, leading + lengths, max(1, math.prod(leading))) if math.prod(leading)
                     else r.normal(*leading, *lengths), *affine(r, lengths)],
                lambda x, *wb: F.layer_norm(x, lengths, *wb, eps=e), dict(lengths=lengths, epsilon=e))


@layer
def groupNorm(r):
    while True:
        n, groups, per, pixels = r.size(1, 4), r.size(1, 5), r.size(1, 5), [max(1, n) for n in r.form(0, 2, 60)]
        if per * math.prod(pixels) > 3:
            break
    e = normalisations.epsilon(r)
    return case("", [normalisations.spread(r, [n, groups * per, *pixels], n * groups), *affine(r, [groups * per])],
                lambda x, *wb: F.group_norm(x, groups, *wb, eps=e), dict(groups=groups, epsilon=e))


@layer
def instanceNorm(r):
    while True:
        n, c, pixels = r.size(1, 4), r.size(1, 6), [max(1, n) for n in r.form(1, 3, 60)]
        if math.prod(pixels) > 3:
            break
    e = normalisations.epsilon(r)

    def compute(x, *wb):
        return F.instance_norm(x, weight=wb[0] if wb else None, bias=wb[1] if len(wb) > 1 else None, eps=e)

    return case("", [normalisations.spread(r, [n, c, *pixels], n * c), *affine(r, [c])], compute, dict(epsilon=e))


# Recurrent.

def recurrent(gates, states, compute, activation=None):
    def draw(r):
        while True:
            s = types.SimpleNamespace(n=r.choice([0, 1, 1, 2, 3, 5]), t=r.choice([1, 2, 3, 5, 7, 12]),
                                      layers=r.size(1, 3))
            s.features, s.hidden = (r.choice([1, 2, 3, 5, 8, 15, 16, 17, 33]) for _ in range(2))
            if gates * s.layers * s.hidden * (s.features + s.hidden) > 4000:
                continue
            bound = 1 / math.sqrt(s.hidden)
            begin = r.choice([0, 0.5])
            inputs = [r.normal(s.n, s.t, s.features, scale=r.choice([0.01, 1, 1, 5]))]
            inputs += [r.normal(s.layers, s.n, s.hidden, scale=begin) for _ in range(states)]
            for i in range(s.layers):
                inputs += [r.uniform(-bound, bound, gates * s.hidden, s.hidden if i else s.features),
                           r.uniform(-bound, bound, gates * s.hidden, s.hidden),
                           r.uniform(-bound, bound, gates * s.hidden), r.uniform(-bound, bound, gates * s.hidden)]
            if activation != "relu" or s.n == 0 or away_from_kinks(s, inputs):
                break
        arguments = dict(layers=s.layers, hidden=s.hidden, batchFirst=True)
        return case("", inputs, lambda *x: compute(x[0], x[1:1 + states], x[1 + states:], s.layers),
                    arguments | (dict(activation=activation) if activation else {}))

    return draw


def lstm(x, states, parameters, layers):
    y, h, c = torch.lstm(x, states, parameters, True, layers, 0.0, False, False, True)
    return y, dict(h_n=h, c_n=c)


tanh = recurrent(1, 1, one_state(torch.rnn_tanh), "tanh")
relu = recurrent(1, 1, one_state(torch.rnn_relu), "relu")
CASES["rnn"] = lambda r: r.choice([tanh, relu])(r)
CASES["gru"] = recurrent(3, 1, one_state(torch.gru))
CASES["lstm"] = recurrent(4, 2, lstm)
