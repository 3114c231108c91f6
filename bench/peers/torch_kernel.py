"""The learning step in PyTorch, without a graph of gradients: all replicas in one array of 64 bits. Input N(0, I), target identity,
no label noise.

Reads lines "n p threads replicas steps" and answers each with the seconds that the steps took.
"""

import sys
import time

import torch


@torch.inference_mode()
def measure(n, p, threads, replicas, steps):
    torch.set_num_threads(threads)
    generator = torch.Generator().manual_seed(1)
    w1 = torch.empty(replicas, p, n, dtype=torch.float64).uniform_(-0.3, 0.3, generator=generator)
    w2 = torch.empty(replicas, n, p, dtype=torch.float64).uniform_(-0.3, 0.3, generator=generator)
    x = torch.empty(replicas, n, 1, dtype=torch.float64)
    rate, decay = 0.01, 1 - 0.01 * 0.2
    start = time.perf_counter()
    for _ in range(steps):
        x.normal_(generator=generator)
        h = torch.bmm(w1, x)
        e = rate * (x - torch.bmm(w2, h))
        b = torch.bmm(w2.transpose(1, 2), e)
        w1.mul_(decay).addcmul_(b, x.transpose(1, 2))
        w2.mul_(decay).addcmul_(e, h.transpose(1, 2))
    seconds = time.perf_counter() - start
    assert torch.isfinite(w1).all()
    return seconds


for line in sys.stdin:
    print(measure(*map(int, line.split())), flush=True)
