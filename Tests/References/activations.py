"""Cases of activation functions. `operations.py` writes them."""

from torch.nn import functional as F

from cases import case, exact

CASES = {}


def layer(function):
    CASES[function.__name__] = function
    return function


def shapes(r):
    return [("matrix", [r.size(2, 4), r.size(2, 5)]), ("scalar", []), ("one row", [1, r.size(2, 9)]),
            ("image", [r.size(1, 2), r.size(1, 3), r.size(2, 3), r.size(2, 4)]), ("longer", [r.size(17, 35)])]


FAR = [-60.0, -12.0, -5.0, -1.0, -1e-6, 0.0, 1e-6, 1.0, 1.3125, 5.0, 12.0, 60.0]


@layer
def gelu(r):
    for form in ["none", "tanh"]:
        for about, shape in shapes(r):
            yield case(f"{about}, {form}", [r.normal(*shape, scale=2)], lambda x, f=form: F.gelu(x, approximate=f),
                       dict(form=form))
        yield case(f"far out, {form}", [exact(FAR)], lambda x, f=form: F.gelu(x, approximate=f), dict(form=form))


@layer
def elu(r):
    for about, shape in shapes(r):
        alpha = r.decimal(0.1, 2)
        yield case(about, [r.signed(0.01, 3, *shape)], lambda x, a=alpha: F.elu(x, a), dict(alpha=alpha))
    yield case("far out; at 0 the derivative is alpha", [exact(FAR)], lambda x: F.elu(x, 0.5), dict(alpha=0.5), kink=True)


@layer
def softplus(r):
    for about, shape in shapes(r):
        beta, threshold = r.decimal(0.3, 3), r.decimal(10, 30)
        yield case(about, [r.normal(*shape, scale=2)], lambda x, b=beta, t=threshold: F.softplus(x, b, t),
                   dict(beta=beta, threshold=threshold))
    yield case("far out", [exact(FAR + [500.0, -500.0])], F.softplus, dict(beta=1.0, threshold=20.0))
    yield case("a threshold beyond e^x", [exact([90.0, 600.0, -600.0])], lambda x: F.softplus(x, 1, 1000),
               dict(beta=1.0, threshold=1000.0))
    yield case("a negative beta", [r.normal(2, 3)], lambda x: F.softplus(x, -2), dict(beta=-2.0, threshold=20.0))
    yield case("straight above a low threshold", [exact([-1.0, 0.0, 0.25, 0.75, 2.0])], lambda x: F.softplus(x, 2, 1),
               dict(beta=2.0, threshold=1.0), kink=True)


@layer
def relu6(r):
    for about, shape in shapes(r):
        x = r.signed(0.01, 2.9, *shape) + 3 * (r.size(0, 1))
        yield case(about, [r.float32(x.numpy())], F.relu6)
    yield case("at 0 and at 6 the derivative is 0", [exact([-1.0, 0.0, 3.0, 6.0, 7.0])], F.relu6, kink=True)
