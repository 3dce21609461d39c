l = [3, 1, 2]
l.append(4); l.extend([5, 6]); l.insert(0, 0); l.insert(-1, 9); l.insert(100, 7)
print(l, l.pop(), l.pop(0), l, l.index(9), l.count(1))
l.remove(9); l.reverse(); print(l)
l.sort(); print(l, sorted(l, reverse=True), list(reversed(l)), l.copy() == l, l[:] is l)
l.sort(reverse=True); print(l); l.clear(); print(l, not l)
print([1, 2] + [3], [0] * 3, [1, 2] * 0, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [[1], [2]] == [[1], [2]])
print([1, 2, 3][-1], [1, 2, 3][::-1], [1, 2, 3, 4][1:3], [1, 2, 3, 4][-2:], [1, 2][5:], list("abc"), list(range(3)), list((1, 2)), list({"a": 1}))
t = (1, 2, 3)
print(t, t[0], t[1:], t + (4,), t * 2, len(t), (1,), (), t.index(2), t.count(1), 2 in t, t == (1, 2, 3), t < (1, 3), tuple("ab"), hash(t) == hash((1, 2, 3)))
d = {"b": 1, "a": 2, 3: [4], (1, 2): "t", None: 0, 1.5: True}
print(d, len(d), d["a"], d[3], d[(1, 2)], d.get("zz"), d.get("zz", 5), "a" in d, 3.0 in d)
d["c"] = 9; d["b"] = 10; del d["a"]
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.pop("b"), d.pop("zz", None), d.setdefault("n", []), d.setdefault("c", 0), d)
d.update({"x": 1}, y=2); d.update([("z", 3)])
print(d, d.keys(), d.values(), d.items())
print(dict(a=1, b=2), dict([("k", "v")]), dict({"a": 1}, b=3), {1: "a", True: "b"}, {**{"a": 1}}, {"a": 1} | {"b": 2}, dict.fromkeys("ab", 0))
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2}, d.popitem(), sorted({"b": 1, "a": 2}), max({"b": 1, "c": 2}))
for k in {"one": 1, "two": 2}: print(k, end=" ")
for k, v in {"one": 1, "two": 2}.items(): print(k, v, end=" ")
print()
s = {3, 1, 2, 3}
s.add(10); s.discard(99); s.remove(3)
print(s, len(s), 1 in s, {1, 2} | {2, 3}, {1, 2} & {2, 3}, {1, 2} - {2, 3}, {1, 2} ^ {2, 3}, {1} <= {1, 2}, {1, 2} > {1}, {1, 2} == {2, 1}, set(), set("a"), {1, 2}.union([5]), {1, 2}.isdisjoint({3}))
print(set(range(20)), {100, 5, 33, 64, 8}, {-1, -2, 1000000, 7}, {x * 7 % 31 for x in range(12)}, {1.5, 2.5, 0.25, 3}, {(1, 2), (3, 4), (0, 0)})
big = set()
for i in range(50): big.add(i * i % 97)
print(big)
for i in range(0, 97, 2): big.discard(i)
print(big, sorted(big))
print(range(5), range(1, 5), range(5, 1, -2), list(range(5, 1, -2)), len(range(0, 100, 7)), range(10)[3], range(10)[-1], range(10)[2:5], 3 in range(5), range(3) == range(0, 3), range(0), list(range(3, 3)), range(10).index(4))
print(slice(1, 2), slice(None), slice(1, 10, 2).start, slice(1, 10, 2).indices(5))
n = [1, [2, [3, [4]]]]
print(n, n[1][1][1][0])
c = [1]; c.append(c); print(c, len(c), c == c)
e = {}; e["self"] = e; print(e)
print(min([3, 1, 2]), max([3, 1, 2]), sum([1, 2]), any([0, 1]), all([1, 0]), any([]), all([]), sorted("hello"), sorted([3, 1, 2], reverse=True), sorted([(2, "b"), (1, "z"), (2, "a")]))
print(list(zip([1, 2], "ab", (True, False))), list(zip()), list(enumerate(["x", "y"], 1)), list(map(len, ["a", "bb"])), list(reversed("abc")), list(reversed(range(3))))
print([i for i in range(10) if i % 2 if i > 3], [(i, j) for i in range(2) for j in range(i + 1)], [[j for j in range(i)] for i in range(3)])
it = iter([1, 2, 3])
print(next(it), list(it), list(it), next(it, None))
z = zip([1, 2], [3, 4])
print(list(z), list(z))
a = [1, 2, 3]
for x in a:
    if x < 3: a.append(x + 2)
print(a)
for f in (lambda: [1][5], lambda: [1]["a"], lambda: {}["q"], lambda: {[]: 1}, lambda: {[1]}, lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(2), lambda: (1,)[3], lambda: [1] + (2,), lambda: (1,) + [2], lambda: next(iter([])), lambda: max([]), lambda: [3, "a"].sort(), lambda: {"a": 1}.pop("b"), lambda: {1}.remove(2), lambda: range(3)[5], lambda: range(1, 2, 0), lambda: [1, 2].foo, lambda: {} < {}, lambda: dict([1]), lambda: list(5), lambda: len(5), lambda: [].append(), lambda: [].append(1, 2), lambda: sum(["a"]), lambda: sorted([1, "a"]), lambda: (1, 2).append(3), lambda: 5 in 5, lambda: set().pop(), lambda: [].insert(1), lambda: {}.get(), lambda: "".join(), lambda: list(1, 2), lambda: iter(5), lambda: reversed({1}), lambda: zip([1], 5), lambda: enumerate(), lambda: isinstance(1, "a"), lambda: print(sep=1), lambda: int(1, 2, 3), lambda: hash({}), lambda: getattr(1, "zz"), lambda: min(), lambda: dict(5), lambda: tuple(None)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
dd = {1: 2}
try:
    for k in dd: dd[k + 1] = 1
except RuntimeError as e:
    print(e)
print(type([]), type(()), type({}), type({1}), type(range(1)), type("") , type(b""), type(len), type(lambda: 0), type(int), type(...), type(iter([])), type(zip()), type({}.keys()), type(slice(1)))
print(int, str, list, type, ValueError, [int, str], {"t": float}, type(1) == int, type("") is str, isinstance([], list))
print(..., Ellipsis, NotImplemented, None, True, __name__)
