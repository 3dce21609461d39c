# A key function that changes the list while it is sorted.
def told(act):
    try:
        act()
        print("sorted")
    except Exception as e:
        print(type(e).__name__, e)


a = [3, 1, 2] * 100
told(lambda: a.sort(key=a.append))
told(lambda: a.sort(key=a.remove))
told(lambda: a.sort(key=a.count))
print(len(a), a[:3])


def grows(x):
    a.append(x)
    return -x


def shrinks(x):
    a[:] = []
    return x


def fails(x):
    return x if x < 3 else {}[x]


told(lambda: a.sort(key=grows))
told(lambda: a.sort(key=shrinks))
told(lambda: a.sort(key=fails))
print(len(a), a[:3])
b = list(range(1000))
print(len(list(map(b.remove, list(b)))), b)
m = max([5, 6, 7], key=a.append if a.clear() else a.count)
print(m, a)
a.append(a)
told(lambda: a.sort(key=a.pop))
print(len(a))
