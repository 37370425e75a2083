"""What PyTorch reaches on MovieLens 100k with the course's settings, so that a run of ours has a mean and a spread.

    python Tests/References/movielens_100k.py --data DIR [--seeds 20]

DIR is the folder that holds `ml-100k` with u.data and u.item. The model is a dot product of 40 factors with a bias
of each user and title, through a sigmoid onto 0 ... 5.5; the loss is the mean squared error. As the course's
notebook and fastai v1 have it:

- an item is a title: several numbers of u.item share one (1,682 numbers, 1,664 titles);
- a tenth of the ratings for validation; users and titles have their numbers from the training rows, in order of
  their names; number 0 stands for all others, so that an unseen title shares one row that is never trained;
- factors and biases start from fastai's trunc_normal_: normal numbers modulo 2, times 0.01;
- batches of 64 in a new order each epoch, the short last one dropped, as fastai 1.0.61 does (1,406 remain); five epochs;
- largest rate 5e-3; the first int(.3 n) steps rise from lr / 25 to lr as a cosine, the rest fall to lr / 25e4;
  beta1 .95 -> .85 -> .95, beta2 .99, epsilon 1e-8; decoupled weight decay .1 on every parameter.

`ownSplit`: a new split (NumPy seed 1000 and on), start and order for each seed. `courseSplit`: the split of the course's notebook (numpy's
generator with seed 42 over the rows as pandas merged them then, grouped by film; it leaves the notebook's 1,653
titles for training, which other orders of the rows do not), a new start and order for each seed.
`withoutChance`: the course's split once more without a random number, so that it can be repeated to rounding: the
numbers of the four tables, one after the other in row order, start as 0.01 sin(0), 0.01 sin(1), ..., and batches are
taken in the order of the rows.
`trainLoss` is the debiased moving average (beta .98) of the batch losses. `bias` lists the films at both ends
among the 1,000 most rated: the mean over the seeds of `courseSplit`, and the deviation.
Writes movielens_100k.json.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import statistics
import time

import numpy as np
import torch
from torch.nn import functional as F

torch.set_num_threads(1)
FACTORS, EPOCHS, BATCH, RATE, DECAY = 40, 5, 64, 5e-3, 0.1


def read(folder):
    """Rows of (user, title, rating) in the order of the course's table: grouped by film."""
    titles = {}
    for line in open(folder / "u.item", encoding="latin-1"):
        number, title = line.split("|")[:2]
        titles[number] = title
    rows = [line.split("\t") for line in open(folder / "u.data")]
    first = {}
    for row in rows:
        first.setdefault(row[1], len(first))
    rows.sort(key=lambda row: first[row[1]])
    return [(int(row[0]), titles[row[1]], float(row[2])) for row in rows]


def codes(values, known):
    place = {name: i + 1 for i, name in enumerate(sorted(known))}
    return torch.tensor([place.get(value, 0) for value in values])


def schedule(n):
    def cosine(start, end, fraction):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * fraction))

    first = int(0.3 * n)
    rest = n - first
    return [(cosine(RATE / 25, RATE, i / first), cosine(0.95, 0.85, i / first)) for i in range(first)] + [
        (cosine(RATE, RATE / 25e4, i / rest), cosine(0.85, 0.95, i / rest)) for i in range(rest)]


def predict(tables, users, titles):
    u, v, bu, bv = tables
    z = (u[users] * v[titles]).sum(1) + bu[users, 0] + bv[titles, 0]
    return 5.5 * torch.sigmoid(z)


