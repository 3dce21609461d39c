s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), s.title(), "abc".capitalize())
print(s.find("o"), s.find("o", 5), s.rfind("o"), s.find("z"), s.index("W"), s.count("l"), s.count(""))
print(s.startswith("He"), s.endswith(("ld", "x")), s.startswith("W", 7), s.replace("l", "L"), s.replace("l", "L", 1), "aaa".replace("", "-"))
print(s.split(","), "a b  c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a b c".split(None, 1), "".split(), "".split(","), "a,b,c".rsplit(",", 1))
print("  x ".strip() + "|", "xxaxx".strip("x"), "  x".lstrip(), "x  ".rstrip() + "|", "abcba".strip("ab"))
print(",".join(["a", "b"]), "".join([]), "-".join("abc"), "ab" * 3, 0 * "x", "a" + "b" "c")
print("5".zfill(3), "-5".zfill(4), "ab".center(7, "*"), "ab".center(5) + "|", "abc".center(6) + "|", "ab".ljust(4) + "|", "ab".rjust(4), "a".ljust(3, "-"))
print("12".isdigit(), "1a".isdigit(), "ab".isalpha(), "a1".isalnum(), " ".isspace(), "AB".isupper(), "aB".islower(), "".isdigit(), "a_1".isidentifier())
print(s[0], s[-1], s[2:5], s[::-1], s[::2], s[-3:], s[20:], s[5:2], len(s))
u = "naïve café 日本 😀"
print(u, len(u), u[2], u[-1], u[::-1], u.find("café"), repr(u), u.encode(), u.split())
print("a\nb\tc\\d'e\"f", repr("a\nb\tc\\d'e\"f"), repr("it's"), repr('say "hi"'), repr("\x00\x1f\x7f\x80\xa0é\u200b"), 'a\
b')
print(r"raw\n", b"bytes\x00\xff", rb"\n", """triple
quoted""", '''it's''', "\x41\u00e9\U0001F600\101\0".encode())
print("line1\nline2\r\nline3".splitlines(), "a\n".splitlines(True), "a-b-c".partition("-"), "abc".partition("x"))
print("prefix-x".removeprefix("prefix-"), "x.bin".removesuffix(".bin"), "a\tb".expandtabs(4))
print("abc" < "abd", "a" < "B", "" < "a", "abc" == "abc", "a" != "b", "é" > "z", "b" in "abc", "" in "a")
print(b"abc"[0], b"abc"[1:], b"a" + b"b", b"ab" * 2, b"abc".hex(), b"\x01\x02".hex(":") , list(b"ab"), b"a" in b"abc", 97 in b"abc", len(b"\xff"), b"abc" == b"abc", b"a" < b"b")
print(bytes([1, 2, 255]), bytes(3), bytes("é", "utf-8"), bytes.fromhex("00ff 10"), b"abc".decode(), b"x,y".replace(b",", b";"), b"-".join([b"a", b"b"]), b"abc".find(b"c"), b"'\"\\\n")
print(str(b"ab"), str(5.0), str(None), str([1, "a"]), str((1,)), str({"a": "b"}), repr("x"), ascii("é日"))
print(ord("a"), chr(97), ord("é"), chr(0x1F600), ord(b"z"))
print("%d %5d|%-5d|%05d %x %X %o %+d %s %r %c %%" % (1, 2, 3, 4, 255, 255, 8, 5, "s", "r", "c"))
print("%.2f %8.3f|%-8.1f|%e %g %G %5s|%-5s|%.2s" % (3.14159, 2.5, 1.25, 12345.678, 0.0001, 1e20, "a", "b", "xyz"))
print("%s" % [1, 2], "%s %s" % ("a", 1), "%(k)s %(n)03d" % {"k": "v", "n": 7}, "%s" % (("t",),), "%*d" % (5, 3), "%#x" % 255, "% d" % 5, "%.3d" % 7, "%i" % 3.9)
print("{} {}".format(1, 2), "{1} {0}".format("a", "b"), "{x} {y[0]} {z.real}".format(x=1, y=[2], z=3), "{:>5}|{:<5}|{:^5}".format(1, "a", 2.5), "{{}}".format(), "{!r}".format("a"), "{0:{1}}".format(5, ">4"))
print("{:,} {:_} {:b} {:x} {:#x} {:o} {:e} {:.1%} {:+} {: d}".format(1234567, 1234567, 5, 255, 255, 8, 1234.5, 0.256, 3, 4))
for f in (lambda: "a".index("z"), lambda: "abc"[5], lambda: "a" + 1, lambda: "x".join([1]), lambda: "%d" % "a", lambda: "%d %d" % 1, lambda: "{}".format(), lambda: "abc".foo, lambda: b"a" + "a", lambda: "{:d}".format("a"), lambda: "a".split(""), lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: "abc"["a"], lambda: 1 in "a"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
