import { describe, expect, it } from "vitest";
import { changeRadius } from "../../server/src/core/model/graph/changeRadius";
import { historyOf } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

describe("the change radius", () => {
  it("tells the files that reach a function, nearest first, and who uses what it writes", async () => {
    const model = await modelOf({
      "go.mod": "module m\n",
      "store.go":
        "package p\ntype Store struct { count int; private int }\nvar total int\nfunc (s *Store) Save() { s.count = 1; s.private = 2; total++; s.again() }\nfunc (s *Store) again() { s.Save() }\n",
      "near.go": "package p\nfunc near(s *Store) { s.Save() }\nfunc reads(s *Store) int { return s.count }\n",
      "far.go": "package p\nfunc far(s *Store) { near(s) }\nfunc other() int { return total }\n",
      "alone.go": "package p\nfunc alone() {}\n",
    });
    expect(changeRadius(model, linkedNamed(model, "(*Store).Save"))).toEqual({
      callers: [
        { path: "near.go", distance: 1 },
        { path: "far.go", distance: 2 },
      ],
      fields: [
        { field: "m.Store.count", paths: ["near.go"] },
        { field: "m.total", paths: ["far.go"] },
      ],
      isCut: false,
    });
    expect(changeRadius(model, linkedNamed(model, "alone"))).toEqual({ callers: [], fields: [], isCut: false });
  });

  it("counts fields of values that have no type of their own, and no locals", async () => {
    const model = await modelOf({
      "src/store.ts": "export class Store { count = 0; save() { this.count = 1; let local = 2; local = 3; } }\n",
      "src/use.ts":
        'import { Store } from "./store";\nconst store = new Store();\nexport function show() { const local = store.count; return local; }\n',
    });
    expect(changeRadius(model, linkedNamed(model, "Store.save")).fields).toEqual([
      { field: "src/store.Store.count", paths: ["src/use.ts"] },
    ]);
  });

  it("is cut where everything reaches a function", async () => {
    const callers = Array.from({ length: 5100 }, (_, i) => `func f${i}() { hub() }`).join("\n");
    const model = await modelOf({
      "go.mod": "module m\n",
      "hub.go": "package p\nfunc hub() {}\n",
      "a.go": `package p\n${callers}\n`,
    });
    expect(changeRadius(model, linkedNamed(model, "hub"))).toEqual({
      callers: [{ path: "a.go", distance: 1 }],
      fields: [],
      isCut: true,
    });
  });
});

describe("what history says", () => {
  it("is nothing of a function that history does not know, whatever its name", async () => {
    const model = await modelOf({
      "a.ts": "export function toString() {}\nexport function constructor() {}\nexport function __proto__() {}\n",
    });
    const file = model.files.get("a.ts");
    const history = {
      head: "",
      commits: 0,
      files: new Map([["a.ts", { functions: {}, commits: 0, fixes: 0, recentFixes: 0 }]]),
    };
    for (const index of [0, 1, 2, 3]) expect(file && historyOf({ ...model, history }, file, index)).toBeUndefined();
  });
});
