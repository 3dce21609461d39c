// Built-ins in the language itself, for arguments that only the machine can run: a native function
// called with a generator or with a function of the program is replaced by the one of its name
// here. "__lazy_NAME" stands in for NAME. No program can name what is global here: it goes by a dot
// and the name, which no identifier is.

#include "scenarios/python/builtins.h"

namespace python {

namespace {

constexpr std::string_view kPrelude = R"py(
def __collect(iterable):
    return [x for x in iterable]

def __call_drained(function, positional, keywords):
    drained = []
    for x in positional:
        if __is_generator(x):
            x = iter(__collect(x))
        drained.append(x)
    return function(*drained, **keywords)

def __lazy_list(iterable):
    return [x for x in iterable]

def __lazy_tuple(iterable):
    return tuple([x for x in iterable])

def __lazy_set(iterable):
    return {x for x in iterable}

def __lazy_dict(iterable, **more):
    return dict([x for x in iterable], **more)

def __lazy_any(iterable):
    for x in iterable:
        if x:
            return True
    return False

def __lazy_all(iterable):
    for x in iterable:
        if not x:
            return False
    return True

def __lazy_sum(iterable, start=0):
    for x in iterable:
        start = start + x
    return start

def __lazy_enumerate(iterable, start=0):
    for x in iterable:
        yield (start, x)
        start += 1

def __lazy_zip(*iterables, strict=False):
    iterators = [iter(x) for x in iterables]
    while True:
        row = []
        for x in iterators:
            v = next(x, __end)
            if v is __end:
                return
            row.append(v)
        yield tuple(row)

def __lazy_map(function, *iterables):
    if len(iterables) == 1:
        for x in iterables[0]:
            yield function(x)
    else:
        for row in __lazy_zip(*iterables):
            yield function(*row)

def __lazy_filter(function, iterable):
    for x in iterable:
        if function is None:
            if x:
                yield x
        elif function(x):
            yield x

def __lazy_sorted(iterable, /, *, key=None, reverse=False):
    values = [x for x in iterable]
    if key is None:
        __list_sort_native(values, reverse)
    else:
        __sort_by_keys(values, [key(x) for x in values], reverse)
    return values

def __list_sort(values, /, *, key=None, reverse=False):
    if key is None:
        __list_sort_native(values, reverse)
        return
    taken = values[:]
    values.clear()
    try:
        __sort_by_keys(taken, [key(x) for x in taken], reverse)
    finally:
        changed = len(values) > 0
        values[:] = taken
    if changed:
        raise ValueError('list modified during sort')

def __lazy_min(*values, key=None, default=__end):
    return __best('min', values, key, default)

def __lazy_max(*values, key=None, default=__end):
    return __best('max', values, key, default)

def __best(name, values, key, default):
    if len(values) == 1:
        values = __collect(values[0])
    found = False
    for x in values:
        k = x if key is None else key(x)
        if not found:
            found = True
            best = x
            best_key = k
        elif name == 'min':
            if k < best_key:
                best = x
                best_key = k
        elif k > best_key:
            best = x
            best_key = k
    if found:
        return best
    if default is __end:
        raise ValueError(name + '() arg is an empty sequence')
    return default

def __lazy_len(x):
    if __has(x, '__len__'):
        return x.__len__()
    return len(x)

def __lazy_str(x=''):
    if __has(x, '__str__'):
        return x.__str__()
    if __has(x, '__repr__'):
        return x.__repr__()
    return str(x)

def __lazy_repr(x):
    if __has(x, '__repr__'):
        return x.__repr__()
    return repr(x)

def __lazy_print(*values, **options):
    print(*[__lazy_str(x) for x in values], **options)

def __lazy_format(x, spec=''):
    return format(__lazy_str(x) if __has(x, '__str__') or __has(x, '__repr__') else x, spec)

def __format_str(x, spec):
    return format(__lazy_str(x), spec)

def __format_repr(x, spec):
    return format(__lazy_repr(x), spec)

def __contains(x, iterable):
    for v in iterable:
        if v is x or v == x:
            return True
    return False

def __lacks(x, iterable):
    for v in iterable:
        if v is x or v == x:
            return False
    return True

def __differ(a, b):
    return not a == b

def __lazy_bool(x):
    if __has(x, '__len__'):
        return x.__len__() != 0
    return True
)py";

}  // namespace

std::string_view prelude_source() { return kPrelude; }

}  // namespace python
