"""An epoch over the JPEG files that `bench --pictures DIR` made, by PyTorch's DataLoader with Pillow, and beside it ours.

    swift build -c release --product bench
    .build/release/bench --pictures DIR
    python Tests/Benchmarks/torch_pictures.py DIR [--rounds 3] [--bench .build/release/bench]

The same draws as the course's usual transforms: mirror image (1/2), and by chance (3/4 each) a turn up to 10 degrees, a zoom
up to 1.1, a warp up to 0.2 and light; one perspective transform for all places (bilinear), one table for light, pixels as
floats 0...1 in batches of 64. Pillow fills with black what lies outside, which is less work than our mirrors.
Worker processes are kept between epochs; the first epoch, in which they start, is not counted.
"""
import argparse, json, math, os, random, statistics, subprocess, time
from pathlib import Path
import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

levels = np.arange(256) / 255
logits = np.log(levels.clip(1e-7, 1 - 1e-7) / (1 - levels.clip(1e-7, 1 - 1e-7)))


def warp(m):
    """The map that takes the square's corners to the moved ones."""
    points = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    targets = [(-1 - m[3], -1 - m[1]), (-1 - m[2], 1 + m[1]), (1 + m[3], -1 - m[0]), (1 + m[2], 1 + m[0])]
    rows, right = [], []
    for (x, y), (u, v) in zip(points, targets):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(rows, right), 1).reshape(3, 3)


class Pictures(Dataset):
    def __init__(self, folder):
        self.files = sorted(str(f) for f in Path(folder).glob("*.jpg"))

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        image = Image.open(self.files[i]).convert("RGB")
        w, h = image.size
        m = np.eye(3)
        if random.random() < 0.75:
            a = math.radians(random.uniform(-10, 10))
            m = m @ [[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]]
        if random.random() < 0.75:
            s = 1 / random.uniform(1, 1.1)
            u, v = random.uniform(-1, 1), random.uniform(-1, 1)
            m = m @ [[s, 0, (1 - s) * u], [0, s, (1 - s) * v], [0, 0, 1]]
        if random.random() < 0.75:
            m = m @ warp([random.uniform(-0.2, 0.2) for _ in range(4)])
        if random.random() < 0.5:
            m = m @ [[-1, 0, 0], [0, 1, 0], [0, 0, 1]]
        to = np.array([[w / 2, 0, w / 2], [0, h / 2, h / 2], [0, 0, 1]])
        m = to @ m @ np.linalg.inv(to)
        image = image.transform((w, h), Image.Transform.PERSPECTIVE, (m / m[2, 2]).ravel()[:8].tolist(),
                                Image.Resampling.BILINEAR)
        shift, scale = 0.0, 1.0
        if random.random() < 0.75:
            change = random.uniform(0.4, 0.6)
            shift = math.log(change / (1 - change))
        if random.random() < 0.75:
            scale = math.exp(random.uniform(math.log(0.8), math.log(1.25)))
        if shift or scale != 1:
            table = np.rint(255 / (1 + np.exp(-scale * (logits + shift)))).astype(np.uint8).tolist()
            image = image.point(table * 3)
        return torch.from_numpy(np.array(image)), i % 10


def bytes_of(items):
    """A batch as bytes: a quarter of what floats weigh on their way between processes."""
    return torch.stack([x for x, _ in items]), torch.tensor([y for _, y in items])


def floats(x):
    return x.permute(0, 3, 1, 2).to(torch.float32, memory_format=torch.contiguous_format).div_(255)


def floats_of(items):
    x, y = bytes_of(items)
    return floats(x), y


def epochs(folder, workers, in_worker, count):
    loader = DataLoader(Pictures(folder), 64, shuffle=True, num_workers=workers,
                        collate_fn=floats_of if in_worker else bytes_of, persistent_workers=workers > 0)
    times = []
    for _ in range(count + (workers > 0)):
        start, pictures = time.perf_counter(), 0
        for x, _ in loader:
            x = x if in_worker else floats(x)
            assert x.dtype == torch.float32 and x.shape[1:] == (3, 128, 128)
            pictures += len(x)
        times.append(time.perf_counter() - start)
        assert pictures == 2000
    return times[workers > 0:]


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--workers", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    options.add_argument("--bench", default=str(Path(__file__).resolve().parent.parent.parent / ".build/release/bench"))
    options = options.parse_args()
    torch.set_num_threads(2)
    ours, theirs = {}, {}
    for _ in range(options.rounds):
        lines = subprocess.run([options.bench, "--pictures", options.folder, "--threads", "2"], check=True,
                               capture_output=True, text=True).stdout.splitlines()
        for line in map(json.loads, lines):
            ours.setdefault(line["workload"], []).append(line)
        for workers in options.workers:
            for in_worker in (False, True):
                theirs.setdefault((workers, in_worker), []).extend(epochs(options.folder, workers, in_worker, 1))
    print(f"{os.cpu_count()} cores, torch {torch.__version__}, {options.rounds} rounds, medians\n")
    for name, lines in ours.items():
        print(name, {k: statistics.median(line[k] for line in lines) for k in lines[0] if k != "workload"})
    best = min(statistics.median(t) for t in theirs.values())
    for (workers, in_worker), times in theirs.items():
        print(f"DataLoader, {workers} workers, floats {'there' if in_worker else 'here'}: "
              f"{statistics.median(times):.2f} s ({min(times):.2f}...{max(times):.2f})")
    alone = statistics.median(line["seconds"] for line in ours["pictures"])
    two = min(statistics.median(theirs[k]) for k in theirs if k[0] == 2)
    print(f"ours {alone:.3f} s; DataLoader with 2 workers {two / alone:.2f} times, the best of all {best / alone:.2f} times")
