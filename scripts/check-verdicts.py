"""Recomputes the verdicts of 60 random problems and compares them with those of `stillhouse verdict`.

Shares no code with the product: numpy and scipy only. From the repository's folder, after `npm ci`:
    python3 scripts/check-verdicts.py [SEED]
Prints the largest difference of every figure and exits 1 when one is above its limit, 1e-8. The power is computed twice:
by the documented rule, 64 Gauss-Legendre nodes over the quantiles of chi-square, and by adaptive quadrature over its
density. The second shows how far the rule is from the integral and has looser limits: 1e-4, and 5e-3 for two seeds,
where nearly all of the power lies at the first node or two. The seeds needed are found with the first.
"""

import json
import subprocess
import sys

import numpy as np
from scipy import integrate, optimize, special, stats

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 20261124
PROBLEMS = 60
LIMIT = 1e-8
LIMITS = {"power, quadrature": 1e-4, "power, quadrature, S=2": 5e-3}
NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
rng = np.random.default_rng(SEED)

# ---------------------------------------------------------------- problems


def scores(seeds, examples, ease, gain, binary, seed_effects):
    """Rows of one arm: examples are hard or easy for all, seeds differ, and every cell has chance of its own."""
    latent = ease[None, :] + gain + seed_effects[:seeds, None] + rng.normal(0, 0.7, (seeds, examples))
    return (latent > 0).astype(float) if binary else latent


