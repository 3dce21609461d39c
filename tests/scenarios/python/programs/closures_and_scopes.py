x = "global"
def outer():
    x = "outer"
    def middle():
        def inner():
            nonlocal x
            x += "!"
            return x
        return inner
    i = middle()
    i()
    return i(), x
print(outer(), x)
def counter():
    counts = {}
    def add(k):
        counts[k] = counts.get(k, 0) + 1
        return counts
    return add
c = counter()
c("a"); c("b")
print(c("a"))
def make(n):
    return [lambda k, m=m: k * n + m for m in range(3)]
print([f(10) for f in make(2)])
def shadow(len):
    return len + 1
print(shadow(4), len([1]))
list = [1, 2]
print(list)
del list
print(list((3, 4)))
def uses_later():
    return defined_later()
def defined_later():
    return "later"
print(uses_later())
class C:
    y = 5
    z = [y for _ in range(2)] if False else y
    def get(self):
        return x
print(C.z, C().get())
def comp():
    base = 3
    return [base + i for i in range(2)], {k: base for k in "ab"}, set(base for _ in range(2))
print(comp())
def delete():
    v = 1
    del v
    try:
        return v
    except UnboundLocalError as e:
        return str(e)
print(delete())
def fact():
    def f(n):
        return 1 if n < 2 else n * f(n - 1)
    return f(10)
print(fact())
def params(a, b=[]):
    def add(): b.append(a)
    add()
    return b
print(params(1), params(2))
global_list = []
def append(v):
    global_list.append(v)
    return len(global_list)
print(append(1), append(2), global_list)
for i in range(2):
    def late(): return i
print(late())
gen = (i * x_ for i in range(3) for x_ in [2])
print(next(gen), tuple(gen))
f = lambda *a, k=1, **kw: (a, k, kw)
print(f(1, 2, k=3, z=4), (lambda: (yield_ := 3))())
def nested_except():
    try:
        try:
            raise ValueError("one")
        except ValueError as e:
            saved = e
            raise TypeError("two")
    except TypeError as e:
        return str(e), str(saved), type(e.__context__).__name__
print(nested_except())
def loop_else(n):
    for i in range(n):
        if i == 3: break
    else:
        return "completed"
    return "broke"
print(loop_else(2), loop_else(9))
