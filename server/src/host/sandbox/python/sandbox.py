"""Runs programs of others inside Pyodide and tells what they did.

Loaded once in each thread; `run` is all the thread keeps of it. A program gets a namespace, built-ins and modules of its
own for each call. Two walls: what a program may say and is given (`check`, `curate`), and that a program that gets past
it still finds nothing that leads to JavaScript (`seal`, and `seal.ts` for the other side).
"""

import _imp
import ast
import builtins
import codecs
import dataclasses
import decimal
import dis
import encodings.aliases
import enum
import gc
import importlib
import json
import operator
import os
import pathlib
import sys
import types

MAX_STEPS = 40_000
MAX_LINES = 5_000
MAX_TEXT = 10_000
MAX_DEPTH = 60
MAX_ITEMS = 300
MAX_PRINTED = 2_000
MAX_MESSAGE = 1_000
CALLS_BETWEEN_COLLECTIONS = 200

# ---------------------------------------------------------------- what programs may say

# Names with two underscores that lead to nothing but values.
OPEN_NAMES = frozenset(
    f"__{name}__"
    for name in (
        "init new repr str bytes format eq ne lt le gt ge hash bool len length_hint iter next reversed contains"
        " getitem setitem delitem missing call enter exit aenter aexit aiter anext await add sub mul matmul truediv"
        " floordiv mod divmod pow lshift rshift and xor or radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow"
        " rlshift rrshift rand rxor ror iadd isub imul imatmul itruediv ifloordiv imod ipow ilshift irshift iand ixor"
        " ior neg pos abs invert int float complex index round trunc floor ceil post_init name qualname doc module"
        " class version cause context notes members all debug copy deepcopy fspath"
    ).split()
)
# Ways from a value to the frames and code behind it.
CLOSED_NAMES = frozenset(
    "gi_frame gi_code gi_yieldfrom gi_suspended cr_frame cr_code cr_await cr_origin ag_frame ag_code ag_await tb_frame tb_next"
    " tb_lasti tb_lineno f_back f_builtins f_code f_globals f_locals f_trace f_generator co_code co_consts co_names"
    " func_globals func_code mro evaluate".split()
)


class Refused(Exception):
    """A program says or asks for something it may not."""


class Stop(BaseException):
    """Ends a call from inside."""


def is_closed(name):
    if type(name) is not str:
        raise TypeError("attribute name must be string")
    return name in CLOSED_NAMES or (name.startswith("__") and name.endswith("__") and name not in OPEN_NAMES)


