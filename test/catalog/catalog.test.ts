import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import {
  alternativesOf,
  Catalog,
  type CatalogData,
  type CatalogEntry,
  type CatalogLanguage,
  positionOf,
} from "../../server/src/core/catalog/catalog";
import { catalogSchema, problemWithCatalog } from "../../server/src/core/catalog/catalogSetting";
import { builtinCatalogs } from "../../server/src/core/catalog/catalogs";
import { languageLinks } from "../../server/src/core/languages/links";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import type { TypeExpression } from "../../server/src/core/model/link/typeExpression";
import { readSettingsFile } from "../../server/src/host/settingsFile";
import { Workspace } from "../../server/src/host/workspace";
import { linkedNamed } from "../support/analysed";
import { syntaxHost, temporaryFolder } from "../support/workspaces";

const noProject: Project = {
  configuration: () => undefined,
  configurations: [],
  hasFile: () => false,
  hasFolder: () => false,
};

/** What each language calls a type that says nothing. */
const anything = /^(any|Any|object|unknown|void|None|never|undefined|\?)$/;

function textsOf({ returns, callbackParameters, bases, fields, element, key, iterates, type }: CatalogEntry): string[] {
  const single = [element, key, iterates, type].filter((text) => text !== undefined);
  const results = typeof returns === "string" ? [returns] : (returns ?? []);
  return [...results, ...(callbackParameters ?? []), ...(bases ?? []), ...Object.values(fields ?? {}), ...single];
}

function namesIn(expression: TypeExpression): string[] {
  switch (expression.kind) {
    case "name":
      return [expression.name, ...expression.arguments.flatMap(namesIn)];
    case "list":
    case "channel":
      return namesIn(expression.element);
    case "map":
      return [...namesIn(expression.key), ...namesIn(expression.value)];
    case "tuple":
      return expression.elements.flatMap(namesIn);
    case "function":
      return [...expression.parameters, ...expression.results].flatMap(namesIn);
    case "union":
      return expression.members.flatMap(namesIn);
    case "unknown":
      return [];
  }
}

/** `a.b` and `a` of `a.b.c`. */
function prefixesOf(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("."));
}

