# A hundred thousand objects, each held by the next, are copied at a fork.
# (Recorded from pagewalk: CPython 3.11 takes more than a minute.)
import os

N = 100000


def chain(step, x=()):
    for _ in range(N):
        x = step(x)
    return x


def cell(x):
    def inner():
        return x
    return inner


def started(x):
    def inner(y):
        yield y
    g = inner(x)
    next(g)
    return g


class Instance:
    def __init__(self, x):
        self.x = x

    def method(self):
        return self.x


def derived(x):
    class C(x if isinstance(x, type) else object):
        pass
    return C


def cause(x):
    e = ValueError()
    e.__cause__ = x if isinstance(x, BaseException) else None
    return e


kept = []
for step in [lambda x: [x], lambda x: (x,), lambda x: {1: x}, enumerate, zip,
             lambda x: map(abs, x), lambda x: filter(None, x), lambda x: iter([x]),
             lambda x: [x].append, lambda x: {1: x}.values(), lambda x: iter({1: x}.values()),
             lambda x: slice(x), ValueError, cell, started, Instance, lambda x: Instance(x).method,
             derived, cause, lambda x: reversed([x])]:
    kept.append(chain(step))
pid = os.fork()
if pid == 0:
    kept.clear()
    print("the child has its own")
    os._exit(0)
os.wait()
print(len(kept))
