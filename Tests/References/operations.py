"""Outputs and gradients of operations and layers, made with PyTorch in double precision.

    python Tests/References/operations.py [--seed 0] [--out Tests/References] [--count 0]

Makes a folder that all tests can read. What is not drawn from a seed is copied; the rest is what metrics.py,
heat_maps.py, optimizers.py, schedules.py, decompositions.py, checkpoints.py and models.py make (`models/`: whole models),
with --count N what sweep.py makes (`sweep/`: N free configurations; and N/20 more optimizers and N/20 more schedules),
and three folders, in each one file an operation, a list of cases: `operations/` (shapes chosen by hand, below),
`drawn/` (the same operations, shapes drawn too) and `layers/` (layers and their losses, drawn).
The inputs are exact Float32 values; outputs and gradients are computed from them in double and printed with nine
digits. `gradients[i]` is d sum(output * upstream) / d inputs[i]; targets of losses come last among the inputs and have
no gradient. Every gradient has also passed PyTorch's comparison with finite differences, except at kinks that are there
on purpose.
"""

import argparse
import pathlib
import shutil

import torch
from torch.nn import functional as F

import activations
import axis_layers
import checkpoints
import decompositions
import drawn_operations
import heat_maps
import image_layers
import metrics
import models
import normalisations
import operator_extremes
import optimizers
import other_layers
import recurrent_layers
import reduced_losses
import schedules
import selections
import sweep
from cases import case, exact, write

CASES = {}


def operation(function):
    """Registers a function that yields cases, each drawn from the same random numbers."""
    CASES[function.__name__] = function
    return function


# Two tensors, broadcast.

PAIRS = [
    ("same shape", [2, 3], [2, 3]),
    ("scalar on the right", [3, 4], []),
    ("scalar on the left", [], [3, 4]),
    ("one element on the right", [5], [1]),
    ("column with row", [3, 1], [4]),
    ("row with matrix", [4], [3, 4]),
    ("three axes with a column", [2, 3, 4], [3, 1]),
    ("one row, one column", [1, 1], [2, 1, 3]),
    ("two scalars", [], []),
]


def binary(name, compute, right=lambda r, shape: r.normal(*shape)):
    def cases(r):
        for about, a, b in PAIRS:
            yield case(about, [r.normal(*a), right(r, b)], compute)

    CASES[name] = cases


binary("add", lambda a, b: a + b)
binary("subtract", lambda a, b: a - b)
binary("multiply", lambda a, b: a * b)
binary("divide", lambda a, b: a / b, lambda r, shape: r.signed(0.5, 2, *shape))


# One tensor, element by element.

SHAPES = [("matrix", [3, 4]), ("scalar", []), ("one row", [1, 5]), ("three axes, one column", [2, 3, 1])]


def unary(name, compute, make=lambda r, shape: r.normal(*shape), extra=None, kink=False):
    def cases(r):
        for about, shape in SHAPES:
            yield case(about, [make(r, shape)], compute)
        if extra is not None:
            yield case(extra[0], [exact(extra[1])], compute, kink=kink)

    CASES[name] = cases


unary("negate", torch.neg)
unary("exp", torch.exp, lambda r, s: r.uniform(-4, 4, *s))
unary("log", torch.log, lambda r, s: r.uniform(0.1, 6, *s))
unary("sqrt", torch.sqrt, lambda r, s: r.uniform(0.1, 6, *s))
unary("square", torch.square)
unary("abs", torch.abs)
unary("relu", torch.relu, extra=("at zero the derivative is 0", [-1.5, 0.0, 2.0]), kink=True)
unary("sigmoid", torch.sigmoid, lambda r, s: r.normal(*s, scale=2),
      extra=("far out", [-60.0, -20.0, 0.0, 20.0, 60.0]))
unary("tanh", torch.tanh, extra=("far out", [-40.0, -8.0, 0.0, 8.0, 40.0]))


@operation
def pow(r):
    for exponent, low in [(2.0, -2), (3.0, -2), (0.5, 0.2), (-1.0, 0.2), (1.5, 0.2), (1.0, -2)]:
        yield case(f"exponent {exponent}", [r.uniform(low, 2, 2, 3)], lambda x, e=exponent: x**e,
                   dict(exponent=exponent))


@operation
def clamp(r):
    for shape, low, high in [([3, 4], -0.5, 0.5), ([5], 0.0, 1.0), ([2, 1, 3], -1.25, 0.25), ([1], -9.0, 9.0)]:
        yield case("", [r.normal(*shape)], lambda x, a=low, b=high: x.clamp(a, b),
                   dict(minimum=low, maximum=high))


# Matrix products.


@operation
def matmul(r):
    for about, n, k, m in [("small", 2, 3, 4), ("one row", 1, 5, 3), ("one column", 4, 3, 1),
                           ("odd sizes", 7, 5, 3), ("one number", 1, 1, 1), ("outer product", 5, 1, 6),
                           ("inner product", 1, 9, 1), ("larger", 13, 9, 11)]:
        yield case(about, [r.normal(n, k), r.normal(k, m)], torch.matmul)


