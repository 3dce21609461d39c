def f(x):
    return g(x)

def g(x):
    y = [i / x
         for i in range(3)]
    return y
print("start")
f(0)
