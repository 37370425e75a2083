"""The twelve training steps of `Sources/bench` in PyTorch on the CPU: forward, backward, update.

    python torch_steps.py [--threads N] [--seconds S] [--only NAME] [--compile]
    python torch_steps.py --losses ../References/bench_steps.json

Times each and prints a JSON object a line, as `bench` does; ms_per_step is the median. With `--losses` it writes the
losses of three steps from weights and batches that both programs make from SplitMix64, in double and in single
precision. Written for torch 2.15.
"""
import argparse, json, statistics, time
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

DTYPE = torch.float32


def bits(count, seed):
    """SplitMix64: the state after step k is seed + k times a constant, so all numbers at once."""
    with np.errstate(over='ignore'):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9e3779b97f4a7c15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xbf58476d1ce4e5b9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94d049bb133111eb)
        return z ^ (z >> np.uint64(31))


def uniform(shape, bound, seed):
    bound = np.float32(bound)
    u = (bits(int(np.prod(shape)), seed) >> np.uint64(40)).astype(np.float32) * np.float32(2 ** -24)
    return torch.tensor((-bound + (bound - -bound) * u).reshape(shape)).to(DTYPE)


def input(*shape, seed=100):
    """Evenly spread, of deviation 1."""
    return uniform(shape, np.sqrt(np.float32(3)), seed)


def labels(*shape, below, seed):
    return torch.tensor((bits(int(np.prod(shape)), seed) % np.uint64(below)).astype(np.int64).reshape(shape))


def fill(model):
    """Weight k is spread evenly over +-1 / sqrt(numbers a row); batch norm keeps its own."""
    norm = {id(p) for m in model.modules() if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)) for p in m.parameters()}
    with torch.no_grad():
        for k, p in enumerate(p for p in model.parameters() if id(p) not in norm):
            row = int(np.prod(p.shape[1:])) if p.dim() > 1 else p.shape[0]
            p.copy_(uniform(tuple(p.shape), np.float32(1) / np.sqrt(np.float32(row)), k + 1))


def logistic():            # lesson 5: logistic regression on 28x28 images
    m = nn.Linear(784, 10)
    x, y = input(64, 784), labels(64, below=10, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.SGD(m.parameters(), lr=2e-2)


def mlp():                 # lesson 5: one hidden layer of 50, Adam
    m = nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))
    x, y = input(64, 784), labels(64, below=10, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-2)


def wide_mlp():            # a wider net, so that the matrix product decides
    m = nn.Sequential(nn.Linear(784, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10))
    x, y = input(256, 784), labels(256, below=10, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-3)


def conv_bn(i, o, stride=2):
    return nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class ResBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv_bn(c, c, 1), conv_bn(c, c, 1)

    def forward(self, x):
        return x + self.b(self.a(x))


def plain_cnn():           # lesson 7: five stride-2 conv-batchnorm-relu, 28x28 digits, batch 64
    m = nn.Sequential(conv_bn(1, 8), conv_bn(8, 16), conv_bn(16, 32), conv_bn(32, 16), conv_bn(16, 10), nn.Flatten())
    x, y = input(64, 1, 28, 28), labels(64, below=10, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-2)


def resnet():              # lesson 7: a residual block after each of the first four
    m = nn.Sequential(conv_bn(1, 8), ResBlock(8), conv_bn(8, 16), ResBlock(16), conv_bn(16, 32), ResBlock(32),
                      conv_bn(32, 16), ResBlock(16), conv_bn(16, 10), nn.Flatten())
    x, y = input(64, 1, 28, 28), labels(64, below=10, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-2)


class BasicBlock(nn.Module):
    def __init__(self, i, o, s):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(i, o, 3, s, 1, bias=False), nn.BatchNorm2d(o)
        self.c2, self.b2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.d = nn.Sequential(nn.Conv2d(i, o, 1, s, bias=False), nn.BatchNorm2d(o)) if s > 1 or i != o else nn.Identity()

    def forward(self, x):
        y = F.relu(self.b1(self.c1(x)))
        return F.relu(self.b2(self.c2(y)) + self.d(x))


