import { describe, expect, it } from "vitest";
import { allAtOnce } from "../../server/src/core/base/turns";
import { ModelBuilder } from "../../server/src/core/engine/modelBuilder";
import { languageOfPath } from "../../server/src/core/languages/languages";
import { functionIds } from "../../server/src/core/model/link/links";
import { summarizeFile } from "../../server/src/core/model/summarizeFile";
import { lowerSource } from "../facts/lowerSource";

/**
 * What the calls in `src/main.ts` reach, as `callee -> target`: `path#symbol` (without `src/` and extension) inside the
 * workspace, `module:symbol` outside, `*` where it is decided at run time, nothing where it stays open.
 */
async function callsOf(main: string, others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const linked = await linksOf(main, others);
  return linked.flatMap(({ fn, links }) =>
    fn.calls.map(({ callee }, at) => {
      const target = links?.calls[at];
      const outside = target?.external && `${target.external.module}:${target.external.symbol}`;
      const inside = target?.functions.map(shortId).join(" ");
      return `${callee} -> ${target?.dynamic ? "*" : ""}${inside || outside || ""}`.trimEnd();
    }),
  );
}

/** The functions that calls in `src/main.ts` are handed, with the position of the argument. */
async function handedOver(main: string): Promise<string[]> {
  return (await linksOf(main, {})).flatMap(({ fn, links }) =>
    [...(links?.handedOver ?? [])].flatMap(([call, handed]) =>
      handed.map(
        ({ argument, functions }) => `${fn.calls[call]?.callee} ${argument} ${functions.map(shortId).join(" ")}`,
      ),
    ),
  );
}

