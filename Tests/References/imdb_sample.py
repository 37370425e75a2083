"""What PyTorch reaches on the IMDB sample with lesson 4's language model and classifier, so that ours has a mean and a
spread beside it.

    REAL_DATA=DIR REVIEW_TOKENS=tokens.json swift test --filter RealData    # our tokens of the 1,000 reviews
    python Tests/References/imdb_sample.py --data DIR/imdb_sample --tokens tokens.json [--seeds 5]

Writes imdb_sample.json: for each seed the language model's perplexity and accuracy on the validation reviews, and the
classifier's accuracy with the encoder that was trained so, without it, and with it but trained as the one without.

Settings. Words that come at least twice in the training reviews, 4,000 of them, the special ones included. AWD-LSTM: 64
features, 96 hidden numbers, two layers, decoder tied. Start: embedding even in ±0.1, LSTMs even in ±1/√hidden, Linear even
in ±1/√inputs. Adam, beta2 .99, epsilon 1e-8, decoupled weight decay .01. One cycle, beta1 .8 to .7, otherwise as
fastai has it.
Language model: 24 rows of 70 words, dropouts of fastai's language model times .3, four epochs to 1e-2; the first in the
reviews' order, the others shuffled. Validation: the same rows and length, the state carried on; the mean over batches.
Classifier: batches of 32 in SortishSampler's order, 70 words a piece, the last 1,400 pooled; dropouts of fastai's
classifier times .5. With the encoder: head only, one epoch to 2e-2; last LSTM and head, one epoch to 1e-2; both LSTMs and
head, one epoch to 5e-3; all, two epochs to 1e-3; each a cycle of its own with a new Adam, the rate of the first group
the last one's / 2.6^4, geometric between. Without: all from the start, five epochs, one cycle to 1e-2. At once: with the encoder, trained as the
one without.
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)

HERE = pathlib.Path(__file__).parent
SPECIAL = "xxunk xxpad xxbos xxfld xxmaj xxup xxrep xxwrep".split()
WORDS, FEATURES, HIDDEN, LAYERS, ROWS, LENGTH, SIZE, MAXIMUM = 4000, 64, 96, 2, 24, 70, 32, 1400


def read(folder, tokens):
    rows = list(csv.DictReader(open(folder / "texts.csv", newline="", encoding="utf-8")))
    texts = json.loads(tokens.read_text())
    assert len(rows) == len(texts)
    valid = [row["is_valid"] == "True" for row in rows]
    counts = collections.Counter(word for text, v in zip(texts, valid) if not v for word in text)
    frequent = [word for word, count in counts.most_common() if count >= 2 and word not in SPECIAL]
    number = {word: i for i, word in enumerate((SPECIAL + frequent)[:WORDS])}
    ids = [[number.get(word, 0) for word in text] for text in texts]
    labels = [int(row["label"] == "positive") for row in rows]
    pick = lambda list, part: [x for x, v in zip(list, valid) if v == part]
    return pick(ids, False), pick(labels, False), pick(ids, True), pick(labels, True), len(number)


def mask(shape, p):
    return torch.empty(shape).bernoulli_(1 - p) / (1 - p)


class Encoder(nn.Module):
    def __init__(self, words, drop):
        super().__init__()
        self.drop = drop
        self.embedding = nn.Embedding(words, FEATURES)
        nn.init.uniform_(self.embedding.weight, -0.1, 0.1)
        sizes = [FEATURES] + [HIDDEN] * (LAYERS - 1) + [FEATURES]
        self.rnns = nn.ModuleList(nn.LSTM(a, b, batch_first=True) for a, b in zip(sizes, sizes[1:]))
        self.state = None

    def forward(self, x):
        drop = self.drop if self.training else dict.fromkeys(self.drop, 0)
        weight = self.embedding.weight
        if drop["embedding"]:
            weight = weight * mask((len(weight), 1), drop["embedding"])
        y = F.embedding(x, weight)
        if drop["input"]:
            y = y * mask((len(y), 1, y.shape[2]), drop["input"])
        if self.state is None or self.state[0][0].shape[1] != len(x):
            self.state = [tuple(torch.zeros(1, len(x), rnn.hidden_size) for _ in "hc") for rnn in self.rnns]
        state = []
        for i, rnn in enumerate(self.rnns):
            w_ih, w_hh, b_ih, b_hh = rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, rnn.bias_hh_l0
            if drop["weight"]:
                w_hh = w_hh * mask(w_hh.shape, drop["weight"])
            y, h, c = torch.lstm(y, self.state[i], [w_ih, w_hh, b_ih, b_hh], True, 1, 0.0, False, False, True)
            state.append((h.detach(), c.detach()))
            if i < LAYERS - 1 and drop["hidden"]:
                y = y * mask((len(y), 1, y.shape[2]), drop["hidden"])
        self.state = state
        return y


class LanguageModel(nn.Module):
    def __init__(self, words):
        super().__init__()
        m = 0.3
        self.encoder = Encoder(words, dict(embedding=.02 * m, input=.25 * m, hidden=.15 * m, weight=.2 * m))
        self.output = 0.1 * m
        self.bias = nn.Parameter(torch.zeros(words))

    def forward(self, x):
        y = self.encoder(x)
        if self.training:
            y = y * mask((len(y), 1, y.shape[2]), self.output)
        return F.linear(y, self.encoder.embedding.weight, self.bias)


class Classifier(nn.Module):
    def __init__(self, words):
        super().__init__()
        m = 0.5
        self.encoder = Encoder(words, dict(embedding=.05 * m, input=.4 * m, hidden=.3 * m, weight=.5 * m))
        width = 3 * FEATURES
        self.head = nn.Sequential(nn.BatchNorm1d(width), nn.Dropout(0.4 * m), nn.Linear(width, 50), nn.ReLU(),
                                  nn.BatchNorm1d(50), nn.Dropout(0.1), nn.Linear(50, 2))
        for linear in [self.head[2], self.head[6]]:
            bound = 1 / math.sqrt(linear.in_features)
            nn.init.uniform_(linear.weight, -bound, bound)

    def forward(self, words):
        self.encoder.state = None
        time, outputs, kept = words.shape[1], [], []
        for start in range(0, time, LENGTH):
            piece = words[:, start:start + LENGTH]
            if start + piece.shape[1] <= time - MAXIMUM:
                with torch.no_grad():
                    self.encoder(piece)
            else:
                outputs.append(self.encoder(piece))
                kept.append(piece)
        x, padding = torch.cat(outputs, 1), (torch.cat(kept, 1) == 1)[:, :, None]
        mean = x.masked_fill(padding, 0).sum(1) / (~padding).sum(1)
        return self.head(torch.cat([x[:, -1], x.masked_fill(padding, -torch.inf).amax(1), mean], 1))

    @property
    def groups(self):
        return [list(m.parameters()) for m in [self.encoder.embedding, *self.encoder.rnns, self.head]]


def cosine(a, b, share):
    return b + (a - b) / 2 * (1 + math.cos(math.pi * share))


def fit(loss, groups, rates, epochs, steps, batches):
    """One cycle; rates: of each group at the top."""
    optimizer = torch.optim.AdamW([dict(params=g, lr=r) for g, r in zip(groups, rates)], betas=(0.8, 0.99), eps=1e-8,
                                  weight_decay=0.01)
    total, step = epochs * steps, 0
    rise = int(total * 0.3)
    for epoch in range(epochs):
        for batch in batches(epoch):
            if step < rise:
                share = step / rise
                factor, beta = cosine(1 / 25, 1, share), cosine(0.8, 0.7, share)
            else:
                share = (step - rise) / max(1, total - rise)
                factor, beta = cosine(1, 1 / 25e4, share), cosine(0.7, 0.8, share)
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"], group["betas"] = rate * factor, (beta, 0.99)
            optimizer.zero_grad()
            loss(batch).backward()
            optimizer.step()
            step += 1
    assert step == total, (step, total)


def rows_of(texts):
    stream = np.array([word for text in texts for word in text])
    starts = np.array([int(len(stream) / ROWS * row) for row in range(ROWS)])[:, None]
    for batch in range(math.ceil(len(stream) / (ROWS * LENGTH))):
        at = starts + batch * LENGTH + np.arange(LENGTH)
        yield torch.from_numpy(stream[at % len(stream)]), torch.from_numpy(stream[(at + 1) % len(stream)])


def language_model(train, valid, words, r):
    model = LanguageModel(words)
    count = math.ceil(sum(map(len, train)) / (ROWS * LENGTH))

    def batches(epoch):
        model.encoder.state = None
        return rows_of(train if epoch == 0 else [train[i] for i in r.permutation(len(train))])

    def loss(batch):
        return F.cross_entropy(model(batch[0]).flatten(0, 1), batch[1].flatten())

    fit(loss, [list(model.parameters())], [1e-2], 4, count, batches)
    model.eval()
    model.encoder.state = None
    losses, right = [], []
    with torch.no_grad():
        for x, y in rows_of(valid):
            logits = model(x).flatten(0, 1)
            losses.append(F.cross_entropy(logits, y.flatten()).item())
            right.append((logits.argmax(1) == y.flatten()).float().mean().item())
    return model, math.exp(statistics.mean(losses)), statistics.mean(right)


def padded(texts):
    length = max(map(len, texts))
    return torch.tensor([[1] * (length - len(text)) + text for text in texts])


def sortish(texts, r):
    order = r.permutation(len(texts))
    order = [i for start in range(0, len(order), 50 * SIZE)
             for i in sorted(order[start:start + 50 * SIZE], key=lambda i: -len(texts[i]))]
    batches = [order[i:i + SIZE] for i in range(0, len(order), SIZE)]
    top = max(range(len(batches)), key=lambda b: len(texts[batches[b][0]]))
    batches[0], batches[top] = batches[top], batches[0]
    return [batches[0]] + [batches[i + 1] for i in r.permutation(len(batches) - 1)]


def classifier(train, labels, valid, answers, words, encoder, stages, r):
    model = Classifier(words)

    def batches(_):
        for batch in sortish(train, r):
            yield padded([train[i] for i in batch]), torch.tensor([labels[i] for i in batch])

    def loss(batch):
        return F.cross_entropy(model(batch[0]), batch[1])

    steps = math.ceil(len(train) / SIZE)
    groups = model.groups
    if encoder is not None:
        model.encoder.load_state_dict(encoder.state_dict())
    if not stages:
        fit(loss, groups, [1e-2] * len(groups), 5, steps, batches)
    else:
        for first, top, epochs in [(len(groups) - 1, 2e-2, 1), (len(groups) - 2, 1e-2, 1), (len(groups) - 3, 5e-3, 1),
                                   (0, 1e-3, 2)]:
            for i, group in enumerate(groups):
                for parameter in group:
                    parameter.requires_grad_(i >= first)
            low = top / 2.6**4
            rates = [low * (top / low)**(i / (len(groups) - 1)) for i in range(len(groups))]
            fit(loss, groups[first:], rates[first:], epochs, steps, batches)
    model.eval()
    right = 0
    order = sorted(range(len(valid)), key=lambda i: -len(valid[i]))
    with torch.no_grad():
        for start in range(0, len(order), SIZE):
            batch = order[start:start + SIZE]
            right += sum(model(padded([valid[i] for i in batch])).argmax(1).tolist()[k] == answers[i]
                         for k, i in enumerate(batch))
    return right / len(valid)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tokens", type=pathlib.Path, required=True)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "imdb_sample.json")
    arguments = parser.parse_args()
    train, labels, valid, answers, words = read(arguments.data, arguments.tokens)
    sizes = dict(words=words, trainTokens=sum(map(len, train)), validTokens=sum(map(len, valid)),
                 validUnknown=sum(text.count(0) for text in valid), trainUnknown=sum(text.count(0) for text in train))
    print(sizes)
    runs = []
    for seed in range(arguments.seeds):
        torch.manual_seed(seed)
        r = np.random.default_rng(seed)
        start = time.process_time()
        model, perplexity, accuracy = language_model(train, valid, words, r)
        middle = time.process_time()
        print(f"seed {seed}: perplexity {perplexity:.2f}, accuracy {accuracy:.4f}, {middle - start:.0f} s", flush=True)
        with_encoder = classifier(train, labels, valid, answers, words, model.encoder, True, r)
        without = classifier(train, labels, valid, answers, words, None, False, r)
        at_once = classifier(train, labels, valid, answers, words, model.encoder, False, r)
        print(f"  with {with_encoder:.3f}, without {without:.3f}, at once {at_once:.3f}, {time.process_time() - middle:.0f} s", flush=True)
        runs.append(dict(seed=seed, perplexity=perplexity, accuracy=accuracy, withEncoder=with_encoder, without=without,
                         atOnce=at_once))
        summary = {}
        for key in ["perplexity", "accuracy", "withEncoder", "without", "atOnce"]:
            values = [run[key] for run in runs]
            summary[key] = dict(mean=statistics.mean(values), sd=statistics.stdev(values) if len(values) > 1 else 0)
        arguments.out.write_text(json.dumps(dict(source=f"torch {torch.__version__}", sizes=sizes, summary=summary,
                                                 runs=runs), indent=1) + "\n")


if __name__ == "__main__":
    main()
