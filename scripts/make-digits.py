#!/usr/bin/env python3
"""Writes server/domain/datasets/files/digits.*.gz from the copy of the UCI digits that scikit-learn carries.

Run it with a Python that has scikit-learn (on Debian the system one, after apt-get install python3-sklearn):

    /usr/bin/python3 scripts/make-digits.py

The output is the same, byte for byte, on every run with the same zlib.
"""

import gzip
import struct
from importlib.resources import files
from pathlib import Path

EXAMPLES, SIDE = 1797, 8

source = files("sklearn.datasets").joinpath("data", "digits.csv.gz")
rows = [
    [int(float(cell)) for cell in line.split(",")]
    for line in gzip.decompress(source.read_bytes()).decode().split()
]
assert len(rows) == EXAMPLES
assert all(len(row) == SIDE * SIDE + 1 for row in rows)
assert all(0 <= pixel <= 16 for row in rows for pixel in row[:-1])
assert {row[-1] for row in rows} == set(range(10))

# IDX: two zero bytes, type 8 (unsigned byte), number of dimensions, dimensions as big-endian uint32, data.
images = struct.pack(">HBBIII", 0, 8, 3, EXAMPLES, SIDE, SIDE) + bytes(p for row in rows for p in row[:-1])
labels = struct.pack(">HBBI", 0, 8, 1, EXAMPLES) + bytes(row[-1] for row in rows)

folder = Path(__file__).resolve().parent.parent / "server" / "domain" / "datasets" / "files"
for name, content in {"digits.images.idx3-ubyte.gz": images, "digits.labels.idx1-ubyte.gz": labels}.items():
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    (folder / name).write_bytes(packed)
    print(f"{name}: {len(content)} bytes, {len(packed)} compressed")
