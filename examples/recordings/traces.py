"""Activity of the cells of one session, of which means over spans of time are taken."""

from dataclasses import dataclass

import numpy as np
from tables import InputError


@dataclass
class Traces:
    """Activity of one session, cells x frames, and what is known about its cells."""

    values: np.ndarray
    rate: float  # frames per second, where there are no times
    accepted: np.ndarray  # of each cell: whether it counts as one
    times: np.ndarray | None = None  # of the frames, in seconds
    names: np.ndarray | None = None  # of the cells, the same in every session

    def mean(self, start, stop):
        """Mean of each cell over a span of seconds; None where it reaches beyond the recording."""
        frames = self.values.shape[1]
        if self.times is None:
            first, last = (int(np.ceil(edge * self.rate - 1e-6)) for edge in (start, stop))
        else:
            first, last = np.searchsorted(self.times, (start - 1e-9, stop - 1e-9))
            step = (self.times[-1] - self.times[0]) / max(1, frames - 1)
            if start < self.times[0] - 1e-9 or stop > self.times[-1] + 1.5 * step:
                return None
        if first < 0 or last > frames:
            return None
        if last <= first:
            raise InputError(f"a span of {stop - start:g} s has no frame at {self.rate_text()} a second (--window)")
        return self.values[:, first:last].mean(axis=1)

    def rate_text(self):
        return f"{self.rate:g}" if self.times is None else f"{1 / np.median(np.diff(self.times)):.3g}"


@dataclass
class SpikeTrains:
    """Spike times of the units of one session, in seconds, from `start` to `stop`. Means are spikes per second."""

    trains: list
    start: float
    stop: float
    accepted: np.ndarray
    names: np.ndarray | None = None

    def mean(self, start, stop):
        if start < self.start or stop > self.stop:
            return None
        return np.array([np.diff(np.searchsorted(train, (start, stop)))[0] for train in self.trains]) / (stop - start)
