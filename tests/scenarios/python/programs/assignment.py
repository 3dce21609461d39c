a = b = [1]
b.append(2)
print(a, a is b)
x, (y, *z), w = 1, (2, 3, 4), 5
print(x, y, z, w)
*head, last = range(5)
print(head, last)
first, *_ = "abc"
print(first, _)
d = {}
d["k"], d["m"] = 1, [0, 0]
d["m"][1] = 9
d["k"] += 4
print(d)
i = 0
i, q = 3, i
print(i, q)
n = 7
n -= 2; n *= 3; n //= 2; n **= 2; n %= 10; n <<= 3; n >>= 1; n |= 1; n &= 29; n ^= 3
print(n)
f = 1
f /= 4
print(f)
s = "a"
s += "b"
s *= 3
print(s)
l = [1, 2, 3, 4, 5, 6]
l[1:3] = ["x", "y", "z"]
print(l)
l[::2] = [0, 0, 0, 0]
print(l)
del l[0], l[-1]
print(l)
del l[::2]
print(l)
m = [[0] * 3 for _ in range(2)]
m[1][2] += 5
print(m)
[p, q] = 1, 2
(r) = 3
print(p, q, r)
for k, (u, v) in enumerate([(1, 2), (3, 4)]):
    print(k, u, v)
t: int = 5
w: str
print(t)
if (y := 10) > 5:
    print(y)
print([last := c for c in range(3)], last)
try:
    a, b = 1, 2, 3
except ValueError as e:
    print(e)
try:
    a, b, c = 1, 2
except ValueError as e:
    print(e)
try:
    a, *b, c = [1]
except ValueError as e:
    print(e)
try:
    a, b = 5
except TypeError as e:
    print(e)
try:
    [1, 2][:] = 5
except TypeError as e:
    print(e)
try:
    l = [1, 2, 3]
    l[::2] = [1]
except ValueError as e:
    print(e)
