"""Checkpoints made by PyTorch in the safetensors format, and what the models give for an input.

    python Tests/References/checkpoints.py [--seed 0] [--out Tests/References]

Writes checkpoints/: a narrow residual net with torchvision's layers and names (`resnet.safetensors`), a GRU of two
layers (`gru.safetensors`), the same numbers in several types (`types.safetensors`), and `outputs.json`: inputs and
outputs, computed in double from the weights as they are stored. The net's running statistics come from a few batches.
"""

import argparse
import json
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

from cases import Random, numbers


class BasicBlock(nn.Module):
    """As torchvision's: two 3 x 3 convolutions and a shortcut."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = None if stride == 1 and channels == filters else nn.Sequential(
            nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))
        return (y + (x if self.downsample is None else self.downsample(x))).relu()


class ResNet(nn.Module):
    """As torchvision's, with any widths and two stages of one and two blocks."""

    def __init__(self, widths, classes):
        super().__init__()
        a, b = widths
        self.conv1 = nn.Conv2d(3, a, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(a)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(BasicBlock(a, a, 1))
        self.layer2 = nn.Sequential(BasicBlock(a, b, 2), BasicBlock(b, b, 1))
        self.fc = nn.Linear(b, classes)

    def forward(self, x):
        x = self.maxpool(self.bn1(self.conv1(x)).relu())
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


def write(folder, seed):
    folder = pathlib.Path(folder) / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    r = Random(seed, "checkpoints")
    torch.manual_seed(seed)
    outputs = {}

    widths, classes = [r.size(2, 4), r.size(4, 6)], r.size(2, 5)
    net = ResNet(widths, classes)
    with torch.no_grad():
        for parameter in net.parameters():  # batch norm starts from ones and zeros, which would hide a swap
            parameter += 0.1 * torch.randn_like(parameter)
        for _ in range(3):
            net(2 * torch.randn(4, 3, 24, 24) + 1)
    save_file(net.state_dict(), folder / "resnet.safetensors", metadata={"format": "pt"})
    x = r.normal(2, 3, r.size(15, 25), r.size(15, 25))
    y = net.double().eval()(x)
    outputs["resnet"] = dict(widths=widths, classes=classes, input=numbers(x, single=True), output=numbers(y))

    inputs, hidden, layers = r.size(2, 4), r.size(3, 6), 2
    gru = nn.GRU(inputs, hidden, layers, batch_first=True)
    save_file(gru.state_dict(), folder / "gru.safetensors", metadata={"format": "pt"})
    x = r.normal(2, r.size(3, 6), inputs)
    y, h = gru.double()(x)
    outputs["gru"] = dict(inputs=inputs, hidden=hidden, layers=layers, input=numbers(x, single=True),
                          output=numbers(y), state=numbers(h))

    # The smallest and largest numbers of 16 bits, numbers below the normal ones, zeros of both signs, and drawn ones.
    values = torch.cat([torch.tensor([0.0, -0.0, 1.0, -65504.0, 2.0**-14, 2.0**-24, -3 * 2.0**-20, 1e-40]),
                        torch.randn(8)]).double()
    types = {name: values.to(kind) for name, kind in
             [("F16", torch.float16), ("BF16", torch.bfloat16), ("F32", torch.float32), ("F64", torch.float64)]}
    outputs["types"] = {name: [float(v) for v in t.float()] for name, t in types.items()}
    save_file(types | dict(I64=torch.tensor([1, 2])), folder / "types.safetensors")

    text = "{\n" + ",\n".join(f'"{k}":{json.dumps(v, separators=(",", ":"))}' for k, v in outputs.items()) + "\n}\n"
    (folder / "outputs.json").write_text(text)
    print("checkpoints:", ", ".join(f"{f.name} {f.stat().st_size} bytes" for f in sorted(folder.iterdir())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
