import { describe, expect, it } from "vitest";
import { fileIndex } from "../../server/src/core/model/fileIndex";
import type { FileSummary } from "../../server/src/core/model/fileSummary";
import { fc } from "../support/fastCheck";

/** Files that say nothing but what names they declare as types. */
function workspace(files: Record<string, readonly string[]>): ReadonlyMap<string, FileSummary> {
  const summaries = Object.entries(files).map(
    ([path, names]) => [path, { path, types: names.map((name) => ({ name })) } as unknown as FileSummary] as const,
  );
  return new Map(summaries);
}

function byName() {
  const asked: string[] = [];
  const index = fileIndex((file) => {
    asked.push(file.path);
    return file.types.map(({ name }, i) => [name, `${file.path}:${i}`] as const);
  });
  return { index, asked };
}

describe("an index of files", () => {
  it("lists what files say in the order of their paths, and of the file", () => {
    const { index } = byName();
    const found = index(workspace({ "b.go": ["Berth", "Crane", "Berth"], "a.go": ["Berth"] }));
    expect(found.get("Berth")).toEqual(["a.go:0", "b.go:0", "b.go:2"]);
    expect(found.has("Crane")).toBe(true);
    expect(found.get("Dock")).toEqual([]);
    expect(found.has("Dock")).toBe(false);
  });

  it("asks only files that are others, and keeps the lists that they do not touch", () => {
    const { index, asked } = byName();
    const before = workspace({ "a.go": ["Berth"], "b.go": ["Crane"], "c.go": ["Crane"] });
    const cranes = index(before).get("Crane");
    asked.length = 0;
    const now = new Map([...before, ...workspace({ "a.go": ["Dock"] })]);
    expect(index(now).get("Berth")).toEqual([]);
    expect(index(now).get("Dock")).toEqual(["a.go:0"]);
    expect(index(now).get("Crane")).toBe(cranes);
    expect(new Set(asked)).toEqual(new Set(["a.go"]));
  });

  it("says of any model what an index made for it says, whatever was asked before", () => {
    const names = fc.array(fc.constantFrom("Berth", "Crane", "Dock"), { maxLength: 3 });
    const files = fc.dictionary(fc.constantFrom("a.go", "b.go", "c.go", "d.go", "e.go"), names);
    fc.assert(
      fc.property(fc.array(files, { minLength: 1, maxLength: 6 }), (states) => {
        const { index } = byName();
        let last: ReadonlyMap<string, FileSummary> = new Map();
        for (const state of states) {
          const made = workspace(state);
          // What says the same is mostly the same object.
          const now = new Map(
            [...made].map(([path, file]) => {
              const known = last.get(path);
              return [path, known && JSON.stringify(known) === JSON.stringify(file) ? known : file];
            }),
          );
          last = now;
          for (const name of ["Berth", "Crane", "Dock"]) {
            expect(index(now).get(name)).toEqual(byName().index(made).get(name));
            expect(index(now).has(name)).toBe(byName().index(made).has(name));
          }
        }
      }),
    );
  });
});
