"""Oja's subspace rule and similarity matching by hand in Numba: what a careful Python user would write.

As rules.c beside it: one pass over W per step, in which the update of the step before is made, four rows at a time; products
in their cheapest order; a triangular solution instead of the inverse of M; the decay of W scaled lazily. Input
N(0, diag(v)), v_j = 1.6 - 1.2 j / n. The sizes n and k are read from the arrays; with the argument `fixed` the code is
compiled anew for each size, so that they are constants.

Reads lines "rule n k replicas steps", rule being oja or similarityMatching, and answers each with the seconds of processor
time that the steps took.
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


@functools.cache
def build(matching, sizes):
    """The function that runs all replicas; `sizes` are (k, n) as constants, or None."""
    shape = numba.njit(lambda w: sizes) if sizes else numba.njit(lambda w: w.shape)

    @numba.njit(fastmath=True)
    def visit(w, factors, residual, x, c, z, k, n):
        """w += factors residual^T, c = w x, and z = w^T c where that is wanted."""
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
            if not matching:
                for j in range(n):
                    z[j] += w[i, j] * c0 + w[i + 1, j] * c1 + w[i + 2, j] * c2 + w[i + 3, j] * c3
        for i in range(k - k % UNITS, k):
            a, total = factors[i], 0.0
            for j in range(n):
                w[i, j] += a * residual[j]
                total += w[i, j] * x[j]
            c[i] = total
            if not matching:
                for j in range(n):
                    z[j] += w[i, j] * total

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

    @numba.njit(fastmath=True)
    def learn(w, m, s, retries, deviations, steps):
        k, n = shape(w)
        eta = 0.05 / (n * k)
        scale = 1.0
        block = np.zeros((BLOCK, n))
        factors, c, pivots, low = np.zeros(k), np.zeros(k), np.zeros(k), np.zeros((k, k))
        residual, z = np.zeros(n), np.zeros(n)
        keep, rate = 1.0 - eta / TAU, eta / TAU
        for _ in range(0, steps, BLOCK):
            draw(s, retries, block.reshape(-1))
            for t in range(BLOCK):
                x = block[t]
                for j in range(n):
                    x[j] *= deviations[j]
                    z[j] = 0.0
                visit(w, factors, residual, x, c, z, k, n)
                if matching:
                    for i in range(k):
                        c[i] *= scale
                    solve(m, low, pivots, c, k)
                    for i in range(k):
                        for j in range(i + 1):
                            m[i, j] = keep * m[i, j] + rate * c[i] * c[j]
                    factor = eta / (scale * (1.0 - eta))
                    scale *= 1.0 - eta
                    for i in range(k):
                        factors[i] = factor * c[i]
                    for j in range(n):
                        residual[j] = x[j]
                else:
                    for i in range(k):
                        factors[i] = eta * c[i]
                    for j in range(n):
                        residual[j] = x[j] - z[j]
            if scale < 2.0**-32:
                w *= scale
                factors *= scale
                scale = 1.0

    @numba.njit
    def run(w, m, s, retries, deviations, steps):
        for replica in range(w.shape[0]):
            learn(w[replica], m[replica], s[replica], retries[replica], deviations, steps)

    return run


def measure(rule, n, k, replicas, steps):
    generator = np.random.default_rng(1)
    w = generator.uniform(-0.3, 0.3, (replicas, k, n))
    m = np.tile(np.eye(k), (replicas, 1, 1))
    s, retries = streams(generator, replicas), streams(generator, replicas)
    deviations = np.sqrt(1.6 - 1.2 * np.arange(n) / n)
    start = time.process_time()
    build(rule != "oja", (k, n) if FIXED else None)(w, m, s, retries, deviations, steps)
    seconds = time.process_time() - start
    assert np.isfinite(w).all()
    return seconds


for line in sys.stdin:
    name, *numbers = line.split()
    print(measure(name, *map(int, numbers)), flush=True)
