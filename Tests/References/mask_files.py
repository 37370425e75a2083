"""PNG files whose samples are class numbers, in every depth, form, filter and order of rows: mask_files.json.

The writer below is the PNG specification's; `numbers` is what it was given. Pillow reads back those that it does not scale.
"""
import base64, io, json, pathlib, struct, zlib
import numpy as np
from PIL import Image

random = np.random.default_rng(8)
cases = []


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, depth):
    """Rows of samples [rows, columns, samples a pixel] as bytes."""
    rows = samples.reshape(len(samples), -1)
    if depth == 16:
        return rows.astype(">u2").view(np.uint8).reshape(len(rows), -1)
    bits = (rows[..., None] >> np.arange(depth)[::-1]) & 1
    return np.packbits(bits.reshape(len(rows), -1).astype(np.uint8), axis=1)


def filtered(rows, step):
    """Each row with another of the five filters."""
    out, above = b"", np.zeros(rows.shape[1], int)
    for number, row in enumerate(rows.astype(int)):
        kind = (number + 1) % 5
        left = np.concatenate([np.zeros(step, int), row[:-step]])[:len(row)]
        corner = np.concatenate([np.zeros(step, int), above[:-step]])[:len(row)]
        guess = left + above - corner
        a, b, c = abs(guess - left), abs(guess - above), abs(guess - corner)
        paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, above, corner))
        row_filtered = row - [0 * row, left, above, (left + above) // 2, paeth][kind]
        out += bytes([kind]) + (row_filtered % 256).astype(np.uint8).tobytes()
        above = row
    return out


def png(samples, depth, colours, interlaced, palette=b""):
    height, width, count = samples.shape
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b""
    for x, y, dx, dy in passes if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size:
            data += filtered(packed(part, depth), max(1, depth * count // 8))
    packed_data = zlib.compress(data)
    half = len(packed_data) // 2
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced))
            + palette + chunk(b"IDAT", packed_data[:half]) + chunk(b"IDAT", packed_data[half:]) + chunk(b"IEND", b""))


def case(name, file, numbers):
    image = Image.open(io.BytesIO(file))
    image.load()
    if image.mode in ("P", "I;16") or name.startswith("grey of 8"):
        assert np.array_equal(np.array(image), numbers), name
    cases.append({"name": name, "file": base64.b64encode(file).decode(), "width": numbers.shape[1],
                  "height": numbers.shape[0], "numbers": numbers.ravel().tolist()})


for interlaced in (0, 1):
    how = ", interlaced" if interlaced else ""
    for height, width in ((1, 1), (3, 2), (9, 11), (13, 21)):
        size = f" {width} x {height}{how}"
        for depth in (1, 2, 4, 8, 16):
            numbers = random.integers(0, 1 << depth, (height, width))
            case(f"grey of {depth} bits,{size}", png(numbers[..., None], depth, 0, interlaced), numbers)
            if depth <= 8:
                colours = random.integers(0, 256, 3 << depth, dtype=np.uint8)
                case(f"palette of {depth} bits,{size}",
                     png(numbers[..., None], depth, 3, interlaced, chunk(b"PLTE", colours.tobytes())), numbers)
            if depth >= 8:
                alpha = random.integers(0, 1 << depth, (height, width))
                if height > 1:
                    case(f"grey with transparency of {depth} bits,{size}",
                         png(np.dstack([numbers, alpha]), depth, 4, interlaced), numbers)
                case(f"equal colours of {depth} bits,{size}", png(np.dstack([numbers] * 3), depth, 2, interlaced), numbers)
                case(f"equal colours, opaque, of {depth} bits,{size}",
                     png(np.dstack([numbers] * 3 + [numbers * 0 + (1 << depth) - 1]), depth, 6, interlaced), numbers)
pathlib.Path(__file__).with_name("mask_files.json").write_text(json.dumps({"cases": cases}) + "\n")
print(len(cases))
