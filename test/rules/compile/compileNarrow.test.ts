import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string, path = "CLAUDE.md", globs: string[] = []): unknown[] {
  return extractRules({ path, text }, { globs }).flatMap(({ enforcement }) => enforcement ?? []);
}

describe("what only describes", () => {
  it.each([
    ["what a command does not do", "- `pier build` does not set `TIDE_LOG`, so the tests log everything"],
    ["a comparison", "## Anti-patterns\n\n- `wireBerth` (wire) vs `Berth` (core): both exist"],
    ["what a class does", "- `BerthPicker` pins the chosen berth on first load (local `setBerth`, not `api.setBerth`)"],
    ["what a name stands for", "- `tide => boat` is `Tide.Binding` (not `Tide.Assignment`, which looks alike)"],
    ["a remark in brackets", "- `launched_at` timestamp (no `sunk_at`)"],
    ["what an example shows", "Moor by the queue:\n\n```ts\nqueue.moor(boat)\n```\n\nNo local state, no `setTimeout`."],
    ["advice on a pitfall", '## Common pitfalls\n\n- `mode="ebb"` for low water'],
    ["a step of how something is added", "## Adding a new berth\n\n1. Write unit tests for every handler"],
    ["where a program writes", "- All charts are saved to `out/`; never write to `src/`"],
    ["the public API as a whole", "- Public APIs must have docstrings"],
  ])("%s", (_, text) => {
    expect(checksOf(text)).toEqual([]);
  });

  it("still takes what is called a pitfall for one", () => {
    expect(checksOf("## Common pitfalls\n\n- Calling `tides.reset()` in a loop")).toHaveLength(1);
  });
});

describe("names that show how things are called", () => {
  it.each([
    "- camelCase for constants at module level (`openBerths`, not `OPEN_BERTHS`)",
    "- Name test classes `...Test`, not `...Tests`, e.g. `PierLayoutTest`, not `PierLayoutTests`",
    "- Adapter names must not include the word `Adapter`",
    "- Don't add boolean props like `isMoored`, `isAfloat` to customize",
    "- Use `BerthKind` or `TideKind`, not `string`, for enums",
  ])("%s", (text) => {
    expect(checksOf(text)).toEqual([]);
  });
});

describe("where a rule holds", () => {
  it("is what the cell before it says", () => {
    const table = (cell: string) => `| Place | Rule |\n|---|---|\n| ${cell} | MUST NOT import from \`cranes/\` |`;
    expect(checksOf(table("`harbour/core/`"))).toMatchObject([
      { form: "forbidden-import", names: ["cranes/"], scope: { paths: ["harbour/core/"] } },
    ]);
    expect(checksOf(table("the night shift"))).toMatchObject([{ qualifier: "the night shift" }]);
    expect(checksOf(table("Imports"))[0]).not.toHaveProperty("qualifier");
  });

  it("is what the title names, where the sentence lacks its subject", () => {
    expect(checksOf("### Shared\n\n- Must not depend on `lodash`.")).toMatchObject([{ qualifier: "under “Shared”" }]);
  });

  it("is the part of the code the title names", () => {
    for (const title of ["Services", "Logging in services"])
      expect(checksOf(`## ${title}\n\n- Never call \`tides.raw()\``)).toMatchObject([
        { scope: { paths: ["**/{services,service}/**", "**/*{Service,.service,_service,-service}.*"] } },
      ]);
    expect(checksOf("## Berths (`src/berths/`)\n\n- Never call `tides.raw()`")).toMatchObject([
      { scope: { paths: ["src/berths/"] } },
    ]);
  });

  it("is what the sentence before a command says", () => {
    expect(
      checksOf("- When checking a change locally, run only its tests. Do not run `make test`, it is slow."),
    ).toMatchObject([{ form: "forbidden-command", qualifier: "when checking a change locally" }]);
    expect(checksOf("- Use `make` to build the pier, never `go build` directly.")).toMatchObject([
      { commands: ["go build"], qualifier: "to build the pier" },
    ]);
  });

  it("is not lost at the end of a list", () => {
    expect(
      checksOf("- Never run `git reset`, `git clean`, or any other command without explicit permission"),
    ).toMatchObject([{ qualifier: "without explicit permission" }]);
    expect(checksOf("- No `any` unless absolutely safe")).toMatchObject([{ qualifier: "unless absolutely safe" }]);
  });

  it("is anywhere for secrets", () => {
    expect(checksOf("## Testing\n\n- Never commit secrets")[0]).not.toHaveProperty("scope");
  });
});

