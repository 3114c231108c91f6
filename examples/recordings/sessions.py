"""What the scripts of this folder have in common: from traces, stimulus tables and matched cells to one array.

The array is x[session, trial, stimulus, neuron], NaN where a cell was not found or a trial was not shown. It is written
as NPZ with the times of the sessions and the names of the stimuli, and `meander analyse` reads it as it is.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from cells import matched_cells
from tables import InputError, is_number, number, read_table
from traces import Traces


def arguments(description, column):
    """The options that all scripts have; `column` of the table of sessions names the data of each."""
    parser = argparse.ArgumentParser(
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"""tables (CSV with a line of names; paths are relative to the table):
  sessions   time, {column}, stimuli; optionally frames, as 9000:18000, where the
             session is only a part of that file
  stimuli    onset, stimulus: seconds from the first frame of the session, and a name
  cells      one row for each cell, one column for each session, in their order: the
             cell's number there, empty, NaN or negative where it was not found""",
    )
    parser.add_argument("sessions", type=Path, help="table of sessions")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.npz", help="file to write")
    parser.add_argument(
        "--cells",
        metavar="FILE",
        help="cells matched over sessions (.csv, .npy, .mat of CellReg); without it all have the same cells",
    )
    parser.add_argument(
        "--first", type=int, choices=(0, 1), help="number of the first cell (1 for CellReg, else 0)"
    )
    parser.add_argument(
        "--numbers",
        choices=("all", "accepted"),
        default="all",
        help="whether the numbers in --cells count all components or the accepted ones only (default: all)",
    )
    parser.add_argument("--keep-rejected", action="store_true", help="use components that were not accepted, too")
    parser.add_argument(
        "--window",
        type=float,
        nargs=2,
        required=True,
        metavar=("FROM", "TO"),
        help="seconds after an onset over which a response is averaged",
    )
    parser.add_argument(
        "--baseline",
        type=float,
        nargs=2,
        metavar=("FROM", "TO"),
        help="seconds after an onset (negative: before) whose mean is subtracted from the response",
    )
    parser.add_argument("--rate", type=float, help="frames per second, where the files do not say or are wrong")
    parser.add_argument("--unit", default="day", help="unit of the times of sessions (default: day)")
    return parser


def run(parser, load, column, given=None, presentations=None):
    """Reads what the options name, by `load(path, options, part) -> Traces`; writes the array. Returns an exit code.

    `part` cuts the frames of the session out of an array of cells x frames. `presentations(path, options)` reads pairs
    of onset and stimulus from the data themselves, where a session has no table of stimuli.
    """
    options = parser.parse_args(given)
    try:
        convert(options, column, load, presentations)
    except InputError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    return 0


def convert(options, column, load, presentations):
    if options.out.suffix != ".npz":
        raise InputError(f"--out {options.out}: expected a name that ends in .npz")
    sessions = read_sessions(options, column, presentations)
    notes = []
    traces = []
    for session in sessions:
        own = load(session["source"], options, part_for(session))
        if isinstance(own, Traces) and options.rate is not None:
            own.rate, own.times = options.rate, None
        if isinstance(own, Traces) and own.times is None and not own.rate > 0:
            raise InputError(f"{session['source']}: does not say how many frames a second has; give --rate")
        traces.append(own)
    cells = matched_cells(options, sessions, traces, notes)
    labels = common_stimuli(sessions, notes)
    responses = [
        responses_of(session, own, labels, options, notes) for session, own in zip(sessions, traces, strict=True)
    ]
    trials = max(max(len(of_one) for of_one in own) for own in responses)
    x = np.full((len(sessions), trials, len(labels), len(cells)), np.nan)
    for s, own in enumerate(responses):
        found = cells[:, s] >= 0
        for i, of_one in enumerate(own):
            for k, response in enumerate(of_one):
                x[s, k, i, found] = response[cells[found, s]]
    for s, session in enumerate(sessions):
        if np.isnan(x[s]).all():
            raise InputError(f"{session['source']}: none of the cells of --cells was found and accepted in it")
    np.savez_compressed(
        options.out, x=x, times=np.array([session["time"] for session in sessions]), labels=np.array(labels)
    )
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    shape = " x ".join(map(str, x.shape))
    print(f"{options.out}: session x trial x stimulus x neuron = {shape}, {np.isnan(x).mean():.1%} missing. Now:")
    print(
        f"npx meander analyse {options.out} --axes session,trial,stimulus,neuron"
        f" --times times --labels labels --unit {options.unit}"
    )


