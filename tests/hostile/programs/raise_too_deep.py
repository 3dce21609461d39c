# The text of what nobody caught nests deeper than can be shown.
x = []
for _ in range(100000):
    x = [x]
raise ValueError(x)
