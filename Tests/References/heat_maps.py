"""Heat maps of a small CNN with stored weights, by PyTorch's hooks: activations and Grad-CAM.

    python Tests/References/heat_maps.py [--seed 0] [--out Tests/References]

Writes heat_maps.json: the net's `state` under our names and in our layouts, two `images`, the `classes` asked for, and for
each layer (`layers.0`: first convolution, `layers.2`: second, `layers.4`: behind its batch norm and ReLU) the
mean over the channels (`activation`), Selvaraju et al. 2017's map (`paper`), the course's (`course`: mean over channels of
act * mean gradient), and `enlarged`, the paper's over the picture (interpolate, bilinear, corners not aligned).
Computed in double from the weights as they are stored; `float32Deviation` says what PyTorch in Float32 is off.
"""

import argparse
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F


def net():
    return nn.Sequential(
        nn.Conv2d(3, 5, 3, 1, 1), nn.ReLU(), nn.Conv2d(5, 6, 3, 2, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
        nn.Flatten(), nn.Linear(6 * 4 * 5, 3))


def numbers(t):
    return {"shape": list(t.shape), "values": [float(f"{v:.9g}") for v in t.flatten().tolist()]}


def maps(model, x, classes, place):
    kept = {}
    layer = model[place]

    def hook(module, inputs, output):
        kept["a"] = output
        output.register_hook(lambda g: kept.__setitem__("g", g))

    handle = layer.register_forward_hook(hook)
    y = model(x)
    handle.remove()
    y[range(len(classes)), classes].sum().backward()
    a, g = kept["a"].detach(), kept["g"]
    weighted = a * g.mean((2, 3), keepdim=True)
    paper = F.relu(weighted.sum(1))
    return {
        "activation": a.mean(1), "paper": paper, "course": weighted.mean(1),
        "enlarged": F.interpolate(paper[:, None], x.shape[2:], mode="bilinear", align_corners=False)[:, 0],
    }


def write(folder, seed):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = net()
    with torch.no_grad():
        norm = model[3]
        norm.weight.copy_(1 + 0.3 * torch.randn(6))
        norm.bias.copy_(0.3 * torch.randn(6))
        norm.running_mean.copy_(0.3 * torch.randn(6))
        norm.running_var.copy_(0.5 + torch.rand(6))
        for tensor in model.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_((tensor * 1000).round() / 1000)
    model.eval()
    images = (torch.randn(2, 3, 8, 10) * 1000).round() / 1000
    classes = [2, 0]
    names = {"3.weight": "layers.3.gamma", "3.bias": "layers.3.beta", "3.running_mean": "layers.3.runningMean",
             "3.running_var": "layers.3.runningVariance"}
    state = {}
    for name, tensor in model.state_dict().items():
        if name == "3.num_batches_tracked":
            continue
        state[names.get(name, "layers." + name)] = numbers(tensor.T if name == "6.weight" else tensor)
    single = {place: maps(model, images, classes, place) for place in (0, 2, 4)}
    model, images = model.double(), images.double()
    # Float32 weights of three decimals, rounded once more: the double is the number that is stored.
    with torch.no_grad():
        for tensor in model.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_((tensor * 1000).round() / 1000)
        images = (images * 1000).round() / 1000
    layers, deviation = {}, 0.0
    for place in (0, 2, 4):
        result = maps(model, images, classes, place)
        layers[f"layers.{place}"] = {name: numbers(t) for name, t in result.items()}
        for name, t in result.items():
            deviation = max(deviation, ((single[place][name].double() - t).abs() / (1 + t.abs())).max().item())
    (pathlib.Path(folder) / "heat_maps.json").write_text(json.dumps({
        "float32Deviation": float(f"{deviation:.2g}"), "classes": classes, "images": numbers(images), "state": state,
        "layers": layers}) + "\n")
    print(f"heat_maps: {len(layers)} layers, Float32 within {deviation:.1e}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
