import { describe, expect, it } from "vitest";
import type { CodeCheck, ForbiddenUse } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

async function broken(
  enforcement: CodeCheck,
  files: Readonly<Record<string, string>>,
  path = "CLAUDE.md",
  text = "A rule",
): Promise<string[]> {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path, line: 7, endLine: 7 };
  const rule: Rule = { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  return (outcome?.violations ?? []).map(({ path: file, range }) => `${file}:${range.start.line + 1}`).sort();
}

const noQuays: ForbiddenUse = { form: "forbidden-import", names: ["quays/"] };

describe("imports that lead into a folder", () => {
  it("are found however they are written", async () => {
    const files = {
      "app/src/quays/north.ts": "export const north = 1;\n",
      "app/src/quays/south.ts": 'import { north } from "../quays/north";\nexport const south = north;\n',
      "app/src/cranes/near.ts": 'import { north } from "../quays/north";\nexport const n = north;\n',
      "app/src/cranes/alias.ts": 'import { north } from "@/quays/north";\nexport const n = north;\n',
      "app/src/cranes/base.ts": 'import { north } from "src/quays/north";\nexport const n = north;\n',
      "app/src/cranes/other.ts": 'import { north } from "harbour-kit/quays/north";\nexport const n = north;\n',
      "app/src/cranes/word.ts": 'import { north } from "../tides/quays-of-north";\nexport const n = north;\n',
    };
    expect(await broken(noQuays, files)).toEqual([
      "app/src/cranes/alias.ts:1",
      "app/src/cranes/base.ts:1",
      "app/src/cranes/near.ts:1",
    ]);
  });

  it("are found in Go, Python and Java", async () => {
    const files = {
      "go.mod": "module harbour\n",
      "quays/north.go": "package quays\n\nvar North = 1\n",
      "crane/crane.go": 'package crane\n\nimport "harbour/quays"\n\nvar _ = quays.North\n',
      "crane/far.go": 'package crane\n\nimport "example.com/far/quays"\n\nvar _ = quays.North\n',
      "port/quays/north.py": "NORTH = 1\n",
      "port/cranes/lift.py": "from port.quays.north import NORTH\n\nprint(NORTH)\n",
      "src/com/tide/quays/North.java": "package com.tide.quays;\n\npublic class North {}\n",
      "src/com/tide/Lift.java": "package com.tide;\n\nimport com.tide.quays.North;\n\nclass Lift { North n; }\n",
    };
    const check: ForbiddenUse = { ...noQuays, scope: { tests: false } };
    // Of several folders the one at the root is meant.
    expect(await broken(check, files)).toEqual(["crane/crane.go:3"]);
    const { "quays/north.go": _, ...nested } = files;
    expect(await broken(check, nested)).toEqual(["port/cranes/lift.py:1", "src/com/tide/Lift.java:3"]);
  });

  it("are those of the folder beside the rule", async () => {
    const files = {
      "go.mod": "module harbour\n",
      "internal/tide/tide.go": "package tide\n\nvar Low = 1\n",
      "pkg/internal/own/own.go": "package own\n\nvar Own = 1\n",
      "pkg/a/a.go": 'package a\n\nimport "harbour/internal/tide"\n\nvar _ = tide.Low\n',
      "pkg/b/b.go": 'package b\n\nimport "harbour/pkg/internal/own"\n\nvar _ = own.Own\n',
    };
    const check: ForbiddenUse = { form: "forbidden-import", names: ["../internal/"] };
    expect(await broken(check, files, "pkg/AGENTS.md")).toEqual(["pkg/a/a.go:3"]);
  });

  it("are found from either of two folders", async () => {
    const files = {
      "src/old/a.ts": 'import { b } from "../new/b";\nexport const a = b;\n',
      "src/old/c.ts": 'import { a } from "./a";\nexport const c = a;\n',
      "src/new/b.ts": "export const b = 1;\n",
      "src/new/d.ts": 'import { c } from "../old/c";\nexport const d = c;\n',
      "src/main.ts": 'import { d } from "./new/d";\nexport const m = d;\n',
      // Of that name, too, and another.
      "src/shared/old/e.ts": "export const e = 1;\n",
      "src/new/f.ts": 'import { e } from "../shared/old/e";\nexport const f = e;\n',
    };
    const check: ForbiddenUse = {
      form: "forbidden-import",
      names: ["old/", "new/"],
      scope: { paths: ["**/old/**", "**/new/**"] },
    };
    expect(await broken(check, files)).toEqual(["src/new/d.ts:1", "src/old/a.ts:1"]);
  });
});

