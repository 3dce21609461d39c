# A hundred thousand objects, each held by the next, are freed one after the other.
# (Recorded from pagewalk: CPython 3.11 takes more than a minute.)
N = 100000


def chain(step, x=()):
    for _ in range(N):
        x = step(x)
    return x


def cell(x):
    def inner():
        return x
    return inner


def default(x):
    def inner(held=x):
        return held
    return inner


def generator(x):
    def inner(y):
        yield y
    return inner(x)


def started(x):
    g = generator(x)
    next(g)
    return g


class Instance:
    def __init__(self, x):
        self.x = x

    def method(self):
        return self.x


def cause(x):
    e = ValueError()
    e.__cause__ = x if isinstance(x, BaseException) else None
    return e


def derived(x):
    class C(x if isinstance(x, type) else object):
        pass
    return C


def with_attribute(x):
    class C:
        held = x
    return C


def attribute(x):
    e = KeyError()
    e.held = x
    return e


STEPS = {
    "list": lambda x: [x], "tuple": lambda x: (x,), "dict": lambda x: {1: x},
    "set": lambda x: {x}, "enumerate": enumerate, "zip": zip, "zip2": lambda x: zip(x, [1]),
    "map": lambda x: map(abs, x), "filter": lambda x: filter(None, x),
    "iter": lambda x: iter([x]), "bound append": lambda x: [x].append,
    "keys": lambda x: {(x,): 1}.keys(), "values": lambda x: {1: x}.values(),
    "items": lambda x: {1: x}.items(), "dict iterator": lambda x: iter({1: x}.values()),
    "slice": lambda x: slice(x), "exception": ValueError, "exceptions": lambda x: KeyError(1, x),
    "cell": cell, "default": default, "generator": generator, "started": started,
    "instance": Instance, "bound method": lambda x: Instance(x).method, "cause": cause,
    "class": derived, "class attribute": with_attribute, "attribute": attribute,
    "reversed": lambda x: reversed([x]), "set iterator": lambda x: iter({x}),
}
HASHABLE = {"tuple"}
kept = []
for name in STEPS:
    if name in ("set", "keys", "set iterator"):
        continue  # hashing them is another program's part
    kept.append(chain(STEPS[name]))
    if len(kept) % 2 == 0:
        kept[-1] = kept[-2] = None
        print(name, "freed")
ring = []
for name in ("list", "dict", "exception", "started", "instance", "class attribute"):
    x = []
    x.append(chain(STEPS[name], x))
x = None
print("the rest goes at the end")