@operation
def linear(r):
    for about, x, inputs, outputs in [("matrix", [3], 4, 2), ("one row", [1], 5, 3), ("one output", [6], 3, 1),
                                      ("three axes", [2, 3], 4, 5), ("three axes, batch 1", [1, 7], 2, 3)]:
        yield case(about, [r.normal(*x, inputs), r.normal(inputs, outputs), r.normal(outputs)],
                   lambda x, w, b: F.linear(x, w.T, b))


# Reductions.

REDUCED = [([2, 3], None), ([2, 3], [0]), ([2, 3], [1]), ([2, 3, 4], [-1]), ([2, 3, 4], [0, 2]),
           ([2, 3, 4], [-2]), ([1, 5], [0]), ([4, 1], [1]), ([2, 3, 4], [0, 1, 2]), ([], None)]


def reduction(name, compute):
    def cases(r):
        for i, (shape, axes) in enumerate(REDUCED):
            for keeping in [False, True] if i in (1, 4) else [i % 3 == 2]:
                def function(x, axes=axes, keeping=keeping):
                    return compute(x, list(range(x.ndim)) if axes is None else axes, keeping)

                yield case("", [r.normal(*shape)], function, dict(axes=axes, keepingAxes=keeping))

    CASES[name] = cases


reduction("sum", lambda x, axes, k: x.sum(axes, keepdim=k) if axes else x.sum())
reduction("mean", lambda x, axes, k: x.mean(axes, keepdim=k) if axes else x.mean())
reduction("max", lambda x, axes, k: x.amax(axes, keepdim=k) if axes else x.amax())


def normalised(name, compute):
    def cases(r):
        for about, shape, axis in [("matrix", [3, 4], -1), ("first axis", [3, 4], 0), ("one row", [1, 5], 1),
                                   ("one column", [4, 1], 1), ("middle of three axes", [2, 3, 2], 1),
                                   ("vector", [5], 0)]:
            yield case(about, [r.normal(*shape, scale=2)], lambda x, d=axis: compute(x, d), dict(axis=axis))
        logits = r.normal(2, 4)
        yield case("before a shift", [logits], lambda x: compute(x, -1), dict(axis=-1))
        yield case("the same plus 64", [r.float32((logits + 64).numpy())], lambda x: compute(x, -1), dict(axis=-1))
        yield case("large logits", [exact([[1000.0, 1001.0, 999.5], [-1000.0, 0.0, -3.0]])],
                   lambda x: compute(x, -1), dict(axis=-1))
        yield case("the course's softmax sheet", [exact([[0.02179, -2.48806, -1.75056, 2.07041, 1.25026]])],
                   lambda x: compute(x, -1), dict(axis=-1))

    CASES[name] = cases


normalised("softmax", torch.softmax)
normalised("logSoftmax", torch.log_softmax)


# Shapes and selections.


@operation
def transpose(r):
    for shape in [[2, 3], [1, 4], [5, 1], [1, 1], [7, 5]]:
        yield case("", [r.normal(*shape)], lambda x: x.T)


@operation
def reshape(r):
    for shape, new in [([2, 6], [3, 4]), ([2, 3, 4], [6, 4]), ([6], [2, 3]), ([1], []), ([], [1, 1]), ([5, 1], [5])]:
        yield case("", [r.normal(*shape)], lambda x, new=new: x.reshape(new), dict(shape=new))


@operation
def permute(r):
    for shape, axes in [([2, 3], [1, 0]), ([2, 3, 4], [2, 0, 1]), ([2, 3, 4], [1, 2, 0]), ([2, 3, 4], [0, 2, 1]),
                        ([2, 3, 1, 2], [3, 1, 0, 2]), ([1, 4, 1], [1, 2, 0])]:
        yield case("", [r.normal(*shape)], lambda x, axes=axes: x.permute(axes), dict(axes=axes))


@operation
def gatherRows(r):
    for about, shape, labels in [("repeats", [4, 3], [2, 0, 2, 2, 1]), ("one label", [3, 2], [1]),
                                 ("one column", [5, 1], [4, 4, 0]), ("one row", [1, 3], [0, 0]),
                                 ("random", [6, 2], r.labels(9, 6))]:
        yield case(about, [r.normal(*shape)], lambda x, i=labels: F.embedding(torch.tensor(i), x), labels=labels)


@operation
def gatherColumns(r):
    for about, shape in [("matrix", [4, 3]), ("one row", [1, 5]), ("one column", [3, 1]), ("more", [7, 4])]:
        labels = r.labels(*shape)
        yield case(about, [r.normal(*shape)],
                   lambda x, i=labels: x.gather(1, torch.tensor(i)[:, None])[:, 0], labels=labels)


