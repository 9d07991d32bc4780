import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import type { Notice } from "../../server/src/core/base/notice";
import { functionRows } from "../../server/src/core/report/functionsJson";
import { scanReport } from "../../server/src/core/report/scanReport";
import { linkedNamed, modelOf, newEngine, setFiles } from "../support/analysed";
import { scannedWorkspace, temporaryFolder, writeFiles } from "../support/workspaces";

const times = (count: number, make: (i: number) => string, between = "\n") =>
  Array.from({ length: count }, (_, i) => make(i)).join(between);

/** Analyses, reports, edits and forgets files; whatever they hold, each of them must come to an end. */
async function survives(files: Readonly<Record<string, string>>): Promise<{ functions: number; notices: Notice[] }> {
  const engine = newEngine();
  const notices: Notice[] = [];
  for (const [path, text] of Object.entries(files)) notices.push(...(await engine.setFile(path, text)).notices);
  const analysis = engine.analysis();
  const functions = analysis.model.functions.size;
  expect(functionRows(analysis).length).toBe(functions);
  expect(scanReport(analysis).functions).toBe(functions);
  for (const [path, text] of Object.entries(files)) await engine.setFile(path, `${text}\n`);
  expect(engine.analysis().model.functions.size).toBe(functions);
  for (const path of Object.keys(files)) engine.removeFile(path);
  expect(engine.analysis().model.functions.size).toBe(0);
  expect(notices.filter(({ severity }) => severity === "error")).toEqual([]);
  return { functions, notices };
}

