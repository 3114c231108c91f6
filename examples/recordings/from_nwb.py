"""Writes the input of `meander analyse` from NWB files of the same cells on several days, such as those of DANDI.

  python3 from_nwb.py sessions.csv --stimulus image --id processing/…/cell_specimen_id --window 0 2 --out mouse.npz
  python3 from_nwb.py sessions.csv --stimulus orientation --units --id units/id --window 0 0.5 --out mouse.npz

Responses are means of traces over a window, or spikes per second of the units. Presentations are those of a table of
the file where the table of sessions has no column stimuli. Needs numpy and h5py.
"""

import sys

import h5py
import numpy as np
from sessions import arguments, run
from tables import InputError
from traces import SpikeTrains, Traces


def load(path, options, part):
    with opened(path) as file:
        names = None if options.id is None else file_array(file, options.id, "--id")
        return spikes(path, file, names) if options.units else traces(path, file, names, options, part)


def opened(path):
    try:
        return h5py.File(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read as HDF5 ({error}); expected an NWB file") from None


def file_array(file, name, option):
    found = file.get(name)
    if not isinstance(found, h5py.Dataset):
        raise InputError(f"{file.filename}: has no dataset {name}, as {option} says")
    values = found[()]
    return np.array([own.decode() if isinstance(own, bytes) else own for own in values.ravel()])


def spikes(path, file, names):
    if "units/spike_times" not in file:
        raise InputError(f"{path}: has no units/spike_times; leave out --units for traces")
    times, ends = file["units/spike_times"][()], file["units/spike_times_index"][()].astype(int)
    trains = [np.sort(own) for own in np.split(times, ends[:-1])]
    # What was recorded when is not said by spikes: time before the first and after the last counts as not recorded.
    return SpikeTrains(trains, times.min(initial=0), times.max(initial=0), np.ones(len(trains), dtype=bool), names)


def traces(path, file, names, options, part):
    series = series_in(path, file, options.series)
    values = series["data"][()].astype(float)
    if values.ndim != 2:
        raise InputError(f"{path}: its {series.name}/data has the shape {values.shape}, expected frames x cells")
    cells = len(series["rois"]) if "rois" in series else values.shape[1]
    # NWB has frames x cells; some writers turn that.
    values = values if values.shape[0] == cells and values.shape[1] != cells else values.T
    accepted = np.ones(len(values), dtype=bool)
    if names is not None and len(names) != len(values):
        raise InputError(f"{path}: --id {options.id} has {len(names)} names, expected {len(values)}, one for each cell")
    times, rate = None, 0.0
    if "timestamps" in series:
        times = part(series["timestamps"][()].astype(float)[None])[0]
    elif "starting_time" in series:
        rate = float(series["starting_time"].attrs["rate"])
        times = part((series["starting_time"][()] + np.arange(values.shape[1]) / rate)[None])[0]
    return Traces(part(values), rate, accepted, times, names)


def series_in(path, file, wanted):
    """The group of a series of traces: the one that is named, or the only one there is."""
    if wanted is not None:
        found = file.get(wanted)
        if isinstance(found, h5py.Group) and "data" in found:
            return found
    all_series = []
    file.visititems(lambda name, own: all_series.append(name) if is_traces(own) else None)
    if wanted is None and len(all_series) == 1:
        return file[all_series[0]]
    said = f"has no series {wanted}" if wanted is not None else "does not say which series is meant; expected --series"
    units = " or --units" if "units/spike_times" in file else ""
    raise InputError(f"{path}: {said}; it has {', '.join(all_series) or 'no traces'}{units}")


def is_traces(own):
    return isinstance(own, h5py.Group) and isinstance(own.get("data"), h5py.Dataset) and own["data"].ndim == 2


def presentations(path, options):
    """Pairs of onset and stimulus from a table of intervals."""
    with opened(path) as file:
        table = file.get(options.trials)
        columns = [] if table is None else [name for name in table if isinstance(table[name], h5py.Dataset)]
        if options.onset not in columns:
            others = ", ".join(f"intervals/{name}" for name in file.get("intervals", {})) or "no intervals"
            known = f"it has {others}; see --trials and --onset"
            raise InputError(f"{path}: has no {options.trials}/{options.onset}; {known}")
        if options.stimulus not in columns:
            said = "--stimulus names no column" if options.stimulus is None else f"has no column {options.stimulus}"
            raise InputError(f"{path}: {options.trials}: {said}; it has {', '.join(columns)}")
        names = file_array(file, f"{options.trials}/{options.stimulus}", "--stimulus")
        shown = [f"{own:g}" if names.dtype.kind in "fiu" else str(own).strip() for own in names]
        onsets = table[options.onset][()].tolist()
        # Blanks have no name.
        return [(onset, name) for onset, name in zip(onsets, shown, strict=True) if name not in ("", "nan", "null")]


def main(given=None):
    parser = arguments(__doc__, "file")
    parser.prog = "from_nwb.py"
    parser.add_argument("--series", help="series of traces, where there are several: processing/ophys/DfOverF/…")
    parser.add_argument("--units", action="store_true", help="take spikes of the units instead of traces")
    parser.add_argument("--id", help="dataset with a name for each cell, the same in every session (or --cells)")
    parser.add_argument("--trials", default="intervals/trials", help="table of presentations (intervals/trials)")
    parser.add_argument("--stimulus", help="column of that table with the name or number of the stimulus")
    parser.add_argument("--onset", default="start_time", help="column of that table with the onset (start_time)")
    return run(parser, load, "file", given, presentations)


if __name__ == "__main__":
    sys.exit(main())
