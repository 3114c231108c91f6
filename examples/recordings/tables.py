"""Tables in CSV, and what is said about wrong ones."""

import csv

import numpy as np


class InputError(Exception):
    """What is wrong with the input: which file, what was found, what is expected."""


def read_table(path, needed):
    """The rows of a CSV table as dictionaries."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}), expected a CSV table") from None
    if not rows:
        raise InputError(f"{path}: has no rows, expected the columns {', '.join(needed)}")
    missing = [name for name in needed if name not in rows[0]]
    if missing:
        found = ", ".join(map(str, rows[0]))
        raise InputError(f"{path}: has the columns {found} and lacks {', '.join(missing)}")
    return rows


def number(text, what):
    try:
        value = float(text)
    except (TypeError, ValueError):
        value = np.nan
    if not np.isfinite(value):
        raise InputError(f"{what} is {text!r}, expected a number")
    return value


def is_number(text):
    try:
        float(text or "nan")
        return True
    except ValueError:
        return False