def read_sessions(options, column, presentations):
    """Sessions in the order of their times, each with its presentations."""
    path = options.sessions
    sessions = []
    for k, row in enumerate(read_table(path, ["time", column] + ([] if presentations else ["stimuli"]))):
        where = f"{path}: row {k + 1}"
        source = path.parent / row[column]
        stimuli = path.parent / row["stimuli"] if row.get("stimuli") else source
        sessions.append(
            {
                "time": number(row["time"], f"{where}: its time"),
                "source": source,
                "stimuli": stimuli,
                "presentations": sorted(presentations(source, options) if stimuli == source else shown_in(stimuli)),
                "frames": frames_of(row.get("frames"), where),
            }
        )
    times = [session["time"] for session in sessions]
    if any(b <= a for a, b in zip(times, times[1:])):
        raise InputError(f"{path}: its times are {', '.join(f'{t:g}' for t in times)}, expected them in rising order")
    if len(sessions) < 2:
        raise InputError(f"{path}: has one session, expected two or more to compare")
    return sessions


def shown_in(path):
    return [
        (number(row["onset"], f"{path}: row {k + 1}: its onset"), row["stimulus"].strip())
        for k, row in enumerate(read_table(path, ["onset", "stimulus"]))
    ]


def frames_of(text, where):
    if not text:
        return None
    first, _, last = text.partition(":")
    if not (first.isdigit() and last.isdigit() and int(first) < int(last)):
        raise InputError(f"{where}: its frames are {text!r}, expected them as 9000:18000, the second not included")
    return int(first), int(last)


def part_for(session):
    def part(values):
        if session["frames"] is None:
            return values
        first, last = session["frames"]
        if last > values.shape[1]:
            raise InputError(f"{session['source']}: has {values.shape[1]} frames, and the session ends at {last}")
        return values[:, first:last]

    return part


def common_stimuli(sessions, notes):
    """Names of the stimuli that every session shows: numbers by value, texts by the alphabet."""
    shown = [{name for _, name in session["presentations"]} for session in sessions]
    common = set.intersection(*shown)
    left_out = sorted(set.union(*shown) - common)
    if left_out:
        notes.append(f"stimuli not shown in every session, left out: {', '.join(left_out)}")
    if not common:
        raise InputError("no stimulus is shown in every session; are the names the same in each table?")
    if all(is_number(name) for name in common):
        return sorted(common, key=float)
    return sorted(common)


def responses_of(session, traces, labels, options, notes):
    """For each stimulus the responses of all cells, one array for each presentation in order of time."""
    responses = {label: [] for label in labels}
    incomplete = 0
    for onset, name in session["presentations"]:
        if name not in responses:
            continue
        spans = [options.window] + ([options.baseline] if options.baseline else [])
        means = [traces.mean(onset + first, onset + last) for first, last in spans]
        if any(own is None for own in means):
            incomplete += 1
            continue
        responses[name].append(means[0] - means[1] if options.baseline else means[0])
    if incomplete:
        notes.append(f"{session['stimuli']}: presentations that reach beyond the recording, left out: {incomplete}")
    for label, own in responses.items():
        if not own:
            raise InputError(
                f"{session['stimuli']}: no presentation of {label} lies within the recording; are onsets in seconds?"
            )
    return [responses[label] for label in labels]

