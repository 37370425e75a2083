"""What PyTorch reaches on MNIST tiny (PNG files in folders) and CamVid tiny (pictures and masks).

    python Tests/References/tiny_images.py --data DIR [--seeds 10] [--threads 1]

DIR is the folder that holds `mnist_tiny` and `camvid_tiny`. Pictures are read with Pillow and divided by 255; the mean
and deviation of each channel over one batch, taken evenly from the sorted training files, are subtracted and divided
by. Batches come in a new order each epoch, the last one short. Adam (beta1 .95 -> .85 -> .95, beta2 .99, epsilon
1e-8), decoupled weight decay .01 on every parameter, one cycle as in mnist_residual.py. No augmentation.
Writes tiny_images.json.

mnist_tiny:  709 greys of 28 x 28 in train/3 and train/7, 699 in valid/; three convolutions 3 x 3 of stride 2 to 8, 16
             and 32 channels with batch norm and ReLU, the mean of each channel, Linear(32, 2); 10 epochs, rate .01
camvid_tiny: 100 colours of 128 x 96; every fifth file in the order of names, from the first, is for validation (as many
             frames follow each other, it is an easy split). U-Net of model_nets.py on a ResNet of one block a stage, widths
             16, 32, 64; batches of 8, 12 epochs, rate .005. Void counts in the loss, as in the course, not in the accuracy.
             baseline: the accuracy of each pixel's most frequent class being the most frequent one in training.
"""

import argparse
import json
import math
import pathlib
import re
import statistics

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

import model_nets


def one_cycle(n, lr):
    """(rate, beta1) of each of n steps; step i of a phase of m steps stands at i / m, as in fastai."""

    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    first = int(0.3 * n)
    up = [(cosine(lr / 25, lr, i / first), cosine(0.95, 0.85, i / first)) for i in range(first)]
    m = n - first
    return up + [(cosine(lr, lr / 25e4, i / m), cosine(0.85, 0.95, i / m)) for i in range(m)]


def pictures(files, mode):
    images = torch.from_numpy(np.stack([np.array(Image.open(file).convert(mode)) for file in files])).float() / 255
    return images[:, None] if mode == "L" else images.permute(0, 3, 1, 2).contiguous()


def normalised(x, vx, size):
    some = x[[i * len(x) // size for i in range(size)]]
    mean, deviation = some.mean([0, 2, 3], keepdim=True), some.std([0, 2, 3], unbiased=False, keepdim=True)
    return (x - mean) / deviation, (vx - mean) / deviation


def mnist_tiny(data):
    def part(name):
        files = sorted((data / "mnist_tiny" / name).glob("*/*.png"), key=lambda f: str(f))
        return pictures(files, "L"), torch.tensor([int(f.parent.name == "7") for f in files])

    (x, y), (vx, vy) = part("train"), part("valid")
    assert (len(x), len(vx)) == (709, 699)
    x, vx = normalised(x, vx, 64)
    return (x, y), (vx, vy)


def mnist_net():
    parts = []
    for a, b in [(1, 8), (8, 16), (16, 32)]:
        parts += [nn.Conv2d(a, b, 3, 2, 1), nn.BatchNorm2d(b), nn.ReLU()]
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 2))


def camvid_tiny(data):
    folder = data / "camvid_tiny"
    files = sorted((folder / "images").glob("*.png"), key=lambda f: str(f))
    assert len(files) == 100
    x = pictures(files, "RGB")
    y = torch.from_numpy(np.stack([np.array(Image.open(folder / "labels" / f"{f.stem}_P.png")) for f in files])).long()
    valid = torch.arange(100) % 5 == 0
    tx, vx = normalised(x[~valid], x[valid], 8)
    return (tx, y[~valid]), (vx, y[valid])


VOID = 30


def camvid_net():
    net = model_nets.UNet("resNet", 3, 32, (96, 128), [16, 32, 64], blocks=[1, 1, 1])
    for module in net.encoder.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
    for module in net.modules():
        if isinstance(module, model_nets.PixelShuffle):
            with torch.no_grad():  # ICNR
                for parameter in module.convolution.parameters():
                    parameter.copy_(parameter[::4].repeat_interleave(4, 0))
    return net


def accuracy(logits, y):
    right = logits.argmax(1) == y
    return (right if y.dim() == 1 else right[y != VOID]).double().mean().item()


SETS = dict(  # data, net, batch, epochs, rate
    mnist_tiny=(mnist_tiny, mnist_net, 64, 10, 0.01), camvid_tiny=(camvid_tiny, camvid_net, 8, 12, 0.005))


def train(name, seed, data):
    _, make, size, epochs, rate = SETS[name]
    (x, y), (vx, vy) = data
    torch.manual_seed(seed)
    model = make()
    numbers = sum(p.numel() for p in model.parameters())
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.95, 0.99), eps=1e-8, weight_decay=0.01)
    schedule = one_cycle(epochs * math.ceil(len(x) / size), rate)
    steps = 0
    for epoch in range(epochs):
        model.train()
        for batch in torch.randperm(len(x)).split(size):
            for group in optimizer.param_groups:
                group["lr"], group["betas"] = schedule[steps][0], (schedule[steps][1], 0.99)
            loss = F.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            steps += 1
    model.eval()
    with torch.no_grad():
        logits = torch.cat([model(part) for part in vx.split(100)])
    result = dict(seed=seed, accuracy=round(accuracy(logits, vy), 5),
                  validLoss=round(F.cross_entropy(logits, vy).item(), 5))
    print(name, numbers, result, flush=True)
    return numbers, result


parser = argparse.ArgumentParser()
parser.add_argument("--data", type=pathlib.Path, required=True)
parser.add_argument("--seeds", type=int, default=10)
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()
torch.set_num_threads(options.threads)
report = dict(torch=torch.__version__, about="Made by tiny_images.py.")
for name, (load, _, size, epochs, rate) in SETS.items():
    data = load(options.data)
    runs = [train(name, seed, data) for seed in range(options.seeds)]
    report[name] = dict(
        numbers=runs[0][0], batch=size, epochs=epochs, rate=rate, runs=[run for _, run in runs],
        mean={k: round(statistics.mean(run[k] for _, run in runs), 5) for k in ["accuracy", "validLoss"]},
        sd={k: round(statistics.stdev(run[k] for _, run in runs), 5) for k in ["accuracy", "validLoss"]})
    if name == "camvid_tiny":
        (_, y), (_, vy) = data
        most = torch.bincount(y[y != VOID], minlength=32).argmax()
        report[name]["baseline"] = round((vy[vy != VOID] == most).double().mean().item(), 5)
text = json.dumps(report, indent=1)
text = re.sub(r"([\[{])\s+([^{}\[\]]*?)\s+([\]}])", lambda m: m[1] + re.sub(r"\s+", " ", m[2]) + m[3], text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
