"""Writes the input of `meander analyse` from CaImAn results (HDF5 of `cnm.save`) of the same cells on several days.

  python3 from_caiman.py sessions.csv --cells assignments.npy --window 0 2 --signal F_dff --out mouse.npz

assignments.npy is what caiman.base.rois.register_multisession returns second, saved by numpy.save. Where that was given
accepted components only, say --numbers accepted. Needs numpy and h5py.
"""

import sys

import h5py
import numpy as np
from sessions import arguments, run
from tables import InputError
from traces import Traces

EXPECTED = "expected what cnm.save('NAME.hdf5') writes"


def load(path, options, part):
    """Traces of a file: dF/F, denoised (C) or deconvolved (S) activity."""
    try:
        file = h5py.File(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read as HDF5 ({error}); {EXPECTED}") from None
    with file:
        if "estimates" not in file:
            raise InputError(f"{path}: has no estimates; {EXPECTED}")
        estimates = file["estimates"]
        values = dataset(estimates, options.signal)
        if values is None:
            known = [name for name in ("F_dff", "C", "S") if dataset(estimates, name) is not None]
            hint = "run estimates.detrend_df_f() before cnm.save, or " if options.signal == "F_dff" else ""
            raise InputError(f"{path}: has no estimates/{options.signal}; {hint}take --signal {' or '.join(known)}")
        accepted = np.ones(len(values), dtype=bool)
        chosen = dataset(estimates, "idx_components")
        if chosen is not None:
            accepted[:] = False
            accepted[chosen.astype(int)] = True
        rate = file.get("params/data/fr")
        return Traces(part(values), 0.0 if rate is None else float(rate[()]), accepted)


def dataset(estimates, name):
    """An array; None where there is none: CaImAn writes the text NoneType then."""
    found = estimates.get(name)
    if found is None or found.dtype.kind not in "fiu":
        return None
    return found[()].astype(float)


def main(given=None):
    parser = arguments(__doc__, "file")
    parser.prog = "from_caiman.py"
    parser.add_argument("--signal", choices=("F_dff", "C", "S"), default="F_dff", help="default: F_dff")
    return run(parser, load, "file", given)


if __name__ == "__main__":
    sys.exit(main())
