class Empty: pass
e = Empty()
e.x = 1
print(e.x, hasattr(e, "y"), getattr(e, "y", "none"))
class Counter:
    total = 0
    names = []
    def __init__(self, name, start=0):
        self.name = name
        self.n = start
        Counter.total += 1
        self.names.append(name)
    def step(self, by=1):
        self.n += by
        return self
    def show(self):
        return f"{self.name}:{self.n}"
c = Counter("a")
d = Counter("b", start=5)
print(c.step().step(3).show(), d.show(), Counter.total, Counter.names, c.total)
c.n *= 10
print(c.n)
m = c.show
print(m(), Counter.show(d))
print(type(c), type(c).__name__, isinstance(c, Counter), isinstance(c, Empty), Counter.__name__)
class Base:
    kind = "base"
    def hello(self): return "hello from " + self.kind
    def twice(self): return self.hello() + "!"
class Derived(Base):
    kind = "derived"
    def hello(self): return "derived " + super().hello()
print(Base().twice(), Derived().twice(), isinstance(Derived(), Base), issubclass(Derived, Base))
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, o): return Vector(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __neg__(self): return Vector(-self.x, -self.y)
    def __eq__(self, o): return self.x == o.x and self.y == o.y
    def __lt__(self, o): return self.x < o.x
    def __repr__(self): return f"Vector({self.x}, {self.y})"
    def __len__(self): return 2
    def __getitem__(self, i): return self.x if i == 0 else self.y
    def __setitem__(self, i, v):
        if i == 0: self.x = v
        else: self.y = v
    def __call__(self, z): return (self.x, self.y, z)
v = Vector(1, 2)
print(repr(v + v * 3), str(2 * v), f"{-v}", v == Vector(1, 2), v != Vector(1, 2), v < Vector(3, 0))
v[1] = 7
print(v[0], v[1], len(v), v(5))
v += Vector(1, 1)
print(v)
class Squares:
    def __init__(self, n): self.n = n
    def __iter__(self):
        self.i = 0
        return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i ** 2
for s in Squares(3): print(s, end=" ")
print([x for x in Squares(2)], list(Squares(4)), sum(Squares(3)))
class Gen:
    def __iter__(self):
        yield 1
        yield 2
print(list(Gen()), [x + 1 for x in Gen()])
class S:
    def __str__(self): return "as str"
    def __repr__(self): return "as repr"
print(S(), repr(S()), f"{S()} {S()!r}", str(S()), "%s" % 1)
for bad in (lambda: c.missing, lambda: Counter(), lambda: c.step(1, 2), lambda: Empty(5), lambda: Counter.nothing, lambda: c(), lambda: c + 1, lambda: c[0], lambda: len(c)):
    try:
        bad()
    except (AttributeError, TypeError) as err:
        print(type(err).__name__, err)
del e.x
print(hasattr(e, "x"))
setattr(e, "dyn", 3)
print(e.dyn)
class Node:
    def __init__(self, v, next=None):
        self.v, self.next = v, next
l = Node(1, Node(2, Node(3)))
while l:
    print(l.v, end=" ")
    l = l.next
print()
class WithClassVar:
    size = 3
    data = [0] * size
    def get(self): return len(self.data)
print(WithClassVar().get())
