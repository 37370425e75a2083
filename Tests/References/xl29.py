"""The 29-point line fit of the course's gradient-descent spreadsheet, under six optimizers.

    python Tests/References/xl29.py

y = 2x + 30, one point a step, in the order below, from a = b = 1; loss (ax + b - y)^2; both gradients
come from the old (a, b). Writes xl29.json: the parameters after epochs 1 and 5 in double precision, the
first three steps of each optimizer, and how far Float32 alone moves each value.

The Float32 deviation is the largest over PyTorch's own Float32 runs, the orders of operations that an
engine might choose (blended averages or not, the correction on the averages or on the step), and 200
runs whose gradients are disturbed by up to one unit in the last place. One choice matters far more than
these: 1 - beta and 1 - beta^t have to come from the same beta. Float32(.999) makes 1 - beta wrong by
1.3e-5, which cancels if both have it and moves Adam fifty times further if only one has it.
`toleranceOfAnyOrder` covers that too.
"""

import itertools
import json
import pathlib
import re

import numpy as np
import torch

X = [14, 86, 28, 51, 28, 29, 72, 62, 84, 15, 42, 62, 47, 35, 9, 38, 44, 99, 13, 21, 28, 20, 8, 64, 99]
X += [70, 27, 17, 8]

# name, kind, settings, and the table of the project's notes: b, a after epoch 1 | b, a after epoch 5
TABLE = [
    ("SGD", "sgd", dict(lr=1e-4), "1.0715160204 2.6130844920 1.2982217226 2.6082798600"),
    ("Momentum", "momentum", dict(lr=1e-4, beta=0.9),
     "1.0481054587 2.1290248934 1.2535097941 2.3387535106"),
    ("RMSProp", "rmsprop", dict(lr=0.02, beta=0.9, eps=0.0),
     "1.6842610061 1.5398067493 3.3203860302 2.4502419695"),
    ("Adam .9/.9, uncorrected", "adam",
     dict(lr=1.0, beta1=0.9, beta2=0.9, eps=0.0, corrected=False),
     "6.4670837974 1.8679169604 26.4606604833 2.6756361705"),
    ("Adam .9/.99", "adam", dict(lr=1.0, beta1=0.9, beta2=0.99, eps=1e-8, corrected=True),
     "6.8617290572 2.0908097414 26.8749182919 2.1199156937"),
    ("Adam .9/.999", "adam", dict(lr=1.0, beta1=0.9, beta2=0.999, eps=1e-8, corrected=True),
     "6.8618139157 2.1197847579 27.9127570097 2.2365509940"),
]
OTHERS = [
    ("Heavy ball, lr 1e-5", "heavyball", dict(lr=1e-5, beta=0.9)),
    ("RMSProp, previous row's R", "rmsprop-previous", dict(lr=0.02, beta=0.9, eps=0.0)),
]
DEFAULT_ORDER = dict(literal=True, blend=False, powers="double", folded=False)


def run(kind, settings, dtype=np.float64, order=DEFAULT_ORDER, noise=None, start=(1, 1)):
    """The parameters [b, a] after each epoch, and a row per step."""
    f = dtype
    s = {k: v if isinstance(v, bool) else f(v) for k, v in settings.items()}

    def rest(beta_name):  # 1 - beta
        if order["literal"]:
            return f(round(1 - settings[beta_name], 12))
        return f(1) - s[beta_name]

    def average(old, new, beta_name):
        if order["blend"]:
            return old + rest(beta_name) * (new - old)
        return s[beta_name] * old + rest(beta_name) * new

    def correction(beta_name, t):  # 1 - beta^t
        if order["powers"] == "double":
            return f(1 - settings[beta_name] ** t)
        if order["powers"] == "rounded":
            return f(1) - f(settings[beta_name] ** t)
        return f(1) - s[beta_name] ** f(t)

    w = np.array(start, f)  # b, a
    S, R = np.zeros(2, f), np.zeros(2, f)
    ends, rows, t = [], [], 0
    for _ in range(5):
        for value in X:
            t += 1
            x, y = f(value), f(2 * value + 30)
            error = w[1] * x + w[0] - y
            g = f(2) * error * np.array([1, x], f)
            if noise is not None:
                g = (g * (f(1) + noise.uniform(-1, 1, 2).astype(f) * np.finfo(f).eps)).astype(f)
            if kind == "sgd":
                step = s["lr"] * g
            elif kind == "momentum":
                S = average(S, g, "beta")
                step = s["lr"] * S
            elif kind == "heavyball":
                S = s["beta"] * S + g
                step = s["lr"] * S
            elif kind == "rmsprop":
                R = average(R, g * g, "beta")
                step = s["lr"] * g / (np.sqrt(R) + s["eps"])
            elif kind == "rmsprop-previous":
                if t == 1:
                    R = g * g
                step = s["lr"] * g / np.sqrt(R)
                R = average(R, g * g, "beta")
            elif kind == "adam":
                S = average(S, g, "beta1")
                R = average(R, g * g, "beta2")
                if not s["corrected"]:
                    step = s["lr"] * S / (np.sqrt(R) + s["eps"])
                else:
                    c1, c2 = correction("beta1", t), correction("beta2", t)
                    if order["folded"]:
                        step = (s["lr"] / c1) * S / (np.sqrt(R) / np.sqrt(c2) + s["eps"])
                    else:
                        step = s["lr"] * (S / c1) / (np.sqrt(R / c2) + s["eps"])
            before = w
            w = w - step
            assert w.dtype == f and g.dtype == f and step.dtype == f
            rows.append(dict(x=value, y=2 * value + 30, before=before, gradient=g, S=S, R=R, step=step,
                             after=w))
        ends.append(w)
    return ends, rows


