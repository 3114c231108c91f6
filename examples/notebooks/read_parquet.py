"""Reads an uncompressed Parquet file by its published format, with nothing but NumPy; shares no code with the writer.
Flat columns of INT32, DOUBLE and UTF8, data pages of version 1 and 2, PLAIN and dictionary encoding. Prints JSON."""

import json
import struct
import sys

import numpy as np


class Thrift:
    """The compact protocol of Thrift, enough of it."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def zigzag(self):
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self.byte()
        if kind in (4, 5, 6):
            return self.zigzag()
        if kind == 7:
            self.at += 8
            return struct.unpack("<d", self.data[self.at - 8 : self.at])[0]
        if kind == 8:
            size = self.varint()
            self.at += size
            return bytes(self.data[self.at - size : self.at])
        if kind in (9, 10):
            head = self.byte()
            size, inner = head >> 4, head & 15
            if size == 15:
                size = self.varint()
            return [self.value(inner) for _ in range(size)]
        if kind == 12:
            return self.struct()
        raise ValueError(f"thrift type {kind}")

    def struct(self):
        fields, number = {}, 0
        while True:
            head = self.byte()
            if head == 0:
                return fields
            number = number + (head >> 4) if head >> 4 else self.zigzag()
            fields[number] = self.value(head & 15)


def hybrid(data, width, count):
    """Run lengths and bit packing."""
    reader, out = Thrift(data), []
    while len(out) < count:
        head = reader.varint()
        if head & 1:
            size = (head >> 1) * width
            bits = np.unpackbits(np.frombuffer(data, np.uint8, size, reader.at), bitorder="little")
            reader.at += size
            out.extend((bits.reshape(-1, width) @ (1 << np.arange(width))).tolist())
        else:
            size = (width + 7) // 8
            value = int.from_bytes(data[reader.at : reader.at + size], "little")
            reader.at += size
            out.extend([value] * (head >> 1))
    return out[:count]


def plain(data, kind, count):
    if kind == 1:
        return np.frombuffer(data, "<i4", count).tolist()
    if kind == 5:
        return np.frombuffer(data, "<f8", count).tolist()
    out, at = [], 0
    for _ in range(count):
        (size,) = struct.unpack_from("<I", data, at)
        out.append(bytes(data[at + 4 : at + 4 + size]).decode())
        at += 4 + size
    return out


def column(data, meta, optional):
    kind, total = meta[1], meta[5]
    if meta[4] != 0:
        raise ValueError(f"compression {meta[4]}")
    reader, words, out = Thrift(data, meta.get(11, meta[9])), None, []
    while len(out) < total:
        head = reader.struct()
        page = data[reader.at : reader.at + head[3]]
        reader.at += head[3]
        if head[1] == 2:
            words = plain(page, kind, head[7][1])
            continue
        info = head[5] if head[1] == 0 else head[8]
        count, encoding = info[1], info[2] if head[1] == 0 else info[4]
        levels, at = [1] * count, 0
        if head[1] == 0:
            if optional:
                (size,) = struct.unpack_from("<I", page, 0)
                levels, at = hybrid(page[4 : 4 + size], 1, count), 4 + size
        else:
            at = info[6] + info[5]
            if optional and info[5]:
                levels = hybrid(page[info[6] : at], 1, count)
        present = sum(levels)
        body = page[at:]
        if encoding == 0:
            values = plain(body, kind, present)
        elif encoding in (2, 8):
            values = [words[i] for i in hybrid(body[1:], body[0], present)] if body[0] else [words[0]] * present
        else:
            raise ValueError(f"encoding {encoding}")
        rest = iter(values)
        out.extend(next(rest) if level else None for level in levels)
    return out


def read_parquet(path):
    """The number of rows, and the columns as lists by name."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"PAR1" or data[-4:] != b"PAR1":
        raise ValueError("no Parquet file")
    (size,) = struct.unpack("<I", data[-8:-4])
    footer = Thrift(data, len(data) - 8 - size).struct()
    schema = footer[2][1:]
    table = {element[4].decode(): [] for element in schema}
    for group in footer[4]:
        for chunk, element in zip(group[1], schema):
            table[element[4].decode()].extend(column(data, chunk[3], element.get(3, 0) == 1))
    return footer[3], table


if __name__ == "__main__":
    rows, table = read_parquet(sys.argv[1])
    json.dump({"rows": rows, "columns": table}, sys.stdout)
