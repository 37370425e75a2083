"""What fastai 1.0.61 makes of texts: its rules, its tokenizer (spaCy's blank English one), its vocabulary, the rows of
its LanguageModelPreLoader and the order of its SortishSampler.

    python texts.py --fastai DIR            # DIR holds fastai's source, v1.0.61; writes texts.json
    python texts.py --fastai DIR --reviews texts.csv --ours tokens.json   # share of equal tokens

fastai's own text/transform.py and text/data.py run here, with small stand-ins for the modules they import. The texts
are ours. tokens.json is what `REVIEW_TOKENS=tokens.json REAL_DATA=... swift test --filter RealData` writes.
"""

import argparse
import collections
import csv
import difflib
import html
import json
import math
import os
import re
import sys
import types
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
COURSE_SPECIAL = ["xxunk", "xxpad", "xxbos", "xxfld", "xxmaj", "xxup", "xxrep", "xxwrep"]

TEXTS = [
    "It is a small film about a small town.",
    "GREAT acting, awful sound. I saw it on the BBC in 1999!",
    "don't won't can't couldn't isn't I'm you're they've he'd she'll it's Didn't DON'T Can't",
    "dont wont cant im youre theyve its Its whats theyll thats",
    "cannot gonna gotta Cannot let's lets y'all c'mon o'clock ma'am goin' 'em 'cause",
    "It’s the director’s best; we’ve seen ‘worse’ and “better” ones",
    "Wow!!!! So goooood... really.... nooooooo????",
    "ha ha ha ha ha, very funny",
    "no no no no thanks; yes, yes, yes, yes, and so-so-so-so-so",
    "bad! bad! bad! bad! bad! film",
    "one<br /><br />two<br/>three<br>four <br /> five",
    "a &amp; b &quot;c&quot; &#39;d&#39; &lt;e&gt; &nbsp;f &#36;5 &#146;g",
    "caf&eacute; na&iuml;ve &copy; &hellip; &mdash; &euro;5 &#233; &#xE9; &#150; &bogus; &eacute &notit; &#0; &#;",
    "\\n is not a newline, \\\" is a quote and \\ a stroke",
    "<unk> in 3 @.@ 5 and 4 @,@ 000 or well @-@ known",
    "either/or and/or w/o 9/10 24/7 #1 #hashtag C# http://www.example.com/a/b.html?c=d",
    "See www.example.com, example.org. or mail me@example.com for more",
    "$1,000.50 and 50% of 3.5 million; 10km 5kg 12am 7pm 3 p.m. 1990s '80s 2nd US$5 £3 5€",
    "Mr. and Mrs. Smith vs. Dr. Who in the U.S. at No. 10, e.g. today, i.e. now, etc.",
    "J.R.R. Tolkien's U.S.A. tour, a.m. or p.m. in St. Louis, Mass.",
    "well-made, first-rate, so-called, twenty-one, 3-4, pre-1990, re-re-release, X-Men",
    "wait -- what? a--b --- c—d – e – f—",
    "The end.But then it went on.and on...And on..so it goes",
    "(I think) [or not] {maybe} \"quoted\" 'single' (it's (nested))",
    ":) :-( ;-) :D :P =) <3 8) (rated 8) xD ^_^ T_T good:)",
    "one,two,three 1,2,3 a;b c:d 5:30 ratio 3:1",
    "underscore_word __init__ a*b *starred* **bold** ~tilde~ a~b x^2 2^3 5+5 +5 a+b C++",
    "  leading spaces,  double  spaces and trailing  ",
    "\nfirst line\nsecond line\n\nafter a gap\n\n\nend\n",
    "tab\there\tand\r\nthere",
    "I A a i X Ab aB ABC AbC iPhone McDonald's O'Brien D'Artagnan",
    "EVERYTHING IS IN CAPITALS, EVEN NUMBERS 3D 2D 4K AND I.",
    "Ünïcödé ÄRGER Straße ÉCOLE naïve résumé Ωmega ДОМ дом 日本語 한국어",
    "emoji 😀 and ☆☆☆☆☆ five stars ★★★ ½ © ® ™ °C 100°",
    "......... ,,,,, ----- ===== _____ ***** !!!!!!!!",
    "aaa aaaa aaaaa 1111 11111 ....a.... $$$$$",
    "\u00a0nbsp\u00a0inside and\u2003wide spaces",
    "...and it starts with dots",
    "'Tis the season, 'twas the night; rock 'n' roll",
    "the '90s were the best years' films; James' and boss's",
    "(which, by the way, is great!)...",
    "\"What?!\" he said. \"No!?\"",
    "He gave it 7.5/10, i.e. 75%.",
    "John said,\"Hello\"and left",
    "word.Another word.another word?Another word!another",
    "ALL CAPS WORD's and McDONALD'S and A's and B'S",
    "xxbos xxunk xxmaj already special xxfld 1 xxrep 4 x",
    "",
    " ",
    ".",
    "a",
    "A",
    "!!!!",
    "The The The The The Matrix",
    "la la la la la la land",
    "so so so so. so good",
    "ha-ha-ha-ha-ha and ha! ha! ha! ha! ha!",
    "1 1 1 1 1 2 2 2 2 2",
    "who'd've thought they'd've shouldn't've mightn't we'll've",
    "a\"b c'd e`f g´h i’j k“l”m",
    "a(b)c d[e]f g{h}i j<k>l m=n o:p",
    "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1964)",
    "an S&P 500 AT&T R&B rock&roll film",
    "100,000 1.000.000 3,14 -5 -five five- +6",
    "the 1980's, the 80's, a 10-year-old's dream, 2-hour-long",
]
TOKENS = [
    ["The", "BBC", "and", "I", "saw", "iPhone", "A", "3D", "U.S.", "McDonald", "X-Men", "'S", "É", "École", "ÉCOLE"],
    ["", "a", "B", "Cd", "CD", "cD", "C3", "3C", "C3po", "!", "xxbos", "XXBOS", "Ǆ", "ǅa", "straße", "STRASSE", "Ss"],
]
FIELDS = [(["A title", "Some text."], True), (["A title", "Some text."], False), (["One"], True)]


