"""Writes boosting.json: boosted trees of scikit-learn's GradientBoostingClassifier on small drawn tables.

python boosting.py

Columns: normal numbers of three decimals, whole numbers with many ties, and zeros and ones. Decision values are sums of
trees for the rows that they were grown on. Of two equally good splits of a node scikit-learn takes one by chance. Where
both part the node's rows in the same way, the values of those rows do not change, but those of other rows do: `new` holds
40 other rows where three random states agree on them, and null elsewhere. Tables in which even the rows of training differ
are drawn again.
"""
import json
import pathlib
import re

import numpy as np
import sklearn
from sklearn.ensemble import GradientBoostingClassifier

HERE = pathlib.Path(__file__).parent


def case(seed, rows, trees, depth, rate):
    random = np.random.default_rng(seed)
    n = rows + 40
    columns = [np.round(random.normal(size=n), 3), np.round(random.exponential(2, n), 3),
               random.integers(17, 60, n), random.integers(0, 2, n), random.integers(0, 2, n)]
    x = np.stack(columns, 1).astype(np.float32)
    score = x[:, 0] * (1 - 2 * x[:, 3]) + .05 * (x[:, 2] - 38) + x[:, 4] * (x[:, 1] > 1)
    y = (random.random(n) < 1 / (1 + np.exp(-2 * score))).astype(int)
    values = []
    for state in range(3):
        model = GradientBoostingClassifier(n_estimators=trees, max_depth=depth, learning_rate=rate,
                                           random_state=state)
        values.append(model.fit(x[:rows], y[:rows]).decision_function(x))
    differences = np.max([np.abs(values[0] - v) for v in values], 0)
    if differences[:rows].max() > 1e-9:
        return case(seed + 1000, rows, trees, depth, rate)
    return {"trees": trees, "depth": depth, "rate": rate, "seed": seed, "rows": rows,
            "columns": [[round(float(v), 3) for v in c] for c in columns],
            "labels": y[:rows].tolist(), "log_odds": [float(f"{v:.12g}") for v in values[0][:rows]],
            "new": [float(f"{v:.12g}") for v in values[0][rows:]] if differences.max() < 1e-9 else None}


cases = [case(1, 150, 1, 1, 1.0), case(2, 150, 60, 1, .1), case(3, 200, 1, 3, .1),
         case(4, 200, 30, 3, .1), case(5, 300, 10, 2, .3)]
print([(c["seed"], c["new"] is None) for c in cases])
text = json.dumps({"sklearn": sklearn.__version__, "cases": cases}, indent=1)
text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r",\s+", ", ", m[1]) + "]", text)
(HERE / "boosting.json").write_text(text + "\n")