describe("languages of what stands around", () => {
  it.each([
    ["CLAUDE.md", "## Mockito\n\n- Never call `mock()` in a loop", ["java"]],
    [".claude/rules/mockito.md", "- Never call `mock()` in a loop", ["java"]],
    [".claude/rules/java/style.md", "- Never call `mock()` in a loop", ["java"]],
    ["CLAUDE.md", "- Never call `mock()` in a loop", ["python"]],
  ])("%s: %s", (path, text, languages) => {
    expect(checksOf(text, path)).toMatchObject([{ form: "forbidden-call", names: ["mock"], scope: { languages } }]);
  });

  it("leaves out constructs they do not have", () => {
    expect(checksOf("- No `enum`", ".claude/rules/go.md")).toEqual([]);
    expect(checksOf("- No `var`", ".claude/rules/java.md")).toMatchObject([{ scope: { languages: ["java"] } }]);
    expect(checksOf("- Never silently swallow errors", "CLAUDE.md", ["**/*.go"])).not.toMatchObject([
      { constructs: ["empty-catch"] },
    ]);
    expect(checksOf("- No `var` in TypeScript", ".claude/rules/java.md")).toHaveLength(1);
  });
});

describe("kinds of names", () => {
  it.each([
    ["- Never call `mvn` or `gradle` directly", { form: "forbidden-command", commands: ["mvn", "gradle"] }],
    [
      "- Forbidden: `harbour -> cranes`",
      { form: "forbidden-import", names: ["cranes/"], scope: { paths: ["**/harbour/**"] } },
    ],
    [
      "- Open it with `gh pr create --body-file <file>`, never `--body`",
      { form: "forbidden-command", commands: ["gh pr create --body"] },
    ],
    [
      "- Never use `fmt.Printf`, `fmt.Println`, or the standard `log` package",
      { form: "forbidden-call", names: ["fmt.Printf", "fmt.Println"] },
    ],
    ["- Never add dependencies by hand in `go.mod`", { form: "forbidden-edit", paths: ["go.mod"] }],
    ["- Never call `tides.lock()` + `tides.wait()`", { qualifier: "the one with the other" }],
    ["- Never use `crates[0]`, use `crates.first`", { form: "forbidden-text", texts: ["crates[…]"] }],
  ])("%s", (text, check) => {
    expect(checksOf(text)).toMatchObject([check]);
  });

  it.each([
    "- No `export * from`",
    "- No `__init__` method in test classes",
    "- Do not add `to_<port>_chart()` helpers",
    "- Forbidden: `harbour -> concrete cranes`",
    "- Never call `get()` without `has()`",
    "- Use `{berth:path}`, not `{berth}`",
  ])("%s", (text) => {
    const forms = checksOf(text).map((check) => (check as { form: string }).form);
    expect(forms.filter((form) => form !== "forbidden-construct")).toEqual([]);
  });
});

describe("replacements", () => {
  it("are names", () => {
    expect(
      checksOf("- Do not call `tides.raw()` — use the helpers so that it stays in one place")[0],
    ).not.toHaveProperty("instead");
    expect(checksOf("- Use `tides.read()` instead of `tides.raw()`")).toMatchObject([{ instead: ["tides.read"] }]);
    expect(checksOf("- Use date-fns instead of `moment`")).toMatchObject([{ instead: ["date-fns"] }]);
  });
});

