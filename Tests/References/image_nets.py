"""Losses of three training steps of lesson 7's image nets in PyTorch, from weights that any program can make.

    python Tests/References/image_nets.py

Writes image_nets.json. Numbers come from one stream for each net: s <- (1664525 s + 1013904223) mod 2^32 from
s = 1, u = s / 2^31 - 1. First the images [16, 1, 28, 28], u each; then the parameters in the order of the net:
a convolution's weight sqrt(6 / inputs) u, its bias (where it has one) 0.1 u, a batch norm's weight 1 + 0.5 u and
shift 0.1 u, so that residual blocks are no identities. Labels are i mod 10. SGD at 0.05. `losses` are those before
each of three steps, in training; `after` is the loss after them with the running averages. Computed in double;
`float32Deviation` is the largest difference that PyTorch in Float32 makes.
"""

import json
import pathlib

import torch
from torch.nn import functional as F

folder = pathlib.Path(__file__).parent


def nets():
    """The nets of mnist_residual.py, without its command line."""
    text = (folder / "mnist_residual.py").read_text()
    scope = {"__name__": "nets"}
    exec(compile(text[: text.index("parser = argparse")], "mnist_residual.py", "exec"), scope)
    return {name: scope[name] for name in ("simple", "layers", "residual")}


class Stream:
    def __init__(self):
        self.state = 1

    def take(self, shape):
        values = []
        for _ in range(torch.Size(shape).numel()):
            self.state = (1664525 * self.state + 1013904223) % 2**32
            values.append(self.state / 2**31 - 1)
        return torch.tensor(values, dtype=torch.float64).reshape(shape)


def run(make, kind):
    stream = Stream()
    x = stream.take([16, 1, 28, 28]).float().to(kind)
    y = torch.arange(16) % 10
    model = make()
    for module in model.modules():
        if isinstance(module, torch.nn.Conv2d):
            fan = module.weight[0].numel()
            module.weight.data = (stream.take(module.weight.shape) * (6 / fan) ** 0.5).float()
            if module.bias is not None:
                module.bias.data = (0.1 * stream.take(module.bias.shape)).float()
        elif isinstance(module, torch.nn.BatchNorm2d):
            module.weight.data = (1 + 0.5 * stream.take(module.weight.shape)).float()
            module.bias.data = (0.1 * stream.take(module.bias.shape)).float()
    model.to(kind)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for _ in range(3):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    return losses + [F.cross_entropy(model(x), y).item()]


report = dict(about="Made by image_nets.py", torch=torch.__version__)
for name, make in nets().items():
    exact, single = run(make, torch.float64), run(make, torch.float32)
    report[name] = dict(
        losses=exact[:3], after=exact[3],
        float32Deviation=max(abs(a - b) for a, b in zip(exact, single)))
    print(name, report[name])
(folder / "image_nets.json").write_text(json.dumps(report, indent=1) + "\n")
