"""Runs the cases of one function in a plain Python and prints those that come out differently, as JSON.

Reads {file, source, entry, ran, describer, cases}. With `ran: "file"` the real file is imported; modules that are not
installed are replaced by mocks, and if the function itself is none of the file's own then, nothing is printed.
"""

import __future__
import array
import collections
import contextlib
import copy
import dataclasses
import datetime
import decimal
import enum
import fractions
import importlib
import importlib.machinery
import io
import ipaddress
import json
import math
import os
import pathlib
import re
import sys
import types
import uuid
from unittest import mock

work = json.load(sys.stdin)


class OfAnyModule(str):
    def __ne__(self, other):
        return False


describing = {
    "PROGRAM": OfAnyModule(),
    "MAX_TEXT": 10_000,
    "MAX_DEPTH": 60,
    "MAX_ITEMS": 300,
    "ADDRESS": " at 0x",
    "DEQUE": collections.deque,
    "DEFAULTDICT": collections.defaultdict,
    "VIEW_TYPES": (type({}.keys()), type({}.values()), type({}.items())),
    "REPR_TYPES": {
        *(getattr(datetime, name) for name in ("date", "datetime", "time", "timedelta", "timezone")),
        *(getattr(ipaddress, name) for name in ("IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network")),
        decimal.Decimal,
        fractions.Fraction,
        uuid.UUID,
        re.Pattern,
        pathlib.PurePosixPath,
        pathlib.PosixPath,
        array.array,
    },
    "types": types,
    "enum": enum,
    "dataclasses": dataclasses,
}
exec(work["describer"], describing)


class MockFinder:
    """Finds what is not installed."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = mock.MagicMock(name=spec.name)
        module.__path__ = []
        module.__spec__ = spec
        return module

    def exec_module(self, module):
        return None


def real_namespace():
    folder, name = os.path.split(work["file"])
    parts = [] if name == "__init__.py" else [os.path.splitext(name)[0]]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, last = os.path.split(folder)
        parts.insert(0, last)
    sys.path.insert(0, folder)
    sys.meta_path.append(MockFinder())
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        module = importlib.import_module(".".join(parts))
    if getattr(module, "__file__", None) != work["file"]:
        raise ImportError("another module has its name")
    function = eval(work["entry"], vars(module))
    if getattr(function, "__code__", None) is None or function.__code__.co_filename != work["file"]:
        raise ImportError("not the function of the file")
    return lambda: vars(module)


class Absent:
    """What a name that nobody has gives while a program loads; no case gets as far as to look at it."""

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    __getitem__ = __or__ = __ror__ = __add__ = __call__

    def __mro_entries__(self, bases):
        return ()


def program_namespace():
    flags = __future__.annotations.compiler_flag
    code = compile(work["source"], "program", "exec", flags=flags, dont_inherit=True)

    def make():
        # Data classes look their module up.
        module = sys.modules["program"] = types.ModuleType("program")
        vars(module).update({name: Absent() for name in work["absent"]})
        exec(code, vars(module))
        return vars(module)

    return make


def made_of_fields(names):
    """Makes objects of the real class without its constructor; what is computed elsewhere is given like a field."""
    real = names[work["standIn"]]

    def make(**fields):
        computed = {name: value for name, value in fields.items() if hasattr(getattr(real, name, None), "__set__")}
        abstract = getattr(real, "__abstractmethods__", None)
        kind = type(real.__name__, (real,), computed) if computed or abstract else real
        if abstract:
            kind.__abstractmethods__ = frozenset()
        made = object.__new__(kind)
        made.__dict__.update(fields)
        return made

    return {work["standIn"]: make}


def run(names, case):
    entry = eval(work["entry"], names)
    stand_in = made_of_fields(names) if work.get("standIn") and work["ran"] == "file" else {}
    local = {**names, **stand_in, "SimpleNamespace": types.SimpleNamespace, "capture": lambda *args, **named: (args, named)}
    args, named = eval("capture(" + ", ".join(case["input"]) + ")", local)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        value = entry(*args, **named)
        if isinstance(value, types.CoroutineType):
            try:
                value.send(None)
            except StopIteration as end:
                value = end.value
        text = describing["Describer"]().describe(value)
    values = [*args, *named.values()]
    changed = [
        (each["index"], describing["Describer"]().describe(values[each["index"]])) for each in case["outcome"].get("changed", [])
    ]
    return value, text, changed, printed.getvalue()


def same(a, b):
    if isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b):
        return True
    return type(a) is type(b) and (a == b or repr(a) == repr(b))


def difference(names, case):
    expected = case["outcome"]
    try:
        value, text, changed, printed = run(names, case)
    except Exception as error:
        if expected["kind"] != "threw" or expected["type"] != type(error).__name__:
            return f"{type(error).__name__}: {error}"
        return str(error) if expected.get("message", str(error)) != str(error) else None
    if expected["kind"] == "threw" or text != expected["text"]:
        return text
    if changed != [(each["index"], each["text"]) for each in expected.get("changed", [])]:
        return f"changed {changed}"
    if printed != expected.get("printed", ""):
        return f"printed {printed}"
    # What is told must also be what it says: where the text is an expression, it gives an equal value.
    try:
        told = eval(text, {**names})
    except Exception:
        return None
    if hasattr(told, "__next__") or isinstance(told, type) or type(told).__module__ not in ("builtins", "datetime"):
        return None
    return None if same(value, told) or repr(value) != text else f"{value!r}, told as {text}"


make = real_namespace() if work["ran"] == "file" else program_namespace()
differ = []
for case in work["cases"]:
    found = difference(make(), case)
    if found is not None:
        differ.append(f"({work['entry']})({', '.join(case['input'])}): {found}, not {case['outcome']}")
print()
print(json.dumps(differ))
