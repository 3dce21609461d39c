# A special method that is no function.
class A:
    __init__ = 5


class B:
    __call__ = 5


class C:
    __call__ = "text"


for make in (lambda: A(), lambda: B()(), lambda: C()(1), lambda: A(1, 2)):
    try:
        print(make())
    except TypeError as e:
        print(e)


class D:
    def __len__(self):
        return 1

    def __enter__(self):
        return 7

    __iter__ = 3
    __next__ = 4
    __getitem__ = 5
    __setitem__ = 5
    __add__ = 6
    __neg__ = 6
    __lt__ = 6
    __eq__ = 6
    __exit__ = 8


def store(d):
    d[0] = 1


def enter(d):
    with d:
        print("in")


def enter_raising(d):
    with d:
        raise KeyError(1)


def loop(d):
    for x in d:
        print(x)


d = D()
for act in (store, enter, enter_raising, loop, lambda d: d + 1, lambda d: -d, lambda d: d[0],
            lambda d: d < 1, lambda d: d == 1, lambda d: 1 in d):
    try:
        print(act(d))
    except (TypeError, KeyError) as e:
        print(type(e).__name__)


class E:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        print("left")


class F:
    __init__ = print
    __call__ = print
    __getitem__ = abs


F()(1, 2)
print(F("made")[-5])
F.__call__ = F()
try:
    F()()
except RecursionError as e:
    print("RecursionError")


class G:
    def own(self):
        del self
        return super()


try:
    G().own()
except RuntimeError as e:
    print(e)
