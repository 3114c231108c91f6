"""The built-in rules beside two-layer SGD by hand in Numba: what a careful Python user would write.

As rules.c beside it: one pass over weights per step, in which the update of the step before is made, four rows at a time;
products in their cheapest order; a triangular solution instead of the inverse of M; decay scaled lazily. Input N(0, diag(v)),
v_j = 1.6 - 1.2 j / n. Sizes are read from the arrays; with the argument `fixed` the code is compiled anew for each size, so that
they are constants.

Reads lines "rule n k replicas steps", rule being oja, sanger, similarityMatching, maskedSimilarityMatching or deepLinear (two
hidden layers of k units, n outputs, label noise), and answers each with the seconds of processor time that the steps took.
"""

import functools
import sys
import time

import numba
import numpy as np
from numba_normals import draw, streams

BLOCK = 32
UNITS = 4
FIXED = "fixed" in sys.argv
TAU = 0.5
GAMMA = 0.1


@numba.njit(fastmath=True)
def visit(w, factors, residual, x, c, z, summing, k, n):
    """w += factors residual^T, c = w x, and z += w^T c where that is wanted."""
    for i in range(0, k - UNITS + 1, UNITS):
        a0, a1, a2, a3 = factors[i], factors[i + 1], factors[i + 2], factors[i + 3]
        c0 = c1 = c2 = c3 = 0.0
        for j in range(n):
            r, y = residual[j], x[j]
            u0, u1 = w[i, j] + a0 * r, w[i + 1, j] + a1 * r
            u2, u3 = w[i + 2, j] + a2 * r, w[i + 3, j] + a3 * r
            w[i, j], w[i + 1, j], w[i + 2, j], w[i + 3, j] = u0, u1, u2, u3
            c0 += u0 * y
            c1 += u1 * y
            c2 += u2 * y
            c3 += u3 * y
        c[i], c[i + 1], c[i + 2], c[i + 3] = c0, c1, c2, c3
        if summing:
            for j in range(n):
                z[j] += w[i, j] * c0 + w[i + 1, j] * c1 + w[i + 2, j] * c2 + w[i + 3, j] * c3
    for i in range(k - k % UNITS, k):
        a, total = factors[i], 0.0
        for j in range(n):
            w[i, j] += a * residual[j]
            total += w[i, j] * x[j]
        c[i] = total
        if summing:
            for j in range(n):
                z[j] += w[i, j] * total


@numba.njit(fastmath=True)
def back(w, c, z, k, n):
    """z = w^T c."""
    z[:n] = 0.0
    for i in range(0, k - UNITS + 1, UNITS):
        c0, c1, c2, c3 = c[i], c[i + 1], c[i + 2], c[i + 3]
        for j in range(n):
            z[j] += w[i, j] * c0 + w[i + 1, j] * c1 + w[i + 2, j] * c2 + w[i + 3, j] * c3
    for i in range(k - k % UNITS, k):
        for j in range(n):
            z[j] += w[i, j] * c[i]


@numba.njit(fastmath=True)
def leave(w, y, eta, r, x, k, n):
    """Row i learns what rows 1..i leave of the input before, r; y = w x with the present one."""
    for i in range(0, k - UNITS + 1, UNITS):
        y0, y1, y2, y3 = y[i], y[i + 1], y[i + 2], y[i + 3]
        a0, a1, a2, a3 = eta * y0, eta * y1, eta * y2, eta * y3
        c0 = c1 = c2 = c3 = 0.0
        for j in range(n):
            u0, u1, u2, u3, v = w[i, j], w[i + 1, j], w[i + 2, j], w[i + 3, j], x[j]
            r0 = r[j] - y0 * u0
            r1 = r0 - y1 * u1
            r2 = r1 - y2 * u2
            r3 = r2 - y3 * u3
            u0, u1, u2, u3 = u0 + a0 * r0, u1 + a1 * r1, u2 + a2 * r2, u3 + a3 * r3
            w[i, j], w[i + 1, j], w[i + 2, j], w[i + 3, j], r[j] = u0, u1, u2, u3, r3
            c0 += u0 * v
            c1 += u1 * v
            c2 += u2 * v
            c3 += u3 * v
        y[i], y[i + 1], y[i + 2], y[i + 3] = c0, c1, c2, c3
    for i in range(k - k % UNITS, k):
        a, b, total = y[i], eta * y[i], 0.0
        for j in range(n):
            r[j] -= a * w[i, j]
            w[i, j] += b * r[j]
            total += w[i, j] * x[j]
        y[i] = total
    r[:] = x


