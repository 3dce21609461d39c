def f():
    x = 1
    def inner(): return x + und
    return inner()
f()
