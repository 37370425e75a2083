"""Writes tables.json: what fastai v1's FillMissing, Categorify and Normalize make of small tables.

python tables.py --fastai DIR    where DIR/fastai/tabular/transform.py is that of fastai 1.0.61

The three classes run as they stand there, but for one assignment: `df.loc[:,n] = ` changes no type in
pandas 2 and later, `df[n] = ` does. What TabularProcessor.process then does (codes + 1, 32-bit
numbers) is written out below. pandas reads the CSV text with its own list of missing values.
"""
import argparse
import io
import json
import pathlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import partial
from typing import List, Tuple, Union

import numpy as np
import pandas as pd
from pandas import DataFrame

HERE = pathlib.Path(__file__).parent

BY_HAND = """id,work,store,age,pay,hours
1, Private,10,49,1000,40
2, State-gov,2,,1200.5,
3,,1,31,900,38
4, private,2,44,-20,41
5,"Self, emp",12,,0.125,
6, NA,2,60,1000,20
7, Never,3,18,4e3,39.5
8, Private,77,22,1000,
9, Private,10,,2000,35
10,Private,1,,7,0
"""

# The nine people of lesson 4's section `table`.
NINE = """education,occupation,age,hours
bachelor,technical,38,40
secondary,service,52,
primary,,61,35
bachelor,sales,29,50
secondary,craft,44,40
master,managerial,47,
college,clerical,33,38
doctorate,technical,57,
secondary,pilot,30,60
"""


def drawn(rows, seed):
    """Words and numbers with gaps of every kind that pandas knows."""
    random = np.random.default_rng(seed)
    gaps = ["", "NA", "nan", "NULL", "n/a", "None"]
    lines = ["colour,size,x,y,z"]
    for _ in range(rows):
        colour = random.choice(["red", "Red", "blue", "42", "a b", "z"], p=[.3, .2, .3, .1, .05, .05])
        fields = [colour, str(random.integers(0, 15)), f"{random.normal(50, 20):.3f}",
                  f"{random.exponential(1e4):.2f}", "7"]
        for i in [0, 2, 3]:
            if random.random() < .2:
                fields[i] = random.choice(gaps)
        lines.append(",".join(fields))
    return "\n".join(lines) + "\n"


def fastai_transforms(folder):
    source = (folder / "fastai/tabular/transform.py").read_text()
    source = re.sub(r"^from \.\.torch_core.*$", "", source, flags=re.M)
    source = source.replace("df.loc[:,n] =", "df[n] =")
    names = dict(pd=pd, np=np, re=re, DataFrame=DataFrame, dataclass=dataclass, IntEnum=IntEnum,
                 StrList=Collection[str], List=List, Tuple=Tuple, Union=Union, partial=partial,
                 Collection=Collection, date=date, datetime=datetime)
    exec(source, names)
    return names["FillMissing"], names["Categorify"], names["Normalize"]


def result(table, categorical, continuous):
    """As TabularProcessor.process."""
    return {"codes": {n: (table[n].cat.codes.values.astype(np.int64) + 1).tolist() for n in categorical},
            "numbers": {n: [float(v) for v in table[n].astype("float32").values] for n in continuous}}


def case(about, text, valid, categorical, continuous, classes):
    df = pd.read_csv(io.StringIO(text), skipinitialspace=True)
    train = df.drop(index=valid).reset_index(drop=True)
    held = df.loc[valid].reset_index(drop=True)
    cats, conts = categorical.copy(), continuous.copy()
    fill, categorify, normalize = [c(cats, conts) for c in classes]
    for proc in [fill, categorify, normalize]:
        proc(train)
        proc(held, test=True)
    return {
        "about": about, "csv": text, "valid_rows": valid, "categorical": categorical,
        "continuous": continuous, "columns": cats,
        "names": {n: ["#na#"] + [str(c) for c in categorify.categories[n]] for n in cats},
        "medians": {n: float(v) for n, v in fill.na_dict.items()},
        "means": {n: float(v) for n, v in normalize.means.items()},
        "deviations": {n: float(v) for n, v in normalize.stds.items()},
        "train": result(train, cats, conts), "valid": result(held, cats, conts)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fastai", type=pathlib.Path, required=True)
    classes = fastai_transforms(parser.parse_args().fastai)
    table = drawn(60, seed=42)
    cases = [
        case("by hand: gaps, unseen words, a comma in a word, shops by number", BY_HAND, [7, 8, 9],
             ["work", "store"], ["age", "pay", "hours"], classes),
        case("lesson 4's nine people, the last two held out", NINE, [7, 8],
             ["education", "occupation"], ["age", "hours"], classes),
        case("drawn: every fifth row held out", table, list(range(0, 60, 5)),
             ["colour", "size"], ["x", "y", "z"], classes),
        case("drawn: a tenth trains, so that many words are unseen", table, list(range(6, 60)),
             ["size", "colour"], ["y", "x"], classes),
    ]
    sizes = list(range(1, 60)) + [100, 101, 1000, 1116, 40_000, 1_000_000]
    out = {"pandas": pd.__version__, "cases": cases, "sizes": {
        "counts": sizes,
        "rule": [min(600, round(1.6 * n ** 0.56)) for n in sizes],
        "half": [min(50, n // 2 + 1) for n in sizes]}}
    text = json.dumps(out, indent=1)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r",\s+", ", ", m[1]) + "]", text)
    (HERE / "tables.json").write_text(text + "\n")


main()