def stand_ins(fastai):
    """fastai.text.transform and .data, with stand-ins for what they import."""

    class Any:
        def __init__(self, *a, **k):
            pass

        def __init_subclass__(cls, **k):
            pass

        def __class_getitem__(cls, item):
            return cls

    class Permutations:
        """np.random with permutations that were chosen before."""

        def __init__(self):
            self.next = []

        def permutation(self, x):
            order = self.next.pop(0)
            return np.array(order) if isinstance(x, int) else [x[i] for i in order]

        def shuffle(self, x):
            x[:] = x[self.next.pop(0)]

    class Numpy:
        random = Permutations()
        int = int
        object = object

        def __getattr__(self, name):
            return getattr(np, name)

    numpy = Numpy()
    typing = ["Collection", "Callable", "Tokens", "ListRules", "List", "Dict", "Optional", "Iterator", "Tuple", "Union",
              "KeyFunc", "PathOrStr", "NPArrayList", "BatchSamples", "LongTensor", "DataFrame", "Tensor", "IntEnum"]
    core = types.ModuleType("fastai.torch_core")
    core.__dict__.update({name: Any for name in typing})
    core.__dict__.update(
        re=re, html=html, collections=collections, Counter=collections.Counter, math=math, os=os, np=numpy, torch=torch,
        defaults=types.SimpleNamespace(cpus=1), ifnone=lambda a, b: b if a is None else a, pd=__import__("pandas"),
        num_distrib=lambda: 0, rank_distrib=lambda: 0, Path=Path, Any=object, partial=__import__("functools").partial,
        range_of=lambda x: list(range(len(x))), is1d=lambda a: len(a.shape) == 1, IntEnum=lambda *a: None, Sampler=object, data_collate=None)
    modules = {"fastai": types.ModuleType("fastai"), "fastai.torch_core": core, "fastai.text": types.ModuleType("fastai.text")}
    for name, members in {
        "basic_data": ["DataBunch", "DataLoader", "DatasetType"],
        "data_block": ["LabelList", "PreProcessor", "ItemList", "ItemBase", "EmptyLabelList", "CategoryList", "LabelLists"],
        "layers": ["Layers"],
        "callback": ["Callback"],
    }.items():
        module = types.ModuleType("fastai." + name)
        module.__dict__.update({member: type(member, (Any,), {}) for member in members})
        modules["fastai." + name] = module
    for name, module in modules.items():
        module.__path__ = []
        sys.modules[name] = module
    import spacy

    blank = spacy.blank
    spacy.blank = lambda lang, disable=(): blank(lang)  # spaCy 3 has no such argument; a blank pipeline has no parts
    loaded = []
    for name in ["transform", "data"]:
        module = types.ModuleType(f"fastai.text.{name}")
        module.__package__ = "fastai.text"
        sys.modules[f"fastai.text.{name}"] = module
        source = "from __future__ import annotations\n" + (fastai / "text" / f"{name}.py").read_text()
        exec(compile(source, name, "exec"), module.__dict__)
        loaded.append(module)
    return *loaded, numpy.random