def check(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if is_closed(name):
                raise Refused(f"uses `{name}`")
            case ast.Name(id=name, ctx=ast.Load()) if is_closed(name) and name != "__file__":
                raise Refused(f"uses `{name}`")
            case ast.MatchClass(kwd_attrs=names):
                for name in names:
                    if is_closed(name):
                        raise Refused(f"uses `{name}`")
    return tree


# ---------------------------------------------------------------- what programs are given

MODULES = (
    "array base64 binascii bisect calendar cmath collections collections.abc colorsys contextlib copy csv dataclasses"
    " datetime decimal difflib enum errno fnmatch fractions functools graphlib hashlib heapq hmac html http io ipaddress"
    " itertools json keyword math numbers operator os.path pathlib pprint re shlex statistics string struct textwrap"
    " types typing unicodedata urllib.parse uuid zlib abc __future__"
).split()
# Only these names of a module; otherwise all its public names but the hidden ones.
SHOWN = {
    "contextlib": "AbstractContextManager ContextDecorator ExitStack closing contextmanager nullcontext suppress",
    "hashlib": "md5 sha1 sha224 sha256 sha384 sha512 blake2b blake2s sha3_256 sha3_512",
    "hmac": "new compare_digest digest HMAC",
    "http": "HTTPStatus HTTPMethod",
    "io": "StringIO BytesIO",
    "os.path": "basename commonpath commonprefix dirname isabs join normpath split splitdrive splitext sep",
    "pathlib": "PurePath PurePosixPath PureWindowsPath",
    "string": "ascii_letters ascii_lowercase ascii_uppercase capwords digits hexdigits octdigits printable"
    " punctuation whitespace Template",
    "types": "MappingProxyType SimpleNamespace NoneType EllipsisType",
    "pprint": "pformat",
    "copy": "copy deepcopy replace Error",
}
HIDDEN = {
    "dataclasses": "make_dataclass",
    "decimal": "DefaultContext BasicContext ExtendedContext",
    "json": "load dump",
    "typing": "get_type_hints get_args get_origin ForwardRef evaluate_forward_ref get_protocol_members",
    "functools": "update_wrapper wraps",
    "operator": "attrgetter methodcaller",
    "binascii": "a2b_uu b2a_uu",
    "calendar": "main",
}
# Modules whose answers are not the same everywhere and always, or which reach for the machine.
OUTSIDE = frozenset(
    "os sys time random secrets threading multiprocessing subprocess socket asyncio platform locale tempfile shutil glob"
    " getpass signal select queue concurrent urllib http.client sqlite3 ssl ctypes inspect gc weakref importlib pickle"
    " traceback zoneinfo gettext".split()
)


class Call:
    """What is kept about the call that is running."""

    def __init__(self, trace):
        self.steps = 0
        self.stopped = None
        self.printed = []
        self.printed_length = 0
        self.lines = [] if trace else None
        self.modules = {}
        self.is_loading = False
        # Built-ins of the program.
        self.given = {}

    def stop(self, by, detail=None):
        if self.stopped is None:
            self.stopped = {"kind": "stopped", "by": by, **({"detail": detail} if detail else {})}
        raise Stop

    def outside(self, what):
        self.stop("outside", f"asks for {what}")


call = Call(False)


def guarded(function):
    def guarded_access(value, name, *rest):
        if is_closed(name):
            raise Refused(f"uses `{name}`")
        return function(value, name, *rest)

    guarded_access.__name__ = guarded_access.__qualname__ = function.__name__
    return guarded_access


def attrgetter(*names):
    for name in names:
        if any(is_closed(part) for part in name.split(".")):
            raise Refused(f"uses `{name}`")
    return operator.attrgetter(*names)


def methodcaller(name, /, *args, **kwargs):
    if is_closed(name):
        raise Refused(f"uses `{name}`")
    return operator.methodcaller(name, *args, **kwargs)


def wraps(wrapped, assigned=None, updated=None):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped)

    return decorate


def update_wrapper(wrapper, wrapped, assigned=None, updated=None):
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    return wrapper


def own_vars(*values):
    if len(values) != 1:
        call.outside("`vars()` of a frame")
    if isinstance(values[0], (type, types.ModuleType)):
        raise Refused("asks for the `vars` of a class or a module")
    return vars(values[0])


