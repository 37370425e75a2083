"""What PyTorch reaches with the three image nets of lesson 7 on MNIST, so that ours has a mean and a spread.

    python Tests/References/mnist_residual.py --data DIR [--seeds 8] [--threads 1]
    python Tests/References/mnist_residual.py --data DIR --time     # milliseconds a step, writes nothing

DIR is the folder that holds `mnist` with the four IDX files. Training: the 60,000 images of the training
file, validation: the 10,000 of the test file. Pixels are divided by 255; a training image is padded with 3
zeros on each side and a random 28 x 28 window of it is taken, another for each image and epoch; then the mean
and standard deviation of one such batch are subtracted and divided by. Batches of 128 in a new order each
epoch, the last one short: 469 of them. Adam (beta1 .95 -> .85 -> .95, beta2 .99, epsilon 1e-8), decoupled
weight decay .01 on every parameter, one cycle as in mnist_one_cycle.py. Writes mnist_residual.json.

simple:   five convolutions 3 x 3 of stride 2 with bias, batch norm after each, ReLU between: 12,126 numbers
layers:   five times convolution (no bias), ReLU, batch norm: 12,044 numbers
residual: the same with a residual block after each of the first four, its last batch norm starting from 0:
          41,132 numbers
Weights of `simple` start as PyTorch's do; those of the others from the normal distribution of variance
2 / inputs (He et al. 2015), as fastai's conv_layer does. fastai starts the shift of batch norm at .001; here it is 0.
"""

import argparse
import gzip
import json
import math
import pathlib
import re
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def idx(path):
    data = gzip.decompress(path.read_bytes())
    axes = data[3]
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(axes)]
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=4 + 4 * axes).reshape(shape).copy())


def one_cycle(n, lr):
    """(rate, beta1) of each of n steps; step i of a phase of m steps stands at i / m, as in fastai."""

    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    first = int(0.3 * n)
    up = [(cosine(lr / 25, lr, i / first), cosine(0.95, 0.85, i / first)) for i in range(first)]
    m = n - first
    down = [(cosine(lr, lr / 25e4, i / m), cosine(0.85, 0.95, i / m)) for i in range(m)]
    return up + down


def simple():
    sizes = [1, 8, 16, 32, 16, 10]
    parts = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        parts += [nn.Conv2d(a, b, 3, stride=2, padding=1), nn.BatchNorm2d(b)]
        parts += [nn.ReLU()] if i < 4 else []
    return nn.Sequential(*parts, nn.Flatten())


def conv_layer(a, b, stride, zero=False):
    conv, norm = nn.Conv2d(a, b, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(b)
    nn.init.kaiming_normal_(conv.weight)
    nn.init.constant_(norm.weight, 0.0 if zero else 1.0)
    return nn.Sequential(conv, nn.ReLU(), norm)


class ResBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = conv_layer(width, width, 1)
        self.second = conv_layer(width, width, 1, zero=True)

    def forward(self, x):
        return x + self.second(self.first(x))


def layers():
    sizes = [1, 8, 16, 32, 16, 10]
    return nn.Sequential(*[conv_layer(a, b, 2) for a, b in zip(sizes, sizes[1:])], nn.Flatten())


def residual():
    parts = []
    for a, b in [(1, 8), (8, 16), (16, 32), (32, 16)]:
        parts += [conv_layer(a, b, 2), ResBlock(b)]
    return nn.Sequential(*parts, conv_layer(16, 10, 2), nn.Flatten())


NETS = dict(  # net, numbers, epochs, largest rate
    residual=(residual, 41132, 12, 0.05),
    layers=(layers, 12044, 10, 0.1),
    simple=(simple, 12126, 3, 0.1))


def windows(images, padding=3):
    """A random window of each zero-padded image, its own size."""
    n, size = len(images), images.shape[-1]
    padded = F.pad(images, [padding] * 4)
    shift = torch.randint(0, 2 * padding + 1, (2, n, 1))
    rows, columns = shift + torch.arange(size)
    return padded[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]


def train(name, seed, data):
    make, numbers, epochs, rate = NETS[name]
    (x, y), (vx, vy) = data
    torch.manual_seed(seed)
    model = make()
    assert sum(p.numel() for p in model.parameters()) == numbers
    first = windows(x[torch.randperm(len(x))[:128]]).float() / 255
    mean, deviation = first.mean(), first.std()

    def prepare(images):
        return ((images.float() / 255 - mean) / deviation)[:, None]

    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.95, 0.99), eps=1e-8, weight_decay=0.01)
    schedule = one_cycle(epochs * math.ceil(len(x) / 128), rate)
    average, steps, curve = 0.0, 0, []
    for epoch in range(epochs):
        model.train()
        for batch in torch.randperm(len(x)).split(128):
            for group in optimizer.param_groups:
                group["lr"], group["betas"] = schedule[steps][0], (schedule[steps][1], 0.99)
            loss = F.cross_entropy(model(prepare(windows(x[batch]))), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            average = 0.98 * average + 0.02 * loss.item()
            steps += 1
        model.eval()
        with torch.no_grad():
            logits = torch.cat([model(prepare(part)) for part in vx.split(1000)])
        curve.append(dict(
            trainLoss=round(average / (1 - 0.98**steps), 6),
            validLoss=round(F.cross_entropy(logits, vy).item(), 6),
            accuracy=round((logits.argmax(1) == vy).double().mean().item(), 4)))
        print(name, seed, epoch, curve[-1], flush=True)
    return dict(seed=seed, **curve[-1], accuracies=[epoch["accuracy"] for epoch in curve])


def time_steps(steps=200):
    """Milliseconds of one training step of each net on one batch, as a person would write it."""
    for name, (make, _, _, _) in NETS.items():
        torch.manual_seed(0)
        model, x, y = make(), torch.randn(128, 1, 28, 28), torch.randint(0, 10, (128,))
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.99), weight_decay=0.01)
        for i in range(steps + 20):
            if i == 20:
                begin = time.time()
            loss = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(f"{name}: {(time.time() - begin) / steps * 1e3:.1f} ms a step, {torch.get_num_threads()} threads")


parser = argparse.ArgumentParser()
parser.add_argument("--data", type=pathlib.Path, required=True)
parser.add_argument("--seeds", type=int, default=8)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--time", action="store_true")
options = parser.parse_args()
torch.set_num_threads(options.threads)
if options.time:
    time_steps()
    raise SystemExit

folder = options.data / "mnist"
data = [(idx(folder / f"{part}-images-idx3-ubyte.gz"), idx(folder / f"{part}-labels-idx1-ubyte.gz").long())
        for part in ("train", "t10k")]
assert [len(labels) for _, labels in data] == [60000, 10000]
report = dict(torch=torch.__version__, about="Made by mnist_residual.py; validation on MNIST's test file.")
for name, (_, numbers, epochs, rate) in NETS.items():
    runs = [train(name, seed, data) for seed in range(options.seeds)]
    keys = ["accuracy", "validLoss", "trainLoss"]
    report[name] = dict(
        numbers=numbers, epochs=epochs, rate=rate, runs=runs,
        mean={k: round(statistics.mean(run[k] for run in runs), 5) for k in keys},
        sd={k: round(statistics.stdev(run[k] for run in runs), 5) for k in keys} if len(runs) > 1 else {})
    text = json.dumps(report, indent=1)
    text = re.sub(r"([\[{])\s+([^{}\[\]]*?)\s+([\]}])", lambda m: m[1] + re.sub(r"\s+", " ", m[2]) + m[3], text)
    pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