describe("doc comments", () => {
  it("are of types too", () => {
    expect(checksOf("- Exported types and functions must have godoc comments.")).toMatchObject([
      { form: "required-companion", companion: "doc-comment", scope: { languages: ["go"] } },
    ]);
  });
});

function qualifierOf(text: string): unknown {
  const [check] = checksOf(text);
  return check && (check as { qualifier?: string }).qualifier;
}

describe("what is said beside a ban", () => {
  it.each([
    ["an excuse", '- Don\'t reach for `moorAt` to "avoid the gate". It is open.', 'to "avoid the gate"'],
    ["which of them", "- No gratuitous `as` assertions", "gratuitous"],
    ["which calls", "- No rope-free `moorAll()` calls", "rope-free"],
    ["where to", "- Never put `berthCount`, old tides, or raw charts back on `Pier`", "back on Pier"],
    ["that it is written", "- Do not write `TidePayment`.", "write"],
    [
      "by the item above",
      "- Avoid joins of entities except within one fleet\n  - Use plain keys instead of `@ManyToOne`",
      "under “Avoid joins of entities except within one fleet”",
    ],
  ])("is its condition: %s", (_, text, qualifier) => {
    expect(qualifierOf(text)).toBe(qualifier);
  });

  it("is none where the item above only says more", () => {
    expect(qualifierOf("- Avoid joins of entities\n  - Use plain keys instead of `@ManyToOne`")).toBeUndefined();
  });
});

describe("what a title names", () => {
  it.each([
    ["Go-TIDE Web", undefined],
    ["go-tide-tables", undefined],
    ["Go-specific rules", ["go"]],
    ["tide-java", ["java"]],
    ["Python style", ["python"]],
    ["Convex functions", ["typescript", "javascript"]],
  ])("is a language, or something else: %s", (title, languages) => {
    const [check] = checksOf(`# Guide\n\n## ${title}\n\n- Functions: camelCase`);
    expect((check as { scope?: { languages?: string[] } } | undefined)?.scope?.languages).toEqual(languages);
  });
});

describe("what a rule is about", () => {
  it.each([
    ["a bare except", "- No bare `except:` clauses - catch specific exceptions", "bare-except", ["python"]],
    ["a broad one", "- Catch specific exceptions, never bare `except Exception`", "broad-catch", ["python", "java"]],
    [
      "what is injected",
      "- Prefer constructor-based dependency injection over `@Autowired`",
      "field-injection",
      ["java"],
    ],
  ])("%s", (_, text, construct, languages) => {
    expect(checksOf(text)).toMatchObject([{ constructs: [construct], scope: { languages } }]);
  });

  it("is no package that a name is spelled like", () => {
    expect(checksOf("- Compose with sails: NEVER use sail classNames in a hook")).toMatchObject([
      { form: "forbidden-name" },
    ]);
  });

  it("is one name of a module", () => {
    expect(checksOf("- Never use `from __future__ import annotations`.")).toMatchObject([
      { form: "forbidden-import", names: ["__future__.annotations"] },
    ]);
  });

  it("is the product where it speaks of what is public", () => {
    const [check] = checksOf("## Testing\n\n- All public methods must have type annotations");
    expect(check).toMatchObject({ companion: "parameter-types" });
    expect((check as { scope?: unknown }).scope).toBeUndefined();
  });

  it("is a package, though it looks like a path", () => {
    expect(checksOf("- Do not add `pkg/errors`.")).toMatchObject([{ form: "forbidden-import", names: ["pkg/errors"] }]);
  });

  it("is no document that comes first", () => {
    const text = "- Docs before changes of the quay — update `docs/quay.md` first.";
    expect(checksOf(text)).toMatchObject([{ form: "must-accompany", when: { of: "code" } }]);
  });
});