def preloader_cases(data, permutations, r):
    cases = []
    for lengths, bs, bptt in [([5, 3, 7, 1, 9], 2, 4), ([20], 3, 3), ([2, 2, 2], 4, 5), ([31, 17, 8, 40, 3], 6, 7),
                              ([13, 29, 7], 7, 5), ([100, 3, 58, 9, 1, 1, 44], 10, 6)]:
        n = sum(lengths)
        texts, start = [], 0
        for length in lengths:
            texts.append(np.arange(start, start + length))
            start += length
        dataset = types.SimpleNamespace(x=types.SimpleNamespace(items=texts), item=None)
        loader = data.LanguageModelPreLoader(dataset, bs=bs, bptt=bptt)
        count = len(loader) // bs
        batches = []
        for batch in range(count):
            rows = [loader[batch * bs + row] for row in range(bs)]
            batches.append({"x": [int(v) for x, _ in rows for v in x], "y": [int(v) for _, y in rows for v in y]})
        cases.append({"lengths": lengths, "rows": bs, "length": bptt, "batches": batches})
    starts = []
    for _ in range(400):
        n, bs = int(r.integers(20, 5000)), int(r.integers(2, 100))
        if n <= bs:
            continue
        dataset = types.SimpleNamespace(x=types.SimpleNamespace(items=[np.arange(n)]), item=None)
        loader = data.LanguageModelPreLoader(dataset, bs=bs, bptt=3)
        starts.append({"tokens": n, "rows": bs, "starts": [int(loader[row][0][0]) for row in range(bs)]})
    odd = [s for s in starts if s["starts"] != [row * s["tokens"] // s["rows"] for row in range(s["rows"])]]
    return cases, starts[:20] + odd[:5], len(odd), len(starts)


def sampler_cases(data, permutations, r):
    cases = []
    for n, bs, most in [(10, 3, 6), (230, 4, 9), (1003, 8, 60), (64, 64, 30)]:
        lengths = [int(v) for v in r.integers(1, most, n)]
        order = [int(v) for v in r.permutation(n)]
        batch_order = [int(v) for v in r.permutation(-(-n // bs) - 1)]
        permutations.next = [order] + ([batch_order] if batch_order else [])
        sampler = data.SortishSampler(range(n), key=lambda i: lengths[i], bs=bs)
        cases.append({"lengths": lengths, "size": bs, "order": order, "batchOrder": batch_order,
                      "texts": [int(i) for i in sampler]})
        sort = data.SortSampler(range(n), key=lambda i: lengths[i])
        cases[-1]["sorted"] = [int(i) for i in sort]
    return cases


def agreement(a, b):
    """Tokens of a that stand in b too, in the same order."""
    return sum(block.size for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fastai", type=Path, required=True)
    parser.add_argument("--reviews", type=Path)
    parser.add_argument("--ours", type=Path)
    arguments = parser.parse_args()
    transform, data, permutations = stand_ins(arguments.fastai)
    tokenizer = transform.Tokenizer(n_cpus=1)
    join = data._join_texts
    if arguments.reviews:
        rows = list(csv.DictReader(open(arguments.reviews, newline="", encoding="utf-8")))
        theirs = tokenizer._process_all_1(join([row["text"] for row in rows]))
        ours = json.loads(arguments.ours.read_text())
        same = sum(agreement(t, o) for t, o in zip(theirs, ours))
        total, own = sum(map(len, theirs)), sum(map(len, ours))
        equal = sum(t == o for t, o in zip(theirs, ours))
        print(f"{len(theirs)} reviews, fastai {total} tokens, ours {own}, in common {same}: "
              f"{same / total:.6f} of fastai's, {same / own:.6f} of ours; {equal} reviews equal throughout")
        shown = collections.Counter()
        for t, o in zip(theirs, ours):
            for kind, a, b, c, d in difflib.SequenceMatcher(None, t, o, autojunk=False).get_opcodes():
                if kind != "equal":
                    shown[(" ".join(t[a:b]), " ".join(o[c:d]))] += 1
        for (a, b), count in shown.most_common(40):
            print(count, repr(a), "|", repr(b))
        return
    r = np.random.default_rng(42)
    prepared = []
    for text in TEXTS:
        t = str(join([text])[0])
        for rule in tokenizer.pre_rules:
            t = rule(t)
        prepared.append(t)
    transform.defaults.text_spec_tok[:] = COURSE_SPECIAL
    stream = tokenizer._process_all_1(join(TEXTS))
    result = {
        "source": "fastai 1.0.61, spaCy " + __import__("spacy").__version__,
        "prepared": [{"text": a, "prepared": b} for a, b in zip(TEXTS, prepared)],
        "marked": [{"tokens": t, "marked": transform.deal_caps(transform.replace_all_caps(t))} for t in TOKENS],
        "tokens": [{"text": a, "tokens": b} for a, b in zip(TEXTS, stream)],
        "fields": [{"fields": f, "marking": m, "tokens": tokenizer._process_all_1(join(np.array([f]), mark_fields=m))[0]}
                   for f, m in FIELDS],
        "vocabulary": [
            {"maximum": most, "minimum": least,
             "words": [w for w in transform.Vocab.create(stream, most, least).itos if w != "xxfake"]}
            for most, least in [(60000, 2), (60000, 1), (40, 2), (100, 3)]],
    }
    result["rows"], result["starts"], odd, count = preloader_cases(data, permutations, r)
    result["sortish"] = sampler_cases(data, permutations, r)
    (HERE / "texts.json").write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")).replace('},{', '},\n{') + "\n")
    print(f"row starts: {odd} of {count} pairs of sizes differ from floor(i N / rows)")


if __name__ == "__main__":
    main()
