# __str__ gives no text.
class A:
    def __str__(self):
        return 5


raise ValueError(A())