/** `count` names, and for each of them the next `degree` ones: a graph with more ways through it than there is time. */
const count = 20;
const names = (prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const next = (prefix: string, i: number, degree = 8) =>
  Array.from({ length: degree }, (_, j) => `${prefix}${(i + 1 + j) % count}`);

describe("names that stand for one another in many ways", () => {
  it.each<[string, Record<string, string>]>([
    [
      "classes of Python",
      {
        "a.py": `${names("C")
          .map((name, i) => `class ${name}(${next("C", i).join(", ")}):\n    pass\n`)
          .join("")}def use(x: C0):\n    for y in x:\n        y.run()\n    x[0].run()\n    x.run()\n`,
      },
    ],
    [
      "results of Python",
      {
        "a.py": `${names("f")
          .map((name, i) => {
            const [one, two, three, four] = next("f", i);
            return `def ${name}(a):\n    if a: return ${one}().a\n    if a > 1: return ${two}().b\n    if a > 2: return ${three}().c\n    return ${four}().d\n`;
          })
          .join("")}def use():\n    f0().run()\n`,
      },
    ],
    [
      "unions of Python",
      {
        "a.py": `from typing import Union\n${names("U")
          .map((name, i) => `${name} = Union[${next("U", i).join(", ")}, None]\n`)
          .join("")}def use(x: U0):\n    for y in x:\n        y.run()\n    x.run()\n`,
      },
    ],
    [
      "wildcards of Python",
      Object.fromEntries(
        names("m").map((name, i) => [
          `pkg/${name}.py`,
          `${next("m", i, 4)
            .map((other) => `from .${other} import *\n`)
            .join("")}def use():\n    missing()\n    missing.a()\n`,
        ]),
      ),
    ],
    [
      "aliases of TypeScript",
      {
        "a.ts": `${names("T")
          .map((name, i) => `export type ${name} = ${next("T", i).join(" | ")} | { k: ${name} };`)
          .join("\n")}\nexport function use(x: T0) { x.run(); x.k.run(); for (const y of x) y.run(); }\n`,
        "b.ts": `${names("V")
          .map((name, i) => `export type ${name} = [${next("V", i).join(", ")}];`)
          .join("\n")}\nexport function use(x: V0) { x[0].run(); for (const y of x) y.run(); }\n`,
      },
    ],
    [
      "interfaces of TypeScript",
      {
        "a.ts": `${names("I")
          .map((name, i) => `export interface ${name} extends ${next("I", i).join(", ")} {}`)
          .join("\n")}\nexport function use(x: I0) { x[0].run(); for (const y of x) y.run(); x.run(); }\n`,
      },
    ],
    [
      "results of TypeScript",
      {
        "a.ts": `${names("f")
          .map((name, i) => {
            const [one, two, three, four] = next("f", i);
            return `export const ${name} = (a) => { if (a) return ${one}(a).x; if (b) return ${two}(a).y; if (c) return ${three}(1)(2); return ${four}(a)[0]; };`;
          })
          .join("\n")}\nexport const use = () => { f0(1).run(); };\n`,
      },
    ],
    [
      "barrels of TypeScript",
      Object.fromEntries(
        names("m").map((name, i) => [
          `src/${name}.ts`,
          `${next("m", i)
            .map((other) => `export * from "./${other}";\n`)
            .join(
              "",
            )}import { missing } from "./${next("m", i)[0]}";\nexport function use() { missing(); missing.a(); new missing().b(); }\n`,
        ]),
      ),
    ],
    [
      "bounds of Java",
      {
        "A.java": `package p; ${names("B")
          .map((name, i) => {
            const variables = next("X", i);
            const bounds = variables.map((variable) => `${variable} extends ${name}<${variables.join(", ")}>`);
            return `class ${name}<${bounds.join(", ")}> { ${variables[0]} x() { return null; } void use(${variables[0]} y) { y.run(); y.x().run(); } }`;
          })
          .join("\n")}`,
      },
    ],
    [
      "interfaces of Java",
      {
        "A.java": `package p; ${names("B")
          .map(
            (name, i) =>
              `interface ${name} extends ${next("B", i).join(", ")} { default void use(${name} t) { t.run(); t.a.b(); for (var x : t) x.run(); } }`,
          )
          .join("\n")}`,
      },
    ],
    [
      "interfaces and structs of Go",
      {
        "a.go": `package p\n${names("I")
          .map(
            (name, i) =>
              `type ${name} interface { ${next("I", i).join("; ")}; m${i}() }\ntype S${i} struct { ${next("S", i)
                .map((other) => `*${other}`)
                .join("; ")} }\nfunc (s *S${i}) m${i}() {}`,
          )
          .join("\n")}\nfunc use(i I0, s S0) { i.m0(); i.m1(); s.m2(); s.run(); for _, x := range s { x.run() } }\n`,
      },
    ],
    [
      "function types of Go",
      {
        "a.go": `package p\n${names("A")
          .map((name, i) => `type ${name} = map[${next("A", i)[0]}]func(${next("A", i).join(", ")}) ${next("A", i)[1]}`)
          .join("\n")}\nfunc use(i A0) { i[1].run(); i[1](2).run() }\n`,
      },
    ],
  ])("%s", async (_, files) => {
    await survives(files);
  });

  it("are still followed to what is near", async () => {
    const barrels = Object.fromEntries(
      names("m").map((name, i) => [
        `src/${name}.ts`,
        `${next("m", i)
          .map((other) => `export * from "./${other}";\n`)
          .join("")}export function only${i}() {}\n`,
      ]),
    );
    const model = await modelOf({
      ...barrels,
      "src/use.ts": 'import { only3, only19 } from "./m0";\nexport function use() { only3(); only19(); }\n',
    });
    expect(linkedNamed(model, "use").links.calls.flatMap(({ functions }) => functions)).toEqual([
      "src/m3.ts#only3",
      "src/m19.ts#only19",
    ]);
  });
});

describe("declarations that need themselves", () => {
  it("end", async () => {
    await survives({
      "a.py":
        "class A(A): pass\nclass B(A, B): pass\nx = x\ny = z.a\nz = y.b\ndef f(): return f()\ndef use():\n    A().x.y()\n    for a in B(): a.z()\n    x.a(); y.b(); z.c(); f().d()\n",
      "b.ts":
        "class A extends A { m() { super.m(); this.q(); } }\ninterface I extends I {}\ntype R = R;\ntype Q = { a: Q } & Q | Q[];\nconst c = c.d; const e = f(); function f() { return e; }\nfunction use(r: R, q: Q, i: I) { r.a(); q.a.b(); q[0].a(); i.z(); new A().t(); c.g(); e.h(); f().i(); }",
      "C.java":
        "class A extends A { void m() { super.m(); q(); new A().z(); } } interface I extends I { void k(); } class G<T extends G<T>> { T t; void u() { t.u(); t.t.t.z(); } } class O { class O extends O {} O o; void v() { o.v(); } }",
      "d.go":
        "package p\ntype A struct { A; *B }\ntype B struct { *A }\ntype I interface { I; J; m() }\ntype J interface { I }\ntype F func(F) F\ntype T T\ntype N[K N[K]] struct { N[K] }\nvar v = v\nfunc use(a A, i I, f F, t T, n N[int]) { a.x(); i.m(); f(f)(f)(f)(); t.z(); a.A.A.B.A.y(); n.N.N.q(); v.r() }",
    });
  });

  it("end where modules import one another", async () => {
    const engine = newEngine();
    await setFiles(engine, {
      "go.mod": "module m\n",
      "a/a.go": 'package a\nimport "m/b"\ntype T struct { b.T }\nfunc Run() { b.Run() }\n',
      "b/b.go": 'package b\nimport "m/a"\ntype T struct { a.T }\nfunc Run() { a.Run(); T{}.Run() }\n',
      "p/a.py": "from .b import *\nfrom .b import thing\ndef run():\n    thing(); other()\n",
      "p/b.py": "from .a import *\nfrom .a import thing\ndef other():\n    run()\n",
      "s/a.ts":
        'export * from "./b"; export { x as y } from "./b"; import { y } from "./b"; export function run() { y(); }\n',
      "s/b.ts":
        'export * from "./a"; export { y as x } from "./a"; export { x } from "./b"; import { run } from "./a"; run();\n',
    });
    const { model } = engine.analysis();
    expect(linkedNamed(model, "a/a.go#Run").isInCycle).toBe(true);
    expect(linkedNamed(model, "p/a.py#run").isInCycle).toBe(true);
  });
});

describe("modules", () => {
  it("of one name are told apart, also when one of them goes", async () => {
    const engine = newEngine();
    const files = {
      "one/go.mod": "module example\n",
      "one/main.go": 'package main\nimport "example/db"\nfunc one() { db.Open() }\n',
      "one/db/db.go": "package db\nfunc Open() {}\n",
      "two/go.mod": "module example\n",
      "two/main.go": 'package main\nimport "example/db"\nfunc two() { db.Open() }\n',
      "two/db/db.go": "package db\nfunc Open() {}\n",
    };
    await setFiles(engine, files);
    const called = (name: string) =>
      linkedNamed(engine.analysis().model, name).links.calls.flatMap(({ functions }) => functions);
    expect([called("one"), called("two")]).toEqual([["one/db/db.go#Open"], ["two/db/db.go#Open"]]);
    engine.removeFile("one/db/db.go");
    expect([called("one"), called("two")]).toEqual([[], ["two/db/db.go#Open"]]);
  });

  it("outside the workspace are strangers, whatever climbs out of it", async () => {
    const model = await modelOf({
      "a.ts": 'import { x } from "../../outside/a"; import { y } from "./../../a"; export function f() { x(); y(); }\n',
      "p/a.py": "from ....outside import x\nfrom .... import y\nfrom . import z\ndef g():\n    x(); y(); z.a()\n",
      "go.mod": "module m\nreplace m/out => ../out\n",
      "b.go": 'package b\nimport ("m/out"; "../up")\nfunc h() { out.X(); up.Y() }\n',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@out/*": ["../../out/*"] } }, "extends": "../../../x" }',
    });
    for (const name of ["f", "g", "h"])
      expect([name, linkedNamed(model, name).links.calls.flatMap(({ functions }) => functions)]).toEqual([name, []]);
  });

  it("survive a file that becomes a folder, and back", async () => {
    const folder = temporaryFolder({
      "store.ts": "export function save() {}\n",
      "use.ts": 'import { save } from "./store";\nexport function use() { save(); }\n',
    });
    const workspace = await scannedWorkspace(folder);
    const called = () =>
      linkedNamed(workspace.analysis().model, "use").links.calls.flatMap(({ functions }) => functions);
    expect(called()).toEqual(["store.ts#save"]);
    rmSync(join(folder, "store.ts"));
    writeFiles(folder, {
      "store.ts/index.ts": "export function save() {}\n",
      "store/index.ts": "export function save() {}\n",
    });
    await workspace.refresh("store.ts");
    await workspace.scan({ cancellation: neverCancelled });
    expect(called()).toEqual(["store/index.ts#save"]);
    rmSync(join(folder, "store.ts"), { recursive: true });
    writeFiles(folder, { "store.ts": "export function save() {}\n" });
    await workspace.scan({ cancellation: neverCancelled });
    expect(called()).toEqual(["store.ts#save"]);
  });
});

describe("files of an absurd size", () => {
  it.each<[string, Record<string, string>]>([
    [
      "a switch of 5,000 cases",
      {
        "a.go": `package p\nimport "sync"\ntype S struct { mu sync.Mutex }\nfunc (s *S) f(x int) { switch x {\n${times(5000, (i) => `case ${i}: s.mu.Lock(); g(${i}); s.mu.Unlock()`)}\n} }\nfunc g(i int) {}\n`,
      },
    ],
    [
      "an if of 3,000 arms",
      { "a.ts": `function f(x) { ${times(3000, (i) => `if (x === ${i}) { f(${i}); } else `, "")} { f(0); } }` },
    ],
    ["10,000 functions", { "a.py": times(10_000, (i) => `def f${i}(a):\n    return f${(i * 7 + 1) % 10_000}(a)\n`) }],
    ["600 overloads", { "A.java": `class A { ${times(600, (i) => `A f(T${i} a) { return f(new T${i}()); }`)} }` }],
    ["3,000 functions of one name", { "a.js": times(3000, () => "function f() { f(); }") }],
    [
      "one line of a million characters",
      { "a.ts": `export const a = [${times(20_000, (i) => `f("${"x".repeat(40)}${i}")`, ",")}];` },
    ],
    ["a sum of 3,000 texts", { "a.ts": `function f(c) { c.query(${times(3000, () => '"select "', " + ")}); }` }],
    ["a query of 140,000 characters", { "a.py": `def f(db):\n    db.execute("${"select ".repeat(20_000)}")\n` }],
    [
      "a chain of 3,000 calls",
      { "a.ts": `function f(a) { a${".b()".repeat(3000)}; }`, "b.py": `def f(a):\n    a${".b()".repeat(3000)}\n` },
    ],
    ["functions nested 390 deep", { "a.js": `${"function f(){".repeat(390)}g()${"}".repeat(390)}` }],
  ])("%s", async (_, files) => {
    const { functions } = await survives(files);
    expect(functions).toBeLessThanOrEqual(5000);
  });

  it.each([
    ["a.ts", `function f(x: ${"Array<".repeat(3000)}T${">".repeat(3000)}) { x.a(); }`],
    ["A.java", `class A { void f(${"List<".repeat(3000)}T${">".repeat(3000)} x) { x.a(); } }`],
    ["a.py", `def f(x: ${"List[".repeat(3000)}T${"]".repeat(3000)}):\n    x.a()\n`],
    ["a.go", `package p\nfunc f(x ${"[]".repeat(3000)}T, y ${"map[string]".repeat(3000)}T) { x[0].a(); y.b() }`],
  ])("types nested 3,000 deep in %s", async (path, text) => {
    await survives({ [path]: text });
  });

  it("names of 100,000 characters", async () => {
    const long = "x".repeat(100_000);
    await survives({
      "a.ts": `import { ${long} } from "./${long}"; class A${long} { ${long} = 1; ${long}() { this.${long}(); return new A${long}(); } }\nfunction f${long}(${long}: A${long}) { ${long}.${long}(); }`,
      "a.py": `import ${long}\nclass A${long}:\n    def ${long}(self, ${long}: A${long}):\n        ${long}.${long}()\n        self.${long}()\n`,
      "a.go": `package p\ntype A${long} struct { ${long} *A${long} }\nfunc (s *A${long}) ${long}() { s.${long}.${long}() }`,
      "A.java": `class A${long} { A${long} ${long}; A${long} ${long}() { return ${long}.${long}(); } }`,
    });
  });
});

describe("names that every object has", () => {
  const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

  it.each(inherited)("%s is a name like any other", async (name) => {
    const model = await modelOf({
      "go.mod": `module ${name}\n`,
      [`${name}/${name}.go`]: `package ${name}\nfunc ${name}() {}\n`,
      "go.go": `package p\nimport "${name}/${name}"\ntype T${name} struct { ${name}_ *T${name} }\nfunc (t *T${name}) ${name}() { t.${name}_.${name}(); ${name}.${name}(); ${name}() }\nfunc goUse(t *T${name}) { t.${name}() }\n`,
      [`py/${name}.py`]: `class ${name}_:\n    ${name}_: "${name}_"\n    def ${name}(self):\n        return self\ndef ${name}(${name}):\n    ${name}.${name}()\n`,
      "py/use.py": `from .${name} import ${name}_, ${name}\ndef pyUse():\n    ${name}_().${name}().${name}()\n    ${name}(1)\n`,
      [`ts/${name}.ts`]: `export class ${name}_ { ${name}() { return this; } }\nexport function ${name}() {}\nexport const object = { ${name}_: 1, ${name}: () => 1 };\n`,
      "ts/use.ts": `import { ${name}_, ${name}, object } from "./${name}";\nexport function tsUse(given: ${name}_) { given.${name}().${name}(); ${name}(); object.${name}(); }\n`,
      "java/Use.java": `package ${name}; class T${name} { T${name} ${name}; T${name} ${name}(int n) { return this.${name}.${name}(n); } void javaUse() { ${name}(1).${name}(2); } }`,
    });
    const called = (use: string) => linkedNamed(model, use).links.calls.map(({ functions }) => functions.length);
    expect(called("goUse")).toEqual([1]);
    expect(called("pyUse").slice(1)).toEqual([1, 1, 1]);
    expect(called("tsUse")).toEqual([1, 1, 1, 1]);
    expect(called(`T${name}.javaUse`)).toEqual([1, 1]);
  });

  it("are settings like any other", async () => {
    const folder = temporaryFolder({
      ".vscode/settings.json":
        '{ "fathom.catalog": { "typescript": { "__proto__": { "constructor": { "role": "sleep" } }, "toString": { "valueOf": { "role": "network" } } } }, "fathom.history.enabled": false, "__proto__": { "fathom.maxFindingsPerFile": 0 }, "fathom.constructor": 1, "constructor": { "x": 1 } }',
      "a.ts":
        'import { constructor } from "__proto__"; import { valueOf } from "toString";\nexport function use() { constructor(); valueOf(); }\n',
    });
    const workspace = await scannedWorkspace(folder);
    const effects = linkedNamed(workspace.analysis().model, "use").effects.effects.map(({ kind }) => kind);
    expect(effects).toContain("network");
  });
});
