"""What PyTorch reaches on Adult with the course's settings, so that a run of ours has a mean and a spread.

    python Tests/References/adult.py --data DIR [--seeds 60]

DIR is the folder that holds `adult_sample/adult.csv`. The notebook lesson4-tabular: six columns of categories, three of
numbers, FillMissing, Categorify and Normalize on the training rows, TabularModel with layers [200, 100],
fit(1, 1e-2): one epoch at a constant rate, batches of 64 in a new order of which fastai drops the short last one,
Adam (.9, .99), epsilon 1e-8, decoupled weight decay .01 on every parameter, batch norm included.
Validation: rows 800 to 999, or a fifth of all rows drawn anew for each seed. `gamma` says where batch norm's scale
starts: at 1 as today, or evenly spread over 0 to 1 as in the PyTorch of the course. Writes adult.json.
"""

import argparse
import json
import pathlib
import re
import statistics

import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)

CATEGORICAL = ["workclass", "education", "marital-status", "occupation", "relationship", "race"]
CONTINUOUS = ["age", "fnlwgt", "education-num"]


def prepare(df, train, valid):
    """Codes and numbers of both parts, and how many categories each column has."""
    df, categorical = df.copy(), CATEGORICAL.copy()
    for name in CONTINUOUS:
        if df.loc[train, name].isna().any():
            df[name + "_na"] = df[name].isna()
            categorical.append(name + "_na")
            df[name] = df[name].fillna(df.loc[train, name].median())
        known = df.loc[train, name]
        df[name] = (df[name] - known.mean()) / (1e-7 + known.std())
    codes, counts = [], []
    for name in categorical:
        classes = df.loc[train, name].astype("category").cat.categories
        codes.append(pd.Categorical(df[name], categories=classes).codes.astype(np.int64) + 1)
        counts.append(len(classes) + 1)
    codes = torch.from_numpy(np.stack(codes, 1))
    numbers = torch.from_numpy(df[CONTINUOUS].values.astype(np.float32))
    labels = torch.from_numpy((df["salary"] == ">=50k").values.astype(np.int64))
    return counts, [(codes[r], numbers[r], labels[r]) for r in (train, valid)]


class TabularModel(nn.Module):
    """Embeddings, batch norm of the numbers, then Linear, ReLU, batch norm for each hidden layer."""

    def __init__(self, counts, numbers, hidden, outputs):
        super().__init__()
        sizes = [min(600, round(1.6 * n ** 0.56)) for n in counts]
        self.embeds = nn.ModuleList([nn.Embedding(n, f) for n, f in zip(counts, sizes)])
        for embedding in self.embeds:
            nn.init.trunc_normal_(embedding.weight, std=0.01, a=-0.02, b=0.02)
        self.bn_cont = nn.BatchNorm1d(numbers)
        widths, layers = [sum(sizes) + numbers] + hidden, []
        for a, b in zip(widths, hidden):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.BatchNorm1d(b)]
        self.layers = nn.Sequential(*layers, nn.Linear(widths[-1], outputs))

    def forward(self, codes, numbers):
        vectors = [e(codes[:, i]) for i, e in enumerate(self.embeds)]
        return self.layers(torch.cat(vectors + [self.bn_cont(numbers)], 1))


def run(df, valid, seed, gamma):
    torch.manual_seed(seed)
    held = set(valid)
    train = [i for i in range(len(df)) if i not in held]
    counts, ((codes, numbers, labels), test) = prepare(df, train, list(valid))
    model = TabularModel(counts, len(CONTINUOUS), [200, 100], 2)
    if gamma == "uniform":
        for m in model.modules():
            if isinstance(m, nn.BatchNorm1d):
                nn.init.uniform_(m.weight)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2, betas=(.9, .99), weight_decay=.01)
    order, average, steps = torch.randperm(len(train)), 0.0, 0
    for rows in order.split(64):
        if len(rows) < 64:
            continue
        optimizer.zero_grad()
        loss = F.cross_entropy(model(codes[rows], numbers[rows]), labels[rows])
        loss.backward()
        optimizer.step()
        steps += 1
        average = .98 * average + .02 * loss.item()
    model.eval()
    with torch.no_grad():
        y = model(test[0], test[1])
    return {"seed": seed, "accuracy": round((y.argmax(1) == test[2]).float().mean().item(), 6),
            "validLoss": round(F.cross_entropy(y, test[2]).item(), 6),
            "trainLoss": round(average / (1 - .98 ** steps), 6)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--seeds", type=int, default=60, help="with gamma uniform a third as many")
    arguments = parser.parse_args()
    df = pd.read_csv(arguments.data / "adult_sample/adult.csv")
    out = {"torch": torch.__version__, "pandas": pd.__version__, "rows": len(df),
           "columns": dict(zip(CATEGORICAL + ["education-num_na"],
                               prepare(df, list(range(1000, len(df))), [0])[0]))}
    for name in ["rows800to999", "fifth"]:
        for gamma in ["one", "uniform"]:
            runs = []
            for seed in range(arguments.seeds // (1 if gamma == "one" else 3)):
                fifth = np.random.default_rng(seed).permutation(len(df))[:len(df) // 5].tolist()
                runs.append(run(df, list(range(800, 1000)) if name == "rows800to999" else fifth,
                                seed, gamma))
                print(name, gamma, runs[-1], flush=True)
            kinds = ["accuracy", "validLoss", "trainLoss"]
            out[f"{name}/{gamma}"] = {
                "runs": runs,
                "mean": {k: round(statistics.mean(r[k] for r in runs), 6) for k in kinds},
                "sd": {k: round(statistics.stdev(r[k] for r in runs), 6) for k in kinds}}
    text = re.sub(r"\{\s+([^{}\[\]]*?)\s+\}",
                  lambda m: "{" + re.sub(r"\s*\n\s*", " ", m[1]) + "}", json.dumps(out, indent=1))
    path = pathlib.Path(__file__).parent / "adult.json"
    path.write_text(text + "\n")


main()
