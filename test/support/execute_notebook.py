"""Executes a notebook from its first cell and keeps the outputs: python3 execute_notebook.py NOTEBOOK [RESULT]

Writes to RESULT, or over the notebook. Needs nbclient and ipykernel. Versions, commits and times are left out, so that
equal outputs give equal files.
"""

import os
import sys
from pathlib import Path

import nbclient
import nbformat

# The debugger of the kernel, which nobody attaches to, else warns on standard error.
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
# Captions of figures name the commit of a clone, which would make the outputs stale with every commit.
os.environ["GIT_DIR"] = os.devnull

source = Path(sys.argv[1])
notebook = nbformat.read(source, as_version=4)
where = {"metadata": {"path": source.parent}}
nbclient.NotebookClient(notebook, kernel_name="python3", timeout=600, resources=where).execute()
notebook.metadata["language_info"] = {"name": "python"}
for cell in notebook.cells:
    cell.metadata.pop("execution", None)
Path(sys.argv[-1]).write_text(nbformat.writes(notebook, indent=1) + "\n")
