"""Singular values and principal components, made with PyTorch in double precision.

    python Tests/References/decompositions.py [--seed 0] [--out Tests/References]

Shapes and values are drawn from the seed; the matrices are exact Float32 values. Writes decompositions.json. Singular
vectors are determined only as well as the values lie apart, so the matrices are built with values about 1 apart;
a vector's sign is free, and here the largest number of each row of V^T is positive. Matrices with equal or zero
values (`vectors` false) have only their singular values compared. Principal components are worked out twice: from
the centred matrix's singular values and from its covariance.
"""

import argparse
import json
import pathlib

import torch

from cases import Random, numbers

SHAPES = [("square", lambda r: (r.size(3, 5),) * 2), ("tall", lambda r: (r.size(6, 12), r.size(2, 4))),
          ("wide", lambda r: (r.size(2, 4), r.size(6, 12))), ("one row", lambda r: (1, r.size(2, 6))),
          ("one column", lambda r: (r.size(2, 6), 1)), ("one number", lambda r: (1, 1)),
          ("drawn", lambda r: (r.size(1, 6), r.size(1, 6))), ("drawn", lambda r: (r.size(1, 6), r.size(1, 6)))]


def apart(r, m, n):
    """A matrix with singular values that lie apart."""
    u, _, vt = torch.linalg.svd(r.normal(m, n), full_matrices=False)
    k = min(m, n)
    s = torch.arange(k, 0, -1).double() + r.uniform(0, 0.5, k)
    return r.float32((u @ torch.diag(s) @ vt).numpy())


def signed(u, vt):
    largest = vt.gather(1, vt.abs().argmax(1, keepdim=True))
    sign = torch.sign(largest)
    return u * sign.T, vt * sign


def svd_cases(r):
    for about, shape in SHAPES:
        yield about, apart(r, *shape(r)), True
    a = r.normal(4, 1) @ r.normal(1, 3)
    yield "rank 1", r.float32(a.numpy()), False
    yield "zeros", r.float32(torch.zeros(2, 3).numpy()), False
    yield "equal values", r.float32((2 * torch.eye(3)).numpy()), False


def pca_cases(r):
    for about, shape in [("more rows", (r.size(6, 10), r.size(2, 4))), ("more features", (r.size(3, 4), r.size(5, 8))),
                         ("one feature", (r.size(3, 8), 1)), ("two rows", (2, r.size(2, 5)))]:
        # Centred, so that the values stay apart, and then moved.
        n, features = shape
        centre = torch.eye(n).double() - 1 / n
        rank = min(n - 1, features)
        u, _, vt = torch.linalg.svd(centre @ r.normal(n, features), full_matrices=False)
        s = torch.arange(rank, 0, -1).double() + r.uniform(0, 0.5, rank)
        x = u[:, :rank] @ torch.diag(s) @ vt[:rank] + r.normal(features)
        yield about, r.float32(x.numpy()), rank


def write(folder, seed):
    r = Random(seed, "decompositions")
    svd, pca = [], []
    for about, a, vectors in svd_cases(r):
        u, s, vt = torch.linalg.svd(a, full_matrices=False)
        u, vt = signed(u, vt)
        c = dict(about=about, matrix=numbers(a, single=True), s=numbers(s), vectors=vectors)
        if vectors:
            c |= dict(u=numbers(u), vt=numbers(vt))
        svd.append(json.dumps(c, separators=(",", ":")))
    for about, x, rank in pca_cases(r):
        mean = x.mean(0)
        u, s, vt = torch.linalg.svd(x - mean, full_matrices=False)
        u, vt = signed(u[:, :rank], vt[:rank])
        variances = s[:rank]**2 / (len(x) - 1)
        shares = s[:rank]**2 / (s**2).sum()
        from_covariance = torch.linalg.eigvalsh(torch.atleast_2d(torch.cov(x.T))).flip(0)[:rank]
        assert torch.allclose(from_covariance, variances, atol=1e-9)
        pca.append(json.dumps(dict(
            about=about, rows=numbers(x, single=True), mean=numbers(mean), components=numbers(vt),
            variances=numbers(variances), shares=numbers(shares), projected=numbers((x - mean) @ vt.T)),
            separators=(",", ":")))
    text = '{"svd":[\n' + ",\n".join(svd) + '\n],"pca":[\n' + ",\n".join(pca) + "\n]}\n"
    (pathlib.Path(folder) / "decompositions.json").write_text(text)
    print(f"decompositions: {len(svd)} of singular values, {len(pca)} of principal components, {len(text)} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    write(options.out, options.seed)
