def g():
    print("start")
    x = yield 1
    print("resumed", x)
    try:
        yield 2
    finally:
        print("cleanup")
for v in g(): print(v)
def infinite():
    n = 0
    while True:
        yield n
        n += 1
for v in infinite():
    if v > 3: break
    print(v, end=" ")
print()
it = infinite()
print([next(it) for _ in range(3)], next(it))
print(list(zip(infinite(), "abc")), [v for v, _ in zip(infinite(), range(2))])
def fib(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b
print(list(fib(50)), sum(fib(50)), max(fib(50)), min(fib(50)), sorted(fib(20), reverse=True), 8 in fib(50), set(fib(10)), tuple(fib(5)))
def chain(*its):
    for it in its:
        for v in it: yield v
print(list(chain([1], (2, 3), "ab", fib(3))))
print(any(v > 10 for v in fib(100)), all(v < 10 for v in fib(100)), dict((k, v) for k, v in enumerate(fib(5))))
e = (print("lazy", i) for i in range(2))
print("before")
next(e)
print("between")
list(e)
m = map(lambda v: v * 2, fib(10))
print(next(m), list(m))
f = filter(lambda v: v % 2, fib(30))
print(next(f), list(f))
print(list(map(lambda a, b: a + b, fib(10), infinite())))
print(list(enumerate(fib(5), 1)), " ".join(str(v) for v in fib(10)))
def stop():
    yield 1
    return "value"
s = stop()
next(s)
try:
    next(s)
except StopIteration as err:
    print("stopped", err.value)
print(next(s, "done"))
def bad():
    yield 1
    raise StopIteration
try:
    list(bad())
except RuntimeError as err:
    print(err)
a, *b = fib(10)
print(a, b)
print(*fib(6), sep="-")
print([*fib(4), 9], {*()} if False else "")
l = [0]
l.extend(fib(5))
l += fib(3)
print(l)
matrix = ((r * 10 + c for c in range(2)) for r in range(2))
print([list(row) for row in matrix])
def tree(n):
    if n:
        for v in tree(n - 1): yield v
        yield n
        for v in tree(n - 1): yield v
print(list(tree(3)))
print(sum(x * y for x in range(3) for y in range(3) if x != y))


def numbers():
    yield 1
    yield 2


# A generator kept by a container is the generator, not what it gives.
g = numbers()
kept = [0]
kept.append(g)
kept.insert(0, g)
table = {g: "key"}
table.setdefault("g", g)
print(kept[0] is g, kept.index(g), table[g], table.get("g") is g, bool(g), {g} == {g})
kept.remove(g)
print(next(kept[1]), list(g))
