/** Modules of Python's standard library that reach nothing outside and depend on no clock and no chance. */
export const pureModules: ReadonlySet<string> = new Set([
  "__future__",
  "abc",
  "base64",
  "binascii",
  "bisect",
  "calendar",
  "cmath",
  "collections",
  "collections.abc",
  "colorsys",
  "contextlib",
  "copy",
  "dataclasses",
  "datetime",
  "decimal",
  "difflib",
  "enum",
  "fnmatch",
  "fractions",
  "functools",
  "hashlib",
  "heapq",
  "html",
  "itertools",
  "json",
  "keyword",
  "math",
  "numbers",
  "operator",
  "re",
  "statistics",
  "string",
  "textwrap",
  "types",
  "typing",
  "unicodedata",
  "urllib.parse",
  "uuid",
  "zlib",
]);

/** What can be had of the builtins: nothing that reads, writes, runs text, or tells where an object lies in memory. */
export const pureBuiltins: ReadonlySet<string> = new Set(
  (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict divmod enumerate filter float " +
    "format frozenset getattr hasattr hex int isinstance issubclass iter len list map max memoryview min next object oct " +
    "ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type zip " +
    "True False None NotImplemented Ellipsis __name__ __doc__ __debug__ _ " +
    "BaseException Exception ArithmeticError AssertionError AttributeError BlockingIOError BufferError " +
    "ConnectionError DeprecationWarning EOFError FileExistsError FileNotFoundError FloatingPointError FutureWarning " +
    "GeneratorExit ImportError IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError " +
    "ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PermissionError " +
    "RecursionError ReferenceError RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError " +
    "SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError " +
    "UserWarning ValueError Warning ZeroDivisionError"
  ).split(" "),
);