def make_problem(k):
    paired, binary = k % 2 == 0, (k // 2) % 2 == 0
    lower = not binary and k % 3 == 0
    unequal = k % 5 == 4
    methods, seeds = int(rng.integers(1, 7)), int(rng.integers(2, 13))
    # From four examples on: few of them are the hard case.
    examples = int(rng.integers(4, 30)) if k % 3 == 2 else int(rng.integers(30, 901))
    ease = rng.normal(0.8, 1, examples)
    common = rng.normal(0, 0.15, seeds)

    def arm(gain):
        own = max(2, seeds - int(rng.integers(0, 4))) if unequal else seeds
        effects = common + rng.normal(0, rng.choice([0.02, 0.1]), seeds)
        return scores(own, examples, ease, gain, binary, effects)

    control = arm(0)
    arms = {f"method {m}": arm(rng.choice([-0.6, 0, 0.1, 0.4, 1.0])) for m in range(methods)}
    if k % 12 == 7 and not unequal:
        arms["method 0"] = control.copy()
    if k % 12 == 10 and not binary:
        # Every seed is as good as any other: the spread floor acts.
        arms = {name: y - y.mean(1, keepdims=True) + y.mean() for name, y in arms.items()}
        control = control - control.mean(1, keepdims=True) + control.mean()
    sign = -1 if lower else 1
    problem = {
        "alpha": float(rng.choice([0.01, 0.05, 0.1])),
        "margin": float(rng.choice([0.01, 0.05, 0.1, 0.3])),
        "higherIsBetter": not lower,
        "paired": paired,
        "control": (sign * control).tolist(),
        "methods": {name: (sign * y).tolist() for name, y in arms.items()},
    }
    if k % 2 == (k // 4) % 2:
        gain = rng.choice([0.1, 0.8, 2.0])
        problem["teacher"] = (sign * scores(1, examples, ease, gain, binary, np.zeros(1))[0]).tolist()
    if k % 3 == 1:
        problem["groups"] = rng.integers(0, max(2, examples // 3), examples).tolist()
        if len(set(problem["groups"])) < 2:
            problem["groups"][0] += 1
    if binary and k % 8 == 4:
        # Right and wrong in percent: the same words.
        problem["margin"] *= 100
        problem["control"] = (100 * control).tolist()
        problem["methods"] = {name: (100 * y).tolist() for name, y in arms.items()}
        if "teacher" in problem:
            problem["teacher"] = [100 * x for x in problem["teacher"]]
    if binary and k % 4 == 1:
        # Right and wrong may be written as true and false.
        problem["control"] = [[x == 1 for x in row] for row in problem["control"]]
    return problem


# ---------------------------------------------------------------- the procedure, written anew


def mean_squares(d):
    S, N = d.shape
    m, rows, columns = d.mean(), d.mean(1), d.mean(0)
    residual = d - rows[:, None] - columns[None, :] + m
    return np.array(
        [
            N * ((rows - m) ** 2).sum() / (S - 1),
            S * ((columns - m) ** 2).sum() / (N - 1),
            (residual**2).sum() / ((S - 1) * (N - 1)),
        ]
    )


def unseen(bound, N):
    """As if two examples more had come out each way: for scores that are known to lie between 0 and 1."""
    return 4 * bound**2 / N**2


def paired_parts(d, bound):
    (s, i, r), (S, N) = mean_squares(d), d.shape
    c = max(i - r, 0) / d.size + unseen(bound, N)
    return d.mean(), max(s, 0.1 * r) / d.size, c, S - 1, s < 0.1 * r


def own_part(y):
    s, _, r = mean_squares(y)
    return max(s, 0.1 * r) / y.size, r / len(y), s < 0.1 * r


def unpaired_parts(y, x, bound):
    (va, ra, fa), (vb, rb, fb) = own_part(y), own_part(x)
    z = y.mean(0) - x.mean(0)
    c = max(z.var(ddof=1) - ra - rb, 0) / len(z) + unseen(bound, len(z))
    welch = va**2 / (len(y) - 1) + vb**2 / (len(x) - 1)
    nu = (va + vb) ** 2 / welch if welch > 0 else len(y) + len(x) - 2
    return z.mean(), va + vb, c, nu, fa or fb


def t_isf(level, nu):
    """Upper quantile of Student's t; SciPy's own is right to 1e-9, one step of Newton's makes it exact."""
    x = stats.t.isf(level, nu)
    return x + (stats.t.sf(x, nu) - level) / stats.t.pdf(x, nu)


def half(level, a, c, nu, N):
    return np.sqrt(t_isf(level / 2, nu) ** 2 * a + t_isf(level / 2, N - 1) ** 2 * c)


def p_value(D, a, c, nu, N):
    if D == 0:
        return 1.0
    if half(1e-12, a, c, nu, N) <= abs(D):
        return 1e-12
    gap = lambda log_level: half(np.exp(log_level), a, c, nu, N) - abs(D)
    if gap(-1e-16) >= 0:
        return 1.0
    return float(np.exp(optimize.brentq(gap, np.log(1e-12), -1e-16, xtol=1e-14, rtol=1e-14)))


def holm(ps, M):
    out, largest = {}, 0.0
    for rank, (name, p) in enumerate(sorted(ps.items(), key=lambda item: item[1])):
        largest = max(largest, min(1.0, (M - rank) * p))
        out[name] = largest
    return out


def power(S, sd, c, N, level, effect):
    """Mean over the chi distribution of the standard deviation that may come out."""
    k, se = S - 1, np.sqrt(sd**2 / S + c)
    t2, tn2 = t_isf(level / 2, k) ** 2, t_isf(level / 2, N - 1) ** 2
    constant = (1 - k / 2) * np.log(2) - special.gammaln(k / 2)

    def integrand(v):
        density = np.exp(constant + (k - 1) * np.log(v) - v * v / 2)
        return density * special.ndtr((effect - np.sqrt(t2 * sd**2 * v * v / (k * S) + tn2 * c)) / se)

    middle = np.sqrt(k)
    edges = [max(middle - 12, 1e-300), max(middle - 1, middle / 2), middle + 1, middle + 12]
    return sum(
        integrate.quad(integrand, low, high, epsabs=1e-12, epsrel=1e-12, limit=200)[0]
        for low, high in zip(edges, edges[1:])
    )


def power_by_nodes(S, sd, c, N, level, effect):
    s2 = sd**2 * stats.chi2.ppf((NODES + 1) / 2, S - 1) / (S - 1)
    h = np.sqrt(t_isf(level / 2, S - 1) ** 2 * s2 / S + t_isf(level / 2, N - 1) ** 2 * c)
    return float(WEIGHTS @ special.ndtr((effect - h) / np.sqrt(sd**2 / S + c)) / 2)


def seeds_needed(sd, c, N, bound, level, effect):
    plain = max(c - unseen(bound, N), 0)

    def short(factor):
        quantiles = t_isf(level / 2, N * factor - 1) + stats.norm.ppf(0.8)
        return quantiles**2 * (plain / factor + unseen(bound, N * factor)) - effect**2

    if short(1) >= 0:
        most = 2.0
        while short(most) >= 0:
            most *= 2
        return None, optimize.brentq(short, 1, most, xtol=1e-14, rtol=1e-14)
    enough = lambda S: power_by_nodes(S, sd, c, N, level, effect) >= 0.8
    if not enough(10_000):
        return None, None
    few, many = 2, 10_000
    while many - few > 1:
        middle = max(few + 1, int(np.sqrt(few * many)))
        few, many = (few, middle) if enough(middle) else (middle, many)
    return many, None


def word_of(low, high, margin):
    if low > -margin and high < margin:
        return "no practical difference"
    return "helped" if low > 0 else "hurt" if high < 0 else "inconclusive"


def teacher_word(low, high, margin):
    return "better" if low > 0 else "worse" if high < -margin else "as good" if low > -margin else "not shown"


def gap_set(y, x, T, paired, bound, level):
    """Outermost R at which arm - control - R (teacher - control) is not yet told from 0, by search."""
    a, b = y.mean() - x.mean(), T.mean() - x.mean()
    # Equal means differ by rounding alone.
    estimate = a / b if abs(b) > 1e-12 * max(abs(T.mean()), abs(x.mean())) else None
    N = x.shape[1]
    D, A, C, nu, _ = paired_parts(T[None, :] - x, bound)
    if D - half(level, A, C, nu, N) <= 0:
        return estimate, None
    tn2 = t_isf(level / 2, N - 1) ** 2
    constant = tn2 * unseen(bound, N)
    if paired:
        d1, d2 = y - x, T[None, :] - x
        # Mean squares of d1 - R d2 are quadratic in R: three values give them for every R.
        at = [mean_squares(d1 - R * d2) for R in (-1, 0, 1)]
        square, linear = (at[0] + at[2]) / 2 - at[1], (at[2] - at[0]) / 2
        t2 = t_isf(level / 2, len(y) - 1) ** 2

        def excess(R):
            s, i, r = (at[1][k] + linear[k] * R + square[k] * R * R for k in range(3))
            return (a - R * b) ** 2 - (t2 * np.maximum(s, 0.1 * r) + tn2 * np.maximum(i - r, 0)) / d1.size - constant
    else:
        (va, ra, _), (vc, rc, _) = own_part(y), own_part(x)
        z1, z2_ = y.mean(0) - x.mean(0), T - x.mean(0)
        cov = np.cov(z1, z2_)

        def excess(R):
            part = (1 - R) ** 2 * vc
            nu = (va + part) ** 2 / (va**2 / (len(y) - 1) + part**2 / (len(x) - 1))
            spread = cov[0, 0] - 2 * R * cov[0, 1] + R * R * cov[1, 1] - ra - (1 - R) ** 2 * rc
            seed = t_isf(level / 2, nu) ** 2 * (va + part)
            return (a - R * b) ** 2 - seed - tn2 * np.maximum(spread, 0) / N - constant

    ends = []
    for side in (-1, 1):
        grid = estimate + side * np.concatenate([[0], np.geomspace(1e-9, 1e7, 20_001)])
        k = np.flatnonzero(excess(grid) <= 0).max()
        bracket = sorted((grid[k], grid[k + 1]))
        ends.append(optimize.brentq(excess, *bracket, xtol=1e-14, rtol=1e-14))
    return estimate, ends


def grouped(y, groups):
    """(G/N)(sum of the group - (its size - N/G) times the mean of the row)."""
    labels, sizes = np.unique(groups, return_counts=True)
    G, N = len(labels), len(groups)
    sums = np.stack([y[:, groups == g].sum(1) for g in labels], 1)
    return G / N * (sums - (sizes - N / G)[None, :] * y.mean(1, keepdims=True))


def judge(problem):
    sign = 1 if problem["higherIsBetter"] else -1
    alpha, margin, paired, M = problem["alpha"], problem["margin"], problem["paired"], len(problem["methods"])
    raw = {name: sign * np.array(rows, float) for name, rows in problem["methods"].items()}
    raw_control = sign * np.array(problem["control"], float)
    teacher = sign * np.array(problem["teacher"]) if "teacher" in problem else None
    given = [sign * y for y in (*raw.values(), raw_control, *([] if teacher is None else [teacher]))]
    values = np.unique(np.concatenate([y.ravel() for y in given]))
    in_unit = values[0] >= 0 and values[-1] <= 1
    two = len(values) == 2 and any(len(np.unique(row)) == 2 for y in given for row in np.atleast_2d(y))
    bound = 1.0 if in_unit else values[-1] - values[0] if two else 0.0
    unit = (lambda y: grouped(y, np.array(problem["groups"]))) if "groups" in problem else (lambda y: y)
    planned = max(len(raw_control), *(len(y) for y in raw.values()))
    out, ps = {}, {"decided": {}, "descriptive": {}}
    for name, rows in raw.items():
        common = min(len(rows), len(raw_control))
        y, x = (rows[:common], raw_control[:common]) if paired else (rows, raw_control)
        y, x = unit(y), unit(x)
        N = y.shape[1]
        D, A, C, nu, floored = paired_parts(y - x, bound) if paired else unpaired_parts(y, x, bound)
        individual, simultaneous = half(alpha, A, C, nu, N), half(alpha / M, A, C, nu, N)
        has_word = common >= 3 and (not paired or (planned - common) / planned <= 0.2) and N >= 10
        word = word_of(D - simultaneous, D + simultaneous, margin)
        if paired:
            sd = np.sqrt(A * common)
        else:
            sd = np.sqrt(own_part(y)[0] * len(y) + own_part(x)[0] * len(x))
        upper = sd * np.sqrt((common - 1) / stats.chi2.ppf(0.2, common - 1))
        needed, factor = seeds_needed(sd, C, N, bound, alpha / M, margin)
        p = p_value(D, A, C, nu, N)
        ps["decided" if has_word else "descriptive"][name] = p
        found = {
            "paired": paired,
            "estimate": D,
            "seedVariance": A,
            "exampleVariance": C,
            "degreesOfFreedom": nu,
            "exampleDegreesOfFreedom": N - 1,
            "individual": [D - individual, D + individual],
            "simultaneous": [D - simultaneous, D + simultaneous],
            "p": p,
            "word": word if has_word else None,
            "floored": bool(floored),
            "seeds.sd": sd,
            "seeds.sdUpper": upper,
            "seeds.needed": needed,
            "seeds.neededUpper": seeds_needed(upper, C, N, bound, alpha / M, margin)[0],
            "seeds.testSetFactor": factor,
            "seeds.powerAtMargin": power_by_nodes(common, sd, C, N, alpha / M, margin),
            f"power, quadrature{', S=2' if common == 2 else ''}": power(common, sd, C, N, alpha / M, margin),
        }
        if teacher is not None:
            T = unit(teacher[None, :])[0]
            D, A, C, nu, _ = paired_parts(unit(rows) - T[None, :], bound)
            h = half(alpha / M, A, C, nu, N)
            found["teacher.estimate"] = D
            found["teacher.simultaneous"] = [D - h, D + h]
            found["teacher.word"] = teacher_word(D - h, D + h, margin) if has_word else None
            found["gapRecovered.estimate"], found["gapRecovered.interval"] = gap_set(y, x, T, paired, bound, alpha / M)
        out[name] = found
    for kind in ps.values():
        for name, p in holm(kind, M).items():
            out[name]["holmP"] = p
    return out


# ---------------------------------------------------------------- comparison

problems = [make_problem(k) for k in range(PROBLEMS)]
ran = subprocess.run(
    ["node", "bin/stillhouse.js", "verdict"], input=json.dumps(problems), capture_output=True, text=True, check=False
)
if ran.returncode != 0:
    sys.exit(f"stillhouse verdict ended with {ran.returncode}: {ran.stderr}")
results = json.loads(ran.stdout)

worst, counts, words, faults = {}, {}, {}, []


def compare(where, field, printed, own):
    counts[field] = counts.get(field, 0) + 1
    if isinstance(own, list) and isinstance(printed, list):
        for one, other in zip(printed, own, strict=True):
            compare(where, field, one, other)
        counts[field] -= len(own)
        return
    if isinstance(own, (float, np.floating)) and isinstance(printed, (int, float)):
        # A ratio near its pole is large: there the difference is taken relative to it.
        difference = abs(printed - own) / max(1, abs(own))
    else:
        difference = 0.0 if printed == own else float("inf")
    worst[field] = max(worst.get(field, 0.0), difference)
    if not difference <= LIMITS.get(field, LIMIT):
        faults.append(f"{where} {field}: printed {printed}, recomputed {own}")


for k, (problem, result) in enumerate(zip(problems, results, strict=True)):
    compare(f"problem {k}", "alpha", result["alpha"], problem["alpha"])
    compare(f"problem {k}", "margin", result["margin"], problem["margin"])
    own = judge(problem)
    assert [one["arm"] for one in result["comparisons"]] == list(own), f"problem {k}: arms"
    for one in result["comparisons"]:
        where = f"problem {k} {one['arm']}"
        words[one["word"]] = words.get(one["word"], 0) + 1
        compare(where, "reason given", one["reason"] is not None, one["word"] is None)
        for field, value in own[one["arm"]].items():
            if field == "floored":
                compare(where, field, "seed spread floored" in (one["note"] or ""), value)
                continue
            printed = one
            for key in ("seeds.powerAtMargin" if field.startswith("power,") else field).split("."):
                printed = printed[key]
            compare(where, field, printed, value)
        compare(where, "teacher given", "teacher" in one, "teacher" in problem)

print(f"{PROBLEMS} problems, {sum(words.values())} comparisons (seed {SEED}); words: {words}")
for field, difference in worst.items():
    print(f"  {field:24} {counts[field]:5}  largest difference {difference:.2g}")
for fault in faults[:20]:
    print(fault)
exact = max(value for field, value in worst.items() if field not in LIMITS)
print(f"largest difference {exact:.2g} (limit {LIMIT:g}); of the rule for the power from the integral: above")
sys.exit(1 if faults else 0)
