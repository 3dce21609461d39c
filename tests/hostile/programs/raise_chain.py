# A chain of exceptions, each with a text of its own.
class A:
    def __init__(self, n):
        self.n = n

    def __str__(self):
        if self.n == 2:
            return self.nothing
        return "number " + str(self.n)


try:
    try:
        raise ValueError(A(1))
    except ValueError:
        raise OSError(A(2)) from TypeError(A(3))
except OSError as e:
    caught = e
    raise LookupError(A(4))
