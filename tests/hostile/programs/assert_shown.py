# assert with a message of the program's own.
class A:
    def __repr__(self):
        return "A()"


assert False, A()