@numba.njit(fastmath=True)
def solve(m, low, pivots, c, k):
    """c = m^-1 c by m = L D L^T."""
    for j in range(k):
        pivot = m[j, j]
        for p in range(j):
            pivot -= low[j, p] * low[j, p] * pivots[p]
        pivots[j] = pivot
        inverse = 1.0 / pivot
        for i in range(j + 1, k):
            total = m[i, j]
            for p in range(j):
                total -= low[i, p] * low[j, p] * pivots[p]
            low[i, j] = total * inverse
    for i in range(k):
        for p in range(i):
            c[i] -= low[i, p] * c[p]
    for i in range(k):
        c[i] /= pivots[i]
    for i in range(k - 1, -1, -1):
        for p in range(i + 1, k):
            c[i] -= low[p, i] * c[p]


@functools.cache
def build(rule, sizes):
    """The function that runs all replicas; `sizes` are (k, n) as constants, or None."""
    shape = numba.njit(lambda w: sizes) if sizes else numba.njit(lambda w: w.shape)
    matching, masked = "atching" in rule, rule.startswith("masked")
    oja, sanger, deep = rule == "oja", rule == "sanger", rule == "deepLinear"
    decay = GAMMA if deep else 1.0 if matching else 0.0

    @numba.njit(fastmath=True)
    def learn(w, second, last, m, s, retries, deviations, steps):
        k, n = shape(w)
        drawn = 2 * n if deep else n
        eta = 0.05 / (n * k)
        scale = 1.0
        block = np.zeros((BLOCK, drawn))
        factors, c, pivots, low = np.zeros(k), np.zeros(max(k, n)), np.zeros(k), np.zeros((k, k))
        residual, z = np.zeros(n), np.zeros(max(k, n))
        h1, h2, f2, f3 = np.zeros(k), np.zeros(k), np.zeros(k), np.zeros(n)
        keep, rate = 1.0 - eta / TAU, eta / TAU
        for _ in range(0, steps, BLOCK):
            draw(s, retries, block.reshape(-1))
            for t in range(BLOCK):
                x = block[t, :n]
                for j in range(drawn):
                    block[t, j] *= deviations[j]
                factor = eta / (scale * (1.0 - eta * decay))
                if oja:
                    z[:n] = 0.0
                    visit(w, factors, residual, x, c, z, True, k, n)
                    for i in range(k):
                        factors[i] = eta * c[i]
                    for j in range(n):
                        residual[j] = x[j] - z[j]
                elif sanger:
                    leave(w, factors, eta, residual, x, k, n)
                elif matching:
                    visit(w, factors, residual, x, c, z, False, k, n)
                    for i in range(k):
                        c[i] *= scale
                    if masked:
                        for i in range(k):
                            for p in range(i):
                                c[i] -= m[i, p] * c[p]
                            c[i] /= m[i, i]
                    else:
                        solve(m, low, pivots, c, k)
                    for i in range(k):
                        for j in range(i + 1):
                            m[i, j] = keep * m[i, j] + rate * c[i] * c[j]
                    for i in range(k):
                        factors[i] = factor * c[i]
                    residual[:] = x
                else:
                    visit(w, factors, residual, x, c, z, False, k, n)
                    residual[:] = x
                    for i in range(k):
                        factors[i] = scale * c[i]
                    visit(second, f2, h1, factors, c, z, False, k, k)
                    h1[:] = factors
                    for i in range(k):
                        f2[i] = scale * c[i]
                    visit(last, f3, h2, f2, c, z, False, n, k)
                    h2[:] = f2
                    for i in range(n):
                        f3[i] = x[i] + block[t, n + i] - scale * c[i]
                    back(last, f3, z, n, k)
                    for i in range(k):
                        f2[i] = scale * z[i]
                    back(second, f2, z, k, k)
                    for i in range(k):
                        factors[i] = factor * scale * z[i]
                        f2[i] *= factor
                    for i in range(n):
                        f3[i] *= factor
                scale *= 1.0 - eta * decay
            if scale < 2.0**-32:
                for weights in (w, second, last):
                    weights *= scale
                factors *= scale
                f2 *= scale
                f3 *= scale
                scale = 1.0

    @numba.njit
    def run(w, second, last, m, s, retries, deviations, steps):
        for replica in range(w.shape[0]):
            learn(w[replica], second[replica], last[replica], m[replica], s[replica], retries[replica], deviations, steps)

    return run


def measure(rule, n, k, replicas, steps):
    generator = np.random.default_rng(1)
    w, second, last = (generator.uniform(-0.3, 0.3, (replicas, *size)) for size in ((k, n), (k, k), (n, k)))
    m = np.tile(np.eye(k), (replicas, 1, 1))
    s, retries = streams(generator, replicas), streams(generator, replicas)
    deviations = np.concatenate([np.sqrt(1.6 - 1.2 * np.arange(n) / n), np.full(n, np.sqrt(0.1))])
    start = time.process_time()
    build(rule, (k, n) if FIXED else None)(w, second, last, m, s, retries, deviations, steps)
    seconds = time.process_time() - start
    assert np.isfinite(w).all()
    return seconds


for line in sys.stdin:
    name, *numbers = line.split()
    print(measure(name, *map(int, numbers)), flush=True)
