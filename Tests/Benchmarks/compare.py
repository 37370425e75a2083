"""Times `bench` and its PyTorch counterpart in turn, round by round, and prints a Markdown table of medians.

    swift build -c release --product bench
    python Tests/Benchmarks/compare.py [--rounds 3] [--seconds 2] [--threads 1 2]
"""
import argparse, json, math, statistics, subprocess, sys
from pathlib import Path

here = Path(__file__).resolve().parent
bench = here.parent.parent / '.build/release/bench'


def run(command):
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


p = argparse.ArgumentParser()
p.add_argument('--rounds', type=int, default=3)
p.add_argument('--seconds', type=float, default=2)
p.add_argument('--threads', type=int, nargs='+', default=[1, 2])
a = p.parse_args()
for threads in a.threads:
    options = ['--threads', str(threads), '--seconds', str(a.seconds)]
    ours, theirs, peak = {}, {}, []
    for _ in range(a.rounds):
        for row in run([bench, *options, '--peak']):
            if 'gflops' in row:
                peak.append(row['gflops'])
            else:
                ours.setdefault(row['workload'], []).append(row['ms_per_step'])
        for row in run([sys.executable, here / 'torch_steps.py', *options]):
            theirs.setdefault(row['workload'], []).append(row['ms_per_step'])
    print(f'\n{threads} thread{"s" if threads > 1 else ""}, matrix product {statistics.median(peak):.0f} GFLOP/s\n')
    print('| step | Unrolled, ms | PyTorch, ms | ratio |\n|---|---|---|---|')
    ratios = []
    for name in ours:
        x, y = statistics.median(ours[name]), statistics.median(theirs[name])
        ratios.append(y / x)
        print(f'| `{name}` | {x:.3g} | {y:.3g} | {y / x:.2f} |')
    print(f'| geometric mean | | | {math.exp(statistics.mean(map(math.log, ratios))):.2f} |', flush=True)
