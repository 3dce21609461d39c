def primes(n):
    sieve = [True] * (n + 1)
    sieve[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if sieve[i]:
            sieve[i * i::i] = [False] * len(sieve[i * i::i])
    return [i for i, p in enumerate(sieve) if p]
print(primes(60))
def quicksort(a):
    if len(a) <= 1: return a
    p, *rest = a
    return quicksort([x for x in rest if x < p]) + [p] + quicksort([x for x in rest if x >= p])
print(quicksort([5, 3, 8, 1, 9, 2, 7, 3]))
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(1071, 462), [gcd(i, 12) for i in range(1, 13)])
words = "the quick brown fox jumps over the lazy dog the end".split()
counts = {}
for w in words: counts[w] = counts.get(w, 0) + 1
print(sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:3])
def hanoi(n, a="A", b="B", c="C"):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(10))
def matmul(a, b):
    return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]), list(zip(*[[1, 2], [3, 4]])))
state = 42
out = []
for _ in range(5):
    state = (1103515245 * state + 12345) % 2**31
    out.append(state >> 16 & 0x7fff)
print(out)
class Stack:
    def __init__(self): self._items = []
    def push(self, x): self._items.append(x)
    def pop(self):
        if not self._items: raise IndexError("empty stack")
        return self._items.pop()
    def __len__(self): return len(self._items)
s = Stack()
for t in "3 4 + 2 *".split():
    if t.isdigit(): s.push(int(t))
    else:
        b, a = s.pop(), s.pop()
        s.push(a + b if t == "+" else a * b)
print(s.pop(), len(s))
try: s.pop()
except IndexError as e: print("error:", e)
memo = {}
def fib(n):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(80))
text = "hello world"
print("".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else c for c in text), text[::-1].title(), {c: text.count(c) for c in sorted(set(text))})
print("%-10s|%5.1f%%|%03d" % ("name", 12.345, 7), f"{3.14159:.2f} {1e6:,.0f} {255:#06x}")
grid = [[(r * c) % 3 for c in range(4)] for r in range(3)]
for row in grid: print(" ".join(map(str, row)))
n, digits = 12345, []
while n:
    n, d = divmod(n, 10)
    digits.insert(0, d)
print(digits, sum(digits), int("".join(map(str, digits))))
