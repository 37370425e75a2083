"""Outputs and gradients of whole models at narrow widths, made with PyTorch in double precision.

    python Tests/References/models.py [--seed 0] [--out Tests/References]      # writes DIR/models

`operations.py` writes them too. The models are written here in plain PyTorch, with torchvision's or fastai's names
where those have the model, and trained for one backward pass: batch norm uses the batch, dropout is 0. `state` is the
state_dict before (all values of three decimals, so that they are exact Float32), `gradients` holds
d sum(output * upstream) by parameter name, `inputGradients` the same by input, `buffers` the running statistics after.
Drawn again where a ReLU, a maximum or a batch norm would turn on the last bit of a number.
"""

import argparse
import json
import pathlib

import numpy as np
import torch
from torch import nn

import model_nets as nets
from cases import Random, numbers

CASES = {}


def model(function):
    CASES[function.__name__] = function
    return function


def case(about, net, arguments, inputs=(), words=()):
    return dict(about=about, net=net, arguments=arguments, inputs=list(inputs), words=list(words))


def image(r, n, channels, h, w):
    return r.normal(n, channels, h, w)


@model
def resNet(r):
    for about, blocks, n in [("two stages", [1, 1], 3), ("more blocks", [2, 1], 2), ("three stages", [1, 1, 1], 3),
                             ("one stage", [2], 2)]:
        while True:
            h, w = (r.size(9, 14), r.size(9, 14)) if len(blocks) < 3 else (r.size(15, 19), r.size(15, 19))
            stage = [-(-s // (4 * 2 ** (len(blocks) - 1))) for s in (h, w)]
            if stage[0] * stage[1] * n >= 6:
                break
        widths = [r.size(2, 3) for _ in blocks]
        channels, classes = r.size(1, 1 if len(blocks) == 3 else 2), r.size(2, 4)
        arguments = dict(blocks=blocks, widths=widths, channels=channels, classes=classes)
        yield case(about, lambda a=arguments: nets.ResNet(**a), arguments, [image(r, n, channels, h, w)])


@model
def denseNet(r):
    for about, layers, n in [("two blocks", [1, 2], 3), ("one block", [3], 2), ("three blocks", [2, 1, 1], 3)]:
        low = {1: 7, 2: 9, 3: 17}[len(layers)]
        h, w = r.size(low, low + 3), r.size(low, low + 3)
        channels, classes = 1 if len(layers) == 3 else r.size(1, 2), r.size(2, 4)
        arguments = dict(layers=layers, growth=r.size(1, 2), width=r.size(2, 3), channels=channels, classes=classes)
        yield case(about, lambda a=arguments: nets.DenseNet(**a), arguments, [image(r, n, channels, h, w)])


@model
def uNet(r):
    """`encoder` "resNet": the body of such a net; "plain": 3 x 3 convolutions with the given strides, and ReLU."""
    for about, kind, n in [("on a residual net", "resNet", 2), ("on a plain encoder", "plain", 2),
                           ("the first layer halves", "plain", 2)]:
        # At least 3 x 3 at the bottom: fewer values to normalise magnify rounding.
        channels, classes = 1 if kind == "resNet" else r.size(1, 2), r.size(1, 2)
        low = 17 if kind == "resNet" else 9
        h, w = r.size(low, low + 2), r.size(low, low + 2)
        if kind == "resNet":
            arguments = dict(blocks=[1, 1], widths=[2, 2])
        else:
            strides = [2, 2] if about == "the first layer halves" else [1, 2, 2]
            arguments = dict(strides=strides, widths=[2 for _ in strides])
        arguments |= dict(encoder=kind, channels=channels, classes=classes, size=[h, w])
        yield case(about, lambda a=arguments: nets.UNet(**a), arguments, [image(r, n, channels, h, w)])


def texts(r, rows, length, words, count):
    return [r.generator.integers(2, words, rows * length).tolist() for _ in range(count)]


@model
def awdLSTM(r):
    for about, layers in [("two layers, a state carried on", 2), ("one layer", 1), ("three layers", 3)]:
        rows, words = r.size(1, 3), r.size(5, 8)
        arguments = dict(words=words, features=r.size(2, 4), hidden=r.size(2, 5), layers=layers, rows=rows)
        yield case(about, lambda a=arguments: nets.AWDLSTM(**a), arguments,
                   words=texts(r, rows, r.size(2, 5), words, 2))


@model
def languageModel(r):
    for about, layers in [("two layers", 2), ("one layer", 1)]:
        rows, words = r.size(1, 3), r.size(5, 8)
        arguments = dict(words=words, features=r.size(2, 4), hidden=r.size(2, 5), layers=layers, rows=rows)
        yield case(about, lambda a=arguments: nets.LanguageModel(**a), arguments,
                   words=texts(r, rows, r.size(2, 5), words, 2))


@model
def textClassifier(r):
    for about, length, maximum in [("one piece", 20, 40), ("pieces", 3, 100), ("the beginning is only read", 2, 3)]:
        rows, words, time = r.size(5, 6), r.size(6, 9), r.size(7, 9)
        arguments = dict(words=words, features=r.size(2, 3), hidden=r.size(2, 4), layers=r.size(1, 2), rows=rows,
                         classes=r.size(2, 3), units=r.size(2, 4), length=length, maximum=maximum, padding=1)
        text = np.array(texts(r, rows, time, words, 1)[0]).reshape(rows, time)
        for row in text[1:]:
            row[:r.size(1, time - 1)] = 1
        yield case(about, lambda a=arguments: nets.TextClassifier(**a), arguments, words=[text.flatten().tolist()])


@model
def tabularModel(r):
    for about, columns, numeric, hidden, limits in [
            ("categories and numbers", 2, 3, 2, None), ("with a range", 3, 1, 1, [-1.5, 4.0]),
            ("no categories", 0, 4, 2, None), ("no hidden layer", 2, 2, 0, None), ("three hidden", 1, 2, 3, [0.0, 1.0])]:
        rows = r.size(6, 9)
        categories = [[r.size(2, 6), r.size(1, 4)] for _ in range(columns)]
        arguments = dict(categories=categories, numbers=numeric, hidden=[r.size(3, 6) for _ in range(hidden)],
                         outputs=r.size(1, 3), range=limits)
        yield case(about, lambda a=arguments: nets.TabularModel(**a), arguments, [r.normal(rows, numeric)],
                   words=[r.labels(rows, count) for count, _ in categories])


@model
def dotProductBias(r):
    for about, limits in [("with a range", [0.0, 5.5]), ("without", None)]:
        users, items, rows = r.size(3, 6), r.size(3, 6), r.size(4, 9)
        arguments = dict(users=users, items=items, factors=r.size(2, 5), range=limits)
        yield case(about, lambda a=arguments: nets.DotProductBias(**a), arguments,
                   words=[r.labels(rows, users), r.labels(rows, items)])


@model
def gru(r):
    """`nn.GRU` itself, by its own names."""
    for about, layers in [("one layer", 1), ("three layers", 3)]:
        arguments = dict(inputs=r.size(1, 4), hidden=r.size(2, 4), layers=layers)
        yield case(about, lambda a=arguments: nets.GRU(**a), arguments,
                   [r.normal(r.size(1, 3), r.size(2, 6), arguments["inputs"])])


@model
def classifierHead(r):
    for about, rows in [("a few rows", 5), ("more", 9), ("one pixel an image", 6)]:
        h, w = (1, 1) if about == "one pixel an image" else (r.size(2, 4), r.size(2, 4))
        arguments = dict(features=r.size(2, 4), hidden=r.size(3, 6), classes=r.size(2, 5))
        yield case(about, lambda a=arguments: nets.ClassifierHead(**a), arguments,
                   [image(r, rows, arguments["features"], h, w)])


def draw(net, r):
    """Weights of three decimals, of a size that keeps activations near 1."""
    with torch.no_grad():
        modules = dict(net.named_modules())
        for name, p in net.named_parameters():
            owner = modules[name.rpartition(".")[0]]
            if isinstance(owner, nn.BatchNorm1d | nn.BatchNorm2d):
                value = r.uniform(0.5, 1.5, *p.shape) if name.endswith("weight") else r.normal(*p.shape, scale=0.5)
            else:
                fan = p[0].numel() if p.dim() > 1 and not isinstance(owner, nn.Embedding) else 1
                value = r.normal(*p.shape, scale=(3 / max(1, fan)) ** 0.5 if p.dim() > 1 else 0.3)
            p.copy_(value.mul(1000).round().div(1000))
        for name, b in net.named_buffers():
            if b.is_floating_point():
                value = r.uniform(0.5, 2, *b.shape) if name.endswith("var") else r.normal(*b.shape)
                b.copy_(value.mul(1000).round().div(1000))


def exact(tensors):
    """The values as they are read back: those of three decimals as the nearest Float32."""
    with torch.no_grad():
        for t in tensors:
            if t.is_floating_point():
                t.copy_(t.float().double())


def results(net, c, inputs, upstream):
    """Output, gradients by name, those of the inputs, and the buffers after."""
    net.zero_grad()
    output = net(*inputs, *c["words"])
    (output * upstream.to(output.dtype)).sum().backward()
    gradients = {n: p.grad if p.grad is not None else torch.zeros_like(p) for n, p in net.named_parameters()}
    buffers = {n: b.clone() for n, b in net.named_buffers() if b.is_floating_point()}
    return [output.detach(), *(x.grad for x in inputs), *gradients.values(), *buffers.values()], gradients, buffers


def written(name, c, r):
    """The case as it is stored, and how far PyTorch in Float32 is from it."""
    for _ in range(500):
        net = c["net"]().double().train()
        draw(net, r)
        exact(net.state_dict().values())
        inputs = [x.mul(1000).round().div(1000).float().double().requires_grad_() for x in c["inputs"]]
        before = {n: t.clone() for n, t in net.state_dict().items()}
        with nets.watch_edges() as edges, torch.no_grad():
            shape = net(*inputs, *c["words"]).shape
        net.load_state_dict(before)
        if edges.far:
            break
        c["inputs"] = [r.normal(*x.shape) for x in c["inputs"]]
    else:
        raise ValueError(f"{name}, {c['about']}: no values far from all edges")
    upstream = r.normal(*shape).mul(1000).round().div(1000).float().double()
    values, gradients, buffers = results(net, c, inputs, upstream)
    assert all(torch.isfinite(v).all() for v in values)

    def short(t):
        return numbers(t, single=True)

    result = dict(model=name, about=c["about"], arguments=c["arguments"], inputs=[short(x) for x in inputs],
                  words=c["words"], state={n: short(t) for n, t in before.items()}, upstream=short(upstream),
                  output=numbers(values[0]), inputGradients=[numbers(x.grad) for x in inputs],
                  gradients={n: numbers(g) for n, g in gradients.items()},
                  buffers={n: numbers(b) for n, b in buffers.items()})

    single = c["net"]().float().train()
    single.load_state_dict(before)
    others, _, _ = results(single, c, [x.detach().float().requires_grad_() for x in inputs], upstream)
    deviation = max(((b - a).abs().max() / (1 + a.abs().max())).item() for a, b in zip(values, others))
    return result, deviation


def write(folder, seed):
    """One file a model."""
    folder.mkdir(parents=True, exist_ok=True)
    total = size = 0
    for name, cases in CASES.items():
        r = Random(seed, f"models/{name}")
        stored = [written(name, c, r) for c in cases(r)]
        text = "[\n" + ",\n".join(json.dumps(result, separators=(",", ":")) for result, _ in stored) + "\n]\n"
        (folder / f"{name}.json").write_text(text)
        total += len(stored)
        size += len(text)
        print(f"{'models/' + name:36} {len(stored):3} cases {len(text):6} bytes, "
              f"Float32 within {max(d for _, d in stored):.1e}")
    print(f"models: {len(CASES)} models, {total} cases, {size} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent, help="holds the folder models afterwards")
    options = parser.parse_args()
    write(pathlib.Path(options.out) / "models", options.seed)
    print(f"torch {torch.__version__}, seed {options.seed}")
