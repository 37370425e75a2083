"""A body and fastai's head, frozen, unfrozen and at discriminative rates under one cycle, in PyTorch.

    python Tests/References/transfer.py            # writes transfer.json beside it, seconds

The body is two convolutions with batch norm (groups 0 and 1), the head fastai's `create_head` without dropout (group
2). Weights and images have three decimals, so that they are exact Float32; all else is double. Each case makes its
steps of AdamW with one parameter group a layer group; a step's rate is the group's share of one cycle's (fastai's
half cosines, momentum against the rate). Where the body is frozen, its batch norm learns on, as in fastai, or is in
`eval()`, as under fastai's `BnFreeze`. `unfreezeAt` is the first step at which everything learns; PyTorch counts the
steps of each parameter, so that a late one has its own bias correction. Drawn again where Float32 would move a weight by
more than 1e-5 of its tensor: Adam makes a whole step of a gradient that is nothing but rounding, as that of a shift is
where a batch norm follows with nothing but a ReLU between that lets every number pass.
"""

import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

import model_nets as nets

torch.set_num_threads(1)

SIZES = dict(channels=1, first=3, second=4, hidden=5, classes=3, size=6, batch=9, batches=3)
ADAMW = dict(betas=(0.9, 0.99), eps=1e-8)
DECAY = 0.05
CASES = [
    dict(name="one rate", rates=[0.02, 0.02, 0.02], steps=3, unfreezeAt=0, norm="learns"),
    dict(name="slice of two, geometric", rates=[2e-4, 2e-3, 2e-2], steps=3, unfreezeAt=0, norm="learns"),
    dict(name="slice of two, the notes' middle", rates=[2e-4, 1.01e-2, 2e-2], steps=3, unfreezeAt=0, norm="learns"),
    dict(name="slice of one, a tenth", rates=[2e-3, 2e-3, 2e-2], steps=3, unfreezeAt=0, norm="learns"),
    dict(name="frozen, batch norm learns", rates=[0.02, 0.02, 0.02], steps=3, unfreezeAt=3, norm="learns"),
    dict(name="frozen, batch norm in eval", rates=[0.02, 0.02, 0.02], steps=3, unfreezeAt=3, norm="eval"),
    dict(name="frozen, then not", rates=[2e-3, 2e-3, 2e-2], steps=6, unfreezeAt=3, norm="learns"),
]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        s = SIZES
        self.early = nn.Sequential(nn.Conv2d(s["channels"], s["first"], 3, 1, 1, bias=False),
                                   nets.BatchNorm2d(s["first"]), nets.ReLU())
        self.late = nn.Sequential(nn.Conv2d(s["first"], s["second"], 3, 2, 1, bias=False),
                                  nets.BatchNorm2d(s["second"]), nets.ReLU())
        self.head = nets.ClassifierHead(s["second"], s["hidden"], s["classes"])

    @property
    def groups(self):
        return [self.early, self.late, self.head]

    def forward(self, x):
        return self.head(self.late(self.early(x)))


def one_cycle(step, steps, rise=0.3, division=25.0, momenta=(0.95, 0.85)):
    """Share of the maximum, and beta1: fastai v1's OneCycleScheduler."""
    up = int(steps * rise)

    def cosine(a, b, p):
        return b + (a - b) * (1 + math.cos(math.pi * p)) / 2

    if step < up:
        return cosine(1 / division, 1, step / up), cosine(momenta[0], momenta[1], step / up)
    p = (step - up) / max(1, steps - up)
    return cosine(1, 1 / (division * 1e4), p), cosine(momenta[1], momenta[0], p)


def run(case, state, images, labels, dtype):
    net = Net().to(dtype).train()
    net.load_state_dict({n: t.to(dtype) if t.is_floating_point() else t for n, t in state.items()})
    optimizer = torch.optim.AdamW([dict(params=list(g.parameters())) for g in net.groups], lr=1.0,
                                  weight_decay=DECAY, **ADAMW)
    norms = [m for g in net.groups[:2] for m in g if isinstance(m, nn.BatchNorm2d)]
    losses = []
    for step in range(case["steps"]):
        frozen = step < case["unfreezeAt"]
        for group in net.groups[:2]:
            for p in group.parameters():
                p.requires_grad_(not frozen)
        if case["norm"] == "learns":
            for norm in norms:
                for p in norm.parameters():
                    p.requires_grad_(True)
        else:
            for norm in norms:
                norm.train(not frozen)
        share, momentum = one_cycle(step, case["steps"])
        for group, rate in zip(optimizer.param_groups, case["rates"]):
            group["lr"], group["betas"] = rate * share, (momentum, ADAMW["betas"][1])
        i = step % SIZES["batches"]
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(images[i].to(dtype)), labels[i])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, {n: t.detach().double() for n, t in net.state_dict().items() if t.is_floating_point()}


def numbers(t, digits=9):
    return dict(shape=list(t.shape), values=[float(f"{v:.{digits}g}") for v in t.flatten().tolist()])


def deviation(double, single):
    (losses, after), (losses32, after32) = double, single
    return (max(abs(a - b) for a, b in zip(losses, losses32)),
            max((after[n] - after32[n]).abs().max().item() / (1 + after[n].abs().max().item()) for n in after))


def main():
    generator = torch.Generator().manual_seed(2)

    def three_decimals(t):
        return t.mul(1000).round().div(1000).float().double()

    s = SIZES
    for attempt in range(300):
        net = Net().double()
        state = net.state_dict()
        for name, t in state.items():
            if not t.is_floating_point():
                continue
            drawn = torch.randn(t.shape, generator=generator, dtype=torch.float64)
            if name.endswith("running_var") or (name.endswith("weight") and t.dim() == 1):
                drawn = drawn.abs() * 0.3 + 0.7
            elif t.dim() > 1:
                drawn = drawn * (3 / t[0].numel()) ** 0.5
            else:
                drawn = drawn * 0.1
            state[name] = three_decimals(drawn)
        images = [three_decimals(torch.randn(s["batch"], s["channels"], s["size"], s["size"], generator=generator,
                                             dtype=torch.float64)) for _ in range(s["batches"])]
        labels = [torch.arange(s["batch"]) % s["classes"] for _ in range(s["batches"])]
        results = [run(c, state, images, labels, torch.float64) for c in CASES]
        singles = [run(c, state, images, labels, torch.float32) for c in CASES]
        deviations = [deviation(a, b) for a, b in zip(results, singles)]
        if max(max(d) for d in deviations) < 1e-5:
            break
    else:
        raise ValueError("no draw on which 32 bits agree")
    cases = []
    for case, (losses, after), (of_losses, of_weights) in zip(CASES, results, deviations):
        print(f"{case['name']:34} Float32 moves losses by {of_losses:.1e}, weights by {of_weights:.1e}; {losses}")
        cases.append(case | dict(losses=[float(f"{v:.10g}") for v in losses],
                                 state={n: numbers(t) for n, t in after.items()}))
    result = dict(note="Made by transfer.py in double precision.", torch=torch.__version__, sizes=s, beta2=ADAMW["betas"][1],
                  epsilon=ADAMW["eps"], weightDecay=DECAY,
                  state={n: numbers(t) for n, t in state.items() if t.is_floating_point()},
                  images=[numbers(x) for x in images], labels=[x.tolist() for x in labels], cases=cases)
    lines = [f'"{key}": {json.dumps(value)}' for key, value in result.items() if key != "cases"]
    lines.append('"cases": [\n' + ",\n".join(json.dumps(c) for c in result["cases"]) + "\n]")
    (pathlib.Path(__file__).parent / "transfer.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
