# A hundred thousand objects, each held by the next, are used: RecursionError where CPython 3.11 says
# so, and where its own stack overflows (enumerate, zip, map, filter, hashes).
# (Recorded from pagewalk: CPython 3.11 ends in a segmentation fault.)
N = 100000


def chain(step, x=()):
    for _ in range(N):
        x = step(x)
    return x


def told(name, act):
    try:
        act()
        print(name, "works")
    except RecursionError as e:
        print(name, type(e).__name__)


for name, step in [("enumerate", enumerate), ("zip", zip), ("zip2", lambda x: zip(x, [1])),
                   ("map", lambda x: map(abs, x)), ("filter", lambda x: filter(None, x))]:
    told(name + " next", lambda: next(chain(step, [1, 2])))
    told(name + " list", lambda: list(chain(step, [1, 2])))
    told(name + " in", lambda: 5 in chain(step, [1, 2]))
    told(name + " sorted", lambda: sorted(chain(step, [1, 2])))
    told(name + " loop", lambda: [x for x in chain(step, [1, 2])])
    told(name + " repr", lambda: repr(chain(step, [1, 2])))

for name, step in [("list", lambda x: [x]), ("tuple", lambda x: (x,)), ("dict", lambda x: {1: x}),
                   ("values", lambda x: {1: x}.values()), ("slice", lambda x: slice(x)),
                   ("exception", ValueError), ("exceptions", lambda x: KeyError(1, x)),
                   ("key", KeyError)]:
    x = chain(step, [])
    y = chain(step, [])
    told(name + " repr", lambda: repr(x))
    told(name + " str", lambda: str(x))
    told(name + " format", lambda: f"{x}")
    told(name + " percent", lambda: "%s" % (x,))
    told(name + " ==", lambda: x == y)
    told(name + " in", lambda: x in [y])
    told(name + " index", lambda: [y, x].index(x))
    told(name + " !=", lambda: x != y)

for name, step in [("list", lambda x: [x]), ("tuple", lambda x: (x,)), ("slice", lambda x: slice(x))]:
    told(name + " <", lambda: chain(step, 1) < chain(step, 1))
    told(name + " max", lambda: max(chain(step, 1), chain(step, 1)))
    told(name + " sort", lambda: [chain(step, 1), chain(step, 1)].sort())

told("tuple hash", lambda: hash(chain(lambda x: (x,))))
told("tuple key", lambda: {chain(lambda x: (x,)): 1})
told("tuple set", lambda: {chain(lambda x: (x,))})
told("isinstance", lambda: isinstance(1, chain(lambda x: (x,), str)))
told("issubclass", lambda: issubclass(int, chain(lambda x: (x,), str)))


class A:
    def method(self):
        return 1


B = A
for _ in range(N):
    class B(B):
        pass
told("method", lambda: B().method())
told("isinstance", lambda: isinstance(B(), A))
told("issubclass", lambda: issubclass(B, A))
told("no attribute", lambda: hasattr(B(), "nothing"))
told("no class attribute", lambda: hasattr(B, "nothing"))


class E(Exception):
    pass


for _ in range(N):
    class E(E):
        pass
try:
    raise E()
except KeyError:
    pass
except Exception as e:
    print("caught")


def raised(e):
    raise e


def caught(e):
    try:
        raise e
    except ValueError:
        print("caught")


caught(chain(ValueError))
e = ValueError()
for _ in range(N):
    f = ValueError()
    f.__cause__ = e
    e = f
caught(e)
e.own = repr
e = ValueError("around")
e.args = (repr, [e])
print(len(repr(e)) > 0)
