# Headers of .npy files that describe no array: ValueError, and no array over others' memory.
# (Recorded from pagewalk: NumPy 1.24 reads all of the file for the shape (-1,).)
import numpy as np


def npy(text, data=b"", version=1, length=None):
    text = text.encode()
    n = len(text) if length is None else length
    size = bytes([n % 256, n // 256 % 256])
    if version > 1:
        size += bytes([n // 65536 % 256, n // 16777216])
    with open("h.npy", "wb") as f:
        f.write(b"\x93NUMPY" + bytes([version, 0]) + size + text + data)


def header(shape, descr="'<f8'", order="False"):
    return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }\n"


def told(name):
    for mode in (None, "r", "r+", "c"):
        try:
            a = np.load("h.npy", mmap_mode=mode)
            print(name, mode, "loads", a.shape, a.sum() if a.size < 10 else "")
        except Exception as e:
            print(name, mode, type(e).__name__, str(e)[:60])


eight = b"\0\0\0\0\0\0\xf0\x3f"
for shape in ["(4294967296, 4294967296)", "(4294967296, 4294967296, 0)", "(-1,)", "(-1, -1)",
              "(-2, -4)", "(2305843009213693952,)", "(2305843009213693953,)",
              "(9223372036854775807,)", "(9223372036854775808,)", "(6148914691236517206, 3)",
              "(1, 4611686018427387905, 4)", "(" + "1, " * 33 + ")", "(" + "1, " * 32 + ")",
              "((1,),)", "(1.5,)", "1", "[1]", "(1", "()", "(1,)", "(0, 9223372036854775807)",
              "(1000000,)", "(" * 4000, "(1" + ",1" * 4000 + ")"]:
    npy(header(shape), eight)
    told(shape[:40])
for descr in ["'|O'", "'<f9'", "''", "(" * 3000, "None"]:
    npy(header("(1,)", descr), eight)
    told(descr[:20])
for text in ["", "{", "{}", "{'descr': '<f8'}", "{'shape': (1,)}", "{'shape': (1,), 'shape': (2,)}",
             "{'descr': '<f8', 'fortran_order': 1, 'shape': (1,)}", header("(1,)") + "1",
             "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}", "\0" * 100,
             "{" * 9000, "x" * 20000]:
    npy(text, eight)
    told(text[:30])
for version in (0, 2, 3, 4, 255):
    npy(header("(1,)"), eight, version)
    told("version " + str(version))
for length in (0, 1, 65535):
    npy(header("(1,)"), eight, 1, length)
    told("length " + str(length))
npy(header("(1,)"), eight, 2, 4294967295)
told("length 2**32-1")
print(np.zeros(1).sum())
