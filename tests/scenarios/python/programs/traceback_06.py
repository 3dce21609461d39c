class E(Exception): pass
def f():
    raise E("custom")
try:
    f()
except E:
    raise
