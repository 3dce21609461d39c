# Shapes whose product wraps around, or with more axes than an array can have.
# (Recorded from pagewalk.)
import numpy as np


def told(name, act):
    try:
        a = act()
        print(name, "works", a.shape if isinstance(a, np.ndarray) else a)
    except Exception as e:
        print(name, type(e).__name__, str(e)[:70])


none, four, one = np.zeros(0), np.zeros(4), np.zeros(1)
B = 2**32
told("reshape none", lambda: none.reshape(B, B)[1, 1])
told("reshape none -1", lambda: none.reshape(B, B, -1))
told("reshape four", lambda: four.reshape(4611686018427387905, 4)[7, 1])
told("reshape np", lambda: np.reshape(four, (4611686018427387905, 4)))
told("reshape 3", lambda: none.reshape(2**31, 2**31, 4))
told("reshape ok", lambda: none.reshape(0, B, 5))


def set_shape(a, shape):
    a.shape = shape
    return a


told("set shape", lambda: set_shape(np.zeros(0), (B, B)))
told("set shape four", lambda: set_shape(np.zeros(4), (4611686018427387905, 4)))
told("zeros", lambda: np.zeros((B, B)))
told("zeros negative", lambda: np.zeros((-1, -1)))
told("broadcast_to", lambda: np.broadcast_to(1.0, (B, B)))
told("broadcast_to negative", lambda: np.broadcast_to(1.0, (-1,)))
told("broadcast_to large", lambda: np.broadcast_to(1.0, (2**40,)).shape)
told("add", lambda: np.broadcast_to(1.0, (B, 1)) + np.broadcast_to(1.0, (1, B)))
told("index", lambda: four[np.broadcast_to(0, (B, 1)), np.broadcast_to(0, (1, B))])
wide = np.broadcast_to(np.uint8(1), (2**62,))
told("concatenate", lambda: np.concatenate([wide, wide, wide, wide]))
told("stack", lambda: np.stack([wide, wide, wide, wide]))
told("tile", lambda: np.tile(four, 2**62))
told("tile 2", lambda: np.tile(four, (2**62, 2**62)))
told("tile negative", lambda: np.tile(four, -1))
told("repeat", lambda: np.repeat(four, 2**62))
told("repeat one", lambda: one.repeat(9223372036854775807))
told("memmap", lambda: np.memmap("m.bin", np.uint8, "w+", shape=(B, B)))
told("memmap 2", lambda: np.memmap("m.bin", np.float64, "w+", shape=(4611686018427387905, 4)))
told("memmap negative", lambda: np.memmap("m.bin", np.uint8, "w+", shape=(-1, -4)))
told("full", lambda: np.full((B, B, B), 1.0))
told("eye", lambda: np.eye(B, B))
told("ones like", lambda: np.empty_like(four, shape=(B, B)))
told("fromfile", lambda: np.fromfile("m.bin", count=2**61))
thirty_two = np.zeros((1,) * 32)
told("expand_dims", lambda: np.expand_dims(thirty_two, 0))
told("newaxis", lambda: thirty_two[None])
told("newaxes", lambda: one[(None,) * 40])
told("newaxis fancy", lambda: thirty_two[None, [0]])
told("fancy", lambda: thirty_two[[[0]]])
told("stack 32", lambda: np.stack([thirty_two]))
told("tile 32", lambda: np.tile(thirty_two, 2))
told("tile 33", lambda: np.tile(one, (1,) * 33))
told("array of 32", lambda: np.array([thirty_two]))
told("array ndmin", lambda: np.array(1, ndmin=33))
told("zeros 33", lambda: np.zeros((1,) * 33))
told("reshape 33", lambda: one.reshape((1,) * 33))
x = 1
for _ in range(40):
    x = [x]
told("nested lists", lambda: np.array(x))
a = np.zeros(1)
i = iter(a)
a.shape = ()
told("iterator of a scalar", lambda: list(i))
