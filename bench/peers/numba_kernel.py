"""The learning step by hand in Numba: what a careful Python user would write.

Own xoshiro256+ and ziggurat, replicas in parallel, one pass over the weights per step (the update of the previous step,
then the forward pass), four hidden units at a time, lazily scaled weight decay, normals in blocks. Input N(0, I), target
identity, no label noise. The sizes n and p are read from the arrays, as the kernel reads them; with the argument `fixed`
the code is compiled anew for each size, so that they are constants.

Reads lines "n p threads replicas steps" (replicas in all) and answers each with the seconds that the steps took.
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
ETA = 0.01
DECAY = 1 - ETA * 0.2


@functools.cache
def build(sizes):
    """The function that runs all replicas; `sizes` are (p, n) as constants, or None."""
    shape = numba.njit(lambda w1: sizes) if sizes else numba.njit(lambda w1: w1.shape)

    @numba.njit(fastmath=True)
    def learn(w1, w2, s, retries, steps):
        p, n = shape(w1)
        c = ETA / DECAY
        scale = 1.0
        block = np.zeros((BLOCK, n))
        h, e, error, previous = np.zeros(p), np.zeros(n), np.zeros(n), np.zeros(n)
        for _ in range(0, steps, BLOCK):
            draw(s, retries, block.reshape(-1))
            for t in range(BLOCK):
                x = block[t]
                coupling = c * scale * scale
                for i in range(n):
                    e[i] = c * x[i]
                for k in range(0, p - UNITS + 1, UNITS):
                    b0 = b1 = b2 = b3 = 0.0
                    h0, h1, h2, h3 = h[k], h[k + 1], h[k + 2], h[k + 3]
                    for i in range(n):
                        r = error[i]
                        u0, u1, u2, u3 = w2[k, i], w2[k + 1, i], w2[k + 2, i], w2[k + 3, i]
                        b0 += u0 * r
                        b1 += u1 * r
                        b2 += u2 * r
                        b3 += u3 * r
                        w2[k, i] = u0 + h0 * r
                        w2[k + 1, i] = u1 + h1 * r
                        w2[k + 2, i] = u2 + h2 * r
                        w2[k + 3, i] = u3 + h3 * r
                    h0 = h1 = h2 = h3 = 0.0
                    for j in range(n):
                        q, y = previous[j], x[j]
                        u0, u1 = w1[k, j] + b0 * q, w1[k + 1, j] + b1 * q
                        u2, u3 = w1[k + 2, j] + b2 * q, w1[k + 3, j] + b3 * q
                        w1[k, j], w1[k + 1, j], w1[k + 2, j], w1[k + 3, j] = u0, u1, u2, u3
                        h0 += u0 * y
                        h1 += u1 * y
                        h2 += u2 * y
                        h3 += u3 * y
                    h[k], h[k + 1], h[k + 2], h[k + 3] = h0, h1, h2, h3
                    for i in range(n):
                        share = w2[k, i] * h0 + w2[k + 1, i] * h1 + w2[k + 2, i] * h2 + w2[k + 3, i] * h3
                        e[i] -= coupling * share
                for k in range(p - p % UNITS, p):
                    back, old = 0.0, h[k]
                    for i in range(n):
                        back += w2[k, i] * error[i]
                        w2[k, i] += old * error[i]
                    activation = 0.0
                    for j in range(n):
                        w1[k, j] += back * previous[j]
                        activation += w1[k, j] * x[j]
                    h[k] = activation
                    for i in range(n):
                        e[i] -= coupling * w2[k, i] * activation
                for i in range(n):
                    error[i], previous[i] = e[i], x[i]
                scale *= DECAY
            if scale < 2.0**-32:
                w1 *= scale
                w2 *= scale
                h *= scale
                scale = 1.0

    @numba.njit(parallel=True)
    def run(w1, w2, s, retries, steps):
        for replica in numba.prange(w1.shape[0]):
            learn(w1[replica], w2[replica], s[replica], retries[replica], steps)

    return run


def measure(n, p, threads, replicas, steps):
    numba.set_num_threads(threads)
    generator = np.random.default_rng(1)
    w1 = generator.uniform(-0.3, 0.3, (replicas, p, n))
    w2 = generator.uniform(-0.3, 0.3, (replicas, p, n))
    s, retries = streams(generator, replicas), streams(generator, replicas)
    start = time.perf_counter()
    build((p, n) if FIXED else None)(w1, w2, s, retries, steps)
    seconds = time.perf_counter() - start
    assert np.isfinite(w1).all()
    return seconds


for line in sys.stdin:
    print(measure(*map(int, line.split())), flush=True)
