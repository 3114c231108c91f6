"""Results of suite2p and CaImAn, as these write them, of a recording that is known. Called with the directory to write to."""

import os
import sys

import h5py
import numpy as np

directory = sys.argv[1]
random = np.random.default_rng(1)
SESSIONS, STIMULI, CELLS, TRIALS, RATE, EVERY = 4, 3, 24, (5, 6, 4, 6), 10.0, 16.0
TIMES = (0, 1, 2.5, 4)
NAMES = ("left", "none", "right")


def path(*names):
    return os.path.join(directory, *names)


def table(name, columns, rows):
    with open(path(name), "w", encoding="utf-8") as file:
        file.write(",".join(columns) + "\n")
        file.writelines(",".join(map(str, row)) + "\n" for row in rows)


# x[session, trial, stimulus, neuron]
code = 1 + random.normal(size=(STIMULI, CELLS))
x = np.full((SESSIONS, max(TRIALS), STIMULI, CELLS), np.nan)
for s in range(SESSIONS):
    code = code + 0.3 * random.normal(size=code.shape)
    x[s, : TRIALS[s]] = code + 0.5 * random.normal(size=(TRIALS[s], STIMULI, CELLS))
x = x.astype("f4").astype("f8")
# Where each cell is among the components of a session; two components are no cells, and cells 3 and 7 were not found once.
components = np.array([random.permutation(CELLS + 2)[:CELLS] for _ in range(SESSIONS)]).T
components[3, 1] = components[7, 2] = -1
# What the cell in a row of the map shows is known only where its component is accepted: cell 5 is rejected in the last session.
rejected = [np.setdiff1d(np.arange(CELLS + 2), components[:, s])[-1:] for s in range(SESSIONS)]
rejected[3] = np.append(rejected[3], components[5, 3])
known = x.copy()
known[1, :, :, 3] = known[2, :, :, 7] = known[3, :, :, 5] = np.nan
np.save(path("known.npy"), known)
np.save(path("cells.npy"), np.where(components < 0, np.nan, components))
table("cells.csv", [f"day {t}" for t in TIMES], [["" if c < 0 else c + 1 for c in row] for row in components])
objects = np.empty(components.shape, dtype=object)
objects[:] = [[None if c < 0 else c for c in row] for row in components]
np.save(path("track2p.npy"), objects)
with h5py.File(path("cellreg.mat"), "w") as file:
    file["cell_registered_struct/cell_to_index_map"] = (components + 1).T.astype("f8")
# The same map in numbers of accepted components.
ranks = np.full(components.shape, np.nan)
for s in range(SESSIONS):
    numbers = np.setdiff1d(np.arange(CELLS + 2), rejected[s])
    for n, c in enumerate(components[:, s]):
        if c in numbers:
            ranks[n, s] = np.searchsorted(numbers, c)
np.save(path("ranks.npy"), ranks)

