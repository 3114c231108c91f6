"""Runs Python scripts one after the other, as from a command line: [[script, argument, …], …] as JSON on standard input.

Prints [[exit code, standard output, standard error], …].
"""

import contextlib
import io
import json
import os
import runpy
import sys

results = []
for command in json.load(sys.stdin):
    sys.argv = command
    sys.path[0] = os.path.dirname(command[0])
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            runpy.run_path(command[0], run_name="__main__")
        except SystemExit as end:
            code = end.code or 0
    results.append([code, out.getvalue(), err.getvalue()])
json.dump(results, sys.stdout)
