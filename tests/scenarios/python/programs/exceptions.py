def check(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, "|", e, "|", e.args)
check(lambda: 1 / 0)
check(lambda: [][1])
check(lambda: {}["k"])
check(lambda: int("z"))
check(lambda: undefined_name)
check(lambda: None.foo)
check(lambda: "a" + 1)
check(lambda: len(5))
def reraise():
    try:
        raise ValueError("inner", 2)
    except ValueError:
        raise
check(reraise)
def chained():
    try:
        try:
            raise KeyError("k")
        except KeyError as e:
            raise RuntimeError("outer") from e
    except RuntimeError as e:
        print(repr(e), repr(e.__cause__), repr(e.__context__))
chained()
class MyError(Exception):
    pass
class Detailed(MyError):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
try:
    raise MyError("mine")
except MyError as e:
    print("MyError", e, repr(e))
try:
    raise Detailed(7, "detail")
except MyError as e:
    print(e.code, e, e.args, isinstance(e, Detailed), type(e).__name__)
try:
    raise MyError
except Exception as e:
    print(repr(e), str(e) == "")
try:
    assert 1 == 2, "message"
except AssertionError as e:
    print("assert", e)
try:
    assert False
except AssertionError as e:
    print(repr(e))
try:
    raise IndexError("x")
except (KeyError, IndexError) as e:
    print("tuple", e)
try:
    try:
        raise IndexError("unmatched")
    except KeyError:
        print("no")
    finally:
        print("finally")
except LookupError as e:
    print("outer", e)
def order():
    try:
        print("try")
        return "ret"
    except:
        print("except")
    else:
        print("else")
    finally:
        print("finally")
print(order())
try:
    print("body")
except ValueError:
    print("no")
else:
    print("else runs")
finally:
    print("and finally")
e = "kept?"
try:
    raise ValueError("v")
except ValueError as e:
    pass
try:
    print(e)
except NameError as err:
    print(err)
try:
    raise 5
except TypeError as err:
    print(err)
try:
    try:
        1 / 0
    except 5:
        pass
except TypeError as err:
    print(err)
print(issubclass(ZeroDivisionError, ArithmeticError), issubclass(KeyError, LookupError),
      issubclass(FileNotFoundError, OSError), issubclass(RecursionError, RuntimeError))
print(repr(OSError(2, "No such file", "f.txt")), OSError(2, "No such file", "f.txt"))
print(str(KeyError("a")), repr(KeyError("a", 1)), str(ValueError(1, 2)))
def deep(n):
    return deep(n + 1)
try:
    deep(0)
except RecursionError as e:
    print(e)
class Manager:
    def __init__(self, swallow):
        self.swallow = swallow
    def __enter__(self):
        print("enter")
        return self
    def __exit__(self, kind, value, trace):
        print("exit", kind is None, value)
        return self.swallow
with Manager(True) as m:
    print("in", m.swallow)
    raise ValueError("swallowed")
print("after")
with Manager(False), Manager(True) as two:
    print("two", two.swallow)
try:
    with Manager(False):
        raise KeyError("out")
except KeyError as e:
    print("propagated", e)
def from_with():
    with Manager(False):
        return "value"
print(from_with())
for i in range(2):
    with Manager(False):
        if i == 0:
            continue
        break
try:
    with 5:
        pass
except TypeError as e:
    print(e)
def generator():
    yield 1
    raise ValueError("from generator")
try:
    for v in generator():
        print(v)
except ValueError as e:
    print(e)
try:
    next(iter([]))
except StopIteration as e:
    print("stop", repr(e))
try:
    [x / 0 for x in [1]]
except ZeroDivisionError as e:
    print(e)
try:
    raise
except RuntimeError as e:
    print(e)
