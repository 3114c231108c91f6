"""The recording of recorded.ts, as numpy, scipy, h5py and zarr write it. Called with the directory to write to."""

import json
import os
import sys

import h5py
import numcodecs
import numpy as np
import scipy.io
import zarr

directory = sys.argv[1]


def path(name):
    return os.path.join(directory, name)


session, trial, stimulus, neuron = np.indices((3, 4, 2, 5))
x = 1000.0 * session + 100 * trial + 10 * stimulus + neuron + 0.25
x[1, :, :, 3] = np.nan
times = np.array([0, 1, 3.5])
counts = np.where(np.isnan(x), -1, x).astype("i2")
sessions = [x[0], x[1], x[2, :3]]

# numpy: types, byte orders and memory orders.
for descr in ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    for order in "<>":
        for memory in "CF":
            values = x if descr[0] == "f" else (session * 40 + trial * 10 + stimulus * 5 + neuron)
            np.save(path(f"numpy-{'le' if order == '<' else 'be'}-{descr}-{memory}.npy"), np.asarray(values, order + descr, order=memory))
np.save(path("numpy-bool.npy"), counts % 2 == 1)
np.save(path("complex.npy"), x + 1j)
np.save(path("object.npy"), np.array([{"a": 1}, 2], dtype=object))
np.savez(path("numpy-stored.npz"), x=x, times=times, labels=np.array(["left", "right"]))
np.savez_compressed(path("numpy-deflated.npz"), x=x, times=times, labels=np.array(["left", "right"]))

# scipy: structures, cells and arrays of structures.
cells = np.empty(3, dtype=object)
cells[:] = sessions
days = np.zeros(3, dtype=[("activity", object), ("rate", "f8")])
days["activity"] = cells
variables = {
    "x": x,
    "counts": counts,
    "t": times,
    "names": np.array(["left ", "right"]),
    "cells": cells,
    "s": {"day": {"activity": x, "when": times}},
    "days": days,
}
for name, compressed in [("scipy-stored.mat", False), ("scipy-deflated.mat", True)]:
    scipy.io.savemat(path(name), variables, do_compression=compressed)

# h5py: datasets.
with h5py.File(path("h5py.h5"), "w") as file:
    file["x"] = x
    file.create_dataset("deep/er/packed", data=x.astype(">f8"), compression="gzip", shuffle=True, fletcher32=True)
    file["deep/single"] = x.astype("f4")
    file["deep/whole"] = counts.astype(">i8")
    file["deep/truth"] = counts % 2 == 1
    file["times"] = times
    file["labels"] = np.array(["left", "right"], dtype=h5py.string_dtype())
    file["letters"] = np.array([b"left", b"right"])
    file["waves"] = x + 1j
    file["half"] = x.astype("f2")
    file.create_dataset("lzf", data=x, compression="lzf")
    for k, values in enumerate(sessions):
        file[f"days/day{(1, 2, 10)[k]}/activity"] = values
with h5py.File(path("labelled.h5"), "w") as file:
    file["x"] = x
    for axis, label in enumerate(["session", "trial", "stimulus", "neuron"]):
        file["x"].dims[axis].label = label
with h5py.File(path("scaled.nc"), "w") as file:
    file["x"] = x
    for axis, label in enumerate(["day", "repeat", "stimulus", "cell"]):
        file[label] = np.arange(x.shape[axis], dtype="f8")
        file[label].make_scale(label)
        file["x"].dims[axis].attach_scale(file[label])

# As an NWB file has it: groups, attributes, texts, references and tables beside the array.
with h5py.File(path("session.nwb"), "w") as file:
    file.attrs["nwb_version"] = "2.6.0"
    file["session_description"] = "a mouse"
    file["general/subject/subject_id"] = "mouse"
    file.create_group("acquisition")
    responses = file.create_group("processing/behavior/Responses")
    responses.attrs["neurodata_type"] = "TimeSeries"
    responses["data"] = x
    responses["data"].attrs["unit"] = "dF/F"
    responses["timestamps"] = times
    file["intervals/trials/id"] = np.arange(4)
    file["units/electrodes"] = np.array([responses["data"].ref], dtype=h5py.ref_dtype)


# As MATLAB's save -v7.3 has it: 512 bytes of its own before the HDF5 file, axes in reverse, classes as attributes, cells and
# fields of arrays of structures as references.
def matlab(group, name, values, kind):
    target = group.create_dataset(name, data=np.ascontiguousarray(np.transpose(values)))
    target.attrs["MATLAB_class"] = np.bytes_(kind)
    return target


def text(group, name, lines):
    width = max(map(len, lines))
    codes = np.array([[ord(letter) for letter in line.ljust(width)] for line in lines], dtype="u2")
    target = matlab(group, name, codes, "char")
    target.attrs["MATLAB_int_decode"] = 2
    return target


def references(group, name, targets):
    return group.create_dataset(name, data=np.array([[t.ref] for t in targets], dtype=h5py.ref_dtype))


