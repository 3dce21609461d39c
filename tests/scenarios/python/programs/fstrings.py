x, y, name = 5, 3.14159, "bob"
print(f"{x} {y:.2f} {name!r} {name:>6}|{name:<6}|{name:^7}|{x:03d}|{x:+d}|{x:,}|{y:10.3f}|{y:<10.1e}|")
print(f"{x=} {y=:.1f} {name=} {x + 1 = } {name=!s}")
print(f"{{literal}} {x}{{}} {'nested ' + name} {x if x > 3 else 0} {[1, 2][0]} {{'a': 1}} { {'a': 1}['a'] }")
w, p = 8, 2
print(f"{y:{w}.{p}f}|{y:>{w}}|{name:*^{w}}|{x:0{w}b}|{name!r:>{w}}")
print(f"a" "b" f"{x}" 'c', f'{x}' f"{y:.0f}", rf"\n{x}", f"\t{x}\n", f"{x}\\")
print(f"{1234567.891:,.2f} {0.000123:g} {255:x} {255:#X} {255:08b} {1e10:.3e} {0.5:%} {12:c} {'a':5}| {True} {None} {[1, 'a']}")
print(f"{lambda_}" if (lambda_ := 3) else "", f"{(lambda v: v * 2)(4)}", f"{', '.join(str(i) for i in range(3))}")
print(f"{1:>5}{2:<5}{3:^5}{4:=+5}|{-5:06d}|{3.0:g}|{10**10:g}|{1.5:10}|{-0.0:.1f}|{1e300:.0f}"[:60])
print(f"{float('inf'):5} {float('nan'):>6} {-float('inf'):f} {1.23456789:.3} {100:.1f} {1e-10} {12345.6789:.3}")
print(f"{3:5}|{3.5:5}|{'s':5}|{True:5}|{3:<5}|{'s':>5}|{1:_^9}|{'é':5}|")
print(f"{'a' 'b'} {x!r:5} {x:d} {'{'} {'}'}", f'{"q"}', f"""{
x}""")
print(f"{x:{'>' + str(w)}} {f'{x}' + f'{y:.1f}'}")
print(f"{1_000:,} {10:>+6} {7:<#6x}| {0:b} {-255:x} {5:e} {1234:.2e} {2**40:,} {-1234567:_}")
for spec in ("5.2d", "s", "zz", ".2x", ",x"):
    try:
        print(format(5, spec))
    except ValueError as e:
        print(e)
for spec in ("d", "+", "=5", ",", ".2", "x"):
    try:
        print(format("abc", spec))
    except ValueError as e:
        print(e)
for v in (0.0, 1.0, -1.5, 123456.789, 1e-7, 1e21, 0.1, 2/3):
    print(f"{v} {v:g} {v:.3f} {v:e} {v:.0f} {v:10.4g}| {v:+} {v:.1%} {v:012.3f} {v!r} {v:.17g} {v:.5} {v:,}")
for n in (0, 1, -1, 42, -1234567, 10**15):
    print(f"{n} {n:d} {n:8} {n:<8}| {n:^8}| {n:08d} {n:+d} {n: d} {n:x} {n:b} {n:o} {n:#b} {n:,} {n:_x} {n:e} {n:.2f} {n:g} {n:%}")
