for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == j:
            continue
        print(i, j)
    else:
        print("never")
else:
    print("outer else")
n = 0
while True:
    n += 1
    if n > 3: break
else:
    print("no")
while n:
    n -= 1
else:
    print("while else", n)
for c in "héé": print(c, end=",")
print()
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2, 1 == 1.0 == True)
print(0 or "x", 1 and "y", not 0, None or [] or 0, 1 and 0 and 2)
print("big" if n > 5 else "small" if n > -1 else "neg")
x = [1, 2, 3]
print(2 in x, 4 not in x, "a" in "cat", 3 in (1, 2), "k" in {"k": 1}, 5 in range(0, 10, 5), 2 in {1, 2})
print(x is x, x is not None, [] is None)
if x and not (len(x) == 2 or x[0] == 5) and x[-1]:
    print("complex condition")
if not x:
    print("empty")
elif x[0] == 2:
    print("two")
elif x[0] == 1: print("one")
else:
    print("other")
def side(v):
    print("side", v)
    return v
print(side(1) < side(3) < side(2) < side(9))
print(side(0) and side(1), side(1) or side(0))
pass
i = 5
for i in []: pass
print(i)
for i in range(10, 0, -3): print(i, end=" ")
print()
a = 1; b = 2; print(a, b)
y = (1 +
     2)
z = 1 + \
    2
print(y, z)
"a docstring expression"
...
def f(x):
    for i in range(x):
        try:
            if i == 2:
                return "early %d" % i
            if i == 1:
                continue
            print("loop", i)
        finally:
            print("finally", i)
    return "end"
print(f(1), f(5))
def g():
    while True:
        try:
            break
        finally:
            print("broke")
    for i in range(2):
        try:
            continue
        finally:
            print("continued", i)
    try:
        return 1
    finally:
        return 2
print(g())
