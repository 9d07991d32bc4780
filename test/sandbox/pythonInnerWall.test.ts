import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openBuilt, program, textOf } from "./programs";

/**
 * A sandbox whose outer wall is down: programs may say everything, and have Python's own built-ins. Where they are also
 * handed a way to make JavaScript values, only the wall on the other side is left.
 */
function withoutOuterWall(isBridgeOpen: boolean): string {
  const directory = mkdtempSync(join(tmpdir(), "fathom-wall-"));
  const built = join(__dirname, "..", "..", "dist", "pyodide");
  mkdirSync(join(directory, "pyodide"));
  for (const name of ["pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"])
    symlinkSync(join(built, name), join(directory, "pyodide", name));
  copyFileSync(join(built, "worker.js"), join(directory, "pyodide", "worker.js"));
  const harness = readFileSync(join(built, "sandbox.py"), "utf8");
  const open = harness
    .replace("def is_closed(name):", "def is_closed(name):\n    return False\n\n\ndef was_closed(name):")
    .replace("BUILTINS = curate_builtins()", "BUILTINS = vars(builtins)")
    .replace("bridge.__dict__.clear()", (clear) => (isBridgeOpen ? 'BUILTINS["to_js"] = bridge.to_js' : clear));
  expect(open).toContain("def was_closed");
  expect(open).not.toContain("= curate_builtins()");
  writeFileSync(join(directory, "pyodide", "sandbox.py"), open);
  return directory;
}

process.env.FATHOM_SECRET = "1";
const directory = withoutOuterWall(false);
const openDirectory = withoutOuterWall(true);
const trace = join(directory, "touched");
const sandboxes = openBuilt({ directory });
const openSandboxes = openBuilt({ directory: openDirectory });
afterAll(async () => {
  await Promise.all([sandboxes.dispose(), openSandboxes.dispose()]);
  for (const made of [directory, openDirectory]) rmSync(made, { recursive: true });
});

const prelude = `
def subclasses(of):
    for kind in type.__subclasses__(of):
        yield kind
        if kind is not type: yield from subclasses(kind)
def named(name):
    return next((kind for kind in subclasses(object) if kind.__name__ == name), None)
def system():
    import builtins
    return next(kind.__init__.__globals__["sys"] for kind in subclasses(object)
        if hasattr(kind.__init__, "__globals__") and "sys" in kind.__init__.__globals__)
def attempt(act):
    try: return repr(act())
    except BaseException as error: return "no: " + type(error).__name__
def wrapped_os(): return named("_wrap_close").__init__.__globals__
`;

test.each([
  [
    "the modules of the bridge",
    "sorted(n for n in system().modules if 'js' in n.split('.')[0].split('_') or 'pyodide' in n)",
    "[]",
  ],
  [
    "proxies that are left",
    "[type(o).__name__ for o in system().modules['gc'].get_objects() if 'pyodide' in type(o).__module__]",
    "[]",
  ],
  ["native calls", "[n for n in system().modules if 'ctypes' in n]", "[]"],
  ["files", "attempt(lambda: open('/etc/passwd').read())", '"no: FileNotFoundError"'],
  ["the environment", "attempt(lambda: 'FATHOM_SECRET' in wrapped_os()['environ'])", '"False"'],
])(
  "behind the outer wall there are no ways to JavaScript or the machine: %s",
  async (_, expression, text) => {
    const told = await textOf(sandboxes, program("python", `${prelude}\ndef f():\n    return ${expression}\n`));
    expect(told.replaceAll("'", '"')).toBe(text);
  },
  120_000,
);

test.each([
  ["import js", "__import__('js')"],
  ["import pyodide_js", "__import__('pyodide_js')"],
  ["import ctypes", "__import__('ctypes')"],
  ["import posix", "__import__('posix')"],
  ["load the bridge again", "named('BuiltinImporter').load_module('_pyodide_core')"],
  ["load native calls again", "named('BuiltinImporter').load_module('_ctypes')"],
  [
    "run JavaScript from an error",
    "named('JsException')('x', 'y', 'z').js_error.constructor.constructor('return process')()",
  ],
  ["make a proxy", "named('JsProxy').__new__(named('JsProxy'))"],
  ["a socket", "__import__('socket').create_connection(('127.0.0.1', 9))"],
])(
  "behind the outer wall nobody can %s",
  async (_, expression) => {
    const told = await textOf(
      sandboxes,
      program("python", `${prelude}\ndef f():\n    return attempt(lambda: ${expression})\n`),
    );
    expect(told).toContain("no: ");
  },
  120_000,
);

test("behind the outer wall a shell is not started", async () => {
  const act = `wrapped_os()["system"](${JSON.stringify(`touch ${trace}`)})`;
  await textOf(sandboxes, program("python", `${prelude}\ndef f():\n    return attempt(lambda: ${act})\n`));
  expect(existsSync(trace)).toBe(false);
}, 120_000);

test("a thread that a program ends takes one call with it", async () => {
  const source = `${prelude}\ndef f(n):\n    if n == 1: wrapped_os()["_exit"](3)\n    return n\n`;
  const [row] = await sandboxes.run({ programs: [program("python", source)], inputs: [["0"], ["1"], ["2"]] });
  expect(row).toEqual([
    { kind: "returned", text: "0" },
    expect.objectContaining({ kind: "stopped" }),
    { kind: "returned", text: "2" },
  ]);
}, 120_000);

test.each([
  ["(what can be had)", "js.constructor.name", /Array/],
  ["the constructor of functions", "js.constructor.constructor('return 7')()", /no: /],
  ["the constructor of methods", "js.map.constructor('return 7')()", /no: /],
  ["the prototype of functions", "js.constructor.constructor.getPrototypeOf(js.map).constructor('return 7')()", /no: /],
])(
  "with JavaScript values in hand nobody gets to code: %s",
  async (_, expression, told) => {
    const source = `${prelude}\ndef f():\n    js = to_js([1])\n    return attempt(lambda: ${expression})\n`;
    expect(await textOf(openSandboxes, program("python", source))).toMatch(told);
  },
  120_000,
);
