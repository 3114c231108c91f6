"""The learning step in JAX: all steps one compiled loop in 64 bits, replicas in the last axis, along which XLA makes vectors. It is
kept on one processor, because XLA chooses its threads itself; `threads` is ignored. Input N(0, I), target identity, no label noise.

Reads lines "n p threads replicas steps" and answers each with the seconds that the steps took.
"""

import functools
import os
import sys
import time

os.environ.setdefault("JAX_PLATFORMS", "cpu")
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
RATE, DECAY = 0.01, 1 - 0.01 * 0.2


@functools.partial(jax.jit, static_argnames="steps")
def learn(w1, w2, key, steps):
    _, n, replicas = w1.shape

    def step(_, state):
        w1, w2, key = state
        key, own = jax.random.split(key)
        x = jax.random.normal(own, (n, replicas), w1.dtype)
        h = (w1 * x[None]).sum(1)
        e = RATE * (x - (w2 * h[None]).sum(1))
        b = (w2 * e[:, None]).sum(0)
        return DECAY * w1 + b[:, None] * x[None], DECAY * w2 + e[:, None] * h[None], key

    return jax.lax.fori_loop(0, steps, step, (w1, w2, key))


def measure(n, p, _threads, replicas, steps):
    key = jax.random.key(1, impl="rbg")
    first, second, key = jax.random.split(key, 3)
    w1 = jax.random.uniform(first, (p, n, replicas), jnp.float64, -0.3, 0.3)
    w2 = jax.random.uniform(second, (n, p, replicas), jnp.float64, -0.3, 0.3)
    # Compiled before the clock starts.
    jax.block_until_ready(learn(w1, w2, key, steps))
    start = time.perf_counter()
    w1, _, _ = jax.block_until_ready(learn(w1, w2, key, steps))
    seconds = time.perf_counter() - start
    assert jnp.isfinite(w1).all()
    return seconds


for line in sys.stdin:
    print(measure(*map(int, line.split())), flush=True)
