/**
 * Modules that the sandbox has, some of them in part. Of those that reach outside it has what does not: `sys.maxsize`,
 * loggers that say nothing. Whoever asks for more is stopped when it does.
 */
export const pureModules: ReadonlySet<string> = new Set(
  (
    "__future__ abc array base64 binascii bisect calendar cmath collections collections.abc colorsys " +
    "contextlib copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools graphlib " +
    "hashlib heapq hmac html http io ipaddress itertools json keyword logging math numbers operator os " +
    "os.path pathlib pprint re shlex statistics string struct sys textwrap types typing unicodedata " +
    "urllib urllib.parse uuid warnings zlib"
  ).split(" "),
);

/** What can be had of the builtins: nothing that reads, writes, runs text, or tells where an object lies in memory. */
export const pureBuiltins: ReadonlySet<string> = new Set(
  (
    "abs aiter all anext any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict dir divmod enumerate filter float " +
    "format frozenset getattr hasattr hash hex int isinstance issubclass iter len list map max memoryview min next object oct " +
    "ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip " +
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
