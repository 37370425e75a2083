"""Small picture files of every form that is read, and their pixels as Pillow decodes them: image_files.json.

Files and pixels are base64. `rgb` is Pillow's convert("RGB"), `indices` what NumPy sees of the opened picture (masks).
One form is computed otherwise, since Pillow differs there: 16-bit grey keeps the upper byte (Pillow cuts off at 255).
"""
import base64, io, json, pathlib, struct, zlib
import numpy as np
from PIL import Image, ImageOps

random = np.random.default_rng(4)
width, height = 21, 13
noise = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
y, x = np.mgrid[0:height, 0:width]
smooth = np.stack([x * 12, y * 19, 255 - x * 6 - y * 9], -1).clip(0, 255).astype(np.uint8)
cases = []


def encoded(image, form, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def case(name, file, channels, rgb=None, indices=None, other_indices=False):
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
    image.load()
    form = Image.open(io.BytesIO(file)).format
    if rgb is None:
        rgb = np.array(image.convert("RGB"))
    if indices is None and form in ("PNG", "GIF", "BMP") and image.mode in ("L", "P", "1", "LA"):
        indices = np.array(image).astype(np.uint8)
        indices = indices[..., 0] if image.mode == "LA" else indices
    text = lambda a: base64.b64encode(np.ascontiguousarray(a, dtype=np.uint8).tobytes()).decode()
    cases.append({
        "name": name, "file": base64.b64encode(file).decode(), "width": image.width, "height": image.height,
        "channels": channels, "rgb": text(rgb), "luma": text(np.array(Image.fromarray(rgb).convert("L"))),
        "indices": None if indices is None else text(indices)})


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colours, rows, more=b""):
    """A PNG file of forms that Pillow does not write."""
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
            + more + chunk(b"IDAT", data) + chunk(b"IEND", b""))


case("png, colours", encoded(Image.fromarray(noise), "PNG"), 3)
case("png, colours with transparency", encoded(Image.fromarray(np.dstack([noise, noise[..., 1]])), "PNG"), 3)
case("png, one transparent colour",
     png(width, height, 8, 2, noise.reshape(height, -1), chunk(b"tRNS", struct.pack(">HHH", *map(int, noise[0, 0])))), 3)
case("png, grey", encoded(Image.fromarray(noise[..., 0]), "PNG"), 1)
case("png, grey with transparency", encoded(Image.fromarray(noise[..., :2].copy(), "LA"), "PNG"), 1)
case("png, palette", encoded(Image.fromarray(smooth).quantize(40), "PNG"), 3)
case("png, palette with transparency", encoded(Image.fromarray(smooth).quantize(40), "PNG", transparency=3), 3)
case("png, palette of greys", encoded(Image.fromarray(noise[..., 0]).convert("P"), "PNG"), 1)
case("png, 1 bit", encoded(Image.fromarray(noise[..., 0] > 99), "PNG"), 1)
for depth in (2, 4):  # Pillow scales these greys to 0...255; class numbers are the samples themselves
    samples = noise[..., 0] % (1 << depth)
    bits = ((samples[..., None] >> np.arange(depth)[::-1]) & 1).reshape(height, -1)
    case(f"png, grey of {depth} bits", png(width, height, depth, 0, np.packbits(bits, axis=1)), 1, indices=samples)
deep = random.integers(0, 65536, (height, width, 3), dtype=np.uint16)
case("png, colours of 16 bits", png(width, height, 16, 2, [r.astype(">u2").tobytes() for r in deep]), 3)
grey = (deep[..., 0] >> 8).astype(np.uint8)
case("png, grey of 16 bits", png(width, height, 16, 0, [r.astype(">u2").tobytes() for r in deep[..., 0]]), 1,
     rgb=np.dstack([grey] * 3))
case("jpeg, baseline", encoded(Image.fromarray(smooth), "JPEG", quality=90), 3)
case("jpeg, without subsampling", encoded(Image.fromarray(noise), "JPEG", quality=80, subsampling=0), 3)
case("jpeg, progressive", encoded(Image.fromarray(smooth), "JPEG", quality=75, progressive=True), 3)
case("jpeg, grey", encoded(Image.fromarray(smooth[..., 0]), "JPEG"), 1)
case("jpeg, grey, progressive", encoded(Image.fromarray(smooth[..., 1]), "JPEG", progressive=True), 1)
cmyk = encoded(Image.fromarray(smooth).convert("CMYK"), "JPEG", quality=95)
case("jpeg, CMYK with the Adobe marker", cmyk, 3)
at = cmyk.index(b"\xff\xee")
bare = cmyk[:at] + cmyk[at + 2 + struct.unpack(">H", cmyk[at + 2:at + 4])[0]:]
case("jpeg, CMYK without the Adobe marker", bare, 3)
inks = np.array(Image.fromarray(smooth).convert("CMYK"))
for black in (0, 255):  # Pillow stores 255 - black
    inks[..., 3] = black
    file = encoded(Image.fromarray(inks, "CMYK"), "JPEG", quality=95)
    case(f"jpeg, CMYK, stored black {255 - black}", file, 3)
    case(f"jpeg, CMYK without the Adobe marker, stored black {255 - black}",
         file[:at] + file[at + 2 + struct.unpack(">H", file[at + 2:at + 4])[0]:], 3)
