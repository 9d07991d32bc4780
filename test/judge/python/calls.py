"""Prints, as JSON, what Python's own parser sees in the files named on standard input: calls, functions and classes.

Lines are 1-based, columns are 1-based and count UTF-16 code units.
"""

import ast
import json
import re
import sys
import warnings

KEYWORD = re.compile(rb"(async\s+)?(def|class)\s+")


def parse(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Reader(text).read(ast.parse(text))


class Reader:
    def __init__(self, text):
        self.lines = [line.encode() for line in text.splitlines(keepends=True)]
        self.calls = []
        self.functions = []
        self.classes = []

    def read(self, tree):
        self.visit(tree, in_function=False, owner=None)
        return {"calls": self.calls, "functions": self.functions, "classes": self.classes}

    def column(self, line, offset):
        """A column in UTF-16 code units; the parser counts bytes of UTF-8."""
        before = self.lines[line - 1][:offset].decode(errors="replace")
        return len(before.encode("utf-16-le")) // 2 + 1

    def visit(self, node, in_function, owner):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.note_function(node, owner)
            arguments = node.args
            outside = [*node.decorator_list, *arguments.defaults, *filter(None, arguments.kw_defaults)]
            for part in outside:
                self.visit(part, in_function, owner)
            for part in node.body:
                self.visit(part, True, None)
            return
        if isinstance(node, ast.Lambda):
            self.visit(node.body, True, None)
            return
        if isinstance(node, ast.ClassDef):
            self.note_class(node)
            for part in [*node.decorator_list, *node.bases, *node.keywords]:
                self.visit(part, in_function, None)
            for part in node.body:
                self.visit(part, in_function, node)
            return
        for child in ast.iter_child_nodes(node):
            self.visit(child, in_function, owner)
        if isinstance(node, ast.Call) and in_function:
            self.note_call(node)

    def note_call(self, node):
        called = node.func
        if isinstance(called, ast.Name):
            line, offset, name = called.lineno, called.col_offset, called.id
        elif isinstance(called, ast.Attribute):
            name = called.attr
            line, offset = called.end_lineno, called.end_col_offset - len(name.encode())
        else:
            return
        self.calls.append(
            {
                "line": node.lineno,
                "column": self.column(node.lineno, node.col_offset),
                "nameLine": line,
                "nameColumn": self.column(line, offset),
                "callee": ast.unparse(called)[:80],
                "name": name,
            }
        )

    def note_function(self, node, owner):
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        statements = node.body[1:] if ast.get_docstring(node) is not None else node.body
        is_empty = all(
            isinstance(statement, (ast.Pass, ast.Raise))
            or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
            for statement in statements
        )
        self.functions.append(
            {
                **self.place_of_name(node),
                "name": node.name,
                "owner": owner.name if owner else None,
                "hasBody": not is_empty and not any("overload" in decorator for decorator in decorators),
                "isAbstract": is_empty or any("abstract" in decorator for decorator in decorators),
            }
        )

    def note_class(self, node):
        bases = []
        for base in node.bases:
            inner = base.value if isinstance(base, ast.Subscript) else base
            if isinstance(inner, ast.Name):
                bases.append([inner.lineno, self.column(inner.lineno, inner.col_offset)])
            elif isinstance(inner, ast.Attribute):
                offset = inner.end_col_offset - len(inner.attr.encode())
                bases.append([inner.end_lineno, self.column(inner.end_lineno, offset)])
        constructor = None
        for statement in node.body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name == "__init__":
                constructor = self.place_of_name(statement)["line"]
        self.classes.append(
            {**self.place_of_name(node), "name": node.name, "bases": bases, "constructor": constructor}
        )

    def place_of_name(self, node):
        """The parser tells where the statement starts, which is where `def` or `class` is."""
        line = self.lines[node.lineno - 1]
        found = KEYWORD.match(line, node.col_offset)
        offset = found.end() if found else node.col_offset
        return {"line": node.lineno, "column": self.column(node.lineno, offset)}


def main():
    found = {}
    for path in sys.stdin.read().splitlines():
        try:
            found[path] = parse(path)
        except (SyntaxError, ValueError, UnicodeDecodeError, RecursionError) as error:
            print(f"{path}: {error}", file=sys.stderr)
    json.dump(found, sys.stdout)


main()
