# SystemExit with a text of the program's own.
class A:
    def __str__(self):
        return "goodbye"


try:
    raise SystemExit(A())
finally:
    print("on the way")
