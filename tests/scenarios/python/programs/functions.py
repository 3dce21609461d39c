def f(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 5, 6, 7, c=8, d=9, e=10))
def g(a, /, b, *, c=3):
    return a, b, c
print(g(1, 2), g(1, b=2, c=4))
def check(call):
    try:
        print(call())
    except TypeError as e:
        print(e)
check(lambda: f())
check(lambda: f(1))
check(lambda: g(a=1, b=2))
check(lambda: g(1, 2, 3))
check(lambda: g(1, 2, d=3))
def h(x, y): return x - y
check(lambda: h(1))
check(lambda: h())
check(lambda: h(1, 2, 3))
check(lambda: h(1, x=2))
check(lambda: h(y=1, x=2))
def none(): pass
check(lambda: none(1))
print(none())
def opt(a, b=1, c=2): return a + b + c
check(lambda: opt())
check(lambda: opt(1, 2, 3, 4))
check(lambda: opt(*[1, 2], **{"c": 5}))
check(lambda: opt(**{"z": 5}))
check(lambda: opt(1, *(2,), c=7))
print(max(*[1, 5, 3]), [*range(3), 9, *"ab"], (*[1], 2), {**{"a": 1}, "b": 2})
def outer():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc
a, b = outer(), outer()
print(a(), a(5), b(), a())
count = 0
def bump():
    global count
    count += 1
bump(); bump()
print(count)
fs = [lambda: i for i in range(3)]
print([x() for x in fs])
fs = [lambda i=i: i for i in range(3)]
print([x() for x in fs])
def recursive(n): return 1 if n == 0 else n * recursive(n - 1)
print(recursive(15))
def default(l=[]):
    l.append(1)
    return l
print(default(), default(), default([0]))
print((lambda *a, **k: (a, k))(1, 2, z=3))
def local():
    try:
        print(later)
        later = 1
    except UnboundLocalError as e:
        print(e)
local()
def free():
    def inner(): return v
    try:
        inner()
    except NameError as e:
        print(e)
    v = 1
    print(inner())
    del v
free()
def gen(n):
    i = 0
    while i < n:
        yield i * i
        i += 1
print(list(gen(4)), sum(gen(5)), max(gen(3)), sorted(gen(3), reverse=True), tuple(gen(2)))
it = gen(2)
print(next(it), next(it), next(it, "end"), next(it, "again"))
print(",".join(str(x) for x in gen(4)), any(x > 3 for x in gen(3)), all(x < 3 for x in gen(2)))
print(list(map(lambda x: x + 1, [1, 2])), list(filter(lambda x: x % 2, range(5))), list(filter(None, [0, 1, "", "a"])))
print(list(map(lambda x, y: x * y, [1, 2, 3], [4, 5])), list(map(str, [1, 2])), list(map(int, "12")))
print(sorted(["bb", "a", "ccc"], key=len), sorted([3, 1, 2], key=lambda v: -v), min([3, -4], key=abs), max("ab", "c", key=lambda s: len(s)))
l = [(1, "b"), (0, "z"), (1, "a")]
l.sort(key=lambda p: p[0])
print(l)
l.sort(key=lambda p: p[1], reverse=True)
print(l)
for k, v in enumerate(gen(2), 5): print(k, v)
print(list(zip(gen(3), "abc")), dict(zip("ab", gen(2))), list(enumerate("ab", start=1)))
a, b, c = gen(3)
print(a, b, c)
x, *y = gen(3)
print(x, y)
print(f.__name__, (lambda: 0).__name__, print.__name__, len.__name__)
def annotated(a: int, b: "str" = "x") -> bool:
    "doc"
    return (a, b)
print(annotated(1))
print(callable(f), callable(5), callable(int), callable(lambda: 0))
def early(x):
    if x:
        return
    return 5
print(early(1), early(0))
matrix = [[1, 2], [3, 4]]
print([v for row in matrix for v in row if v != 2], [[r[i] for r in matrix] for i in range(2)])
print({k: v for k, v in zip("ab", [1, 2])}, {x % 2 for x in range(5)}, list(x for x in range(3)))
n = 10
print([n + k for k in range(2)], [(lambda: k * n)() for k in range(3)])
def count_up():
    total = 0
    while True:
        total += 1
        if total > 3: return
        yield total
print(list(count_up()))
def two(): return 1, 2
p, q = two()
print(p + q)
