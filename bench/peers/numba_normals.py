"""Normals of the Numba programs here: xoshiro256+ and the ziggurat, one generator a replica and another for the misses."""

import math

import numba
import numpy as np

TAIL = 3.6541528853610088
AREA = 0.00492867323399


def tables():
    edge = np.zeros(257)
    edge[0] = AREA / math.exp(-0.5 * TAIL * TAIL)
    edge[1] = TAIL
    for i in range(2, 256):
        edge[i] = math.sqrt(-2 * math.log(AREA / edge[i - 1] + math.exp(-0.5 * edge[i - 1] ** 2)))
    return edge, edge[1:] / edge[:-1], np.exp(-0.5 * edge**2)


EDGE, ACCEPT, HEIGHT = tables()
U3, U11, U17, U19, U45, MASK = (np.uint64(k) for k in (3, 11, 17, 19, 45, 255))


@numba.njit(inline="always")
def abscissa(word):
    return np.float64(np.int64(word) >> 11) * 2.0**-52


@numba.njit
def next_word(s):
    word = s[0] + s[3]
    t = s[1] << U17
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = (s[3] << U45) | (s[3] >> U19)
    return word


@numba.njit
def uniform(s):
    return np.float64(next_word(s) >> U11) * 2.0**-53


@numba.njit
def retry(s, word):
    while True:
        layer = (word >> U3) & MASK
        u = abscissa(word)
        x = u * EDGE[layer]
        if abs(u) < ACCEPT[layer]:
            return x
        if layer == 0:
            while True:
                a = -math.log(uniform(s) + 2.0**-54) / TAIL
                b = -math.log(uniform(s) + 2.0**-54)
                if 2 * b > a * a:
                    return -(TAIL + a) if u < 0 else TAIL + a
        low, high = HEIGHT[layer], HEIGHT[layer + np.uint64(1)]
        if low + uniform(s) * (high - low) < math.exp(-0.5 * x * x):
            return x
        word = next_word(s)


@numba.njit
def draw(s, retries, out):
    s0, s1, s2, s3 = s[0], s[1], s[2], s[3]
    for j in range(out.shape[0]):
        word = s0 + s3
        t = s1 << U17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = (s3 << U45) | (s3 >> U19)
        u = abscissa(word)
        layer = (word >> U3) & MASK
        out[j] = u * EDGE[layer] if abs(u) < ACCEPT[layer] else retry(retries, word)
    s[0], s[1], s[2], s[3] = s0, s1, s2, s3


def streams(generator, replicas):
    """Words of the generators of all replicas."""
    return generator.integers(0, 2**64 - 1, (replicas, 4), dtype=np.uint64)