with h5py.File(path("matlab73.mat"), "w", userblock_size=512) as file:
    refs = file.create_group("#refs#")
    matlab(file, "x", x, "double")
    matlab(file, "single_x", x.astype("f4"), "single")
    matlab(file, "counts", counts, "int16")
    matlab(file, "truth", (counts % 2 == 1).astype("u1"), "logical").attrs["MATLAB_int_decode"] = 1
    matlab(file, "t", times[None, :], "double")
    text(file, "names", ["left", "right"])
    stored = [matlab(refs, f"cell{k}", values, "double") for k, values in enumerate(sessions)]
    references(file, "cells", stored).attrs["MATLAB_class"] = np.bytes_("cell")
    labels = [text(refs, f"label{k}", [label]) for k, label in enumerate(["left", "right"])]
    references(file, "labels", labels).attrs["MATLAB_class"] = np.bytes_("cell")
    # Neuron x stimulus x trial; of one trial there is no third axis.
    turned = [np.transpose(sessions[0]), np.transpose(sessions[1]), np.transpose(sessions[2][0])]
    stored_turned = [matlab(refs, f"turned{k}", values, "double") for k, values in enumerate(turned)]
    references(file, "turned", stored_turned).attrs["MATLAB_class"] = np.bytes_("cell")
    structure = file.create_group("s")
    structure.attrs["MATLAB_class"] = np.bytes_("struct")
    day = structure.create_group("day")
    day.attrs["MATLAB_class"] = np.bytes_("struct")
    matlab(day, "activity", x, "double")
    matlab(day, "when", times[None, :], "double")
    array = file.create_group("days")
    array.attrs["MATLAB_class"] = np.bytes_("struct")
    references(array, "activity", stored)
    references(array, "rate", [matlab(refs, f"rate{k}", np.array([[5.0]]), "double") for k in range(3)])
    empty = file.create_dataset("empty", data=np.array([0, 3], dtype="u8"))
    empty.attrs["MATLAB_class"] = np.bytes_("double")
    empty.attrs["MATLAB_empty"] = np.uint8(1)
    waves = file.create_dataset("c", data=np.zeros((5, 2), dtype=[("real", "f8"), ("imag", "f8")]))
    waves.attrs["MATLAB_class"] = np.bytes_("double")
    sparse = file.create_group("sparse_x")
    sparse.attrs["MATLAB_class"] = np.bytes_("double")
    sparse.attrs["MATLAB_sparse"] = np.uint64(2)
    sparse["data"] = np.ones(2)
with open(path("matlab73.mat"), "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file".ljust(116) + b"\0" * 8 + b"\x00\x02IM")

# zarr, version 2: compressions, orders, types, groups, a chunk that is not there, an archive.
compressors = {
    "none": None,
    "gzip": numcodecs.GZip(5),
    "zlib": numcodecs.Zlib(5),
    "blosc": numcodecs.Blosc("lz4", 5, numcodecs.Blosc.SHUFFLE),
    "bloscbits": numcodecs.Blosc("zstd", 5, numcodecs.Blosc.BITSHUFFLE),
    "zstd": numcodecs.Zstd(3),
    "lz4": numcodecs.LZ4(),
}
for name, compressor in compressors.items():
    zarr.save_array(path(f"{name}.zarr"), x, compressor=compressor, chunks=(2, 3, 2, 5))
zarr.save_array(path("columns.zarr"), x.astype(">f4"), order="F", chunks=(2, 3, 2, 5))
zarr.save_array(path("archive.zarr.zip"), x, chunks=(1, 4, 2, 5))
group = zarr.open_group(path("group.zarr"), "w")
array = group.create_dataset("deep/x", data=x, chunks=(1, 4, 2, 3), dimension_separator="/", fill_value=np.nan, write_empty_chunks=False)
array.attrs["_ARRAY_DIMENSIONS"] = ["session", "trial", "stimulus", "neuron"]
group.create_dataset("deep/whole", data=counts.astype("i8"))
group.create_dataset("deep/truth", data=counts % 2 == 1)
group.create_dataset("times", data=times)
group.create_dataset("labels", data=np.array(["left", "right"]))
group.create_dataset("waves", data=x + 1j)

# What scipy reads from the files of MATLAB that come with it, of either byte order.
data = os.path.join(os.path.dirname(scipy.io.__file__), "matlab", "tests", "data")
expected = {}
for name in sorted(os.listdir(data)) if os.path.isdir(data) else []:
    if not name.startswith(("test3dmatrix_6", "test3dmatrix_7", "testdouble_6", "testdouble_7", "testmulti_7", "testminus_6")):
        continue
    found = scipy.io.loadmat(os.path.join(data, name))
    arrays = {key: value for key, value in found.items() if not key.startswith("__")}
    expected[os.path.join(data, name)] = {
        key: {"shape": value.shape, "values": value.ravel().tolist()} for key, value in arrays.items()
    }
with open(path("matlab-files.json"), "w") as file:
    json.dump(expected, file)
