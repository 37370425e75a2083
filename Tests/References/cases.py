"""What the modules of `operations.py` share: drawing values and shapes, and writing cases."""

import json
import types
import zlib

import numpy as np
import torch

torch.set_num_threads(1)


class Random:
    """Tensors of Float32 values, as doubles, and sizes."""

    def __init__(self, seed, name):
        self.generator = np.random.default_rng([seed, zlib.crc32(name.encode())])

    def normal(self, *shape, scale=1.0):
        return self.float32(self.generator.normal(0, scale, shape))

    def uniform(self, low, high, *shape):
        return self.float32(self.generator.uniform(low, high, shape))

    def signed(self, low, high, *shape):
        """Away from zero, on both sides."""
        sign = self.generator.choice([-1.0, 1.0], shape)
        return self.float32(sign * self.generator.uniform(low, high, shape))

    def distinct(self, *shape):
        """Between -2 and 2, no two values close together, so that a maximum has one place."""
        count = int(np.prod(shape))
        steps = self.generator.permutation(count) + self.generator.uniform(0, 0.5, count)
        return self.float32((4 * steps / count - 2).reshape(shape))

    def labels(self, count, classes):
        return self.generator.integers(0, classes, count).tolist()

    def size(self, low, high):
        """Any of low ... high."""
        return int(self.generator.integers(low, high + 1))

    def shape(self, least, most, high=4):
        """Of least ... most axes, each 1 ... high long."""
        return [self.size(1, high) for _ in range(self.size(least, most))]

    def axis(self, shape):
        """Any axis, counted from either end."""
        return self.size(-len(shape), len(shape) - 1)

    def decimal(self, low, high):
        return round(float(self.generator.uniform(low, high)), 2)

    def sizes(self, condition, **ranges):
        """Sizes within the ranges, drawn anew until the condition holds."""
        for _ in range(100_000):
            drawn = types.SimpleNamespace(**{name: self.size(*ends) for name, ends in ranges.items()})
            if condition(drawn):
                return drawn
        raise ValueError("no sizes meet the condition")

    def float32(self, values):
        return torch.from_numpy(np.asarray(values, np.float32).astype(np.float64))


def exact(values):
    return torch.tensor(values, dtype=torch.float32).double()


def case(about, inputs, compute, arguments=None, labels=None, constants=0, kink=False):
    """`compute` gives the output, or the output and a dictionary of the state that it leaves."""
    return dict(about=about, inputs=inputs, compute=compute, arguments=arguments or {}, labels=labels,
                constants=constants, kink=kink)


def numbers(tensor, single=False):
    """Shape and values in order of memory; Float32 inputs in their shortest exact form."""
    flat = tensor.detach().contiguous().flatten().tolist()
    values = [str(np.float32(v)) if single else f"{v:.9g}" for v in flat]
    return dict(shape=list(tensor.shape), values=[float(v) + 0.0 for v in values])


def results(c, inputs, upstream=None, upstream_state=None, r=None):
    """Output, state and gradients; what comes from above is drawn if it is not given."""
    free = inputs[:len(inputs) - c["constants"]]
    output, state = split(c["compute"](*inputs))
    if r is not None:
        upstream = r.normal(*output.shape)
        upstream_state = {name: r.normal(*s.shape) for name, s in state.items() if s.requires_grad}
    total = (output * upstream.to(output.dtype)).sum()
    for name, u in upstream_state.items():
        total = total + (state[name] * u.to(output.dtype)).sum()
    return output, state, torch.autograd.grad(total, free), upstream, upstream_state


def split(computed):
    return computed if isinstance(computed, tuple) else (computed, {})


def written(name, c, r):
    """The case as it is stored, and how far PyTorch in Float32 is from it."""
    free = len(c["inputs"]) - c["constants"]
    inputs = [x.clone().requires_grad_(i < free) for i, x in enumerate(c["inputs"])]
    output, state, gradients, upstream, upstream_state = results(c, inputs, r=r)
    assert all(torch.isfinite(x).all() for x in [output, *state.values(), *gradients])

    def differentiable(*x):
        output, state = split(c["compute"](*x, *inputs[free:]))
        return output, *(s for s in state.values() if s.requires_grad)

    if not c["kink"]:
        torch.autograd.gradcheck(differentiable, inputs[:free], atol=1e-5)
    arguments = {key: numbers(a, single=True) if torch.is_tensor(a) else a for key, a in c["arguments"].items()}
    result = dict(operation=name, about=c["about"], arguments=arguments,
                  inputs=[numbers(x, single=True) for x in inputs])
    for x, stored in zip(inputs, result["inputs"]):
        again = torch.tensor(stored["values"], dtype=torch.float32).double().reshape(stored["shape"])
        assert torch.equal(again, x.detach())
    if c["labels"] is not None:
        result["labels"] = c["labels"]
    if not c["about"]:
        del result["about"]
    result |= dict(upstream=numbers(upstream, single=True), output=numbers(output),
                   gradients=[numbers(g) for g in gradients])
    if upstream_state:
        result["upstreamState"] = {key: numbers(u, single=True) for key, u in upstream_state.items()}
    if state:
        result["state"] = {key: numbers(s) for key, s in state.items()}

    singles = [x.detach().float().requires_grad_(x.requires_grad) for x in inputs]
    other, other_state, other_gradients, _, _ = results(c, singles, upstream, upstream_state)
    pairs = zip([output, *state.values(), *gradients], [other, *other_state.values(), *other_gradients])
    deviation = max(((b - a).abs() / (1 + a.abs())).max().item() for a, b in pairs if a.numel())
    return result, deviation


def write(folder, operations, seed):
    """One file an operation."""
    folder.mkdir(parents=True, exist_ok=True)
    count = size = 0
    for name, cases in operations.items():
        r = Random(seed, name if folder.name == "operations" else f"{folder.name}/{name}")
        stored = [written(name, c, r) for c in cases(r)]
        lines = [json.dumps(result, separators=(",", ":")) for result, _ in stored]
        text = "[\n" + ",\n".join(lines) + "\n]\n"
        assert len(text) < 50_000, f"{name}: {len(text)} bytes"
        (folder / f"{name}.json").write_text(text)
        count += len(lines)
        size += len(text)
        print(f"{folder.name + '/' + name:36} {len(lines):3} cases {len(text):6} bytes, "
              f"Float32 within {max(d for _, d in stored):.1e}")
    print(f"{folder.name}: {len(operations)} operations, {count} cases, {size} bytes")
