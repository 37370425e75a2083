"""The models of `models.py` in plain PyTorch: same layers and names as torchvision and fastai, narrower."""

import contextlib

import torch
from torch import nn
from torch.nn import functional as F


class Edges:
    """Whether everything stays away from the places where a rounding decides."""

    far = True

    def keep(self, distance, least):
        if distance.numel() and distance.min() < least:
            self.far = False


EDGES = None


@contextlib.contextmanager
def watch_edges():
    global EDGES
    EDGES = Edges()
    yield EDGES
    EDGES = None


def relu(x):
    if EDGES:
        EDGES.keep(x[x != 0].abs(), 2e-5)  # an exact 0 comes from another ReLU
    return x.relu()


class ReLU(nn.Module):
    def forward(self, x):
        return relu(x)


class MaxPool(nn.MaxPool2d):
    def forward(self, x):
        if EDGES:
            windows = F.unfold(F.pad(x, (self.padding,) * 4, value=-1e9), self.kernel_size, stride=self.stride)
            windows = windows.reshape(x.shape[0], x.shape[1], self.kernel_size**2, -1)
            two = windows.topk(2, 2).values
            # Two zeros that a ReLU made pass no gradient on.
            EDGES.keep((two[:, :, 0] - two[:, :, 1])[two[:, :, 0] > 0], 2e-5)
        return super().forward(x)


class Watched:
    """A channel whose values are nearly equal, or nearly 0, would magnify rounding without end."""

    least = 0.05

    def forward(self, x):
        if EDGES and self.training:
            along = [0, *range(2, x.dim())]
            variance = x.var(along, unbiased=False)
            EDGES.keep(variance, self.least)
            EDGES.keep(variance / x.square().mean(along), 0.05)
        return super().forward(x)


class BatchNorm2d(Watched, nn.BatchNorm2d):
    pass


class BatchNorm1d(Watched, nn.BatchNorm1d):
    least = 0.005


class BasicBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = BatchNorm2d(filters)
        self.downsample = None
        if stride != 1 or channels != filters:
            self.downsample = nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), BatchNorm2d(filters))

    def forward(self, x):
        y = self.bn2(self.conv2(relu(self.bn1(self.conv1(x)))))
        return relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    """torchvision.models.resnet18, of any blocks and widths."""

    def __init__(self, blocks, widths, channels, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, widths[0], 7, 2, 3, bias=False)
        self.bn1 = BatchNorm2d(widths[0])
        self.maxpool = MaxPool(3, 2, 1)
        width, self.stages = widths[0], len(blocks)
        for i, (count, wide) in enumerate(zip(blocks, widths)):
            layer = []
            for j in range(count):
                layer.append(BasicBlock(width, wide, 2 if i and not j else 1))
                width = wide
            setattr(self, f"layer{i + 1}", nn.Sequential(*layer))
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        x = self.maxpool(relu(self.bn1(self.conv1(x))))
        for i in range(self.stages):
            x = getattr(self, f"layer{i + 1}")(x)
        return self.fc(x.mean([2, 3]))


class DenseLayer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.norm1 = BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, 4 * growth, 1, bias=False)
        self.norm2 = BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat([x, self.conv2(relu(self.norm2(self.conv1(relu(self.norm1(x))))))], 1)