def pytorch(make, dtype=torch.float64, epochs=5):
    """The same with torch.optim, as a third opinion."""
    b, a = (torch.ones((), dtype=dtype, requires_grad=True) for _ in range(2))
    optimizer = make([b, a])
    ends = []
    for _ in range(epochs):
        for value in X:
            optimizer.zero_grad()
            ((a * value + b - (2 * value + 30)) ** 2).backward()
            optimizer.step()
        ends.append([b.item(), a.item()])
    return ends


# PyTorch's dampening starts the buffer at g, not at (1 - dampening) g, so its only form equal to the
# averaged momentum is the heavy ball with a tenth of the learning rate.
def heavy_ball(p):
    return torch.optim.SGD(p, lr=1e-5, momentum=0.9)


PYTORCH = {
    "SGD": lambda p: torch.optim.SGD(p, lr=1e-4),
    "Momentum": heavy_ball,
    "Heavy ball, lr 1e-5": heavy_ball,
    "RMSProp": lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=0.0),
    "Adam .9/.99": lambda p: torch.optim.Adam(p, lr=1.0, betas=(0.9, 0.99), eps=1e-8),
    "Adam .9/.999": lambda p: torch.optim.Adam(p, lr=1.0, betas=(0.9, 0.999), eps=1e-8),
}

orders = [
    dict(literal=literal, blend=blend, powers=powers, folded=folded)
    for literal, blend, powers, folded in itertools.product(
        [True, False], [True, False], ["double", "rounded", "single"], [True, False])
]


def gap(ends, wanted):
    return np.abs(np.array([ends[0], ends[4]], np.float64) - wanted)


def show(label, values):
    print(f"  {label:34}", *(f"{v:.1e}" for v in values.flatten()))


def rounded_up(value):
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(f"{next(m for m in (1, 2, 5, 10) if m * power >= value * 0.999) * power:.0e}")


figures = []
for name, kind, settings, *printed in TABLE + OTHERS:
    ends, rows = run(kind, settings)
    wanted = np.array([ends[0], ends[4]])
    print(f"\n{name}\n  double: epoch 1 {wanted[0]}, epoch 5 {wanted[1]}")
    if printed:
        ours = [f"{v:.10f}" for v in wanted.flatten()]
        assert ours == printed[0].split(), (ours, printed)
        print("  the 4 printed values of the notes: equal to all digits")
    if name in PYTORCH:
        third = gap(pytorch(PYTORCH[name]), wanted)
        show("torch, double: distance", third)
        assert third.max() < 1e-9

    # How many times an error in the start has grown (above 1 and rising: chaotic).
    growth = np.max([gap(run(kind, settings, start=start)[0], wanted) / 1e-6
                     for start in [(1 + 1e-6, 1), (1, 1 + 1e-6)]], axis=0)
    show("growth of an error in the start", growth)

    plain = gap(run(kind, settings, np.float32)[0], wanted)
    by_order = np.array([gap(run(kind, settings, np.float32, order)[0], wanted) for order in orders])
    by_noise = np.max([gap(run(kind, settings, np.float32, noise=np.random.default_rng(seed))[0], wanted)
                       for seed in range(200)], axis=0)
    # Both 1 - beta and 1 - beta^t from the double beta, or both from the Float32 beta.
    agreeing = by_order[[(order["literal"], order["powers"]) in [(True, "double"), (False, "single")]
                         for order in orders]].max(axis=0)
    show("Float32", plain)
    show("Float32, 1-b and 1-b^t agree", agreeing)
    show("Float32, all orders", by_order.max(axis=0))
    show("Float32, gradients disturbed", by_noise)
    agreeing = np.maximum(agreeing, by_noise)
    if name in PYTORCH:
        single = gap(pytorch(PYTORCH[name], torch.float32), wanted)
        show("torch, Float32", single)
        agreeing = np.maximum(agreeing, single)
    any_order = np.maximum(agreeing, by_order.max(axis=0))
    # Ten times the largest deviation seen, and never below 2e-6 (about ten units in the last place).
    tolerance, loose = (np.vectorize(lambda v: rounded_up(max(10 * v, 2e-6)))(largest)
                        for largest in (agreeing, any_order))
    show("tolerance", tolerance)
    show("tolerance, any order", loose)

    figures.append(dict(
        name=name, kind=kind, settings=settings,
        epoch1=wanted[0].tolist(), epoch5=wanted[1].tolist(),
        float32Deviation=dict(epoch1=[float(f"{v:.2e}") for v in agreeing[0]],
                              epoch5=[float(f"{v:.2e}") for v in agreeing[1]]),
        tolerance=dict(epoch1=tolerance[0].tolist(), epoch5=tolerance[1].tolist()),
        toleranceOfAnyOrder=dict(epoch1=loose[0].tolist(), epoch5=loose[1].tolist()),
        firstSteps=[{k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in row.items()}
                    for row in rows[:3]]))

note = "Pairs are [b, a] = [intercept, slope]. Made by xl29.py in double precision."
text = json.dumps(dict(note=note, x=X, start=[1.0, 1.0], optimizers=figures), indent=1)
# One line for each list of numbers.
text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
pathlib.Path(__file__).with_suffix(".json").write_text(text + "\n")
