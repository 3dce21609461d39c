# The functions that built-ins written in Python use are no names of a program.
def told(call):
    try:
        print(call())
    except NameError as e:
        print(e)


told(lambda: __list_sort_native(1, False))
told(lambda: __sort_by_keys([1, 2, 3, 4], [1], False))
told(lambda: __is_generator())
told(lambda: __has(1))
told(lambda: __raise_value_error())
told(lambda: __iterate())
told(lambda: __next())
told(lambda: __end)
told(lambda: __tuple)
told(lambda: __print)
told(lambda: __collect)
told(lambda: __lazy_sum)
told(lambda: __list_sort)
__has = 5
print(sorted([3, 1, 2], key=lambda x: -x), max(x for x in [1, 3]), f"{__has}")
__sort_by_keys([1, 2, 3, 4], [1], False)
