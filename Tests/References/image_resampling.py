"""Resampled pictures and masks by PyTorch, the maps of the course's transforms, and light: image_resampling.json.

`samples`: torch.nn.functional.grid_sample(align_corners=False) of one small picture and mask on the grid that a 3 x 3
matrix makes of the normalised places of the new pixels, in double precision. `areas`: means over areas as a product with
a matrix of shares. `maps`: where fastai 1.0.61 (its source in the folder named by --fastai) looks in the old picture
for nine places of the new one, by its own functions. `lights`: its lighting, sigmoid(contrast * (logit(x) + b)).
"""
import argparse, json, math, pathlib, re, sys, types
import numpy as np
import torch
from torch.nn.functional import grid_sample

options = argparse.ArgumentParser()
options.add_argument("--fastai", required=True, help="the folder fastai of fastai 1.0.61's source")
fastai = pathlib.Path(options.parse_args().fastai)
torch.set_num_threads(1)
random = np.random.default_rng(7)
numbers = lambda a: [float(f"{v:.7g}") for v in np.asarray(a, dtype=np.float64).ravel()]

width, height = 11, 9  # odd: no place falls between two pixels
picture = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
mask = random.integers(0, 12, (height, width), dtype=np.uint8)


def grid(matrix, w, h):
    x, y = np.meshgrid((np.arange(w) + 0.5) * 2 / w - 1, (np.arange(h) + 0.5) * 2 / h - 1)
    places = np.stack([x, y, np.ones_like(x)], -1) @ np.array(matrix).reshape(3, 3).T
    return torch.tensor(places[..., :2] / places[..., 2:])[None]


def sampled(matrix, w, h, mode):
    g = grid(matrix, w, h)
    x = torch.tensor(picture / 255.0).permute(2, 0, 1)[None]
    m = torch.tensor(mask.astype(np.float64))[None, None]
    soft = grid_sample(x, g, mode="bilinear", padding_mode=mode, align_corners=False)[0]
    hard = grid_sample(m, g, mode="nearest", padding_mode=mode, align_corners=False)[0, 0]
    return numbers(soft), [int(v) for v in hard.ravel()]


turn = math.radians(17)
matrices = {
    "nothing": [1, 0, 0, 0, 1, 0, 0, 0, 1],
    "mirror image": [-1, 0, 0, 0, 1, 0, 0, 0, 1],
    "turn": [math.cos(turn), -math.sin(turn), 0, math.sin(turn), math.cos(turn), 0, 0, 0, 1],
    "far outside": [3.1, 0.2, 1.4, -0.3, 2.7, -2.2, 0, 0, 1],
    "perspective": [1.1, 0.07, -0.05, -0.02, 0.93, 0.11, 0.13, -0.17, 1],
    "all together": [-0.81, 0.22, 0.31, 0.25, 0.77, -0.28, -0.09, 0.21, 1.05],
}
samples = []
for name, matrix in matrices.items():
    for mode in ("zeros", "border", "reflection"):
        for w, h in ((width, height), (7, 13)):
            soft, hard = sampled(matrix, w, h, mode)
            samples.append({"name": name, "map": matrix, "padding": mode, "width": w, "height": h,
                            "picture": soft, "mask": hard})

def shares(source, target):
    """Rows: the share of each source pixel in a target pixel's area, as intervals overlap."""
    edges = np.arange(target + 1) * source / target
    a = np.minimum(edges[1:, None], np.arange(1, source + 1)) - np.maximum(edges[:-1, None], np.arange(source))
    return a.clip(0) / (source / target)

