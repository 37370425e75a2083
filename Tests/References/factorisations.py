"""Alternating least squares and canonical correlations, made with NumPy in double precision.

    python Tests/References/factorisations.py

`als`: ratings of some of the cells of a small table, factors to start from, and the tables after three sweeps.
Each user's and item's part is worked out by numpy.linalg.lstsq on the ratings with one more row, sqrt(lambda) on the
diagonal, for each weight: the same minimum as the normal equations, found another way.
`canonical`: correlations from the QR bases of the centred columns (Björck and Golub 1973), and once more from the
eigenvalues of Sxx^-1 Sxy Syy^-1 Syx; both must agree. Writes factorisations.json.
"""

import json
import pathlib

import numpy as np


def numbers(x):
    return dict(shape=list(x.shape), values=[float(f"{v:.9g}") for v in np.asarray(x, np.float64).ravel()])


def als_case(about, seed, users, items, factors, penalty, has_bias, share):
    r = np.random.default_rng(seed)
    cells = [(u, i) for u in range(1, users + 1) for i in range(1, items + 1) if r.uniform() < share or u == i]
    # One decimal each, so that they are short; float32 rounds them, and so do we.
    ratings = np.float32(np.round(r.normal(0, 1.5, len(cells)), 1)).astype(np.float64)
    start = np.float32(np.round(r.normal(0, 0.5, (items + 1, factors)), 2)).astype(np.float64)
    width = factors + has_bias
    tables = [np.zeros((users + 1, width)), np.concatenate([start, np.zeros((items + 1, has_bias))], 1)]

    def half(side):
        other = tables[1 - side]
        for row in range(len(tables[side])):
            met = [(c[1 - side], y) for c, y in zip(cells, ratings) if c[side] == row]
            x = np.array([other[o] for o, _ in met]).reshape(len(met), width)
            y = np.array([y for _, y in met])
            if has_bias and met:
                y = y - x[:, -1]
                x = np.concatenate([x[:, :-1], np.ones((len(met), 1))], 1)
            x = np.concatenate([x, np.sqrt(penalty) * np.eye(width)])
            tables[side][row] = np.linalg.lstsq(x, np.concatenate([y, np.zeros(width)]), rcond=None)[0]

    def objective():
        u, v = tables
        error = 0.0
        for (a, b), y in zip(cells, ratings):
            p = u[a, :factors] @ v[b, :factors] + (u[a, -1] + v[b, -1] if has_bias else 0)
            error += (y - p) ** 2
        return error + penalty * sum((t**2).sum() for t in tables)

    objectives = []
    for _ in range(3):
        half(0)
        half(1)
        objectives.append(float(f"{objective():.12g}"))
    return dict(
        about=about, users=[c[0] for c in cells], items=[c[1] for c in cells], ratings=ratings.tolist(),
        penalty=penalty, hasBias=bool(has_bias), start=numbers(start), objectives=objectives,
        userFactors=numbers(tables[0][:, :factors]), itemFactors=numbers(tables[1][:, :factors]),
        userBias=numbers(tables[0][:, -1] if has_bias else np.zeros(users + 1)),
        itemBias=numbers(tables[1][:, -1] if has_bias else np.zeros(items + 1)))


def canonical_case(about, x, y):
    x, y = (np.float32(a).astype(np.float64) for a in (x, y))
    xc, yc = x - x.mean(0), y - y.mean(0)
    s = np.linalg.svd(np.linalg.qr(xc)[0].T @ np.linalg.qr(yc)[0], compute_uv=False)
    xy = xc.T @ yc
    m = np.linalg.solve(xc.T @ xc, xy) @ np.linalg.solve(yc.T @ yc, xy.T)
    e = np.sort(np.sqrt(np.clip(np.linalg.eigvals(m).real, 0, None)))[::-1][:len(s)]
    assert np.allclose(s, e, atol=1e-7), (s, e)
    return dict(about=about, x=numbers(x), y=numbers(y), correlations=numbers(s))


r = np.random.default_rng(0)
z = r.normal(size=(30, 3))
report = dict(
    about="Made by factorisations.py, which says how.",
    als=[
        als_case("with biases", 1, 6, 5, 2, 0.3, 1, 0.6),
        als_case("without biases", 2, 5, 7, 3, 0.1, 0, 0.5),
        als_case("fewer ratings than factors", 3, 4, 4, 5, 1.0, 1, 0.2)],
    canonical=[
        canonical_case("chance", r.normal(size=(20, 3)), r.normal(size=(20, 2))),
        canonical_case("partly", z @ r.normal(size=(3, 4))[:, :3] + r.normal(size=(30, 3)), z + 5),
        canonical_case("one column", z, z @ [[1.0], [2.0], [-1.0]] + r.normal(size=(30, 1))),
        canonical_case("turned", z @ np.linalg.qr(r.normal(size=(3, 3)))[0] + 1, z)])
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(report).replace('{"about"', '\n{"about"') + "\n")
