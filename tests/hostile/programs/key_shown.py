# A missing key with a __repr__ of the program's own.
class A:
    def __repr__(self):
        return "A()"


try:
    {}[A()]
finally:
    print("on the way")