areas = []
big = random.integers(0, 256, (30, 44, 1), dtype=np.uint8)
for w, h in ((22, 15), (11, 10), (44, 30), (14, 6)):
    # Shrunk by a whole factor on each side (nearest size), then sampled between the new pixels.
    fx, fy = max(1, 44 // w), max(1, 30 // h)
    sw, sh = (44 + fx // 2) // fx, (30 + fy // 2) // fy
    small = shares(30, sh) @ (big[..., 0] / 255.0) @ shares(44, sw).T
    out = grid_sample(torch.tensor(small)[None, None], grid(np.eye(3).ravel(), w, h), mode="bilinear",
                      padding_mode="border", align_corners=False)
    areas.append({"width": w, "height": h, "values": numbers(out)})

# The course's own functions, cut from its source: the library itself wants an older PyTorch.
source = (fastai / "vision" / "transform.py").read_text()
image = (fastai / "vision" / "image.py").read_text()
names = ["_rotate", "_get_zoom_mat", "_zoom", "_dihedral_affine", "_find_coeffs", "_apply_perspective",
         "_do_perspective_warp", "_symmetric_warp"]
space = {"torch": torch, "math": math, "cos": math.cos, "sin": math.sin, "FloatTensor": torch.DoubleTensor,
         "_solve_func": lambda b, a: (torch.linalg.solve(a, b), None), "partial": lambda *a, **k: None,
         "uniform": None, "uniform_int": None, "listify": lambda p, n: list(p), "TfmAffine": object,
         "AffineMatrix": object, "Points": object, "Tensor": object, "FlowField": object,
         "_orig_pts": [[-1, -1], [-1, 1], [1, -1], [1, 1]]}
for text, wanted in ((source, names), (image, ["_affine_mult"])):
    for name in wanted:
        body = re.search(rf"^def {name}\(.*?(?=^\S)", text, re.S | re.M).group(0)
        exec(body, space)

places = [[x, y] for y in (-0.9, 0.1, 0.8) for x in (-0.7, 0.0, 0.6)]


def flow(size=(30, 40)):
    return types.SimpleNamespace(size=size, flow=torch.tensor(places, dtype=torch.float64))


def affine(matrix):
    return space["_affine_mult"](flow(), torch.tensor(matrix, dtype=torch.float64)).flow


maps = []
for degrees in (-10, 3.5, 90):
    maps.append({"kind": "rotation", "numbers": [degrees], "looks_at": numbers(affine(space["_rotate"](degrees)))})
for scale, row, column in ((1.1, 0.5, 0.5), (1.3, 0.2, 0.9), (0.8, 1, 0)):
    maps.append({"kind": "zoom", "numbers": [scale, row, column],
                 "looks_at": numbers(affine(space["_zoom"](scale, row, column)))})
for k in range(8):
    maps.append({"kind": "dihedral", "numbers": [k],
                 "looks_at": numbers(affine([[float(v) for v in r] for r in space["_dihedral_affine"](k)]))})
for m in ([0.2, -0.1, 0.05, 0.15], [-0.2, -0.2, 0.2, 0.2], [0, 0, 0, 0.2]):
    maps.append({"kind": "warp", "numbers": m, "looks_at": numbers(space["_symmetric_warp"](flow(), m).flow)})
# In a square: elsewhere the course turns the place of a zoom without regard to the proportions.
together = space["_affine_mult"](
    space["_symmetric_warp"](flow((40, 40)), [0.2, -0.1, 0.05, 0.15]),
    torch.tensor(space["_rotate"](7), dtype=torch.float64) @ torch.tensor(space["_zoom"](1.2, 0.3, 0.6), dtype=torch.float64))
maps.append({"kind": "turn, zoom, warp", "numbers": [7, 1.2, 0.3, 0.6, 0.2, -0.1, 0.05, 0.15],
             "looks_at": numbers(together.flow)})

lights = []
x = torch.arange(256, dtype=torch.float64) / 255
logit = torch.logit(x.clamp(1e-7, 1 - 1e-7))
for change, contrast in ((0.4, 1.0), (0.6, 1.25), (0.5, 0.8), (0.55, 1.1)):
    y = torch.sigmoid((logit + math.log(change / (1 - change))) * contrast)
    lights.append({"change": change, "contrast": contrast, "values": numbers(y)})

pathlib.Path(__file__).with_name("image_resampling.json").write_text(json.dumps({
    "width": width, "height": height, "picture": picture.ravel().tolist(), "mask": mask.ravel().tolist(),
    "samples": samples, "big": big.ravel().tolist(), "areas": areas, "places": places, "maps": maps,
    "lights": lights}).replace('{"name', '\n{"name').replace('{"kind', '\n{"kind') + "\n")
