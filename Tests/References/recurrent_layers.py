"""Cases of recurrent layers: several layers, batch first, state given and returned. `operations.py` writes them.

Inputs: x [n, t, features], h0 [layers, n, hidden] (and c0), then for each layer w_ih, w_hh, b_ih, b_hh as in PyTorch.
"""

import math

import torch

from cases import case

CASES = {}

EDGES = [
    ("batch 1", lambda s: s.n == 1),
    ("one step", lambda s: s.t == 1),
    ("one feature, one hidden unit", lambda s: s.features == s.hidden == 1),
    ("two layers", lambda s: s.layers == 2),
    ("three layers", lambda s: s.layers == 3),
    ("from zero", lambda s: True),
    ("longer", lambda s: s.t > 7),
    ("drawn", lambda s: True),
]
RANGES = dict(n=(1, 3), t=(1, 9), features=(1, 4), hidden=(1, 4), layers=(1, 3))


def recurrent(r, gates, compute, states, arguments=None, most=140, accepts=lambda s, inputs: True):
    """`most` keeps the cases small: the count of numbers in inputs and output."""

    def count(s):
        weights = sum(gates * s.hidden * ((s.features if i == 0 else s.hidden) + s.hidden + 2) for i in range(s.layers))
        return s.n * (s.t * (s.features + s.hidden) + 2 * states * s.layers * s.hidden) + weights

    kinds = [(about, meets, {}, most * 3 // 2 if about == "three layers" else most) for about, meets in EDGES]
    kinds.append(("wider", lambda s: True, dict(n=(1, 2), t=(2, 3), features=(5, 7), layers=(1, 1),
                                                hidden=(9, 11) if gates == 1 else (5, 7)), 230 if gates == 1 else 360))
    for about, meets, other, limit in kinds:
        s = r.sizes(lambda s: meets(s) and 8 <= count(s) <= limit, **(RANGES | other))
        while True:
            bound = 1 / math.sqrt(s.hidden)
            inputs = [r.normal(s.n, s.t, s.features)]
            inputs += [r.normal(s.layers, s.n, s.hidden, scale=0 if about == "from zero" else 0.5)
                       for _ in range(states)]
            for i in range(s.layers):
                inputs += [r.uniform(-bound, bound, gates * s.hidden, s.hidden if i else s.features),
                           r.uniform(-bound, bound, gates * s.hidden, s.hidden),
                           r.uniform(-bound, bound, gates * s.hidden), r.uniform(-bound, bound, gates * s.hidden)]
            if accepts(s, inputs):
                break
        yield case(about, inputs, lambda *x, s=s: compute(x[0], x[1:1 + states], x[1 + states:], s.layers),
                   dict(layers=s.layers, hidden=s.hidden, batchFirst=True) | (arguments or {}))


def one_state(function):
    """Biases, no dropout, not in training, one direction, batch first."""

    def compute(x, states, parameters, layers):
        y, h = function(x, states[0], parameters, True, layers, 0.0, False, False, True)
        return y, dict(h_n=h)

    return compute


def away_from_kinks(s, inputs):
    """No unit of the ReLU network is close to zero before its activation."""
    x = inputs[0]
    for i in range(s.layers):
        w, u, b, c = inputs[2 + 4 * i:6 + 4 * i]
        h, steps = inputs[1][i], []
        for t in range(s.t):
            z = x[:, t] @ w.T + b + h @ u.T + c
            if z.abs().min() < 1e-3:
                return False
            h = z.relu()
            steps.append(h)
        x = torch.stack(steps, 1)
    return True


def rnn(r):
    yield from recurrent(r, 1, one_state(torch.rnn_tanh), 1, dict(activation="tanh"), most=50)
    yield from recurrent(r, 1, one_state(torch.rnn_relu), 1, dict(activation="relu"), most=50,
                         accepts=away_from_kinks)


def gru(r):
    """Gates in the order reset, update, new."""
    yield from recurrent(r, 3, one_state(torch.gru), 1)


def lstm(r):
    """Gates in the order input, forget, cell, output."""

    def compute(x, states, parameters, layers):
        y, h, c = torch.lstm(x, states, parameters, True, layers, 0.0, False, False, True)
        return y, dict(h_n=h, c_n=c)

    yield from recurrent(r, 4, compute, 2)


CASES |= dict(rnn=rnn, gru=gru, lstm=lstm)
