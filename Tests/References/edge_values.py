"""Values and gradients where 0 meets infinity, at NaN, at kinks and where a function saturates.

Each case: inputs (one vector each, exact Float32 values), the output and the gradients of its sum, in double
precision. Numbers that JSON has not are the strings "inf", "-inf" and "nan".
"""
import json
import math
import pathlib

import numpy
import torch

F = torch.nn.functional
inf, nan = math.inf, math.nan
ALL = [-inf, -2, -0.5, -0.0, 0, 0.5, 2, inf, nan]
FINITE = [0, 0.5, 1, 2, inf, nan]
SMALL = [1e-25, 1e-38, 1, 3]


def written(values):
    return [v if math.isfinite(v) else str(v) for v in values]


def case(operation, f, *inputs, gradients=None, **arguments):
    """`gradients`: how many of the inputs have one; the rest are targets."""
    exact = [numpy.float32(x).astype(numpy.float64) for x in inputs]
    tensors = [torch.tensor(x, requires_grad=True) for x in exact]
    y = f(*tensors)
    y.sum().backward()
    kept = tensors[: len(tensors) if gradients is None else gradients]
    return dict(
        operation=operation, arguments=arguments, inputs=[written(x.tolist()) for x in exact],
        output=written(y.detach().reshape(-1).tolist()),
        gradients=[written(t.grad.tolist()) for t in kept])


def pairs(*values):
    return [list(column) for column in zip(*[(a, b) for a in values for b in values])]


def cases():
    yield case("relu", torch.relu, ALL)
    yield case("leakyReLU", lambda x: F.leaky_relu(x, 0.1), ALL, slope=0.1)
    yield case("abs", torch.abs, ALL)
    yield case("sqrt", torch.sqrt, ALL)
    yield case("log", torch.log, ALL + [1e-38])
    yield case("exp", torch.exp, ALL + [-90, 88])
    yield case("square", torch.square, ALL + [1e-30])
    yield case("sigmoid", torch.sigmoid, ALL + [-200, -17, 17, 200])
    yield case("tanh", torch.tanh, ALL + [-50, 50])
    for low, high in [(-1, 1), (-2, 0.5), (0, inf), (-inf, 0), (1, -1)]:
        yield case("clamp", lambda x: x.clamp(low, high), ALL + [-1, 1], minimum=written([low])[0],
                   maximum=written([high])[0])
    yield case("logClamp", lambda x: x.log().clamp(-100, inf), [1e-38, 0.5, 1, 3])
    for exponent in [0, 1, 2, 3, -1]:
        yield case("pow", lambda x: x.pow(exponent), ALL, exponent=exponent)
    for exponent in [0.5, 1.5, -0.5, 1e-3]:
        yield case("pow", lambda x: x.pow(exponent), FINITE, exponent=exponent)
    yield case("divide", torch.div, *pairs(*ALL))
    yield case("divide", torch.div, *pairs(0, *SMALL))
    for c in [0, float(numpy.float32(1e-40)), 3, inf]:
        yield case("divideBy", lambda x: x / c, ALL + [1e-40], c=written([c])[0])
    for c in [0, 1e-25, 3]:
        yield case("divideInto", lambda x: c / x, ALL + SMALL, c=c)
    for row in [[-inf, 0, 1], [inf, 0, 1], [-inf, -inf, -inf], [nan, 0, 1], [1e30, -1e30, 0], [200, 0, -200]]:
        weights = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
        yield case("softmax", lambda x: x.softmax(-1) * weights, row)
        yield case("logSoftmax", lambda x: x.log_softmax(-1) * weights, row)
    p, y = [0, 1, 0, 0.5, 1e-30, 0.25, 1], [0, 1, 1, 0.5, 1, 0, 0]
    yield case("binaryCrossEntropy", lambda p, y: F.binary_cross_entropy(p, y), p, y, gradients=1)
    x = [-200, -17, 17, 200, 17, -17, 0, 200, -200]
    t = [0, 0, 1, 1, 0, 1, 0.5, 0, 1]
    yield case("sigmoidBinaryCrossEntropy", lambda x, y: F.binary_cross_entropy(x.sigmoid(), y),
               [-17, 17, -40, 40], [0, 1, 0, 1], gradients=1)
    yield case("binaryCrossEntropyOfLogits", F.binary_cross_entropy_with_logits, x, t)
    for x in [-inf, inf, nan, 3]:
        for t in [0, 0.5, 1, nan]:
            yield case("binaryCrossEntropyOfLogits", F.binary_cross_entropy_with_logits, [x], [t])
    for values in [[1, nan, 2], [nan, 1, nan], [-inf, -inf], [inf, nan], [3, 5, 5]]:
        yield case("max", lambda x: x.max(0)[0], values)
    yield case("mean", torch.mean, [1, inf, 2])
    yield case("mean", torch.mean, [-inf, inf, 2])


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    text = ",\n".join(json.dumps(c) for c in cases())
    pathlib.Path(__file__).with_name("edge_values.json").write_text(f"[\n{text}\n]\n")
