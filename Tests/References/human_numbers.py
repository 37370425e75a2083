"""What PyTorch reaches with Models 0 to 5 of lesson 7 on human numbers, so that a run of ours has a mean and a spread.

    python Tests/References/human_numbers.py [--seeds 10]

Nothing is read: the text is made here, by rules of its own. Writes human_numbers.json beside this file:

runs     for each model and each start of the batch norm's gamma (uniform in 0..1 as PyTorch had it until 1.1, and 1
         as it has it since): final training loss, validation loss and accuracy of each seed, and the mean
         validation accuracy after each epoch.
steps    for each model the losses of the first 20 batches from the first weights that `SeededGenerator(seed: 42)`
         gives our own model, in double precision, and the largest deviation that single precision makes.

Settings: 64 rows, 64 hidden numbers; sequences of 3 (models 0, 1; loss and accuracy of the last word) or 20. Adam with
beta2 .99, epsilon 1e-8, decoupled weight decay .01 on every parameter. One cycle as fastai has it: over the first
int(share n) steps the rate rises from max / 25 to max as a cosine and beta1 falls from .95 to .85; over the rest the rate
falls to max / 25e4 and beta1 rises again. The training loss is the debiased moving average (beta .98) of the batch losses.
Models 3 to 5 keep their state from batch to batch, from training to validation and back.
"""

import argparse
import json
import math
import pathlib
import statistics

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)

# The text

UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " \
        "eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(n):
    if n >= 1000:
        return [UNITS[n // 1000 - 1], "thousand"] + words(n % 1000)
    if n >= 100:
        return [UNITS[n // 100 - 1], "hundred"] + words(n % 100)
    if n >= 20:
        return [TENS[n // 10 - 2]] + words(n % 10)
    return [UNITS[n - 1]] if n else []


def tokens(first, last):
    text = ["xxbos"]
    for n in range(first, last + 1):
        text += ([","] if n > first else []) + words(n)
    return text


SPECIAL = "xxunk xxpad xxbos xxfld xxmaj xxup xxrep xxwrep".split()
COMMON = [",", "hundred", "thousand"] + UNITS[:9] + TENS + UNITS[9:]
NUMBER = {word: i for i, word in enumerate(SPECIAL + COMMON)}
TRAIN = [NUMBER[w] for w in tokens(1, 7999)]
VALID = [NUMBER[w] for w in tokens(8001, 9999)]
assert (len(TRAIN), len(VALID), len(NUMBER)) == (50079, 13017, 38)

ROWS, HIDDEN, WORDS = 64, 64, 38


def batches(stream, length):
    stream = np.array(stream)
    starts = np.array([row * len(stream) // ROWS for row in range(ROWS)])[:, None]
    for batch in range(math.ceil(len(stream) / (ROWS * length))):
        at = starts + batch * length + np.arange(length)
        yield torch.from_numpy(stream[at % len(stream)]), torch.from_numpy(stream[(at + 1) % len(stream)])


# The models

class Model(nn.Module):
    length = 20

    def __init__(self):
        super().__init__()
        self.i_h = nn.Embedding(WORDS, HIDDEN)
        self.make()
        self.h_o = nn.Linear(HIDDEN, WORDS)
        self.bn = nn.BatchNorm1d(HIDDEN)
        self.h = None

    def make(self):
        self.h_h = nn.Linear(HIDDEN, HIDDEN)

    def state(self):
        return torch.zeros(ROWS, HIDDEN, dtype=self.h_o.weight.dtype)


class Model0(Model):
    length = 3

    def forward(self, x):
        h = self.bn(F.relu(self.h_h(self.i_h(x[:, 0]))))
        if x.shape[1] > 1:
            h = self.bn(F.relu(self.h_h(h + self.i_h(x[:, 1]))))
        if x.shape[1] > 2:
            h = self.bn(F.relu(self.h_h(h + self.i_h(x[:, 2]))))
        return self.h_o(h)


class Model1(Model):
    length = 3

    def forward(self, x):
        h = self.state()
        for t in range(x.shape[1]):
            h = self.bn(F.relu(self.h_h(h + self.i_h(x[:, t]))))
        return self.h_o(h)


class Model2(Model):
    def forward(self, x):
        h, out = self.state(), []
        for t in range(x.shape[1]):
            h = F.relu(self.h_h(h + self.i_h(x[:, t])))
            out.append(self.h_o(self.bn(h)))
        return torch.stack(out, 1)


class Model3(Model):
    def forward(self, x):
        h, out = self.state() if self.h is None else self.h, []
        for t in range(x.shape[1]):
            h = F.relu(self.h_h(h + self.i_h(x[:, t])))
            out.append(self.bn(h))
        self.h = h.detach()
        return self.h_o(torch.stack(out, 1))


class Cell(Model):
    def forward(self, x):
        out, h = self.rnn(self.i_h(x), self.h)
        self.h = tuple(s.detach() for s in h) if isinstance(h, tuple) else h.detach()
        return self.h_o(self.bn(out.reshape(-1, HIDDEN)).reshape(out.shape))


class Model4(Cell):
    def make(self):
        self.rnn = nn.RNN(HIDDEN, HIDDEN, batch_first=True)


class Model5(Cell):
    def make(self):
        self.rnn = nn.GRU(HIDDEN, HIDDEN, 2, batch_first=True)


class ModelLSTM(Cell):
    """Not in the course: Model 5 with an LSTM."""

    def make(self):
        self.rnn = nn.LSTM(HIDDEN, HIDDEN, 2, batch_first=True)


# name: model, epochs, largest rate, share of the rise
SETTINGS = {
    "0": (Model0, 6, 1e-4, 0.3), "1": (Model1, 6, 1e-4, 0.3), "2": (Model2, 10, 1e-4, 0.1),
    "3": (Model3, 20, 3e-3, 0.3), "4": (Model4, 20, 3e-3, 0.3), "5": (Model5, 10, 1e-2, 0.3),
    "LSTM": (ModelLSTM, 10, 1e-2, 0.3),
}
PARAMETERS = {"0": 9190, "1": 9190, "2": 9190, "3": 9190, "4": 13350, "5": 54950}


def one_cycle(n, lr, share):
    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    rise = int(n * share)
    up = [(cosine(lr / 25, lr, i / rise), cosine(0.95, 0.85, i / rise)) for i in range(rise)]
    m = n - rise
    return up + [(cosine(lr, lr / 25e4, i / m), cosine(0.85, 0.95, i / m)) for i in range(m)]


def loss_and_right(model, x, y):
    logits = model(x)
    if model.length == 3:
        y = y[:, -1]
    logits, y = logits.reshape(-1, WORDS), y.reshape(-1)
    return F.cross_entropy(logits, y), (logits.argmax(1) == y).sum().item(), len(y)


def train(model, epochs, lr, share, limit=None):
    """Losses of the batches, and (loss, accuracy) of the validation after each epoch."""
    per_epoch = sum(1 for _ in batches(TRAIN, model.length))
    schedule = one_cycle(epochs * per_epoch, lr, share)
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, betas=(0.95, 0.99), eps=1e-8, weight_decay=0.01)
    losses, validations = [], []
    for _ in range(epochs):
        model.train()
        for x, y in batches(TRAIN, model.length):
            if len(losses) == limit:
                return losses, validations
            group = optimizer.param_groups[0]
            group["lr"], beta1 = schedule[len(losses)]
            group["betas"] = (beta1, 0.99)
            loss, _, _ = loss_and_right(model, x, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            parts = [loss_and_right(model, x, y) for x, y in batches(VALID, model.length)]
        validations.append((statistics.mean(p[0].item() for p in parts), sum(p[1] for p in parts) / sum(p[2] for p in parts)))
    return losses, validations


def smoothed(losses, beta=0.98):
    average = 0.0
    for loss in losses:
        average = beta * average + (1 - beta) * loss
    return average / (1 - beta ** len(losses))


# The first weights of our own models

class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return np.float32((z ^ (z >> 31)) >> 40) * np.float32(2.0**-24)

    def between(self, shape, low, high):
        low, width = np.float32(low), np.float32(np.float32(high) - np.float32(low))
        return torch.tensor(np.array([low + width * self.uniform() for _ in range(math.prod(shape))]).reshape(shape))

    def normal(self, shape):
        numbers = []
        while len(numbers) < math.prod(shape):
            radius = np.sqrt(np.float32(-2) * np.log(np.float32(1) - self.uniform()))
            angle = np.float32(2 * math.pi) * self.uniform()
            numbers += [radius * np.cos(angle), radius * np.sin(angle)]
        return torch.tensor(np.array(numbers[: math.prod(shape)], np.float32).reshape(shape))


def set_first_weights(model, seed):
    """The order of our initialisers: embedding, hidden part, output, gamma; Linear's weight is [inputs, outputs]."""
    g = SplitMix64(seed)
    bound = np.float32(1) / np.sqrt(np.float32(HIDDEN))
    values = {"i_h.weight": g.normal([WORDS, HIDDEN])}

    def linear(name, outputs):
        values[name + ".weight"] = g.between([HIDDEN, outputs], -bound, bound).T
        values[name + ".bias"] = g.between([outputs], -bound, bound)

    if hasattr(model, "rnn"):
        rows = model.rnn.weight_ih_l0.shape[0]
        for layer in range(model.rnn.num_layers):
            for kind, shape in (("weight_ih", [rows, HIDDEN]), ("weight_hh", [rows, HIDDEN]), ("bias_ih", [rows]),
                                ("bias_hh", [rows])):
                values[f"rnn.{kind}_l{layer}"] = g.between(shape, -bound, bound)
    else:
        linear("h_h", HIDDEN)
    linear("h_o", WORDS)
    values["bn.weight"] = g.between([HIDDEN], 0, 1)
    with torch.no_grad():
        for name, value in values.items():
            dict(model.named_parameters())[name].copy_(value)


def first_steps(name, dtype):
    kind, epochs, lr, share = SETTINGS[name]
    model = kind().to(dtype)
    set_first_weights(model, 42)
    return train(model, epochs, lr, share, limit=20)[0]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seeds", type=int, default=10)
    seeds = arguments.parse_args().seeds
    path = pathlib.Path(__file__).with_name("human_numbers.json")

    steps = {}
    for name in SETTINGS:
        exact, single = first_steps(name, torch.float64), first_steps(name, torch.float32)
        steps[name] = {"losses": [round(l, 9) for l in exact],
                       "float32Deviation": float(f"{max(abs(a - b) for a, b in zip(exact, single)):.2g}")}
    result = {"torch": torch.__version__.split("+")[0], "seeds": seeds, "steps": steps, "runs": {}}

    for gamma in ("uniform", "one"):
        for name, (kind, epochs, lr, share) in SETTINGS.items():
            rows = []
            for seed in range(seeds):
                torch.manual_seed(seed)
                model = kind()
                assert sum(p.numel() for p in model.parameters()) == PARAMETERS.get(name, 71590)
                if gamma == "uniform":
                    nn.init.uniform_(model.bn.weight)
                losses, validations = train(model, epochs, lr, share)
                rows.append((smoothed(losses), validations))
            result["runs"].setdefault(gamma, {})[name] = {
                "trainLoss": [round(r[0], 6) for r in rows],
                "validLoss": [round(r[1][-1][0], 6) for r in rows],
                "accuracy": [round(r[1][-1][1], 6) for r in rows],
                "curve": [round(statistics.mean(r[1][e][1] for r in rows), 4) for e in range(epochs)],
            }
            accuracies = result["runs"][gamma][name]["accuracy"]
            print(gamma, name, f"{statistics.mean(accuracies):.4f} sd {statistics.stdev(accuracies):.4f}", flush=True)
            path.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
