"""Recomputes every test figure and every interval of a demo document from the stored .npy files.

Shares no code with the product: numpy and scipy only. Run from the folder that holds the state folder:
    npm run --silent demo -- --json --exit > demo.json
    python3 scripts/recompute-verdict.py demo.json .stillhouse
Prints the largest difference and exits 1 when one is more than 1e-6.
"""

import json
import sys

import numpy as np
from scipy import stats

document = json.load(open(sys.argv[1]))
home = sys.argv[2]
labels = np.load(f"{home}/{document['labels']['test']}")
classes = document["data"]["classes"]
# Test examples with equal inputs are one observation.
together = np.load(f"{home}/{document['groups']['test']}") if "groups" in document else None
worst = 0.0


def log_softmax(logits):
    shifted = logits.astype(np.float64) - logits.max(1, keepdims=True).astype(np.float64)
    return shifted - np.log(np.exp(shifted).sum(1, keepdims=True))


def read(run):
    """Per example: right 1 or wrong 0, NLL, Brier score."""
    logits = np.load(f"{home}/{run['predictions']['test']}")
    log_p = log_softmax(logits)
    correct = (logits.argmax(1) == labels).astype(np.float64)
    nll = -log_p[np.arange(len(labels)), labels]
    one_hot = np.eye(classes)[labels]
    brier = ((np.exp(log_p) - one_hot) ** 2).sum(1)
    return correct, nll, brier


def check(name, printed, own):
    global worst
    difference = abs(printed - own)
    worst = max(worst, difference)
    if not difference <= 1e-6:
        print(f"{name}: printed {printed}, recomputed {own}")


def higher_is_better(correct, nll, brier, train_accuracy):
    """The scores of every metric that a comparison can be made on; the gap is train minus test accuracy."""
    return {"accuracy": correct, "nll": -nll, "brier": -brier, "gap": correct - train_accuracy}


def even_guess():
    """A diverged run is scored as the uniform predictor, on every example alike; it has no gap."""
    one = np.ones(len(labels))
    return higher_is_better(one / classes, one * np.log(classes), one * (1 - 1 / classes), 1 / classes)


def observations(rows):
    """(G/N)(sum of the group - (its size - N/G) times the mean of the row), in place of [S, N] examples."""
    if together is None:
        return rows
    names, place, sizes = np.unique(together, return_inverse=True, return_counts=True)
    sums = np.zeros((len(rows), len(names)))
    for row, into in zip(rows, sums):
        np.add.at(into, place.reshape(-1), row)
    share = len(names) / len(together)
    return share * (sums - (sizes - 1 / share)[None, :] * rows.mean(1, keepdims=True))


scores = {}
for arm in document["arms"]:
    for run in arm["runs"]:
        if run["status"] == "diverged":
            scores.setdefault(arm["id"], {})[run["seed"]] = even_guess()
        # Without a file: it is damaged, and its seed is in no figure.
        if run["status"] != "finished" or run["predictions"] is None:
            continue
        correct, nll, brier = read(run)
        check(f"{arm['id']} {run['seed']} accuracy", run["metrics"]["test/accuracy"], correct.mean())
        check(f"{arm['id']} {run['seed']} nll", run["metrics"]["test/nll"], nll.mean())
        check(f"{arm['id']} {run['seed']} brier", run["metrics"]["test/brier"], brier.mean())
        train = run["metrics"]["train/accuracy"]
        scores.setdefault(arm["id"], {})[run["seed"]] = higher_is_better(correct, nll, brier, train)


def parts(d):
    """Seed part, noise and example variance of a [S, N] array, by brute force over the two-way table."""
    S, N = d.shape
    mean, rows, columns = d.mean(), d.mean(1), d.mean(0)
    ms_s = N * ((rows - mean) ** 2).sum() / (S - 1)
    ms_i = S * ((columns - mean) ** 2).sum() / (N - 1)
    ms_r = ((d - rows[:, None] - columns[None, :] + mean) ** 2).sum() / ((S - 1) * (N - 1))
    return ms_s, ms_i, ms_r


def half(alpha, a, c, nu, N):
    return np.sqrt(stats.t.ppf(1 - alpha / 2, nu) ** 2 * a + stats.t.ppf(1 - alpha / 2, N - 1) ** 2 * c)


def unseen(metric, N):
    """4/N^2 for right and wrong; the other metrics have no bounds."""
    return 4 / N**2 if metric in ("accuracy", "gap") else 0.0


comparisons = document["comparisons"]
# In the order of the protocol; the control goes on to every look.
planned = {arm["id"]: sorted(run["seed"] for run in arm["runs"]) for arm in document["arms"]}
control_id = next(arm["id"] for arm in document["arms"] if arm["role"] == "control")
for comparison in comparisons:
    if comparison["simultaneous"] is None:
        continue
    # A protocol with several looks names the one that this comparison is read at.
    look = comparison.get("look", {"seeds": None, "alpha": document["alpha"]})
    taken = set(planned[control_id][: look["seeds"]])
    arm, control = (
        {seed: one[comparison["metric"]] for seed, one in scores[comparison[side]].items() if seed in taken}
        for side in ("arm", "against")
    )
    family = [one for one in comparisons if one["family"] == comparison["family"]]
    if comparison["paired"]:
        seeds = sorted(set(arm) & set(control))
        d = observations(np.array([arm[s] - control[s] for s in seeds]))
        S, N = d.shape
        if S < 2:
            continue
        ms_s, ms_i, ms_r = parts(d)
        estimate = d.mean()
        a = max(ms_s, 0.1 * ms_r) / (S * N)
        c = max(ms_i - ms_r, 0) / (S * N)
        nu = S - 1
    else:
        y = [np.array([one[s] for s in sorted(one)]) for one in (arm, control)]
        if min(len(one) for one in y) < 2:
            continue
        y = [observations(one) for one in y]
        N = y[0].shape[1]
        ms = [parts(one) for one in y]
        v = [max(m[0], 0.1 * m[2]) / (len(one) * N) for m, one in zip(ms, y)]
        estimate = y[0].mean() - y[1].mean()
        a = sum(v)
        nu = a**2 / sum(p**2 / (len(one) - 1) for p, one in zip(v, y))
        z = y[0].mean(0) - y[1].mean(0)
        c = max(z.var(ddof=1) - sum(m[2] / len(one) for m, one in zip(ms, y)), 0) / N
    c += unseen(comparison["metric"], N)
    name = f"{comparison['family']} {comparison['arm']} against {comparison['against']}"
    check(f"{name} estimate", comparison["estimate"], estimate)
    check(f"{name} seedVariance", comparison["seedVariance"], a)
    check(f"{name} exampleVariance", comparison["exampleVariance"], c)
    check(f"{name} degreesOfFreedom", comparison["degreesOfFreedom"], nu)
    check(f"{name} exampleDegreesOfFreedom", comparison["exampleDegreesOfFreedom"], N - 1)
    for kind, alpha in (
        ("individual", look["alpha"]),
        ("simultaneous", look["alpha"] / len(family)),
    ):
        h = half(alpha, a, c, nu, N)
        check(f"{name} {kind} low", comparison[kind][0], estimate - h)
        check(f"{name} {kind} high", comparison[kind][1], estimate + h)

runs = sum(len(one) for one in scores.values())
print(f"{runs} runs and {len(comparisons)} comparisons recomputed; largest difference {worst:.3g}")
sys.exit(0 if worst <= 1e-6 else 1)
