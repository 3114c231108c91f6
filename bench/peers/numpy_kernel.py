"""The learning step in NumPy, all replicas in one array: what a Python user writes first. NumPy uses one thread
for small matrices; `threads` is ignored. Input N(0, I), target identity, no label noise.

Reads lines "n p threads replicas steps" and answers each with the seconds that the steps took.
"""

import sys
import time

import numpy as np


def measure(n, p, _threads, replicas, steps):
    generator = np.random.Generator(np.random.SFC64(1))
    w1 = generator.uniform(-0.3, 0.3, (replicas, p, n))
    w2 = generator.uniform(-0.3, 0.3, (replicas, n, p))
    rate, decay = 0.01, 1 - 0.01 * 0.2
    start = time.perf_counter()
    for _ in range(steps):
        x = generator.standard_normal((replicas, n, 1))
        h = w1 @ x
        e = rate * (x - w2 @ h)
        b = w2.transpose(0, 2, 1) @ e
        w1 *= decay
        w1 += b * x.transpose(0, 2, 1)
        w2 *= decay
        w2 += e * h.transpose(0, 2, 1)
    seconds = time.perf_counter() - start
    assert np.isfinite(w1).all()
    return seconds


for line in sys.stdin:
    print(measure(*map(int, line.split())), flush=True)