class DenseNet(nn.Module):
    """torchvision.models.densenet121, of any blocks and widths."""

    def __init__(self, layers, growth, width, channels, classes):
        super().__init__()
        self.features = nn.Sequential()
        self.features.add_module("conv0", nn.Conv2d(channels, width, 7, 2, 3, bias=False))
        self.features.add_module("norm0", BatchNorm2d(width))
        self.features.add_module("relu0", ReLU())
        self.features.add_module("pool0", MaxPool(3, 2, 1))
        for i, count in enumerate(layers):
            block = nn.Sequential()
            for j in range(count):
                block.add_module(f"denselayer{j + 1}", DenseLayer(width, growth))
                width += growth
            self.features.add_module(f"denseblock{i + 1}", block)
            if i + 1 < len(layers):
                transition = nn.Sequential()
                transition.add_module("norm", BatchNorm2d(width))
                transition.add_module("relu", ReLU())
                transition.add_module("conv", nn.Conv2d(width, width // 2, 1, bias=False))
                transition.add_module("pool", nn.AvgPool2d(2))
                self.features.add_module(f"transition{i + 1}", transition)
                width //= 2
        self.features.add_module("norm5", BatchNorm2d(width))
        self.classifier = nn.Linear(width, classes)

    def forward(self, x):
        return self.classifier(relu(self.features(x)).mean([2, 3]))


class PixelShuffle(nn.Module):
    def __init__(self, channels, filters):
        super().__init__()
        self.convolution = nn.Conv2d(channels, filters * 4, 1)

    def forward(self, x):
        return F.pixel_shuffle(relu(self.convolution(x)), 2)


class Convolutions(nn.Module):
    def __init__(self, before, between, after):
        super().__init__()
        self.convolution1 = nn.Conv2d(before, between, 3, padding=1, bias=False)
        self.norm1 = BatchNorm2d(between)
        self.convolution2 = nn.Conv2d(between, after, 3, padding=1, bias=False)
        self.norm2 = BatchNorm2d(after)

    def forward(self, x):
        return self.norm2(relu(self.convolution2(self.norm1(relu(self.convolution1(x))))))


class Up(nn.Module):
    def __init__(self, channels, cross, halves):
        super().__init__()
        self.shuffle = PixelShuffle(channels, channels // 2)
        self.norm = BatchNorm2d(cross)
        width = channels // 2 + cross
        self.filters = width // 2 if halves else width
        self.convolutions = Convolutions(width, self.filters, self.filters)

    def forward(self, x, cross):
        x = F.interpolate(self.shuffle(x), cross.shape[2:], mode="nearest")
        return self.convolutions(relu(torch.cat([x, self.norm(cross)], 1)))


class UNet(nn.Module):
    """After fastai's DynamicUnet, with the differences that ours has."""

    def __init__(self, encoder, channels, classes, size, widths, blocks=None, strides=None):
        super().__init__()
        if encoder == "resNet":
            net = ResNet(blocks, widths, channels, 1)
            layers = [net.conv1, net.bn1, ReLU(), net.maxpool]
            layers += [getattr(net, f"layer{i + 1}") for i in range(len(blocks))]
        else:
            layers, before = [], channels
            for stride, width in zip(strides, widths):
                layers += [nn.Conv2d(before, width, 3, stride, 1), ReLU()]
                before = width
        self.encoder = nn.ModuleList(layers)
        x, shapes = torch.zeros(2, channels, *size), []
        with torch.no_grad():
            for layer in layers:
                x = layer.eval()(x)
                shapes.append(x.shape)
        self.crossings = [i for i in range(len(shapes) - 1) if shapes[i][2:] != shapes[i + 1][2:]][::-1]
        width = shapes[-1][1]
        self.norm = BatchNorm2d(width)
        self.bottom = Convolutions(width, 2 * width, width)
        self.ups = nn.ModuleList()
        for i in self.crossings:
            self.ups.append(Up(width, shapes[i][1], i == self.crossings[-1]))
            width = self.ups[-1].filters
        self.lastUp = PixelShuffle(width, width) if list(shapes[0][2:]) != list(size) else None
        width += channels
        self.last = Convolutions(width, width, width)
        self.head = nn.Conv2d(width, classes, 1)

    def forward(self, image):
        x, outputs = image, []
        for layer in self.encoder:
            x = layer(x)
            outputs.append(x)
        x = self.bottom(relu(self.norm(x)))
        for up, i in zip(self.ups, self.crossings):
            x = up(x, outputs[i])
        if self.lastUp is not None:
            x = F.interpolate(self.lastUp(x), image.shape[2:], mode="nearest")
        x = torch.cat([x, image], 1)
        return self.head(x + self.last(x))


class Encoder(nn.Module):
    """fastai's AWD_LSTM without its dropouts; the state is kept and cut off."""

    def __init__(self, words, features, hidden, layers):
        super().__init__()
        self.encoder = nn.Embedding(words, features)
        self.rnns = nn.ModuleList(
            nn.LSTM(hidden if i else features, features if i == layers - 1 else hidden, batch_first=True)
            for i in range(layers))
        self.state = None

    def read(self, words, rows):
        x = self.encoder(torch.as_tensor(words).reshape(rows, -1))
        state = []
        for i, rnn in enumerate(self.rnns):
            x, after = rnn(x, self.state and self.state[i])
            state.append(tuple(s.detach() for s in after))
        self.state = state
        return x


class AWDLSTM(Encoder):
    def __init__(self, rows, **sizes):
        super().__init__(**sizes)
        self.rows = rows

    def forward(self, *batches):
        self.state = None
        return [self.read(words, self.rows) for words in batches][-1]


class LanguageModel(AWDLSTM):
    def __init__(self, **sizes):
        super().__init__(**sizes)
        self.decoder = nn.Linear(sizes["features"], sizes["words"])
        self.decoder.weight = self.encoder.weight

    def forward(self, *batches):
        return self.decoder(super().forward(*batches))


class TextClassifier(Encoder):
    """fastai's MultiBatchEncoder and PoolingLinearClassifier."""

    def __init__(self, rows, classes, units, length, maximum, padding, **sizes):
        super().__init__(**sizes)
        self.rows, self.length, self.maximum, self.padding = rows, length, maximum, padding
        width = 3 * sizes["features"]
        self.head = nn.Sequential(BatchNorm1d(width), nn.Dropout(0), nn.Linear(width, units), ReLU(),
                                  BatchNorm1d(units), nn.Dropout(0), nn.Linear(units, classes))

    def forward(self, words):
        self.state = None
        words = torch.as_tensor(words).reshape(self.rows, -1)
        time, kept, outputs = words.shape[1], [], []
        for start in range(0, time, self.length):
            piece = words[:, start:start + self.length]
            output = self.read(piece, self.rows)
            if start + piece.shape[1] > time - self.maximum:
                outputs.append(output)
                kept.append(piece)
        x, isPadding = torch.cat(outputs, 1), (torch.cat(kept, 1) == self.padding)[:, :, None]
        inside = x.masked_fill(isPadding, -torch.inf)
        if EDGES and x.shape[1] > 1:
            two = inside.topk(2, 1).values
            EDGES.keep(two[:, 0] - two[:, 1], 1e-4)
        mean = x.masked_fill(isPadding, 0).sum(1) / (~isPadding).sum(1)
        return self.head(torch.cat([x[:, -1], inside.amax(1), mean], 1))


class TabularModel(nn.Module):
    """fastai.tabular.models.TabularModel without dropout."""

    def __init__(self, categories, numbers, hidden, outputs, range):
        super().__init__()
        self.embeds = nn.ModuleList(nn.Embedding(count, features) for count, features in categories)
        self.bn_cont = BatchNorm1d(numbers)
        self.range = range
        width, layers = numbers + sum(features for _, features in categories), []
        for units in hidden:
            layers += [nn.Linear(width, units), ReLU(), BatchNorm1d(units)]
            width = units
        self.layers = nn.Sequential(*layers, nn.Linear(width, outputs))

    def forward(self, numbers, *columns):
        parts = [embed(torch.as_tensor(column)) for embed, column in zip(self.embeds, columns)]
        y = self.layers(torch.cat([*parts, self.bn_cont(numbers)], 1))
        return y if self.range is None else y.sigmoid() * (self.range[1] - self.range[0]) + self.range[0]


class DotProductBias(nn.Module):
    """fastai.collab.EmbeddingDotBias."""

    def __init__(self, users, items, factors, range):
        super().__init__()
        self.u_weight, self.i_weight = nn.Embedding(users, factors), nn.Embedding(items, factors)
        self.u_bias, self.i_bias = nn.Embedding(users, 1), nn.Embedding(items, 1)
        self.range = range

    def forward(self, users, items):
        users, items = torch.as_tensor(users), torch.as_tensor(items)
        y = (self.u_weight(users) * self.i_weight(items)).sum(1) + self.u_bias(users)[:, 0] + self.i_bias(items)[:, 0]
        return y if self.range is None else y.sigmoid() * (self.range[1] - self.range[0]) + self.range[0]


class GRU(nn.GRU):
    def __init__(self, inputs, hidden, layers):
        super().__init__(inputs, hidden, layers, batch_first=True)

    def forward(self, x):
        return super().forward(x)[0]


class ConcatPool(nn.Module):
    """fastai.layers.AdaptiveConcatPool2d of size 1: maxima first."""

    def forward(self, x):
        if EDGES and x.shape[2] * x.shape[3] > 1:
            two = x.flatten(2).topk(2, 2).values
            EDGES.keep((two[:, :, 0] - two[:, :, 1]).flatten(), 2e-5)
        return torch.cat([F.adaptive_max_pool2d(x, 1), F.adaptive_avg_pool2d(x, 1)], 1)


class ClassifierHead(nn.Sequential):
    """fastai.vision.learner.create_head without dropout."""

    def __init__(self, features, hidden, classes):
        super().__init__(ConcatPool(), nn.Flatten(), BatchNorm1d(2 * features), nn.Dropout(0),
                         nn.Linear(2 * features, hidden), ReLU(), BatchNorm1d(hidden), nn.Dropout(0),
                         nn.Linear(hidden, classes))
