"""T_ab, c_ab, S_ab, S of all pairs at each gap, the increment fit and the turning of a recording, in plain numpy, from the formulas alone.

Reads x[session, trial, stimulus, neuron] (NPY, four trials or more, NaN where missing) and times from the command line; prints JSON.
"""
import itertools
import json
import sys

import numpy as np

x = np.load(sys.argv[1])
times = np.array([float(t) for t in sys.argv[2].split(",")])
S, K, M, N = x.shape
mean = np.nanmean(x, axis=1)
count = np.sum(~np.isnan(x), axis=1)
noise = np.nanvar(x, axis=1, ddof=1) / count


def population_pairs():
    strength = N * np.nanmean(mean**2 - noise)
    displacement, cosine = [], []
    for a, b in itertools.combinations(range(S), 2):
        both = ~np.isnan(mean[a]) & ~np.isnan(mean[b])
        difference = (mean[b] - mean[a]) ** 2 - noise[a] - noise[b]
        displacement.append(N * difference[both].mean() / strength)
        norms = [(mean[s] ** 2 - noise[s])[both].sum() for s in (a, b)]
        cosine.append((mean[a] * mean[b])[both].sum() / np.sqrt(norms[0] * norms[1]))
    return displacement, cosine


def similarity():
    groups = np.stack([np.nanmean(x[:, g::4], axis=1) for g in range(4)], axis=1)
    centre = np.eye(M) - 1 / M
    complete = ~np.isnan(groups).any(axis=(1, 2)) & ~np.isnan(mean).any(axis=1)

    def gram(s, g, h, neurons):
        product = groups[s, g][:, neurons] @ groups[s, h][:, neurons].T
        return centre @ (product + product.T) @ centre / 2

    partitions = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    result, moments = [], {}
    for a, b in itertools.combinations(range(S), 2):
        neurons = complete[a] & complete[b]
        whole = [np.mean([gram(s, g, h, neurons) for g, h in itertools.combinations(range(4), 2)], axis=0) for s in (a, b)]
        squares = []
        for s in (a, b):
            squares.append(np.mean([np.sum(gram(s, *p, neurons) * gram(s, *q, neurons)) for p, q in partitions]))
        product, norms = np.sum(whole[0] * whole[1]), np.sqrt(squares[0] * squares[1])
        across = [np.prod([np.sum(gram(a, *r, neurons) * gram(b, *r, neurons)) for r in parts]) for parts in partitions]
        result.append(product / norms)
        moments.setdefault(times[b] - times[a], []).append((product, norms, np.mean(across)))
    return result, [over_pairs(*np.array(moments[gap]).T) for gap in sorted(moments)]


def over_pairs(product, norms, product_squared):
    """Ratio of sums, without the bias of the roots: their relative variance is that of the product by trial noise."""
    variance = 1 - np.sum(product_squared / norms**2) / np.sum((product / norms) ** 2)
    return product.sum() / norms.sum() / (1 + variance / 2)


def law():
    """Weighted least squares over products of increments, as E q_j q_k = D d_jk dt_j + F (...) + v2 dt_j dt_k."""

    def fit(weight_of):
        information, right = np.zeros((3, 3)), np.zeros(3)
        for i in range(M):
            for n in range(N):
                present = ~np.isnan(mean[:, i, n])
                if present.sum() < 3:
                    continue
                gaps = np.diff(times[present])
                m = len(gaps)
                second = 2 * np.eye(m) - np.eye(m, k=1) - np.eye(m, k=-1)
                structures = [np.diag(gaps), second, np.outer(gaps, gaps)]
                weight = weight_of(gaps, second)
                steps = np.diff(mean[present, i, n])
                error = noise[present, i, n]
                own = np.diag(error[1:] + error[:-1]) - np.diag(error[1:-1], 1) - np.diag(error[1:-1], -1)
                forms = [weight @ k @ weight / 2 for k in structures]
                for p in range(3):
                    right[p] += np.sum(forms[p] * (np.outer(steps, steps) - own))
                    for q in range(3):
                        information[p, q] += np.sum(forms[p] * structures[q])
        return np.linalg.solve(information, right)

    squares = np.nanmean((mean[1:] - mean[:-1]) ** 2)
    gap = (times[-1] - times[0]) / (S - 1)
    theta = fit(lambda gaps, second: np.eye(len(gaps)))
    for _ in range(2):
        d = max(theta[0], 0.01 * squares / gap)
        f = max(theta[1] + np.nanmean(noise), 0.01 * squares)
        theta = fit(lambda gaps, second: np.linalg.inv(d * np.diag(gaps) + f * second))
    return (N * theta).tolist()