def resnet18_64():         # lesson 1: ResNet-18 on 64x64 colour images, batch 16
    l, i = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)], 64
    for o, s in ((64, 1), (128, 2), (256, 2), (512, 2)):
        l += [BasicBlock(i, o, s), BasicBlock(o, o, 1)]
        i = o
    m = nn.Sequential(*l, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 37))
    x, y = input(16, 3, 64, 64), labels(16, below=37, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-3)


class UNet(nn.Module):     # lesson 3: three levels, concatenated skips, pixel-shuffle up
    def __init__(self, c=16, classes=8):
        super().__init__()
        d = lambda i, o: nn.Sequential(conv_bn(i, o, 1), conv_bn(o, o, 1))
        self.d1, self.d2, self.d3 = d(3, c), d(c, 2 * c), d(2 * c, 4 * c)
        self.u2, self.u1 = nn.Conv2d(4 * c, 8 * c, 1), nn.Conv2d(2 * c, 4 * c, 1)
        self.c2, self.c1 = d(4 * c, 2 * c), d(2 * c, c)
        self.out = nn.Conv2d(c, classes, 1)

    def forward(self, x):
        a = self.d1(x)
        b = self.d2(F.max_pool2d(a, 2))
        z = self.d3(F.max_pool2d(b, 2))
        z = self.c2(torch.cat([F.pixel_shuffle(self.u2(z), 2), b], 1))
        z = self.c1(torch.cat([F.pixel_shuffle(self.u1(z), 2), a], 1))
        return self.out(z)


def unet():
    m = UNet()
    x, y = input(8, 3, 64, 64), labels(8, 64, 64, below=8, seed=101)
    return m, lambda: F.cross_entropy(m(x), y), torch.optim.Adam(m.parameters(), lr=1e-3)


class LoopRNN(nn.Module):  # lesson 7: the RNN written as a loop, a prediction at every word
    def __init__(self, nv=40, nh=64):
        super().__init__()
        self.i_h, self.h_h, self.h_o, self.bn = nn.Embedding(nv, nh), nn.Linear(nh, nh), nn.Linear(nh, nv), nn.BatchNorm1d(nh)
        self.nh = nh

    def forward(self, x):
        h, res = torch.zeros(x.shape[0], self.nh), []
        for i in range(x.shape[1]):
            h = F.relu(self.h_h(h + self.i_h(x[:, i])))
            res.append(self.h_o(self.bn(h)))
        return torch.stack(res, 1)


def rnn_loop():
    m = LoopRNN()
    x, y = labels(64, 20, below=40, seed=100), labels(64, 20, below=40, seed=101)
    return m, lambda: F.cross_entropy(m(x).flatten(0, 1), y.flatten()), torch.optim.Adam(m.parameters(), lr=1e-3)


class Recurrent(nn.Module):
    def __init__(self, cell, nv, nh, layers):
        super().__init__()
        self.e, self.r, self.o = nn.Embedding(nv, nh), cell(nh, nh, layers, batch_first=True), nn.Linear(nh, nv)

    def forward(self, x):
        return self.o(self.r(self.e(x))[0])


def gru():                 # lesson 7: two-layer GRU, batch 64, bptt 20
    m = Recurrent(nn.GRU, 40, 64, 2)
    x, y = labels(64, 20, below=40, seed=100), labels(64, 20, below=40, seed=101)
    return m, lambda: F.cross_entropy(m(x).flatten(0, 1), y.flatten()), torch.optim.Adam(m.parameters(), lr=1e-3)


def lstm():                # lesson 4: language model, vocabulary 4,000, hidden 256, batch 32, bptt 70
    m = Recurrent(nn.LSTM, 4000, 256, 2)
    x, y = labels(32, 70, below=4000, seed=100), labels(32, 70, below=4000, seed=101)
    return m, lambda: F.cross_entropy(m(x).flatten(0, 1), y.flatten()), torch.optim.Adam(m.parameters(), lr=1e-3)