assert cmyk[at + 4:at + 9] == b"Adobe" and cmyk[at + 15] == 0
case("jpeg, YCCK (CMYK with the Adobe marker's transform 2)", cmyk[:at + 15] + b"\x02" + cmyk[at + 16:], 3)

patch = np.zeros((height, width, 3), np.uint8)
patch[2:7, 3:9] = (250, 20, 30)
patch[2:4, 12:14] = (30, 200, 30)
for number in range(1, 9):
    exif = Image.Exif()
    exif[0x112] = number
    case(f"jpeg, orientation {number}", encoded(Image.fromarray(smooth), "JPEG", exif=exif), 3)
    case(f"png, orientation {number}", encoded(Image.fromarray(patch), "PNG", exif=exif), 3)
    case(f"webp, orientation {number}", encoded(Image.fromarray(patch), "WEBP", lossless=True, exif=exif), 3)
    case(f"tiff, orientation {number}", encoded(Image.fromarray(patch), "TIFF", exif=exif), 3)
exif[0x112] = 9
case("jpeg, orientation 9, which is none", encoded(Image.fromarray(smooth), "JPEG", exif=exif), 3)

palette = Image.fromarray(smooth).quantize(40)
alpha = Image.fromarray(np.dstack([noise, noise[..., 1]]))
case("gif, palette", encoded(palette, "GIF"), 3)
case("gif, palette with transparency", encoded(palette, "GIF", transparency=3), 3)
case("gif, grey", encoded(Image.fromarray(noise[..., 0]), "GIF"), 1)
case("gif, animated", encoded(palette, "GIF", save_all=True, append_images=[Image.fromarray(noise)]), 3)
case("gif, interlaced", encoded(palette, "GIF", interlace=1), 3)
gif = bytearray(encoded(palette, "GIF"))
gif[6:10] = struct.pack("<HH", width + 4, height + 3)  # a larger screen
at = gif.index(b",\0\0\0\0" + struct.pack("<HH", width, height))
gif[at + 1:at + 5] = struct.pack("<HH", 2, 1)
case("gif, on a larger screen", bytes(gif), 3)
case("bmp, colours", encoded(Image.fromarray(noise), "BMP"), 3)
case("bmp, grey", encoded(Image.fromarray(noise[..., 0]), "BMP"), 1)
case("bmp, palette", encoded(palette, "BMP"), 3)
case("bmp, 1 bit", encoded(Image.fromarray(noise[..., 0] > 99), "BMP"), 1)
rows = b"".join(row[:, ::-1].tobytes() + b"\0" for row in noise)  # 63 bytes and one to fill
case("bmp, from the top", b"BM" + struct.pack("<IIIIiiHHIIiiII", 54 + len(rows), 0, 54, 40, width, -height, 1, 24, 0,
                                            len(rows), 0, 0, 0, 0) + rows, 3)
case("webp, lossless", encoded(Image.fromarray(noise), "WEBP", lossless=True), 3)
case("webp, lossless with transparency", encoded(alpha, "WEBP", lossless=True, exact=True), 3)
case("webp, lossy", encoded(Image.fromarray(smooth), "WEBP", quality=80), 3)
case("tiff, colours", encoded(Image.fromarray(noise), "TIFF"), 3)
case("tiff, colours with transparency", encoded(alpha, "TIFF"), 3)
case("tiff, grey", encoded(Image.fromarray(noise[..., 0]), "TIFF"), 1)
case("tiff, palette", encoded(palette, "TIFF"), 3)
for name, how in (("LZW", "tiff_lzw"), ("deflate", "tiff_adobe_deflate"), ("packbits", "packbits")):
    case(f"tiff, {name}", encoded(Image.fromarray(noise), "TIFF", compression=how), 3)
gif = bytearray(encoded(palette, "GIF", transparency=3))
gif[6:10] = struct.pack("<HH", width + 4, height + 3)
at = gif.index(b",\0\0\0\0" + struct.pack("<HH", width, height))
gif[at + 1:at + 5] = struct.pack("<HH", 2, 1)
case("gif, on a larger screen with transparency", bytes(gif), 3)
pathlib.Path(__file__).with_name("image_files.json").write_text(json.dumps({"cases": cases}, indent=0) + "\n")