def print_into_call(*values, sep=" ", end="\n", file=None, flush=False):
    text = (" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end)
    if file is not None:
        file.write(text)
        return
    if call.printed_length <= MAX_PRINTED:
        call.printed.append(text[: MAX_PRINTED + 1])
        call.printed_length += len(text)


def out_of_reach(what):
    def refuse(*args, **kwargs):
        call.outside(what)

    return refuse


class Silent:
    """Stands for a logger: what is logged is not what a function gives."""

    level = 0

    def isEnabledFor(self, level):
        return False

    def getChild(self, name):
        return self

    def write(self, text):
        return len(text)

    def flush(self):
        return None


def be_silent(self, *args, **kwargs):
    return None


for _name in "debug info warning warn error exception critical log addHandler setLevel".split():
    setattr(Silent, _name, be_silent)

ABSENT_BUILTINS = "open eval exec compile input breakpoint globals locals id help exit quit".split()
PLAIN_BUILTINS = (
    "abs aiter all anext any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod enumerate"
    " filter float format frozenset hash hex int isinstance issubclass iter len list map max memoryview min next object oct ord pow"
    " property range repr reversed round set slice sorted staticmethod str sum super tuple type zip None True False"
    " Ellipsis NotImplemented __build_class__ __debug__"
).split()


def curate_builtins():
    given = {name: getattr(builtins, name) for name in PLAIN_BUILTINS}
    for name, value in vars(builtins).items():
        if isinstance(value, type) and issubclass(value, BaseException):
            given[name] = value
    for name in ("getattr", "setattr", "delattr", "hasattr"):
        given[name] = guarded(getattr(builtins, name))
    for name in ABSENT_BUILTINS:
        given[name] = out_of_reach(f"`{name}`")
    given.update(vars=own_vars, print=print_into_call, __import__=import_curated)
    return given


class Lacking(dict):
    """Built-ins of a program that has names nobody gives a meaning: asking for one ends the call."""

    def __init__(self, names, absent):
        super().__init__(names)
        self.absent = frozenset(absent)

    def __missing__(self, name):
        if name in self.absent:
            if call.is_loading:
                return absent_value(name, self)
            call.outside(f"`{name}`")
        raise KeyError(name)


OPERATORS = (
    "bool eq ne lt le gt ge hash len length_hint iter next reversed contains repr str bytes format index int float complex"
    " enter exit setattr delattr setitem delitem instancecheck subclasscheck get set set_name await aiter anext sub mul"
    " truediv floordiv mod pow neg pos abs invert and xor radd rsub rmul rtruediv rfloordiv rmod rpow rand rxor iadd"
).split()


def absent_value(name, given):
    """
    What an absent name gives while a program loads: more of the same. Afterwards whoever looks at it ends the call. A
    class that extends it has its own methods, and ends the call where it is asked for what it inherits.
    """

    def refuse(*args, **kwargs):
        call.outside(f"`{name}`")

    def reach(*args, **kwargs):
        return kind() if call.is_loading else refuse()

    def class_attribute(cls, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        refuse()

    def attribute(self, name):
        return bases if name == "__mro_entries__" else reach()

    def bases(_):
        # What is inherited cannot be told from what is missing there.
        given["super"] = refuse
        meta = type("type", (type,), {"__getattr__": class_attribute})
        refused = {f"__{each}__": refuse for each in INHERITED}
        return (meta("object", (), {**refused, "__init_subclass__": lambda cls, **_: None, "__getattr__": class_attribute}),)

    reached = {f"__{each}__": reach for each in ("call", "getitem", "or", "ror", "add")}
    refused = {f"__{each}__": refuse for each in OPERATORS}
    kind = type("absent", (), {**refused, **reached, "__getattribute__": attribute})
    return kind()


# Where a class says nothing of its own, what it extends may.
INHERITED = "init bool eq ne lt le gt ge hash len iter next contains repr str bytes format getitem call enter exit".split()


def encode_path(path):
    path = os.fspath(path)
    return path if isinstance(path, bytes) else path.encode("utf-8", "surrogateescape")


def concrete_path():
    """`pathlib.Path` as it is nearly everywhere, as far as it reaches no files."""
    outside = {
        name: out_of_reach(f"`Path.{name}`")
        for name in dir(pathlib.Path)
        if not name.startswith("_") and name not in dir(pathlib.PurePosixPath)
    }
    return type("PosixPath", (pathlib.PurePosixPath,), {"__slots__": (), **outside})


def curate(name):
    """The names of a module that programs get."""
    module = importlib.import_module(name)
    if name in SHOWN:
        names = SHOWN[name].split()
    else:
        names = getattr(module, "__all__", None) or [n for n in dir(module) if not n.startswith("_")]
        if name == "__future__":
            names = module.all_feature_names
    hidden = HIDDEN.get(name, "").split()
    return {
        n: value
        for n in names
        if n not in hidden and not isinstance(value := getattr(module, n, None), types.ModuleType)
    }


def curate_modules():
    given = {name: curate(name) for name in MODULES}
    given["functools"].update(wraps=wraps, update_wrapper=update_wrapper)
    given["operator"].update(attrgetter=attrgetter, methodcaller=methodcaller)
    silent = Silent()
    levels = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "WARN": 30, "ERROR": 40, "CRITICAL": 50}
    logger = {name: getattr(silent, name) for name in "debug info warning error exception critical log".split()}
    given["logging"] = {**levels, **logger, "getLogger": lambda name=None: silent, "Logger": Silent}
    given["warnings"] = {"warn": silent.warn, "deprecated": lambda *args, **kwargs: lambda function: function}
    given["sys"] = {"maxsize": sys.maxsize, "float_info": sys.float_info, "byteorder": sys.byteorder, "stderr": silent}
    given["os"] = {"sep": "/", "linesep": "\n", "name": "posix", "curdir": ".", "pardir": "..", "extsep": "."}
    given["os"].update(fspath=os.fspath, fsencode=encode_path)
    given["os"]["altsep"] = given["os.path"]["altsep"] = None
    given["pathlib"]["Path"] = given["pathlib"]["PosixPath"] = POSIX_PATH
    given["urllib"] = {}
    return given


def import_curated(name, globals=None, locals=None, fromlist=(), level=0):
    if type(fromlist) is list:
        # Not a statement: built-ins written in C load what they need this way, and take it from `sys.modules`.
        return sys.modules[name]
    if level > 0:
        call.outside("its own package")
    module = curated_module(name)
    for attribute in fromlist or ():
        full = f"{name}.{attribute}"
        if full in MODULE_NAMES and attribute not in vars(module):
            setattr(module, attribute, curated_module(full))
    return module if fromlist else call.modules[name.partition(".")[0]]


def curated_module(name):
    """A copy for this call: what a program writes into a module is gone with it."""
    module = call.modules.get(name)
    if module is not None:
        return module
    if name not in MODULE_NAMES:
        # Whoever catches an ImportError has another way; what is outside is there in real life.
        if name.partition(".")[0] in OUTSIDE or name in sys.stdlib_module_names:
            call.outside(f"`{name}`")
        call.outside(f"`{name}`, a package")
    module = types.ModuleType(name)
    vars(module).update(MODULE_NAMES[name])
    vars(module)["__getattr__"] = lambda attribute: refuse_attribute(name, attribute)
    call.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(curated_module(parent), own, module)
    if name == "decimal":
        decimal.setcontext(decimal.Context())
    return module


def refuse_attribute(module, attribute):
    if attribute.startswith("__") or attribute not in REAL_NAMES.get(module, ()):
        raise AttributeError(f"module '{module}' has no attribute '{attribute}'")
    if call.is_loading:
        return absent_value(f"{module}.{attribute}", call.given)
    call.outside(f"`{module}.{attribute}`")


# ---------------------------------------------------------------- counting and tracing

monitoring = sys.monitoring
TOOL = 4


def count(code, *_):
    call.steps += 1
    if call.steps > MAX_STEPS:
        call.stop("steps")


def note_line(code, line):
    # Only functions of the program: what its classes and constants are made of has run before the call.
    lines = call.lines
    if lines is not None and len(lines) < MAX_LINES:
        lines.append(line - 1)


def watch(code, trace):
    events = monitoring.events
    wanted = events.JUMP | events.PY_START
    monitoring.set_local_events(TOOL, code, wanted | events.LINE if trace else wanted)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            watch(constant, trace)


# ---------------------------------------------------------------- telling values


class Undescribable(Exception):
    """No text can stand for a value; the message says why."""


class Describer:
    """Values as expressions: sets sorted, dictionaries in their order, objects by their fields."""

    def __init__(self):
        self.open = set()
        self.length = 0

    def describe(self, value, depth=0):
        if depth > MAX_DEPTH:
            raise Undescribable("is nested too deep")
        plain = self.describe_plain(value)
        if plain is not None:
            return self.counted(plain)
        if id(value) in self.open:
            raise Undescribable("contains itself")
        self.open.add(id(value))
        try:
            self.counted("    ")
            return self.describe_composed(value, lambda inner: self.describe(inner, depth + 1))
        finally:
            self.open.discard(id(value))

    def counted(self, text):
        self.length += len(text)
        if self.length > MAX_TEXT:
            raise Undescribable("is too large to show")
        return text

    def describe_plain(self, value):
        kind = type(value)
        if value is None or kind in (bool, type(Ellipsis), type(NotImplemented), range):
            return repr(value)
        if kind is int:
            if value.bit_length() > MAX_TEXT:
                raise Undescribable("is too large to show")
            return repr(value)
        if kind is float:
            return repr(value) if value - value == 0 else f'float("{value!r}")'
        if kind is complex:
            return repr(value)
        if kind in (str, bytes, bytearray):
            if len(value) > MAX_TEXT:
                raise Undescribable("is too large to show")
            if kind is str and ADDRESS in value:
                raise Undescribable("holds an address in memory")
            return repr(value)
        if isinstance(value, enum.Enum):
            return f"{kind.__name__}.{value._name_}" if value._name_ else f"{kind.__name__}({value._value_!r})"
        if isinstance(value, type):
            return value.__name__
        if kind in REPR_TYPES:
            return repr(value)
        return None

    def describe_composed(self, value, inner):
        kind = type(value)
        name = kind.__name__
        if isinstance(value, tuple):
            if hasattr(kind, "_fields"):
                return fields_text(name, zip(kind._fields, value), inner)
            text = "(" + ", ".join(map(inner, tuple.__iter__(value))) + ("," if len(value) == 1 else "") + ")"
            return text if kind is tuple else f"{name}({text})"
        if isinstance(value, list):
            text = "[" + ", ".join(map(inner, list.__iter__(value))) + "]"
            return text if kind is list else f"{name}({text})"
        if isinstance(value, (set, frozenset)):
            return set_text(value, inner)
        if isinstance(value, dict):
            return dict_text(value, inner)
        if kind is DEQUE:
            limit = "" if value.maxlen is None else f", maxlen={value.maxlen}"
            return f"deque([{', '.join(map(inner, value))}]{limit})"
        if isinstance(value, BaseException):
            return f"{name}({', '.join(map(inner, value.args))})"
        if kind in VIEW_TYPES:
            return f"{name}([{', '.join(map(inner, value))}])"
        if kind is types.MappingProxyType:
            return f"mappingproxy({inner(dict(value))})"
        if isinstance(value, (str, bytes, int, float)):
            base = next(base for base in (str, bytes, int, float) if isinstance(value, base))
            return f"{name}({inner(base(value))})"
        if hasattr(kind, "__next__"):
            return f"iter([{', '.join(map(inner, items_of(value)))}])"
        if dataclasses.is_dataclass(kind):
            names = [field.name for field in dataclasses.fields(kind)]
            return fields_text(name, [(n, getattr(value, n)) for n in names if hasattr(value, n)], inner)
        return object_text(value, inner)


def fields_text(name, fields, inner):
    return f"{name}({', '.join(f'{key}={inner(value)}' for key, value in fields)})"


def object_text(value, inner):
    kind = type(value)
    if kind is types.SimpleNamespace:
        return fields_text("SimpleNamespace", vars(value).items(), inner)
    if kind.__module__ != PROGRAM:
        raise Undescribable(f"holds a {kind.__name__}")
    fields = list(getattr(value, "__dict__", {}).items())
    for base in reversed(kind.__mro__):
        slots = base.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            if slot not in ("__dict__", "__weakref__") and hasattr(value, slot):
                fields.append((slot, getattr(value, slot)))
    return fields_text(kind.__name__, fields, inner)


def set_text(value, inner):
    kind = type(value)
    items = list(value)
    try:
        items.sort()
        texts = [inner(item) for item in items]
    except TypeError:
        texts = sorted(inner(item) for item in items)
    if any(isinstance(item, (frozenset, set)) for item in items):
        texts.sort()
    text = "{" + ", ".join(texts) + "}" if texts else ""
    if kind is set:
        return text or "set()"
    return f"{kind.__name__}({text})"


def dict_text(value, inner):
    kind = type(value)
    text = "{" + ", ".join(f"{inner(k)}: {inner(v)}" for k, v in dict.items(value)) + "}"
    if kind is dict:
        return text
    if kind is DEFAULTDICT:
        factory = value.default_factory
        return f"defaultdict({inner(factory)}, {text})" if factory is None or isinstance(factory, type) else text
    return f"{kind.__name__}({text})"


def items_of(iterator):
    items = []
    for item in iterator:
        if len(items) == MAX_ITEMS:
            raise Undescribable(f"gives more than {MAX_ITEMS} values")
        items.append(item)
    return items


PROGRAM = "program"
ADDRESS = " at 0x"

# ---------------------------------------------------------------- a call


class Prepared:
    """The program of the calls that follow each other, compiled."""

    def __init__(self, source, entry, trace):
        self.key = (source, entry, trace)
        self.code = compile(check(ast.parse(source)), PROGRAM, "exec", dont_inherit=True)
        self.entry = compile_expression(entry)
        watch(self.code, trace)


prepared = None
inputs = {}
calls = 0


def compile_expression(text):
    return compile(check(ast.parse(text.strip(), mode="eval")), "input", "eval", dont_inherit=True)


def compile_input(text):
    """The name of an argument that is given by name, and its code."""
    known = inputs.get(text)
    if known is None:
        if len(inputs) > 1000:
            inputs.clear()
        name, _, rest = text.partition("=")
        is_named = rest != "" and name.isidentifier() and not rest.startswith("=")
        known = inputs[text] = (name, compile_expression(rest)) if is_named else (None, compile_expression(text))
    return known


def run(request):
    """Takes and gives JSON: [source, entry, input, trace, absent] and an `Outcome`."""
    global call, calls
    source, entry, arguments, trace, absent = json.loads(request)
    calls += 1
    if calls % CALLS_BETWEEN_COLLECTIONS == 0:
        gc.collect()
    call = Call(trace)
    try:
        outcome = run_call(source, entry, arguments, trace, absent)
    except MemoryError:
        outcome = {"kind": "stopped", "by": "memory"}
    except BaseException as error:
        outcome = {"kind": "stopped", "by": "program", "detail": f"{type(error).__name__}"}
    outcome = call.stopped or outcome
    if call.lines is not None:
        outcome["lines"] = call.lines
    undo_attributes(call.modules)
    return json.dumps(outcome)


def run_call(source, entry, arguments, trace, absent):
    global prepared
    try:
        if prepared is None or prepared.key != (source, entry, trace):
            prepared = None
            prepared = Prepared(source, entry, trace)
        codes = [compile_input(text) for text in arguments]
    except Refused as error:
        return not_loaded(str(error))
    except (SyntaxError, ValueError, RecursionError) as error:
        return not_loaded(f"{type(error).__name__}: {error.args[0] if error.args else ''}")
    given = call.given = Lacking(BUILTINS, absent) if absent else dict(BUILTINS)
    namespace = {"__name__": PROGRAM, "__builtins__": given}
    try:
        call.is_loading = True
        exec(prepared.code, namespace)
        call.is_loading = False
        function = eval(prepared.entry, namespace)
        values = [(name, eval(code, namespace)) for name, code in codes]
    except Stop:
        return call.stopped
    except Refused as error:
        return not_loaded(str(error))
    except MemoryError:
        raise
    except BaseException as error:
        return not_loaded(f"{type(error).__name__}: {text_of(error)}")
    if not callable(function):
        return not_loaded(f"`{entry}` is not a function")
    if call.lines is not None:
        call.lines.clear()
    return run_function(function, [name for name, _ in values], [value for _, value in values])


def not_loaded(detail):
    return {"kind": "stopped", "by": "program", "detail": detail[:MAX_MESSAGE]}


def run_function(function, names, values):
    before = [attempt_describe(value) for value in values]
    given = list(zip(names, values))
    try:
        result = function(*(value for name, value in given if name is None), **{name: value for name, value in given if name})
        if isinstance(result, types.CoroutineType):
            result = await_result(result)
        return tell_returned(result, values, before)
    except Stop:
        return call.stopped
    except Undescribable as error:
        return {"kind": "stopped", "by": "value", "detail": str(error)}
    except Refused as error:
        return not_loaded(str(error))
    except MemoryError:
        return {"kind": "stopped", "by": "memory"}
    except RecursionError as error:
        return tell_thrown(error) if is_made(error) else {"kind": "stopped", "by": "depth"}
    except BaseException as error:
        return tell_thrown(error)


def await_result(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise Undescribable("waits for something that never comes")


def attempt_describe(value):
    # An iterator that is looked at is used up.
    if hasattr(type(value), "__next__"):
        return None
    try:
        return Describer().describe(value)
    except Exception:
        return None


def tell_returned(result, values, before):
    outcome = {"kind": "returned", "text": Describer().describe(result)}
    changed = []
    for index, value in enumerate(values):
        if before[index] is not None:
            after = Describer().describe(value)
            if after != before[index]:
                changed.append({"index": index, "text": after})
    if changed:
        outcome["changed"] = changed
    if call.printed:
        printed = "".join(call.printed)
        outcome["printed"] = printed if len(printed) <= MAX_PRINTED else printed[:MAX_PRINTED] + "…"
    return outcome


def tell_thrown(error):
    outcome = {"kind": "threw", "type": type(error).__name__}
    if is_made(error):
        message = text_of(error)
        if ADDRESS in message:
            return {"kind": "stopped", "by": "value", "detail": "holds an address in memory"}
        outcome["message"] = message
    return outcome


def text_of(error):
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:
        return ""


def is_made(error):
    """Whether a `raise` of the program is where the error comes from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_filename != PROGRAM:
        return False
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == RAISE


RAISE = dis.opmap["RAISE_VARARGS"]

# ---------------------------------------------------------------- what is left between calls


def undo_attributes(modules):
    """Functions are the one part of a library that a program can write on."""
    for name in modules:
        for function, attributes in WRITABLE.get(name, ()):
            if function.__dict__ != attributes:
                function.__dict__.clear()
                function.__dict__.update(attributes)


def library_classes():
    """Addresses and flags of the classes of the library that are written in Python, which could be written on."""
    found = {}
    for name, names in MODULE_NAMES.items():
        # `typing` writes into its own protocols.
        if name == "typing":
            continue
        for value in names.values():
            for kind in value.__mro__ if isinstance(value, type) else ():
                found[id(kind)] = kind.__flags__
    return json.dumps(list(found.items()))


# ---------------------------------------------------------------- the inner wall


def seal():
    """Takes away what leads to JavaScript or loads more code. Nothing is imported after it."""

    def refuse(*args, **kwargs):
        raise ImportError("closed")

    for name in [name for name in sys.modules if name.partition(".")[0] in ("js", "pyodide", "_pyodide", "pyodide_js")]:
        del sys.modules[name]
    bridge = sys.modules.pop("_pyodide_core", None)
    if bridge is not None:
        bridge.__dict__.clear()
    for name in ("ctypes", "_ctypes", "posix", "os", "socket", "_socket", "subprocess", "_posixsubprocess", "webbrowser"):
        sys.modules.pop(name, None)
    sys.meta_path.clear()
    sys.path_hooks.clear()
    sys.path.clear()
    for name in ("create_builtin", "create_dynamic", "exec_builtin", "exec_dynamic", "get_frozen_object", "init_frozen"):
        if hasattr(_imp, name):
            setattr(_imp, name, refuse)
    gc.collect()
    gc.freeze()
    gc.disable()


POSIX_PATH = concrete_path()
MODULE_NAMES = curate_modules()
REAL_NAMES = {name: frozenset(dir(importlib.import_module(name))) for name in MODULE_NAMES}
BUILTINS = curate_builtins()
WRITABLE = {
    name: [(value, dict(value.__dict__)) for value in names.values() if isinstance(value, types.FunctionType)]
    for name, names in MODULE_NAMES.items()
}
DEQUE = MODULE_NAMES["collections"]["deque"]
DEFAULTDICT = MODULE_NAMES["collections"]["defaultdict"]
VIEW_TYPES = (type({}.keys()), type({}.values()), type({}.items()))
_datetime = MODULE_NAMES["datetime"]
REPR_TYPES = frozenset(
    [_datetime[name] for name in ("date", "datetime", "time", "timedelta", "timezone")]
    + [decimal.Decimal, MODULE_NAMES["fractions"]["Fraction"], MODULE_NAMES["uuid"]["UUID"]]
    + [MODULE_NAMES["re"]["Pattern"], MODULE_NAMES["pathlib"]["PurePosixPath"], POSIX_PATH, MODULE_NAMES["array"]["array"]]
    + [MODULE_NAMES["ipaddress"][name] for name in ("IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network")]
)
monitoring.use_tool_id(TOOL, "fathom")
for _event in (monitoring.events.JUMP, monitoring.events.PY_START):
    monitoring.register_callback(TOOL, _event, count)
monitoring.register_callback(TOOL, monitoring.events.LINE, note_line)
# What the library would load when it is first used.
importlib.import_module("_strptime")
for _name in (
    "ascii latin_1 utf_8 utf_8_sig utf_16 utf_16_le utf_16_be utf_32 cp1252 cp437 iso8859_15 idna punycode"
    " unicode_escape raw_unicode_escape rot_13 hex base64"
).split():
    codecs.lookup(_name)
ENCODINGS = frozenset(encodings.aliases.aliases) | frozenset(encodings.aliases.aliases.values())


def refuse_encoding(name):
    """Asked last, for what nothing here knows: some are known elsewhere."""
    if name.replace("-", "_") in ENCODINGS:
        call.outside(f"the encoding `{name}`")


codecs.register(refuse_encoding)
