"""Writes the input of `meander analyse` from suite2p folders of the same cells on several days.

  python3 from_suite2p.py sessions.csv --cells matched.csv --window 0 2 --baseline -1 0 --out mouse.npz

Each folder (plane0, or combined) holds F.npy, Fneu.npy, spks.npy and iscell.npy, and ops.npy for the frame rate. Needs
numpy.
"""

import sys

import numpy as np
from sessions import arguments, run
from tables import InputError
from traces import Traces


def load(folder, options, part):
    """Traces of a folder: dF/F0, fluorescence without neuropil, or deconvolved activity."""
    values = part(array(folder, "spks.npy" if options.signal == "spks" else "F.npy"))
    if options.signal != "spks":
        neuropil = part(array(folder, "Fneu.npy"))
        if neuropil.shape != values.shape:
            shapes = f"{values.shape} and Fneu.npy {neuropil.shape}"
            raise InputError(f"{folder}: F.npy has the shape {shapes}, expected the same")
        values = values - options.neuropil * neuropil
    if (folder / "iscell.npy").is_file():
        accepted = np.atleast_2d(array(folder, "iscell.npy"))[:, 0] > 0.5
        if len(accepted) != len(values):
            raise InputError(f"{folder}: iscell.npy has {len(accepted)} rows, expected {len(values)} as in the traces")
    else:
        accepted = np.ones(len(values), dtype=bool)
    if options.signal == "dff":
        baseline = np.percentile(values, options.percentile, axis=1, keepdims=True)
        # Where neuropil outshines a cell, dF/F0 has no meaning.
        accepted &= baseline[:, 0] > 0
        values = np.divide(values - baseline, baseline, out=np.full_like(values, np.nan), where=baseline > 0)
    return Traces(values, rate_of(folder), accepted)


def array(folder, name):
    path = folder / name
    if not path.is_file():
        planes = sorted(inner.name for inner in folder.glob("*") if (inner / name).is_file())
        hint = f"; it has {', '.join(planes)}, of which one is meant" if planes else ", as suite2p writes it"
        raise InputError(f"{folder}: has no {name}{hint}")
    try:
        return np.load(path).astype(float)
    except ValueError:
        raise InputError(f"{path}: holds no plain array of numbers, or is damaged") from None


def rate_of(folder):
    """Frames per second from ops.npy, 0 where it does not say. It is pickled: open only files that you trust."""
    path = folder / "ops.npy"
    if not path.is_file():
        return 0.0
    return float(np.load(path, allow_pickle=True).item().get("fs", 0))


def main(given=None):
    parser = arguments(__doc__, "folder")
    parser.prog = "from_suite2p.py"
    parser.add_argument("--signal", choices=("dff", "F", "spks"), default="dff", help="default: dff, (F - F0)/F0")
    parser.add_argument("--neuropil", type=float, default=0.7, help="part of Fneu subtracted from F (default: 0.7)")
    parser.add_argument(
        "--percentile", type=float, default=8, help="F0 is this percentile of a cell's trace in a session (default: 8)"
    )
    return run(parser, load, "folder", given)


if __name__ == "__main__":
    sys.exit(main())
