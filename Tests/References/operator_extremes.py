"""Operators at infinite, undefined, huge and equal numbers, at signed zeros and on empty axes, by PyTorch in double.

    python Tests/References/operator_extremes.py [--out Tests/References]

Writes operator_extremes.json. Numbers are strings, since JSON has none for what is not finite; `output` and `gradients`
are rounded to 32 bits once. The upstream gradient is 1 everywhere.
"""

import argparse
import itertools
import json
import pathlib

import numpy as np
import torch
from torch.nn import functional as F

NAN, INF = float("nan"), float("inf")
ONE = [NAN, INF, -INF, -0.0, 0.0, 1e-3, -1e-3, 1.0, -1.0, 6.0, 30.0, -30.0, 1000.0, -1000.0, 1e30, -1e30]
TWO = [NAN, INF, -INF, -0.0, 0.0, 1e-3, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1000.0, -1000.0]
PAIRS = [list(x) for x in zip(*itertools.product(TWO, TWO))]


def scaled(x, *wb):
    return F.layer_norm(x, x.shape[-1:], *wb)


def cases():
    """(operation, arguments, inputs, function)"""
    for form in ["none", "tanh"]:
        yield "gelu", dict(form=form), [ONE], lambda x, f=form: F.gelu(x, approximate=f)
    for alpha in [1.0, 0.0, -2.0]:
        yield "elu", dict(alpha=alpha), [ONE], lambda x, a=alpha: F.elu(x, a)
    for beta, threshold in [(1.0, 20.0), (2.0, 0.0), (-1.0, 50.0)]:
        yield ("softplus", dict(beta=beta, threshold=threshold), [ONE],
               lambda x, b=beta, t=threshold: F.softplus(x, b, t))
    yield "relu6", {}, [ONE], F.relu6
    for slope in [0.01, 0.0, 0.3, 1.0, -0.5]:
        yield "leakyReLU", dict(slope=slope), [ONE], lambda x, s=slope: F.leaky_relu(x, s)
    yield "maximum", {}, PAIRS, torch.maximum
    yield "minimum", {}, PAIRS, torch.minimum
    yield "maximum", {}, [[[1.0], [NAN], [0.0]], [1.0, INF, -2.0]], torch.maximum
    yield "power", {}, PAIRS, torch.pow
    condition = [0.0, 1.0, -0.0, 2.0, -1.0, 0.0]
    yield ("where", dict(condition=condition), [[NAN, INF, 1.0, -INF, NAN, INF], [1.0, NAN, INF, 2.0, INF, -INF]],
           lambda a, b: torch.where(torch.tensor(condition) != 0, a, b))
    for x in [[[1.0, NAN, 0.0], [NAN, -INF, NAN], [INF, 2.0, -INF], [3.0, 3.0, 3.0]], [[0.0, -0.0], [INF, INF]]]:
        for axis in [0, 1]:
            yield "minAlong", dict(axis=axis), [x], lambda x, a=axis: x.min(a).values
    yield "minAlong", dict(axis=1), [np.zeros((0, 3)).tolist()], lambda x: x.reshape(0, 3).min(1).values
    yield "layerNorm", {}, [[[3.0, 3.0, 3.0], [1e30, -1e30, 0.0], [INF, 1.0, 2.0], [1.0, NAN, 2.0], [1e-30, 2e-30, -3e-30],
                             [1e6, 1000001.0, 1000002.0]]], scaled
    yield "layerNorm", {}, [[[1.0, 2.0, 4.0], [INF, 0.0, 1.0]], [1.0, 0.0, -2.0], [0.0, INF, 1.0]], scaled
    for a, b in [((0,), (0,)), ((2, 0), (0, 3)), ((0, 3), (3, 2)), ((2, 0, 3), (3, 2)), ((2, 3, 0), (2, 0, 4)),
                 ((0, 2, 3), (0, 3, 2)), ((1, 2, 3), (0, 3, 2)), ((3,), (0, 3, 2)), ((2, 0), (0,)), ((0, 2, 3), (3,))]:
        yield "matmul", {}, [np.ones(a).tolist(), np.ones(b).tolist()], None, (a, b)
    yield "matmul", {}, [[[INF, 0.0], [1.0, NAN]], [[[1.0], [0.0]], [[0.0], [1.0]]]], torch.matmul
    for name, aligned in [("resizeBilinearAligned2d", True), ("resizeBilinear2d", False)]:
        for size in [[3, 3], [1, 1], [4, 1]]:
            yield (name, dict(size=size), [[[[[1.0, INF], [NAN, 2.0]], [[3.0, 1.0], [2.0, -INF]]]]],
                   lambda x, s=size, a=aligned: F.interpolate(x, s, mode="bilinear", align_corners=a))


def text(tensor):
    values = np.asarray(tensor.detach().numpy(), np.float64).astype(np.float32).flatten()
    return dict(shape=list(tensor.shape), values=[str(v) for v in values])


def write(folder, seed=0):
    written = []
    np.seterr(over="ignore", invalid="ignore")
    for name, arguments, inputs, compute, *shapes in cases():
        tensors = [torch.tensor(x, dtype=torch.float32).double() for x in inputs]
        if shapes:
            tensors = [t.reshape(s) for t, s in zip(tensors, shapes[0])]
        if name == "minAlong" and tensors[0].numel() == 0:
            tensors = [tensors[0].reshape(0, 3)]
        tensors = [t.requires_grad_() for t in tensors]
        output = (compute or torch.matmul)(*tensors)
        gradients = torch.autograd.grad(output.sum(), tensors)
        arguments = {k: text(torch.tensor(v)) if k == "condition" else v for k, v in arguments.items()}
        written.append(dict(operation=name, arguments=arguments, inputs=[text(t) for t in tensors],
                            output=text(output), gradients=[text(g) for g in gradients]))
    lines = [json.dumps(c, separators=(",", ":")) for c in written]
    (pathlib.Path(folder) / "operator_extremes.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"operator_extremes: {len(lines)} cases")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    write(parser.parse_args().out)