describe("folders that import", () => {
  it("stand beside the one that is not to be imported, where any do", async () => {
    const files = {
      "src/cranes/a.ts": 'import { b } from "../quays/b";\nexport const a = b;\n',
      "src/quays/b.ts": "export const b = 1;\n",
      "src/pages/cranes/c.ts": 'import { b } from "../../quays/b";\nexport const c = b;\n',
    };
    const check: ForbiddenUse = { ...noQuays, scope: { paths: ["**/{cranes,crane}/**"] } };
    expect(await broken(check, files)).toEqual(["src/cranes/a.ts:1"]);
    const { "src/cranes/a.ts": _, ...nested } = files;
    expect(await broken(check, nested)).toEqual(["src/pages/cranes/c.ts:1"]);
  });
});

describe("imports from one part of a folder into another", () => {
  const files = {
    "src/piers/north/index.ts": 'export { low } from "./tide";\n',
    "src/piers/north/tide.ts": "export const low = 1;\n",
    "src/piers/south/deep.ts": 'import { low } from "../north/tide";\nexport const a = low;\n',
    "src/piers/south/entry.ts": 'import { low } from "../north";\nexport const b = low;\n',
    "src/piers/south/own.ts": 'import { a } from "./deep";\nexport const c = a;\n',
    "src/piers/south/common.ts": 'import { rope } from "../shared/rope";\nexport const d = rope;\n',
    "src/piers/shared/rope.ts": "export const rope = 1;\n",
    "src/piers/all.ts": 'import { low } from "./north/tide";\nexport const e = low;\n',
    "src/main.ts": 'import { low } from "./piers/north/tide";\nexport const f = low;\n',
  };
  const across = (kind: "all" | "inner"): ForbiddenUse => ({
    form: "forbidden-import",
    names: ["piers/"],
    across: kind,
  });

  it("are found, but for what all share", async () => {
    expect(await broken(across("all"), files)).toEqual(["src/piers/south/deep.ts:1", "src/piers/south/entry.ts:1"]);
  });

  it("may go through its entry", async () => {
    expect(await broken(across("inner"), files)).toEqual(["src/piers/south/deep.ts:1"]);
    const { "src/piers/north/index.ts": _, ...open } = files;
    expect(await broken(across("inner"), open)).toEqual([]);
  });
});

describe("deep relative imports", () => {
  it("lead up twice", async () => {
    const check: CodeCheck = { form: "forbidden-construct", constructs: ["relative-import"] };
    const files = {
      "src/a/b/c.ts":
        'import { d } from "../../d";\nimport { e } from "../e";\nimport { f } from "./f";\nuse(d, e, f);\n',
    };
    expect(await broken(check, files, "CLAUDE.md", "Use `@/`, not deep relative paths")).toEqual(["src/a/b/c.ts:1"]);
    expect(await broken(check, files, "CLAUDE.md", "No relative imports")).toHaveLength(3);
  });
});

describe("imports of what lies below a package", () => {
  it("are found, and not those of its entry", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["@tide/quay"], across: "inner" };
    const files = {
      "a.ts": 'import { low } from "@tide/quay";\nuse(low);\n',
      "b.ts": 'import { low } from "@tide/quay/low";\nuse(low);\n',
      "c.ts": 'import { low } from "@tide/quayside/low";\nuse(low);\n',
    };
    expect(await broken(check, files)).toEqual(["b.ts:1"]);
  });
});

describe("tests that lie beside the code", () => {
  it("are not those of the whole", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "test-file" }, paths: ["**/__tests__/**"] };
    const test = 'import { test } from "vitest";\n\ntest("low", () => {});\n';
    const files = { "src/a/__tests__/a.test.ts": test, "src/a/b.test.ts": test, "e2e/tests/c.spec.ts": test };
    expect(await broken(check, files)).toEqual(["src/a/b.test.ts:1"]);
  });
});

describe("test files where none are to be", () => {
  it("are found", async () => {
    const check: CodeCheck = {
      form: "naming",
      subject: { kind: "test-file" },
      avoid: ["*"],
      scope: { paths: ["src/quays/"], tests: true },
    };
    const files = {
      "src/quays/north.test.ts": 'import { test } from "vitest";\n\ntest("low", () => {});\n',
      "src/quays/north.ts": "export const b = 1;\n",
      "tests/north.test.ts": 'import { test } from "vitest";\n\ntest("high", () => {});\n',
    };
    expect(await broken(check, files)).toEqual(["src/quays/north.test.ts:1"]);
  });
});
