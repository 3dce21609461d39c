# A class of exceptions with a text of its own, raised again while it is told.
class E(Exception):
    depth = 0

    def __str__(self):
        E.depth += 1
        try:
            raise E(self.depth)
        except E as e:
            if E.depth < 5:
                return "around " + str(e)
            return "innermost"


raise E("given")
