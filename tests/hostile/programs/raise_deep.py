# The text of what nobody caught nests as deep as CPython can show.
x = []
for _ in range(501):
    x = [x]
raise ValueError(x)