class DotBias(nn.Module):  # lesson 4: collaborative filtering, 944 users x 1,654 movies, 40 factors
    def __init__(self, nu=944, ni=1654, k=40):
        super().__init__()
        self.u, self.i, self.ub, self.ib = nn.Embedding(nu, k), nn.Embedding(ni, k), nn.Embedding(nu, 1), nn.Embedding(ni, 1)

    def forward(self, u, i):
        return torch.sigmoid((self.u(u) * self.i(i)).sum(1) + self.ub(u)[:, 0] + self.ib(i)[:, 0]) * 5.5


def collab():
    m = DotBias()
    u, i, y = labels(64, below=944, seed=100), labels(64, below=1654, seed=101), input(64, seed=102) + 2
    return m, lambda: F.mse_loss(m(u, i), y), torch.optim.Adam(m.parameters(), lr=5e-3, weight_decay=1e-1)


class Tabular(nn.Module):  # lesson 4: embeddings + batchnorm, layers 200 and 100
    def __init__(self, sizes=((10, 6), (17, 8), (8, 5), (16, 8), (7, 5), (6, 4), (3, 3)), cont=3):
        super().__init__()
        self.e = nn.ModuleList(nn.Embedding(a, b) for a, b in sizes)
        n = sum(b for _, b in sizes) + cont
        self.bn = nn.BatchNorm1d(cont)
        self.l = nn.Sequential(nn.Linear(n, 200), nn.ReLU(), nn.BatchNorm1d(200), nn.Linear(200, 100), nn.ReLU(), nn.BatchNorm1d(100), nn.Linear(100, 2))

    def forward(self, c, x):
        return self.l(torch.cat([e(c[:, k]) for k, e in enumerate(self.e)] + [self.bn(x)], 1))


def tabular():
    m = Tabular()
    c = torch.stack([labels(64, below=a, seed=100 + k) for k, a in enumerate((10, 17, 8, 16, 7, 6, 3))], 1)
    x, y = input(64, 3, seed=110), labels(64, below=2, seed=111)
    return m, lambda: F.cross_entropy(m(c, x), y), torch.optim.Adam(m.parameters(), lr=1e-2)


ALL = dict(logistic=logistic, mlp=mlp, wide_mlp=wide_mlp, plain_cnn=plain_cnn, resnet=resnet, resnet18_64=resnet18_64, unet=unet,
           rnn_loop=rnn_loop, gru=gru, lstm=lstm, collab=collab, tabular=tabular)




def main():
    global DTYPE
    p = argparse.ArgumentParser()
    p.add_argument('--threads', type=int, default=2)
    p.add_argument('--seconds', type=float, default=2)
    p.add_argument('--only', action='append')
    p.add_argument('--compile', action='store_true', help='torch.compile the loss (needs a C++ compiler)')
    p.add_argument('--losses', help='write the losses of three steps to this file')
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    result = {}
    for name, make in ALL.items():
        if a.only and name not in a.only:
            continue
        if a.losses:
            found = {}
            for kind, dtype in (('double', torch.float64), ('single', torch.float32)):
                DTYPE = dtype
                torch.set_default_dtype(dtype)
                model, loss, optimizer = make()
                fill(model)
                found[kind] = [step(loss, optimizer) for _ in range(3)]
            result[name] = {
                'losses': found['double'],
                'float32Deviation': max(abs(x - y) for x, y in zip(found['double'], found['single']))}
            print(name, result[name], flush=True)
            continue
        model, loss, optimizer = make()
        f = torch.compile(loss) if a.compile else loss
        for _ in range(5):
            step(f, optimizer)
        times, end = [], time.perf_counter() + a.seconds
        while time.perf_counter() < end or len(times) < 3:
            t = time.perf_counter()
            step(f, optimizer)
            times.append(time.perf_counter() - t)
        print(json.dumps(dict(workload=name, threads=a.threads, ms_per_step=round(1e3 * statistics.median(times), 4),
                              steps=len(times))), flush=True)
    if a.losses:
        with open(a.losses, 'w') as file:
            json.dump(result, file, indent=1)
            file.write('\n')


def step(loss, optimizer):
    optimizer.zero_grad()
    value = loss()
    value.backward()
    optimizer.step()
    return value.item()


if __name__ == '__main__':
    main()