function shortId(id: string): string {
  return id.replace(/^src\//, "").replace(/\.[a-z]+#/, "#");
}

async function linksOf(main: string, others: Readonly<Record<string, string>>) {
  const builder = new ModelBuilder({});
  const configurations = new Map<string, string>();
  for (const [path, text] of Object.entries({ "src/main.ts": main, ...others })) {
    const language = languageOfPath(path)?.id;
    if (!language) {
      configurations.set(path, text);
      continue;
    }
    const facts = await lowerSource(language, text, path);
    expect([path, facts.hasSyntaxErrors]).toEqual([path, false]);
    builder.setFile(
      path,
      summarizeFile(facts, () => ({})),
    );
  }
  builder.setConfigurations(configurations);
  const { files, functions } = allAtOnce(builder.build());
  const file = files.get("src/main.ts");
  return (file?.functions ?? []).map((fn, i) => ({
    fn,
    links: functions.get(functionIds(file as never)[i] as string)?.links,
  }));
}

/** The targets of calls inside a function of `src/main.ts`. */
async function callsIn(body: string, head = "", others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return callsOf(`${head}\nexport async function main(a, b) {\n${body}\n}`, { "src/foo.ts": foo, ...others });
}

const foo = `export class Foo {
  next!: Foo;
  list: Foo[] = [];
  byName = new Map<string, Foo>();
  static shared = new Foo();
  constructor(readonly name = "") {}
  static make(): Foo { return new Foo(); }
  go() { return this; }
  get twin(): Foo { return new Foo(); }
  async wait(): Promise<Foo> { return this; }
}
export function helper(): Foo { return new Foo(); }
export const one = new Foo();
export default Foo;
`;

describe("receivers", () => {
  it("are locals, fields, results, casts and elements", async () => {
    expect(
      await callsIn(
        `const foo = new Foo(); foo.go(); foo.next.go(); foo.go().go(); helper().go(); (a as Foo).go(); foo.twin.go();
const { next, list: [first] } = foo; next.go(); first.go();
foo.list[0].go(); for (const each of foo.list) each.go(); for (const [, named] of foo.byName) named.go();
foo.byName.get("k")!.go(); Foo.make().go(); Foo.shared.go(); one.go();
const waited = await foo.wait(); waited.go(); foo.wait().then((it) => it.go());
const typed: Foo = b(); typed.go(); if (a instanceof Foo) a.go();`,
        'import { Foo, helper, one } from "./foo";',
      ),
    ).toEqual([
      "Foo -> foo#Foo.constructor",
      "foo.go -> foo#Foo.go",
      "foo.next.go -> foo#Foo.go",
      "foo.go -> foo#Foo.go",
      "foo.go().go -> foo#Foo.go",
      "helper -> foo#helper",
      "helper().go -> foo#Foo.go",
      "a<Foo>.go -> foo#Foo.go",
      "foo.twin.go -> foo#Foo.go",
      "next.go -> foo#Foo.go",
      "first.go -> foo#Foo.go",
      "foo.list[].go -> foo#Foo.go",
      "each.go -> foo#Foo.go",
      "named.go -> foo#Foo.go",
      "foo.byName.get -> builtin:Map.get",
      "foo.byName.get().go -> foo#Foo.go",
      "Foo.make -> foo#Foo.make",
      "Foo.make().go -> foo#Foo.go",
      "Foo.shared.go -> foo#Foo.go",
      "one.go -> foo#Foo.go",
      "foo.wait -> foo#Foo.wait",
      "waited.go -> foo#Foo.go",
      "foo.wait -> foo#Foo.wait",
      "foo.wait().then -> builtin:Promise.then",
      "b ->",
      "typed.go -> foo#Foo.go",
      "a.go -> foo#Foo.go",
      "it.go -> foo#Foo.go",
    ]);
  });

  it("are what a file puts into a collection that says nothing itself", async () => {
    const yard = `import { Foo } from "./foo";
export const berths = {};
export class Yard {
  private hulls = new Map();
  private list = [];
  private static shared = {};
  private named = new Map<string, string>();
  private outside;
  constructor(given) { this.table = {}; this.outside = given; }
  enter(id: string, foo: Foo) {
    const made = new Foo(id);
    this.hulls.set(id, made);
    this.list.push(foo);
    this.table[id] = made;
    Yard.shared[id] = foo;
    this.named.set(id, foo);
    this.outside.add(made);
    berths[id] = made;
  }
}`;
    expect(
      await callsIn(
        `yard.hulls.get(a).go(); for (const [, hull] of yard.hulls) hull.go(); for (const hull of yard.hulls.values()) hull.go();
yard.list[0].go(); yard.list.forEach((hull) => hull.go()); yard.table[a].go(); Yard.shared[a].go(); berths[a].go();
yard.named.get(a).go(); yard.outside.first.go(); for (const one of yard.outside) one.go();`,
        'import { Yard, berths } from "./yard";\ndeclare const yard: Yard;',
        { "src/yard.ts": yard },
      ),
    ).toEqual([
      "yard.hulls.get -> builtin:Map.get",
      "yard.hulls.get().go -> foo#Foo.go",
      "hull.go -> foo#Foo.go",
      "yard.hulls.values -> builtin:Map.values",
      "hull.go -> foo#Foo.go",
      "yard.list[].go -> foo#Foo.go",
      "yard.list.forEach -> builtin:list.forEach",
      "yard.table[].go -> foo#Foo.go",
      "Yard.shared[].go -> foo#Foo.go",
      "berths[].go -> foo#Foo.go",
      "yard.named.get -> builtin:Map.get",
      "yard.named.get().go -> builtin:string.go",
      "yard.outside.first.go ->",
      "one.go ->",
      "hull.go -> foo#Foo.go",
    ]);
  });

  it("are parameters, also taken apart, and what callbacks are handed", async () => {
    expect(
      await callsOf(
        `import { Foo } from "./foo";
type Props = { foo: Foo };
type Visit = (foo: Foo, at: number) => void;
function each(visit: Visit) {}
function some(...visits: ((foo: Foo) => void)[]) {}
function f(foo: Foo, { next, list: [first] }: Foo, { foo: inner }: Props, { own }: { own: Foo }, ...rest: Foo[]) {
  foo.go(); next.go(); first.go(); inner.go(); own.go(); rest[0].go();
  rest.forEach((it) => it.go());
  each((it) => it.go());
  some((it) => it.go(), (it) => it.go());
}`,
        { "src/foo.ts": foo },
      ),
    ).toEqual([
      ...Array.from(
        { length: 6 },
        (_, i) => `${["foo", "next", "first", "inner", "own", "rest[]"][i]}.go -> foo#Foo.go`,
      ),
      "rest.forEach -> builtin:list.forEach",
      "each -> main#each",
      "some -> main#some",
      ...Array.from({ length: 4 }, () => "it.go -> foo#Foo.go"),
    ]);
  });

  it("are what a function makes of the function it is handed", async () => {
    expect(
      await callsOf(
        `import { useCallback, memo } from "react";
import { Foo } from "./foo";
const wrap = (name: string) => <F extends (...args: any[]) => any>(target: F): F => target;
function lift<R>(make: () => R): Promise<R> { return Promise.resolve(make()); }
function work() { return new Foo(); }
const traced = wrap("x")(work);
const View = memo(() => null);
async function f(names: string[]) {
  traced().go();
  const save = useCallback(() => {}, []); save(); View({});
  const made = names.map((name) => new Foo(name)); made[0].go();
  const all = await Promise.all(names.map(async () => work())); for (const it of all) it.go();
  const [one] = await Promise.all([work(), 1]); one.go();
  const lifted = await lift(() => work()); lifted.go();
}`,
        { "src/foo.ts": foo },
      ).then((calls) => calls.filter((call) => /^(traced|save|View|made|it|one|lifted)/.test(call))),
    ).toEqual([
      "traced -> main#work",
      "traced().go -> foo#Foo.go",
      "save -> main#f.<anonymous>",
      "View -> main#<anonymous>",
      "made[].go -> foo#Foo.go",
      "it.go -> foo#Foo.go",
      "one.go -> foo#Foo.go",
      "lifted.go -> foo#Foo.go",
    ]);
  });
});

describe("functions that are declared as something", () => {
  it("are given what their type says, here or in another file", async () => {
    const types =
      'import type { Foo } from "./foo";\nexport type Command = (foo: Foo, count: number) => void;\nexport interface Context { foo: Foo }\n';
    const calls = await callsOf(
      'import type { Command, Context } from "./types";\nimport type { Foo } from "./foo";\ntype Own = (context: Context) => Promise<void>;\n' +
        "export const hail: Command = (foo, count) => { foo.go(); };\nconst moor: Own = async (context) => { context.foo.go(); };\n" +
        "const leave: (foo: Foo) => void = (foo) => { foo.go(); };\nconst none = (foo) => { foo.go(); };\n",
      { "src/foo.ts": foo, "src/types.ts": types },
    );
    expect(calls).toEqual([
      "foo.go -> foo#Foo.go",
      "context.foo.go -> foo#Foo.go",
      "foo.go -> foo#Foo.go",
      "foo.go ->",
    ]);
  });
});

describe("classes", () => {
  it("inherit, call what is above them, and tell their own methods from those of their values", async () => {
    expect(
      await callsOf(`class Base<T> {
  constructor(x: number) {}
  item!: T;
  go(): this { return this; }
  static make() { return new this(1); }
  run() { this.item; }
  static run() {}
}
class Item { use() {} }
class Derived extends Base<Item> {
  own = () => this.go();
  constructor() { super(1); super.go(); this.run(); Derived.run(); }
  m() { this.item.use(); this.go().m(); this.own(); Derived.make().run(); new Derived().go().m(); }
}`),
    ).toEqual([
      "this -> main#Base.constructor",
      "this.go -> main#Base.go",
      "super -> main#Base.constructor",
      "super.go -> main#Base.go",
      "this.run -> main#Base.run",
      "Derived.run -> main#Base.run~2",
      "this.item.use -> main#Item.use",
      "this.go -> main#Base.go",
      "this.go().m -> main#Derived.m",
      "this.own -> main#Derived.own",
      "Derived.make -> main#Base.make",
      "Derived.make().run -> main#Base.run",
      "Derived -> main#Derived.constructor",
      "Derived().go -> main#Base.go",
      "Derived().go().m -> main#Derived.m",
    ]);
  });

  it("that implement an interface are reached through it when they are few", async () => {
    const implementers = (count: number) =>
      Array.from({ length: count }, (_, i) => `class C${i} implements Port { send() {} }`).join("\n");
    const calls = (count: number) =>
      callsOf(`interface Port { send(): void; reply(): Foo }
class Foo { go() {} }
class Other { send() {} }
${implementers(count)}
function f(port: Port) { port.send(); port.reply().go(); }`);
    expect(await calls(2)).toEqual([
      "port.send -> *main#C0.send main#C1.send",
      "port.reply -> src/main:Port.reply",
      "port.reply().go -> main#Foo.go",
    ]);
    expect((await calls(9))[0]).toBe("port.send -> src/main:Port.send");
  });

  it("that alone implement an interface of another package are reached through it", async () => {
    const calls = (others: string) =>
      callsOf(`import { Port } from "harbour";
class Quay implements Port { send() {} }
${others}
function f(port: Port) { port.send(); port.close(); }`);
    const [send, close] = await calls("class Pier extends Port { send() {} }");
    expect(send).toBe("port.send -> *main#Quay.send");
    expect(close).not.toContain("*");
    expect((await calls("class Pier implements Port { send() {} }"))[0]).not.toContain("Quay");
  });

  it("narrow, and are one of several in a union", async () => {
    expect(
      await callsOf(`class A { go() {} }
class B { go() {} }
function f(x: A | B | null, y: A | string, z?: A) { x.go(); y.go(); z?.go(); if (x instanceof B) x.go(); }`),
    ).toEqual(["x.go -> *main#A.go main#B.go", "y.go -> main#A.go", "z.go -> main#A.go", "x.go -> main#B.go"]);
  });
});

describe("modules", () => {
  it("are reached by name, as a namespace, by default and handed on", async () => {
    expect(
      await callsIn(
        "helper(); h(); ns.helper(); new Def(); all(); named(); again.helper(); new Again();",
        `import { helper, helper as h } from "./foo";
import * as ns from "./foo";
import Def from "./foo";
import { all, named, again, Again } from "./barrel";`,
        {
          "src/barrel.ts":
            'export * from "./deep";\nexport { inner as named } from "./deep/index";\nexport * as again from "./foo";\nexport { default as Again } from "./foo";',
          "src/deep/index.ts": 'export * from "../barrel";\nexport const all = () => 1;\nexport function inner() {}',
        },
      ),
    ).toEqual([
      "helper -> foo#helper",
      "h -> foo#helper",
      "ns.helper -> foo#helper",
      "Def -> foo#Foo.constructor",
      "all -> deep/index#all",
      "named -> deep/index#inner",
      "again.helper -> foo#helper",
      "Again -> foo#Foo.constructor",
    ]);
  });

  it("are found by the paths of a tsconfig and the names of packages", async () => {
    expect(
      await callsIn(
        "aliased(); shared(); fs.readFileSync(a); readFile(a);",
        'import { aliased } from "@/lib/x";\nimport { shared } from "@acme/shared";\nimport fs from "node:fs";\nimport { readFile } from "fs/promises";',
        {
          "src/lib/x.ts": "export function aliased() {}",
          "packages/shared/src/index.ts": "export function shared() {}",
          "packages/shared/package.json": '{ "name": "@acme/shared", "main": "dist/index.js" }',
          "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        },
      ),
    ).toEqual([
      "aliased -> lib/x#aliased",
      "shared -> packages/shared/src/index#shared",
      "fs.readFileSync -> fs:readFileSync",
      "readFile -> fs/promises:readFile",
    ]);
  });

  it("of CommonJS are their default and their members at once", async () => {
    expect(
      await callsIn(
        "lib.a(); lib.b(); new lib.Kind().go(); whole(); whole.part(); sub.x();",
        'const lib = require("./lib");\nconst whole = require("./whole");\nconst { sub } = require("./lib");',
        {
          "src/lib.js":
            'function a() {}\nclass Kind { go() {} }\nmodule.exports = { a, Kind, b() {}, sub: require("./sub") };',
          "src/whole.js": "function whole() {}\nwhole.part = function () {};\nmodule.exports = whole;",
          "src/sub.js": "exports.x = function () {};",
        },
      ),
    ).toEqual([
      "lib.a -> lib#a",
      "lib.b -> lib#b",
      "lib.Kind ->",
      "lib.Kind().go -> lib#Kind.go",
      "whole -> whole#whole",
      "whole.part ->",
      "sub.x -> sub#x",
    ]);
  });

  it("hold objects whose members are functions", async () => {
    expect(
      await callsIn(
        "api.save(); api.v1.get(); api.ref(); const { load } = api; load(); inherited.save(); api.missing(); config.port();",
        'import { api, inherited, config } from "./api";',
        {
          "src/api.ts": `import { helper } from "./foo";
export const api = { save() { this.load(); }, load: async () => 1, v1: { get: () => 2 }, ref: helper };
export const inherited = { ...api, more() {} };
export const config = { port: 1 };`,
        },
      ),
    ).toEqual([
      "api.save -> api#api.save",
      "api.v1.get -> api#api.v1.get",
      "api.ref -> foo#helper",
      "load -> api#api.load",
      "inherited.save -> api#api.save",
      "api.missing ->",
      "config.port ->",
    ]);
  });
});

it("follows functions that are handed over by reference", async () => {
  const text = `import { EventEmitter } from "node:events";
class Service {
  private readonly later = this.work.bind(this);
  constructor(events: EventEmitter) {
    events.on("a", this.work.bind(this)); events.on("b", this.work); setInterval(tick, 1000); events.on("c", () => tick());
    this.later();
    const now = this.work.bind(this); now();
  }
  work() {}
}
function tick() {}`;
  expect(await callsOf(text)).toEqual([
    "this.work.bind ->",
    "events.on -> events:EventEmitter.on",
    "events.on -> events:EventEmitter.on",
    "setInterval -> builtin:setInterval",
    "events.on -> events:EventEmitter.on",
    "this.later -> main#Service.work",
    "this.work.bind ->",
    "now -> main#Service.work",
    "tick -> main#tick",
  ]);
  expect(await handedOver(text)).toEqual([
    "events.on 1 main#Service.work",
    "events.on 1 main#Service.work",
    "setInterval 0 main#tick",
    "events.on 1 main#Service.constructor.<anonymous>",
  ]);
});

it("reaches into namespaces", async () => {
  expect(
    await callsIn(
      "Ns.run(); Ns.arrow(); Ns.Inner.deep(); new Ns.Kind().go(); Ns.one.go(); run();",
      'import { Ns } from "./ns";',
      {
        "src/ns.ts": `export namespace Ns {
  export function run() { inside(); }
  function inside() {}
  export const arrow = () => 1;
  export class Kind { go() {} }
  export const one = new Kind();
  export namespace Inner { export function deep() {} }
}`,
      },
    ),
  ).toEqual([
    "Ns.run -> ns#Ns.run",
    "Ns.arrow -> ns#Ns.arrow",
    "Ns.Inner.deep -> ns#Ns.Inner.deep",
    "Ns.Kind ->",
    "Ns.Kind().go -> ns#Ns.Kind.go",
    "Ns.one.go -> ns#Ns.Kind.go",
    "run ->",
  ]);
});

describe("what stays open", () => {
  it("is never guessed by a bare name", async () => {
    expect(
      await callsIn(
        `a.go(); b().go(); save(); unknown.helper(); go(); const helper = b; helper(); a.list[0].go();
[a].forEach((x) => x.go()); function inner() { inner(); } const o = { inner() { inner(); } };`,
        'import { Foo } from "./foo";\nconst held = { save() {} };\nrun({ member() {} });',
      ),
    ).toEqual([
      "a.go ->",
      "b ->",
      "b().go ->",
      "save ->",
      "unknown.helper ->",
      "go ->",
      "helper ->",
      "a.list[].go ->",
      "<list>.forEach -> builtin:list.forEach",
      "x.go ->",
      "inner -> main#main.inner",
      "inner -> main#main.inner",
    ]);
  });

  it("is a parameter or a local that hides what the module has", async () => {
    expect(
      await callsOf(`function helper() {}
function f(helper) { helper(); { const other = () => {}; other(); } }
function other() {}
function g() { if (1) { const walk = () => walk(); walk(); } else { const walk = () => walk(); walk(); } }`),
    ).toEqual([
      "helper ->",
      "other -> main#f.other",
      "walk -> main#g.walk",
      "walk -> main#g.walk~2",
      "walk -> main#g.walk",
      "walk -> main#g.walk~2",
    ]);
  });

  it("is outside the workspace and known by name", async () => {
    expect(
      await callsIn(
        `const pool = new Pool(); const { rows } = await pool.query("select 1"); rows.map(a);
const client = await pool.connect(); client.query("x"); client.on("error", a);
const redis = new Redis(); redis.duplicate().set("k", 1); axios.get(a); db.user.findMany({}); db.$transaction((tx) => tx.user.create({}));
express().get("/", (req, res) => res.status(200).json({})); mystery.call.me();
"a b".split(" ").map((word) => word.trim()); setTimeout(a, 1); new Date().toISOString();`,
        `import { Pool } from "pg";
import Redis from "ioredis";
import axios from "axios";
import express from "express";
import mystery from "mystery";
import { PrismaClient } from "@prisma/client";
const db = new PrismaClient();`,
      ),
    ).toEqual([
      "Pool -> pg:Pool",
      "pool.query -> pg:Pool.query",
      "rows.map -> builtin:list.map",
      "pool.connect -> pg:Pool.connect",
      "client.query -> pg:PoolClient.query",
      "client.on -> events:EventEmitter.on",
      "Redis -> ioredis:default",
      "redis.duplicate -> ioredis:default.duplicate",
      "redis.duplicate().set -> ioredis:default.set",
      "axios.get -> axios:get",
      "db.user.findMany -> @prisma/client:PrismaClient.user.findMany",
      "db.$transaction -> @prisma/client:PrismaClient.$transaction",
      "express -> express:default",
      "express().get -> express:Application.get",
      "mystery.call.me -> mystery:call.me",
      "<string>.split -> builtin:string.split",
      "<string>.split().map -> builtin:list.map",
      "setTimeout -> builtin:setTimeout",
      "Date -> builtin:Date",
      "Date().toISOString -> builtin:Date.toISOString",
      "tx.user.create -> @prisma/client:PrismaClient.user.create",
      "res.status -> express:Response.status",
      "res.status().json -> express:Response.json",
      "word.trim -> builtin:string.trim",
    ]);
  });
});

describe("a member that is read or written", () => {
  it("runs the function that it is, in the file that declares it", async () => {
    expect(
      await callsOf(`class Pier {
  length = 0;
  get boats() { return this.length; }
  set boats(n: number) { this.length = n; }
  static get all() { return []; }
  count() { return this.boats + this.length; }
  moor() { this.boats = 2; }
}
function f(pier: Pier) { pier.boats.toFixed(); Pier.all; Pier.boats; pier.all; }
function g(other: { boats: number }) { return other.boats; }`),
    ).toEqual([
      "this.boats -> main#Pier.boats",
      "this.boats -> main#Pier.boats~2",
      "pier.boats -> main#Pier.boats",
      "pier.boats.toFixed -> builtin:number.toFixed",
      "Pier.all -> main#Pier.all",
      "Pier.boats ->",
      "pier.all ->",
      "other.boats ->",
    ]);
  });
});