joined = []
for s in range(SESSIONS):
    shown = random.permutation(np.repeat(np.arange(STIMULI), TRIALS[s]))
    onsets = 2 + EVERY * np.arange(len(shown))
    # A last presentation is cut off by the end of the session.
    frames = int(RATE * (onsets[-1] + EVERY))
    traces = np.zeros((CELLS + 2, frames))
    every_cell = np.zeros((CELLS, frames))
    counts = [0] * STIMULI
    for onset, i in zip(onsets, shown):
        window = slice(int(RATE * onset), int(RATE * (onset + 1)))
        every_cell[:, window] = x[s, counts[i], i][:, None]
        counts[i] += 1
    found = components[:, s] >= 0
    traces[components[found, s]] = every_cell[found]
    joined.append(every_cell)
    rows = [(onset, NAMES[i]) for onset, i in zip(onsets, shown)]
    rows += [(frames / RATE - 0.5, "left")] + ([(3, "once")] if s == 0 else [])
    table(f"stimuli{s}.csv", ["stimulus", "onset"], [row[::-1] for row in rows])

    folder = path(f"day{s}", "plane0")
    os.makedirs(folder)
    baseline = 100 + 50 * random.random((CELLS + 2, 1))
    neuropil = 30 + 0 * traces
    np.save(os.path.join(folder, "F.npy"), (baseline * (1 + traces) + 0.7 * neuropil).astype("f4"))
    np.save(os.path.join(folder, "Fneu.npy"), neuropil.astype("f4"))
    np.save(os.path.join(folder, "spks.npy"), traces.astype("f4"))
    iscell = np.ones((CELLS + 2, 2), dtype="f4")
    iscell[rejected[s], 0] = 0
    np.save(os.path.join(folder, "iscell.npy"), iscell)
    np.save(os.path.join(folder, "ops.npy"), {"fs": RATE, "Ly": 512, "tau": 1.0})
    np.save(os.path.join(folder, "stat.npy"), np.array([{"med": [1, 2], "npix": 30}] * (CELLS + 2), dtype=object))

    with h5py.File(path(f"day{s}.hdf5"), "w") as file:
        estimates = file.create_group("estimates")
        estimates["F_dff"] = traces
        estimates["C"] = 100 * traces
        estimates["S"] = "NoneType"
        estimates["idx_components"] = np.setdiff1d(np.arange(CELLS + 2), rejected[s])
        estimates["idx_components_bad"] = rejected[s]
        # Footprints, a sparse matrix in compressed columns.
        for name, values in {"data": [1.0], "indices": [0], "indptr": [0, 1], "shape": [4, 1]}.items():
            estimates[f"A/{name}"] = values
        file["params/data/fr"] = RATE

    with h5py.File(path(f"day{s}.nwb"), "w") as file:
        file.attrs["nwb_version"] = "2.6.0"
        series = file.create_group("processing/ophys/DfOverF/RoiResponseSeries")
        found = components[:, s] >= 0
        chosen = [c for c in components[:, s] if c >= 0 and c not in rejected[s]]
        series["data"] = traces[chosen].T
        series["rois"] = np.arange(len(chosen))
        # Frames come late by a tenth of their length.
        series["timestamps"] = np.arange(frames) / RATE + 0.01
        names = [f"cell {list(components[:, s]).index(c) + 10}" for c in chosen]
        file["processing/ophys/cells/cell_specimen_id"] = np.array(names, dtype=h5py.string_dtype())
        intervals = file.create_group("intervals/trials")
        intervals["start_time"] = [row[0] for row in rows] + [6.5]
        intervals["image"] = np.array([row[1] for row in rows] + ["nan"], dtype=h5py.string_dtype())
        # Spikes: as many in the second after an onset as the response, rounded; one before and one after all.
        counts = np.abs(np.rint(3 * np.nan_to_num(traces[chosen]))).astype(int)
        trains = []
        for n, c in enumerate(chosen):
            starts = [(int(RATE * onset), onset) for onset, _ in rows[: len(shown)]]
            trains.append(np.concatenate([onset + 0.5 + 0.01 * np.arange(counts[n, k]) for k, onset in starts]))
        trains[0] = np.concatenate([[0.0], trains[0], [frames / RATE]])
        file["units/spike_times"] = np.concatenate(trains)
        file["units/spike_times_index"] = np.cumsum([len(train) for train in trains])
        file["units/id"] = [list(components[:, s]).index(c) + 10 for c in chosen]

spikes = np.abs(np.rint(3 * known))
np.save(path("known-spikes.npy"), spikes)
table("nwb.csv", ["time", "file"], [(t, f"day{s}.nwb") for s, t in enumerate(TIMES)])
folders = [(t, f"day{s}/plane0", f"stimuli{s}.csv") for s, t in enumerate(TIMES)]
table("suite2p.csv", ["time", "folder", "stimuli"], folders)
table("caiman.csv", ["time", "file", "stimuli"], [(t, f"day{s}.hdf5", f"stimuli{s}.csv") for s, t in enumerate(TIMES)])

# All sessions in one run of suite2p, with the same cells in all of them.
np.save(path("known-joined.npy"), x)
ends = np.cumsum([0] + [part.shape[1] for part in joined])
os.makedirs(path("joined", "plane0"))
np.save(path("joined", "plane0", "spks.npy"), np.concatenate(joined, axis=1).astype("f4"))
np.save(path("joined", "plane0", "ops.npy"), {"fs": RATE})
table(
    "joined.csv",
    ["time", "folder", "stimuli", "frames"],
    [(t, "joined/plane0", f"stimuli{s}.csv", f"{ends[s]}:{ends[s + 1]}") for s, t in enumerate(TIMES)],
)
# For messages.
table("unordered.csv", ["time", "folder", "stimuli"], folders[::-1])
table("no-folder.csv", ["time", "stimuli"], [(t, stimuli) for t, _, stimuli in folders])
table("outside.csv", ["time", "folder", "stimuli"], [(t, f"day{s}", f"stimuli{s}.csv") for s, t in enumerate(TIMES)])
table("no-map.csv", ["a", "b", "c", "d"], [(0, 1, 2, 3), (1, 2, 3, 99)])
table("twice.csv", ["a", "b", "c", "d"], [(0, 1, 2, 3), (1, 1, 3, 4)])
