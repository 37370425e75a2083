"""What PyTorch reaches on the MovieLens sample with the settings of the course's lesson 4.

    python Tests/References/movielens_sample.py --data DIR [--seeds 20]

DIR/movie_lens_sample holds ratings.csv: 6,031 ratings of 100 films by 100 users. Settings as in fastai 1.0.61, read in its
source (collab.py, basic_data.py, callback.py, callbacks/one_cycle.py, layers.py): EmbeddingDotBias with 50 factors, all
four tables from normal numbers modulo 2, times .01; y_range (0, 5.5); a random fifth of the rows for validation; batches
of 64 in a new order each epoch, the short last one dropped (DataBunch.create: drop_last for training); fit_one_cycle(3, 5e-3):
cosines from lr / 25 to lr over int(.3 n) steps and down to lr / 25e4, beta1 .95 -> .85 -> .95; Adam with beta2 .99 and
epsilon 1e-8; before each step every weight, biases too, times 1 - .01 lr. Category 0 of both tables is #na#.

sample: a split and first weights of its own for each seed. lastBatchKept: the same with the short batch. courseSplit: numpy's
seed 42, as the notebook splits, and first weights of each seed. Writes movielens_sample.json.
"""

import argparse
import json
import math
import pathlib
import re
import statistics

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


class DotBias(nn.Module):
    def __init__(self, users, items, factors):
        super().__init__()
        self.tables = nn.ModuleList(
            nn.Embedding(n, width) for n, width in [(users, factors), (items, factors), (users, 1), (items, 1)])
        with torch.no_grad():
            for table in self.tables:
                table.weight.normal_().fmod_(2).mul_(0.01)

    def forward(self, users, items):
        u, v, bu, bv = self.tables
        z = (u(users) * v(items)).sum(1) + bu(users)[:, 0] + bv(items)[:, 0]
        return 5.5 * torch.sigmoid(z)


def cosine(start, end, fraction):
    return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))


def train(rows, seed, split_seed, epochs=3, lr=5e-3, wd=0.01, drop_last=True):
    users, items, ratings = rows
    torch.manual_seed(seed)
    order = np.random.RandomState(split_seed).permutation(len(ratings))
    cut = int(0.2 * len(order))
    valid, training = torch.from_numpy(order[:cut]), torch.from_numpy(order[cut:])
    model = DotBias(101, 101, 50)
    adam = torch.optim.Adam(model.parameters(), lr=lr / 25, betas=(0.95, 0.99), eps=1e-8)
    batches = len(training) // 64 if drop_last else -(-len(training) // 64)
    n, step = epochs * batches, 0
    rise = int(0.3 * n)
    average, each = 0.0, []
    for _ in range(epochs):
        for batch in training[torch.randperm(len(training))].split(64)[:batches]:
            up = step < rise
            fraction = step / rise if up else (step - rise) / (n - rise)
            rate = cosine(lr / 25, lr, fraction) if up else cosine(lr, lr / 25e4, fraction)
            for group in adam.param_groups:
                group["lr"] = rate
                group["betas"] = (cosine(0.95, 0.85, fraction) if up else cosine(0.85, 0.95, fraction), 0.99)
            loss = F.mse_loss(model(users[batch], items[batch]), ratings[batch])
            adam.zero_grad()
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p.mul_(1 - wd * rate)
            adam.step()
            step += 1
            average = 0.98 * average + 0.02 * loss.item()
        with torch.no_grad():
            each.append(F.mse_loss(model(users[valid], items[valid]), ratings[valid]).item())
    return dict(
        seed=seed, valid=round(each[-1], 6), train=round(average / (1 - 0.98**step), 6), first=round(each[0], 6),
        second=round(each[1], 6))


parser = argparse.ArgumentParser()
parser.add_argument("--data", type=pathlib.Path, required=True)
parser.add_argument("--seeds", type=int, default=20)
options = parser.parse_args()
table = np.loadtxt(options.data / "movie_lens_sample/ratings.csv", delimiter=",", skiprows=1)
assert table.shape == (6031, 4)
categories = [np.unique(table[:, i], return_inverse=True) for i in (0, 1)]
assert all(len(names) == 100 for names, _ in categories)
rows = [torch.from_numpy(codes.reshape(-1) + 1) for _, codes in categories] + [torch.from_numpy(table[:, 2]).float()]

report = dict(torch=torch.__version__, about="Made by movielens_sample.py; mean squared errors after each of three epochs.")
for name, settings in dict(
        sample={}, lastBatchKept=dict(drop_last=False), courseSplit=dict(split_seed=42)).items():
    runs = [train(rows, seed, **{"split_seed": seed, **settings}) for seed in range(options.seeds)]
    keys = ["first", "second", "valid", "train"]
    report[name] = dict(
        runs=runs,
        mean={k: round(statistics.mean(run[k] for run in runs), 5) for k in keys},
        sd={k: round(statistics.stdev(run[k] for run in runs), 5) for k in keys})
    print(name, report[name]["mean"], report[name]["sd"])

text = json.dumps(report, indent=1)
text = re.sub(r"\{\s+([^{}\[\]]*?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m[1]) + "}", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
