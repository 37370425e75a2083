"""Writes the 8x8 digits that ship with the package, in MNIST's IDX format.

    python Tests/References/digits.py [--out Sources/DataPipeline/Resources/digits]

Source: scikit-learn's `load_digits`, which is the UCI test set of 1,797 images, in its order.
"""

import argparse
import gzip
import hashlib
import io
import pathlib
import struct

import numpy as np
import sklearn
from sklearn.datasets import load_digits

ROOT = pathlib.Path(__file__).resolve().parents[2]


def idx(array):
    """IDX bytes: two zeros, 0x08 (unsigned byte), the number of axes, sizes big-endian, values."""
    header = struct.pack(">HBB", 0, 8, array.ndim)
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(np.uint8).tobytes()


def gzipped(data):
    """No time and no name in the header, so that the same input gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write(data)
    return buffer.getvalue()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


parser = argparse.ArgumentParser()
parser.add_argument("--out", default=ROOT / "Sources/DataPipeline/Resources/digits")
folder = pathlib.Path(parser.parse_args().out)
folder.mkdir(parents=True, exist_ok=True)

digits = load_digits()
assert digits.images.shape == (1797, 8, 8) and digits.images.min() == 0 and digits.images.max() == 16
assert np.array_equal(digits.images, digits.images.astype(np.uint8))

lines = []
for name, array in [
    ("digits-images-idx3-ubyte", digits.images),
    ("digits-labels-idx1-ubyte", digits.target),
]:
    raw = idx(array)
    packed = gzipped(raw)
    (folder / f"{name}.gz").write_bytes(packed)
    lines += [f"{sha256(packed)}  {name}.gz", f"{sha256(raw)}  {name} (unpacked)"]

counts = "\n".join(f"  {c}: {n}" for c, n in enumerate(np.bincount(digits.target)))
(folder / "SOURCE.txt").write_text(
    f"""Handwritten digits, 1,797 images of 8 x 8 pixels, values 0 to 16.

E. Alpaydin, C. Kaynak: "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository,
1998, https://doi.org/10.24432/C50P49. Licence: Creative Commons Attribution 4.0 (CC BY 4.0),
https://creativecommons.org/licenses/by/4.0/

These are the images of the UCI test set as scikit-learn {sklearn.__version__} ships them
(sklearn.datasets.load_digits), in its order. Only the container was changed: MNIST's IDX format
(big-endian; magic 0x00000803 and 0x00000801), packed with gzip. Made by Tests/References/digits.py.

sha256
{chr(10).join(lines)}

Images of each class
{counts}
"""
)
print((folder / "SOURCE.txt").read_text())
