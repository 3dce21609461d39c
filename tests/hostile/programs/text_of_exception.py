# Exceptions whose text is the program's own to tell, or cannot be told at all.
class Shown:
    def __repr__(self):
        return "shown"


class Both:
    def __repr__(self):
        return "repr"

    def __str__(self):
        return "str"


class Fails:
    def __repr__(self):
        raise ValueError("no repr")

    __str__ = __repr__


class Own(Exception):
    def __str__(self):
        return "own: " + str(self.args)


class OwnRepr(Exception):
    def __repr__(self):
        return "OwnRepr!"


for e in (ValueError(Shown()), ValueError(Both()), ValueError([Shown(), Both()]), KeyError(Both()),
          ValueError(1, Both()), Own(5), OwnRepr(6), ValueError({Shown: 1}.get(Shown)),
          OSError(Both(), "text"), ValueError((Both(),)), ValueError({1: Both()}), Own()):
    print(e, str(e), f"{e}", f"{e!s:>9}")
    print(repr(e) if type(e) is not Own else "", f"{e!r}" if type(e) is not Own else "")
loop = [Both()]
loop.append(loop)
print(loop, (Both(), [Shown()]), {"k": Both()}, str([Both()]), repr({1: Shown()}))
for bad in (ValueError(Fails()), ValueError([Fails()])):
    try:
        print(bad)
    except ValueError as e:
        print("failed:", e)
try:
    {}[Both()]
except KeyError as e:
    print(e)
