def f():
    try:
        raise ValueError("a")
    finally:
        print("f")
def h():
    try:
        f()
    except ValueError as e:
        raise e
h()