def turning():
    """Turns of the frame in each plane, and the rates D of the increment law, mean over the ways to halve the trials."""
    groups = np.stack([np.nanmean(x[:, g::4], axis=1) for g in range(4)], axis=1)
    complete = ~np.isnan(groups).any(axis=(0, 1, 2)) & ~np.isnan(mean).any(axis=(0, 1))
    g, h = groups[..., complete], mean[..., complete]
    centre = np.eye(M) - 1 / M
    pairs = [np.mean([centre @ (own[a] @ own[b].T + own[b] @ own[a].T) @ centre / 2 for own in g], axis=0)
             for a, b in itertools.combinations(range(4), 2)]
    values, vectors = np.linalg.eigh(np.mean(pairs, axis=0))
    kept = np.argsort(values)[::-1][: M - 1]
    v = vectors[:, kept]
    v = v * np.sign(v[np.argmax(np.abs(v), axis=0), np.arange(M - 1)])
    ways = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    halves = [[np.einsum("mk,smn->skn", v, g[:, list(own)].mean(axis=1)) for own in way] for way in ways]
    whole = np.einsum("mk,smn->skn", v, h)
    strengths = np.mean([np.einsum("skn,skn->sk", one, two) for one, two in halves], axis=0)
    length = strengths.mean(axis=0)
    scale = 1 / np.sqrt(length * (strengths / length).mean(axis=1)[:, None])
    gaps = np.diff(times)
    m = len(gaps)
    structures = [np.diag(gaps), 2 * np.eye(m) - np.eye(m, k=1) - np.eye(m, k=-1)]

    def products(ones):
        return np.mean([(np.einsum("i...,j...->ij...", p, q) + np.einsum("j...,i...->ij...", p, q)) / 2 for p, q in ones], axis=0)

    def fit_with(weight):
        forms = [weight @ k @ weight / 2 for k in structures]
        information = np.array([[np.sum(f * k) for k in structures] for f in forms])
        return lambda p: np.linalg.solve(information, [np.tensordot(f, p, 2) for f in forms])

    scaled = [[own * scale[..., None] for own in way] for way in halves]
    steps = [[np.diff(own, axis=0) for own in way] for way in scaled]
    drift = products(steps).sum(axis=3)
    noise = np.mean([((p - q) ** 2).sum(axis=2).mean(axis=0) for p, q in steps], axis=0).mean() / 8
    square = np.trace(drift.mean(axis=2)) / m + 2 * noise
    fit = fit_with(np.eye(m))
    for _ in range(2):
        d, f = fit(drift).mean(axis=1)
        d, f = max(d, 0.01 * square / gaps.mean()), max(f + noise, 0.01 * square)
        fit = fit_with(np.linalg.inv(d * structures[0] + f * structures[1]))
    lasting = np.maximum(1 - fit(drift)[1], 0.5)
    frames = [[own / np.sqrt(lasting)[:, None] for own in way] for way in scaled]
    all_trials = whole * scale[..., None] / np.sqrt(lasting)[:, None]
    overlaps = np.einsum("akn,bkn->abk", all_trials, all_trials)
    near = np.einsum("akn,bkn,k->ab", all_trials, all_trials, lasting) / (M - 1)

    def turn(own):
        result = np.zeros((m, M - 1, M - 1))
        for j in range(m):
            w = [c for c in range(S) if all(c in (j, j + 1) or near[c, e] >= 0.5 for e in (j, j + 1))]
            norm = np.mean([np.einsum("kn,kn->k", p[w].mean(axis=0), q[w].mean(axis=0)) for p, q in frames], axis=0)
            along = sum(np.ones(M - 1) if c == e else overlaps[c, e] for e in (j, j + 1) for c in w) / (2 * len(w))
            c = own[w].mean(axis=0) @ (own[j + 1] - own[j]).T
            size = (norm + along**2) / 2
            result[j] = (c - c.T) / 2 / np.sqrt((size[:, None] + size[None, :]) / 2)
        return result

    p = products([[turn(own) for own in way] for way in frames]).reshape(m, m, -1)
    rates = fit(p)[0].reshape(M - 1, M - 1)
    turns = turn(all_trials)
    planes = list(itertools.combinations(range(M - 1), 2))
    return {"strengths": values[kept].tolist(), "turns": [turns[:, k, l].tolist() for k, l in planes], "rates": [rates[k, l] for k, l in planes]}


displacement, cosine = population_pairs()
pairs, gaps = similarity()
print(json.dumps({"displacement": displacement, "cosine": cosine, "similarity": pairs, "gaps": gaps, "law": law(), "turning": turning()}))