@operation
def slice(r):
    for shape, axis, start, end in [([5], 0, 1, 4), ([4, 3], 0, 1, 3), ([4, 3], 1, 0, 2), ([2, 3, 4], 1, 2, 3),
                                    ([2, 3, 4], -1, 1, 4), ([3, 2], 0, 0, 3)]:
        yield case("", [r.normal(*shape)], lambda x, a=axis, s=start, e=end: x.narrow(a, s, e - s),
                   dict(axis=axis, start=start, end=end))


@operation
def concatenate(r):
    for shapes, axis in [([[2], [3]], 0), ([[2, 3], [1, 3]], 0), ([[2, 3], [2, 1], [2, 2]], 1),
                         ([[2, 1, 3], [2, 2, 3]], 1), ([[1, 2, 2], [1, 2, 1]], -1), ([[3, 2]], 0)]:
        yield case("", [r.normal(*s) for s in shapes], lambda *x, a=axis: torch.cat(x, a), dict(axis=axis))


# Losses. Always the mean over all elements (or rows).


@operation
def meanSquaredError(r):
    for about, shape in [("matrix", [3, 4]), ("one column", [5, 1]), ("batch 1", [1, 3]), ("vector", [6])]:
        yield case(about, [r.normal(*shape), r.normal(*shape)], F.mse_loss, constants=1)


def classified(name, compute, make):
    def cases(r):
        for about, n, c in [("matrix", 4, 3), ("batch 1", 1, 5), ("two classes", 3, 2), ("one class", 2, 1),
                            ("ten classes", 6, 10)]:
            labels = r.labels(n, c)
            yield case(about, [r.float32(make(r.normal(n, c, scale=2)))],
                       lambda x, i=labels: compute(x, torch.tensor(i)), labels=labels)
        if name == "crossEntropy":
            yield case("large logits", [exact([[1000.0, 1001.0, 998.0], [-1000.0, 0.0, 500.0]])],
                       lambda x: compute(x, torch.tensor([1, 0])), labels=[1, 0])

    CASES[name] = cases


classified("crossEntropy", F.cross_entropy, lambda x: x)
classified("negativeLogLikelihood", F.nll_loss, lambda x: torch.log_softmax(x, 1))


@operation
def binaryCrossEntropy(r):
    for about, shape in [("matrix", [3, 4]), ("one column", [5, 1]), ("batch 1", [1, 3]), ("vector", [6])]:
        target = exact(r.generator.integers(0, 2, shape).tolist())
        yield case(about, [r.uniform(0.02, 0.98, *shape), target], F.binary_cross_entropy, constants=1)
    yield case("the course's entropy sheet", [exact([0.5, 0.98, 0.9, 0.5, 0.9]), exact([1.0, 1.0, 0.0, 0.0, 1.0])],
               F.binary_cross_entropy, constants=1)
    yield case("soft targets", [r.uniform(0.1, 0.9, 2, 2), r.uniform(0, 1, 2, 2)], F.binary_cross_entropy, constants=1)


@operation
def binaryCrossEntropyWithLogits(r):
    for about, shape in [("matrix", [3, 4]), ("one column", [5, 1]), ("batch 1", [1, 3]), ("vector", [6])]:
        target = exact(r.generator.integers(0, 2, shape).tolist())
        yield case(about, [r.normal(*shape, scale=2), target], F.binary_cross_entropy_with_logits, constants=1)
    yield case("large logits", [exact([100.0, -100.0, 80.0, -80.0, 0.0]), exact([1.0, 1.0, 0.0, 0.0, 1.0])],
               F.binary_cross_entropy_with_logits, constants=1)
    yield case("soft targets", [r.normal(2, 2), r.uniform(0, 1, 2, 2)], F.binary_cross_entropy_with_logits, constants=1)


here = pathlib.Path(__file__).parent
parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--out", type=pathlib.Path, default=here, help="holds the files and folders afterwards")
parser.add_argument("--count", type=int, default=0, help="how many free configurations besides")
options = parser.parse_args()

if options.out.resolve() != here.resolve():
    options.out.mkdir(parents=True, exist_ok=True)
    for file in here.glob("*.json"):
        shutil.copy(file, options.out)
layers = (image_layers.CASES | axis_layers.CASES | recurrent_layers.CASES | other_layers.CASES
          | reduced_losses.CASES)
layers |= activations.CASES | normalisations.CASES | selections.CASES
for folder, cases in [("operations", CASES), ("drawn", drawn_operations.CASES), ("layers", layers)]:
    write(options.out / folder, cases, options.seed)
for other in [decompositions, checkpoints, operator_extremes, metrics, heat_maps]:
    other.write(options.out, options.seed)
for other in [optimizers, schedules]:
    other.write(options.out, options.seed, options.count // 20)
models.write(options.out / "models", options.seed)
if options.count > 0:
    sweep.write(options.out / "sweep", options.seed, options.count)
print(f"torch {torch.__version__}, seed {options.seed}")
