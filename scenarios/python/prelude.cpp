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
    return __text(x)

def __lazy_repr(x):
    return __shown(x)

def __text(x):
    if __has(x, '__str__'):
        return __checked(x.__str__(), '__str__')
    if isinstance(x, BaseException) and not __has(x, '__repr__'):
        args = x.args
        if len(args) == 0:
            return ''
        if len(args) == 1:
            return __shown(args[0]) if isinstance(x, KeyError) else __text(args[0])
        if isinstance(x, OSError) and len(args) == 2:
            name = '' if x.filename is None else ': ' + __shown(x.filename)
            return '[Errno ' + __text(args[0]) + '] ' + __text(args[1]) + name
        return __shown(args)
    return str(x) if isinstance(x, str) else __shown(x)

def __checked(text, name):
    if not isinstance(text, str):
        raise TypeError(name + ' returned non-string (type ' + type(text).__name__ + ')')
    return text

def __shown(x, outer=()):
    if __has(x, '__repr__'):
        return __checked(x.__repr__(), '__repr__')
    kind = type(x)
    if kind is list or kind is tuple or kind is dict:
        for around in outer:
            if around is x:
                return '[...]' if kind is list else '(...)' if kind is tuple else '{...}'
        outer = (x, *outer)
    if kind is list:
        return '[' + ', '.join([__shown(v, outer) for v in x]) + ']'
    if kind is tuple:
        return '(' + ', '.join([__shown(v, outer) for v in x]) + (',)' if len(x) == 1 else ')')
    if kind is dict:
        pairs = [__shown(k, outer) + ': ' + __shown(v, outer) for k, v in x.items()]
        return '{' + ', '.join(pairs) + '}'
    if kind is set and len(x) > 0:
        return '{' + ', '.join([__shown(v, outer) for v in x]) + '}'
    if isinstance(x, BaseException):
        return kind.__name__ + '(' + ', '.join([__shown(v, outer) for v in x.args]) + ')'
    return repr(x)

def __told(values):
    texts = []
    for x in values:
        try:
            texts.append(__text(x))
        except BaseException:
            texts.append(None)
    return texts

def __lazy_print(*values, **options):
    print(*[__text(x) for x in values], **options)

def __lazy_format(x, spec=''):
    return format(__text(x) if __has(x, '__str__') or __has(x, '__repr__') else x, spec)

def __format_str(x, spec):
    return format(__text(x), spec)

def __format_repr(x, spec):
    return format(__shown(x), spec)

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