def train(rows, split, seed, chance=True):
    cut = len(rows) // 10
    valid, training = split[:cut], split[cut:]
    names = [{rows[i][k] for i in training} for k in (0, 1)]
    users, titles = (codes([row[k] for row in rows], names[k]) for k in (0, 1))
    ratings = torch.tensor([row[2] for row in rows])
    torch.manual_seed(seed)
    shapes = [(len(names[0]) + 1, FACTORS), (len(names[1]) + 1, FACTORS), (len(names[0]) + 1, 1), (len(names[1]) + 1, 1)]
    if chance:
        tables = [torch.empty(s).normal_().fmod_(2).mul_(0.01).requires_grad_() for s in shapes]
    else:
        start = 0.01 * torch.sin(torch.arange(sum(a * b for a, b in shapes), dtype=torch.float64))
        parts = start.float().split([a * b for a, b in shapes])
        tables = [part.reshape(s).clone().requires_grad_() for part, s in zip(parts, shapes)]
        training = np.sort(training)
    optimizer = torch.optim.AdamW(tables, lr=RATE, betas=(0.95, 0.99), eps=1e-8, weight_decay=DECAY)
    training, valid = torch.from_numpy(training), torch.from_numpy(valid)
    per_epoch = len(training) // BATCH
    plan = schedule(EPOCHS * per_epoch)
    average, steps, epochs = 0.0, 0, []
    for _ in range(EPOCHS):
        order = torch.randperm(len(training)) if chance else torch.arange(len(training))
        for batch in training[order][: per_epoch * BATCH].split(BATCH):
            group = optimizer.param_groups[0]
            group["lr"], beta1 = plan[steps]
            group["betas"] = (beta1, 0.99)
            loss = F.mse_loss(predict(tables, users[batch], titles[batch]), ratings[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            average = 0.98 * average + 0.02 * loss.item()
            steps += 1
        with torch.no_grad():
            epochs.append(round(F.mse_loss(predict(tables, users[valid], titles[valid]), ratings[valid]).item(), 6))
    assert steps == 5 * 1406
    bias = dict(zip(sorted(names[1]), tables[3][1:, 0].tolist()))
    run = dict(
        seed=seed, validLoss=epochs[-1], trainLoss=round(average / (1 - 0.98**steps), 6), users=shapes[0][0],
        titles=shapes[1][0], unseenRows=int((titles[valid] == 0).sum()), parameters=sum(t.numel() for t in tables),
        epochs=epochs)
    return run, bias


def summary(runs):
    keys = ["validLoss", "trainLoss"]
    return dict(
        mean={k: round(statistics.mean(run[k] for run in runs), 6) for k in keys},
        sd={k: round(statistics.stdev(run[k] for run in runs), 6) for k in keys},
        epochs=[round(statistics.mean(run["epochs"][i] for run in runs), 4) for i in range(EPOCHS)])


parser = argparse.ArgumentParser()
parser.add_argument("--data", type=pathlib.Path, required=True)
parser.add_argument("--seeds", type=int, default=20)
options = parser.parse_args()
rows = read(options.data / "ml-100k")
assert len(rows) == 100_000 and len({row[1] for row in rows}) == 1664
report = dict(torch=torch.__version__, about="Made by movielens_100k.py, which says how.")
course = np.random.RandomState(42).permutation(len(rows))
run, _ = train(rows, course, 0, chance=False)
report["withoutChance"] = dict(validLoss=run["validLoss"], epochs=run["epochs"])
print(f"withoutChance {run['epochs']}", flush=True)
for name in ("courseSplit", "ownSplit"):
    runs, biases = [], []
    for seed in range(options.seeds):
        begin = time.time()
        split = course if name == "courseSplit" else np.random.RandomState(1000 + seed).permutation(len(rows))
        run, bias = train(rows, split, seed)
        runs.append(run)
        biases.append(bias)
        print(f"{name} {run}  {time.time() - begin:.1f} s", flush=True)
    report[name] = dict(**summary(runs), runs=runs)
    if name == "courseSplit":
        assert all((run["users"], run["titles"], run["parameters"]) == (944, 1654, 106_518) for run in runs)
        count = collections.Counter(row[1] for row in rows)
        known = [t for t in sorted(count, key=lambda t: (-count[t], t))[:1000] if t in biases[0]]
        order = sorted(known, key=lambda t: statistics.mean(b[t] for b in biases))
        report["bias"] = {
            end: [dict(
                title=t, mean=round(statistics.mean(b[t] for b in biases), 4),
                sd=round(statistics.stdev(b[t] for b in biases), 4)) for t in ends]
            for end, ends in (("lowest", order[:15]), ("highest", order[:-16:-1]))}

text = json.dumps(report, indent=1, ensure_ascii=False)
text = re.sub(r"\[\s+([^{}\[\]]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
text = re.sub(r"\{\s+([^{}]*?)\s+\}", lambda m: "{" + re.sub(r"\s+", " ", m[1]) + "}", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
