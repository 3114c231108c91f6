"""Which cell of one session is which in the others."""

import csv
from pathlib import Path

import numpy as np
from tables import InputError, is_number


def matched_cells(options, sessions, traces, notes):
    """Rows of the traces, cells x sessions; -1 where a cell was not found. Cells of one session are left out."""
    if options.cells is None and all(own.names is not None for own in traces):
        cells = cells_by_name([own.names for own in traces], sessions)
    elif options.cells is None:
        counts = [len(own.accepted) for own in traces]
        if len(set(counts)) > 1:
            raise InputError(
                f"the sessions have {', '.join(map(str, counts))} cells; say by --cells which cell is which in each"
            )
        cells = np.repeat(np.arange(counts[0])[:, None], len(sessions), axis=1)
    else:
        cells = read_cells(options.cells, options.first)
        if cells.shape[1] != len(sessions):
            raise InputError(
                f"{options.cells}: has {cells.shape[1]} columns, expected one for each of {len(sessions)} sessions"
            )
    rejected = 0
    for s, (session, own) in enumerate(zip(sessions, traces, strict=True)):
        found = cells[:, s] >= 0
        if options.cells is not None and options.numbers == "accepted":
            numbers = np.flatnonzero(own.accepted)
        else:
            numbers = np.arange(len(own.accepted))
        largest = cells[:, s].max(initial=-1)
        if largest >= len(numbers):
            kind = "accepted components" if options.numbers == "accepted" else "components"
            raise InputError(
                f"{options.cells}: column {s + 1} has the cell {largest} (counted from 0), and {session['source']} has "
                f"{len(numbers)} {kind}; see --first and --numbers"
            )
        own_cells, counts = np.unique(cells[found, s], return_counts=True)
        if (counts > 1).any():
            twice = own_cells[counts > 1][0]
            raise InputError(f"{options.cells}: column {s + 1} has the cell {twice} (counted from 0) twice")
        cells[found, s] = numbers[cells[found, s]]
        if not options.keep_rejected:
            refused = np.zeros(len(cells), dtype=bool)
            refused[found] = ~own.accepted[cells[found, s]]
            cells[refused, s] = -1
            rejected += refused.sum()
    if rejected:
        notes.append(f"components that were not accepted, and count as not found: {rejected} (see --keep-rejected)")
    kept = (cells >= 0).sum(axis=1) >= 2
    if not kept.all():
        notes.append(f"cells found in fewer than two sessions, left out: {(~kept).sum()} of {len(kept)}")
    if not kept.any():
        raise InputError("no cell was found in two sessions or more")
    return cells[kept]


def cells_by_name(names, sessions):
    """Cells of the same name in different sessions are one."""
    for own, session in zip(names, sessions, strict=True):
        if len(set(own)) < len(own):
            raise InputError(f"{session['source']}: two of its cells have the same name, expected one for each")
    rows = [{name: row for row, name in enumerate(own)} for own in names]
    return np.array([[own.get(name, -1) for own in rows] for name in sorted(set().union(*rows))])


def read_cells(name, first):
    """A table of cells x sessions of numbers from 0 on, -1 where not found: CSV, NPY, or a MAT file of CellReg."""
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file, expected a table of matched cells")
    if path.suffix == ".csv":
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
        if rows and any(not is_number(cell) for cell in rows[0]):
            rows = rows[1:]
        if len({len(row) for row in rows}) != 1:
            raise InputError(f"{path}: its rows have different lengths, expected a number or nothing for each session")
        table = np.array([[cell_number(cell, path) for cell in row] for row in rows])
    elif path.suffix == ".npy":
        # None where a cell was not found makes it an array of objects, as Track2p writes it.
        loaded = np.load(path, allow_pickle=True)
        table = np.array([[np.nan if cell is None else cell for cell in row] for row in np.atleast_2d(loaded)], float)
    elif path.suffix == ".mat":
        table = cellreg_map(path)
        first = 1 if first is None else first
    else:
        raise InputError(f"{path}: its name ends in {path.suffix or 'nothing'}, expected .csv, .npy or .mat")
    table = table - (first or 0)
    return np.where(np.isfinite(table) & (table >= 0), table, -1).astype(int)


def cell_number(text, path):
    if not is_number(text.strip()):
        raise InputError(f"{path}: has the cell {text!r}, expected a number, or nothing where it was not found")
    return float(text.strip() or "nan")


def cellreg_map(path):
    try:
        import h5py

        with h5py.File(path) as file:
            return np.array(file["cell_registered_struct/cell_to_index_map"], dtype=float).T
    except ImportError:
        raise InputError(f"{path}: needs the Python package h5py; or save cell_to_index_map as CSV") from None
    except (KeyError, OSError):
        raise InputError(
            f"{path}: has no cell_registered_struct.cell_to_index_map as CellReg saves it; save the map as CSV"
        ) from None