describe.each(Object.keys(builtinCatalogs) as CatalogLanguage[])("the catalog of %s", (language) => {
  const catalog = new Catalog(builtinCatalogs[language]);
  const links = languageLinks[language](noProject);
  const entries = [...catalog.entries()];
  /** Every symbol of a module, and the types that only members tell of. */
  const symbols = new Map<string, Set<string>>();
  for (const { module, symbol } of entries) {
    const known = symbols.get(module) ?? new Set();
    symbols.set(module, known);
    for (const name of [symbol, ...prefixesOf(symbol)]) known.add(name);
  }

  it("names modules and symbols", () => {
    const wrong = entries.filter(
      ({ module, symbol }) =>
        !/^[^\s|]+$/.test(module) || !/^[\p{L}_$*][\p{L}\p{N}_$*]*(\.[\p{L}\p{N}_$#*]+)*(\(\))?$/u.test(symbol),
    );
    expect(wrong).toEqual([]);
  });

  it("says nothing that a setting could not say", () => {
    const problems = entries.flatMap(({ module, symbol, entry }) => {
      const problem = problemWithCatalog({ [language]: { [module]: { [symbol]: entry } } });
      return problem ? [problem] : [];
    });
    expect(problems).toEqual([]);
  });

  it("has types that can be read", () => {
    const unread = entries.flatMap(({ module, symbol, entry }) =>
      textsOf(entry)
        .filter((text) => !anything.test(text) && links.parseType(text).kind === "unknown")
        .map((text) => `${module}.${symbol}: ${text}`),
    );
    expect(unread).toEqual([]);
  });

  it("knows every type that it names", () => {
    const isKnown = (name: string, module: string) =>
      [module, ...links.implicitModules].some((candidate) => symbols.get(candidate)?.has(name)) ||
      prefixesOf(name).some((prefix) => symbols.get(prefix)?.has(name.slice(prefix.length + 1)));
    const unknown = entries.flatMap(({ module, symbol, entry }) => {
      const parameters = [symbol, ...prefixesOf(symbol)].flatMap(
        (owner) => catalog.entry(module, owner)?.parameters ?? [],
      );
      const given = new Set([...parameters, "this", "$result", "$callback", "$promised"]);
      return textsOf(entry)
        .flatMap((text) => namesIn(links.parseType(text)))
        .filter((name) => !given.has(name) && !isKnown(name, module))
        .map((name) => `${module}.${symbol}: ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it("has sensible positions, and functions to hand over where something is done with them", () => {
    const wrong = entries.filter(({ entry }) => {
      const { query, table, route, callback, callbackParameters, role, mode } = entry;
      const positions = [query, table, route, callback === undefined || callback >= 0 ? callback : -1 - callback];
      return (
        positions.some((position) => position !== undefined && (position < 0 || position > 12)) ||
        (query !== undefined && role !== undefined && role !== "database") ||
        (mode !== undefined && role !== "acquire" && role !== "release") ||
        (callbackParameters !== undefined && callback === undefined && role !== undefined)
      );
    });
    expect(wrong).toEqual([]);
  });

  it("gives every lock something that takes it and something that gives it back", () => {
    const actionsOf = (module: string, type: string, seen: string[] = []): Set<string> => {
      const members = entries.filter((other) => other.module === module && other.symbol.startsWith(`${type}.`));
      const found = new Set<string>(members.flatMap((member) => member.entry.role ?? []));
      for (const base of catalog.entry(module, type)?.bases ?? [])
        if (!seen.includes(base)) for (const action of actionsOf(module, base, [...seen, base])) found.add(action);
      return found;
    };
    // `synchronized` is a word of the language, and not called.
    const locks = entries.filter(({ entry, symbol }) => entry.lock === "exclusive" && symbol !== "synchronized");
    const bare = locks.filter(({ module, symbol }) => {
      const actions = actionsOf(module, symbol);
      return !actions.has("acquire") || !(actions.has("release") || language === "typescript");
    });
    expect(bare.map(({ module, symbol }) => `${module}.${symbol}`)).toEqual([]);
  });
});

describe("a catalog", () => {
  it("refines property by property", () => {
    const catalog = new Catalog(
      { m: { "T.a|b": { role: "database", query: 0 }, x: { role: "log" } } },
      { "m|n": { "T.a": { query: 2 }, "U|V.*.w": { role: "network" } } },
    );
    expect(catalog.entry("m", "T.a")).toEqual({ role: "database", query: 2 });
    expect(catalog.entry("m", "T.b")).toEqual({ role: "database", query: 0 });
    expect(catalog.entry("n", "T.a")).toEqual({ query: 2 });
    expect(catalog.entry("n", "V.anything.w")).toEqual({ role: "network" });
    expect(catalog.entry("n", "V.anything.else.w")).toBeUndefined();
    expect([catalog.hasModule("n"), catalog.hasModule("toString")]).toEqual([true, false]);
  });

  it("knows nothing by the names that every object has", () => {
    const catalog = new Catalog(JSON.parse('{"__proto__": {"toString": {"role": "log"}}, "m": {}}') as CatalogData);
    expect(catalog.entry("__proto__", "toString")).toEqual({ role: "log" });
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      expect([name, catalog.entry("m", name)]).toEqual([name, undefined]);
      expect([name, catalog.entry(name, "valueOf")]).toEqual([name, undefined]);
    }
  });

  it("takes alternatives apart", () => {
    expect(alternativesOf("A|B.c|d")).toEqual(["A.c", "A.d", "B.c", "B.d"]);
    expect(alternativesOf("Open")).toEqual(["Open"]);
  });

  it("counts positions from either end", () => {
    expect([positionOf(1, 3), positionOf(-1, 3), positionOf(undefined, 3)]).toEqual([1, 2, undefined]);
  });
});

describe("the setting fathom.catalog", () => {
  it.each([
    [{}, undefined],
    [{ go: { m: { "T.Lock": { role: "acquire", mode: "read" } } } }, undefined],
    [{ go: { m: { f: { callback: -1, returns: ["A", "error"], fields: { a: "B" } } } } }, undefined],
    [[], "must be an object"],
    [{ rust: {} }, 'not "rust"'],
    [{ go: [] }, 'modules by name below "go"'],
    [{ go: { m: 1 } }, '"go", "m"'],
    [{ go: { m: { f: "database" } } }, '"go", "m", "f"'],
    [{ go: { m: { f: { role: "databse" } } } }, 'in "go", "m", "f"'],
    [{ go: { m: { f: { role: "constructor" } } } }, 'in "go", "m", "f"'],
    [{ go: { m: { f: { toString: "x" } } } }, 'does not know "toString"'],
    [{ go: { m: { f: { query: -1 } } } }, '"query"'],
    [{ go: { m: { f: { query: 1.5 } } } }, '"query"'],
    [{ go: { m: { f: { returns: 3 } } } }, '"returns"'],
    [{ go: { m: { f: { fields: { a: 1 } } } } }, '"fields"'],
    [JSON.parse('{ "go": { "m": { "f": { "__proto__": "x" } } } }'), 'does not know "__proto__"'],
    [{ go: { m: { [Array(12).fill("a|b|c|d").join(".")]: {} } } }, "stands for more than"],
    [{ go: { m: { [Array(2000).fill("a").join("|")]: {} } } }, "stands for more than"],
  ])("%j", (raw, problem) => {
    if (problem === undefined) expect(problemWithCatalog(raw)).toBeUndefined();
    else expect(problemWithCatalog(raw)).toContain(problem);
  });

  it("has a schema of the properties that are checked", () => {
    const { properties } = catalogSchema.additionalProperties.additionalProperties.additionalProperties;
    for (const key of Object.keys(properties))
      expect(problemWithCatalog({ go: { m: { f: { [key]: null } } } })).toBeDefined();
  });

  async function opened(catalog: unknown) {
    const folder = temporaryFolder({
      ".vscode/settings.json": JSON.stringify({ "fathom.catalog": catalog, "fathom.history.enabled": false }),
      "go.mod": "module m\n",
      "a.go": `package p
import "example.com/lib/berthdb"
type S struct { gate berthdb.Gate; store *berthdb.Store }
func (s *S) enter() { s.gate.Enter() }
func (s *S) leave() { s.gate.Leave() }
func (s *S) load() { s.gate.Enter(); defer s.gate.Leave(); s.store.Load("berths"); s.store.Exec(1, "UPDATE ships SET x = 1") }
func routes() { berthdb.OnEvery(handle) }
func handle() {}
`,
      "a.py": "from berthlib import Gate\ngate = Gate()\ndef held():\n    with gate:\n        return 1\n",
    });
    const { settings, notices } = await readSettingsFile(folder);
    const workspace = await Workspace.open(folder, settings, { syntaxHost, threads: 1 });
    await workspace.scan({ cancellation: neverCancelled });
    const told = (name: string) =>
      linkedNamed(workspace.analysis().model, name).effects.effects.map(({ kind, detail }) => `${kind} ${detail}`);
    return { workspace, notices, told };
  }

  const library = {
    go: {
      "example.com/lib/berthdb": {
        Gate: { lock: "exclusive" },
        "Gate.Enter": { role: "acquire" },
        "Gate.Leave": { role: "release" },
        "Store.Load": { role: "database", access: "read", table: 0 },
        "Store.Exec": { role: "database", query: 1 },
        OnEvery: { role: "timer", callback: 0 },
      },
    },
    python: { berthlib: { Gate: { lock: "exclusive" } } },
  };

  it("makes locks, database calls and timers of the calls of a library", async () => {
    const { workspace, notices, told } = await opened(library);
    expect(notices).toEqual([]);
    expect(told("(*S).load").sort()).toEqual(["acquire m.S.gate", "database read berths", "database update ships"]);
    expect(told("held")).toEqual(["acquire a.gate"]);
    const { model } = workspace.analysis();
    expect(linkedNamed(model, "(*S).enter").effects.leavesHeld.map(({ lock }) => lock)).toEqual(["m.S.gate"]);
    expect(linkedNamed(model, "(*S).leave").effects.releases.map(({ lock }) => lock)).toEqual(["m.S.gate"]);
    expect(linkedNamed(model, "handle").reachedFrom.map(({ kind }) => kind)).toEqual(["timer"]);
  });

  it("changes what is known at once", async () => {
    const { workspace, told } = await opened({});
    expect(told("(*S).load")).toEqual([]);
    const { settings } = await readSettingsFile(
      temporaryFolder({ ".vscode/settings.json": JSON.stringify({ "fathom.catalog": library }) }),
    );
    workspace.configure(settings);
    expect(told("(*S).load")).toHaveLength(3);
  });

  it("is named when it is wrong, and then not used", async () => {
    const wrong = {
      go: { "example.com/lib/berthdb": { ...library.go["example.com/lib/berthdb"], Bad: { role: "lock" } } },
    };
    const { notices, told } = await opened(wrong);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toMatch(/fathom\.catalog.*"role".*"example\.com\/lib\/berthdb", "Bad"/);
    expect(told("(*S).load")).toEqual([]);
  });
});
