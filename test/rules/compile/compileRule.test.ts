import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";
import type { Rule } from "../../../server/src/core/rules/rule";

function rules(...lines: string[]): Rule[] {
  return extractRules({ path: "CLAUDE.md", text: lines.join("\n") }, { globs: [] });
}

function checkOf(...lines: string[]): unknown {
  return rules(...lines).findLast(({ enforcement }) => enforcement)?.enforcement ?? undefined;
}

const WEB = { languages: ["typescript", "javascript"] };

describe("what must not be used", () => {
  it.each([
    ["Never call `berths.release()` directly", { form: "forbidden-call", names: ["berths.release"] }],
    [
      "Do not call `PlanTide` or `PlanSwell`; use `PlanSea`",
      { form: "forbidden-call", names: ["PlanTide", "PlanSwell"], instead: ["PlanSea"] },
    ],
    [
      "Never use `console.log`. Use `logger` instead.",
      { form: "forbidden-call", names: ["console.log"], instead: ["logger"], scope: WEB },
    ],
    [
      "`loadAllPatients` must never be called in request handlers",
      { form: "forbidden-call", names: ["loadAllPatients"], inside: { place: "handler" } },
    ],
    [
      "Never call `chart.render()` inside a loop",
      { form: "forbidden-call", names: ["chart.render"], inside: { place: "loop" } },
    ],
    [
      "Handlers must not call `store.Rebuild`",
      { form: "forbidden-call", names: ["store.Rebuild"], inside: { place: "handler" } },
    ],
    [
      "Tests must never call `time.Sleep`",
      { form: "forbidden-call", names: ["time.Sleep"], scope: { tests: true, languages: ["go"] } },
    ],
    [
      "No `print()` calls outside tests",
      { form: "forbidden-call", names: ["print"], scope: { tests: false, languages: ["python"] } },
    ],
    [
      "Never use `panic` except in `cmd/harbour/`",
      { form: "forbidden-call", names: ["panic"], scope: { languages: ["go"], exceptPaths: ["cmd/harbour/"] } },
    ],
    ["Do not import `lodash`", { form: "forbidden-import", names: ["lodash"], scope: WEB }],
    [
      "Use `httpx`, never `requests` or `urllib.request`.",
      {
        form: "forbidden-import",
        names: ["requests", "urllib.request"],
        instead: ["httpx"],
        scope: { languages: ["python"] },
      },
    ],
    [
      "`src/domain/` must not import from `src/storage/`",
      { form: "forbidden-import", names: ["src/storage/"], scope: { paths: ["src/domain/"] } },
    ],
    [
      "Nothing in `orchard/core/` may import `orchard/web/`",
      { form: "forbidden-import", names: ["orchard/web/"], scope: { paths: ["orchard/core/"] } },
    ],
    ["Never reference `oldTideTable`", { form: "forbidden-name", names: ["oldTideTable"] }],
    [
      "Do not access `process.env` directly - use `config`",
      { form: "forbidden-name", names: ["process.env"], instead: ["config"] },
    ],
    [
      "Use `encodeCopy` instead of `json.Marshal`",
      { form: "forbidden-call", names: ["json.Marshal"], instead: ["encodeCopy"], scope: { languages: ["go"] } },
    ],
    [
      "Prefer `AppointmentId` over `RawAppointmentKey`",
      { form: "forbidden-name", names: ["RawAppointmentKey"], instead: ["AppointmentId"] },
    ],
    ["`handleSoftDeath` is dead code", { form: "forbidden-name", names: ["handleSoftDeath"] }],
    [
      "`berthClassV1` is deprecated; use `berthClass`",
      { form: "forbidden-name", names: ["berthClassV1"], instead: ["berthClass"] },
    ],
    [
      "In Python files, never call `os.system`",
      { form: "forbidden-call", names: ["os.system"], scope: { languages: ["python"] } },
    ],
    [
      "In `web/**/*.ts`, do not use `fetch`: the client retries",
      {
        form: "forbidden-call",
        names: ["fetch"],
        scope: { languages: ["typescript", "javascript"], paths: ["web/**/*.ts"] },
      },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toEqual(check);
  });

  it.each([
    ["No default exports", ["default-export"]],
    ["Use named exports only", ["default-export"]],
    ["Avoid `any` and `@ts-ignore`", ["any-type", "type-suppression"]],
    ["Never use non-null assertions", ["non-null-assertion"]],
    ["No wildcard imports", ["wildcard-import"]],
    ["Never use a bare `except:`", ["bare-except"]],
    ["Do not leave TODO comments", ["todo-comment"]],
    ["Use `type` instead of `interface`", ["interface-declaration"]],
    ["Use `const` and `let`, never `var`", ["var-declaration"]],
    ["Prefer absolute imports over relative imports", ["relative-import"]],
    ["No nested ternaries", ["nested-ternary"]],
    ["Global state is forbidden", ["global-variable"]],
  ])("%s", (text, constructs) => {
    expect(checkOf(`- ${text}`)).toMatchObject({ form: "forbidden-construct", constructs });
  });

  it("takes the force of a heading or lead-in", () => {
    expect(checkOf("## Don'ts", "- `any`")).toMatchObject({ form: "forbidden-construct", constructs: ["any-type"] });
    expect(checkOf("Never use:", "", "- `moment`")).toMatchObject({ form: "forbidden-import", names: ["moment"] });
    expect(checkOf("## Anti-patterns", "- Pass `tideClock` explicitly")).toBeUndefined();
  });
});

describe("files and commands", () => {
  it.each([
    [
      "Never edit files in `db/generated/` by hand",
      { form: "forbidden-edit", paths: ["db/generated/"], generated: true },
    ],
    ["Do not modify `schema/lock.json`", { form: "forbidden-edit", paths: ["schema/lock.json"] }],
    [
      "`api/client/` is generated — never edit it manually",
      { form: "forbidden-edit", paths: ["api/client/"], generated: true },
    ],
    [
      "NEVER edit existing migrations in `db/migrations/`",
      { form: "forbidden-edit", paths: ["db/migrations/"], additionsAllowed: true },
    ],
    [
      "NEVER edit a file in `api/migrations/` that has shipped. Add the next number.",
      { form: "forbidden-edit", paths: ["api/migrations/"], additionsAllowed: true },
    ],
    [
      "NEVER run `cmd/galaxygen/` again. It would overwrite all manual edits",
      { form: "forbidden-command", commands: ["cmd/galaxygen/"] },
    ],
    ["Never run `npm audit fix --force`", { form: "forbidden-command", commands: ["npm audit fix --force"] }],
    ["Use `pnpm`, not `npm` or `yarn`", { form: "forbidden-command", commands: ["npm", "yarn"], instead: ["pnpm"] }],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toEqual(check);
  });
});

const order = (form: string, first: string, second: string) =>
  Object.fromEntries([
    ["form", form],
    ["first", [first]],
    // biome-ignore lint/suspicious/noThenProperty: data of a rule, never awaited
    ["then", [second]],
  ]);

describe("a lead-in that forbids", () => {
  it("makes a check of each path under it", () => {
    const list = rules(
      "Do not edit these directly - change the templates instead:",
      "",
      "- `berths.ini` - generated by `mkberths`",
      "- `tides/*.yml`",
    );
    expect(list.map(({ enforcement }) => enforcement)).toMatchObject([
      { form: "forbidden-edit", paths: ["berths.ini"], generated: true },
      { form: "forbidden-edit", paths: ["tides/*.yml"] },
    ]);
  });
});

describe("calls and one another", () => {
  it.each([
    [
      "NEVER do `s.db.*` calls while holding `s.mu.Lock()` — this causes production outages",
      { form: "call-while-holding", names: ["s.db.*"], locks: ["s.mu"] },
    ],
    [
      "Never call `mailer.Send` while holding a lock",
      { form: "call-while-holding", names: ["mailer.Send"], locks: [] },
    ],
    [
      "NEVER call `s.db.*` while holding `s.mu`. One slow query and every heartbeat waits.",
      { form: "call-while-holding", names: ["s.db.*"], locks: ["s.mu"] },
    ],
    [
      "`chargeCard` may only be called from `BillingService`",
      { form: "only-from", names: ["chargeCard"], from: { names: ["BillingService"] } },
    ],
    [
      "Only `src/store/` may import `pg-native`",
      { form: "only-from", names: ["pg-native"], from: { paths: ["src/store/"] } },
    ],
    [
      "Never import `knex` outside `src/data/`",
      { form: "only-from", names: ["knex"], from: { paths: ["src/data/"] }, scope: WEB },
    ],
    ["Always call `ward.Lock()` before `ward.Discharge()`", order("call-order", "ward.Lock", "ward.Discharge")],
    [
      "Never call `planner.Commit` without calling `planner.Validate` first",
      order("call-order", "planner.Validate", "planner.Commit"),
    ],
    ["Always pair `openGate` with `closeGate`", order("call-pair", "openGate", "closeGate")],
    ["After calling `borrowBook`, call `recordLoan`", order("call-pair", "borrowBook", "recordLoan")],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toEqual(check);
  });
});

describe("changes that come together", () => {
  const pair = { form: "must-accompany", when: { paths: ["api/routes.ts"] }, also: [{ paths: ["docs/api.md"] }] };
  it.each([
    "When you change `api/routes.ts`, also update `docs/api.md`",
    "If you modify `api/routes.ts`, update `docs/api.md` in the same commit.",
    "Update `docs/api.md` whenever you change `api/routes.ts`",
    "Keep `docs/api.md` in sync with `api/routes.ts`",
    "Any change to `api/routes.ts` must also update `docs/api.md`",
    "After changing `api/routes.ts`, always update `docs/api.md`",
  ])("%s", (text) => {
    expect(checkOf(`- ${text}`)).toEqual(pair);
  });

  it("compiles tables row by row", () => {
    const table = rules(
      "| When you change | Also update |",
      "|---|---|",
      "| `api/routes.ts` | `docs/api.md` |",
      "| A setting | The guide |",
      "| `Berth` | `web/berth.ts`, `docs/berths.md` |",
    );
    expect(table.map(({ enforcement }) => enforcement)).toEqual([
      pair,
      null,
      {
        form: "must-accompany",
        when: { names: ["Berth"] },
        also: [{ paths: ["web/berth.ts"] }, { paths: ["docs/berths.md"] }],
      },
    ]);
  });

  it("wants both of a pair that is kept in sync", () => {
    expect(checkOf("- Keep `a/en.json` and `a/nl.json` in sync")).toEqual({
      form: "must-accompany",
      when: { paths: ["a/en.json", "a/nl.json"] },
      also: [{ paths: ["a/en.json"] }, { paths: ["a/nl.json"] }],
    });
  });

  it("reads a table of wrong beside right", () => {
    expect(checkOf("| Don't | Do |", "|---|---|", "| `moment` | `dayjs` |")).toMatchObject({
      form: "forbidden-import",
      names: ["moment"],
      instead: ["dayjs"],
    });
  });
});

describe("shape", () => {
  it.each([
    [
      "Every exported function must have a doc comment",
      { form: "required-companion", subject: { kind: "function", exported: true }, companion: "doc-comment" },
    ],
    [
      "Type hints are required on all function signatures",
      {
        form: "required-companion",
        subject: { kind: "function" },
        companion: "parameter-types",
        scope: { languages: ["python"] },
      },
    ],
    ["Use kebab-case for file names", { form: "naming", subject: { kind: "file" }, style: "kebab-case" }],
    ["Classes: PascalCase", { form: "naming", subject: { kind: "class" }, style: "PascalCase" }],
    ["Functions must use snake_case", { form: "naming", subject: { kind: "function" }, style: "snake_case" }],
    ["Functions should fit in 40 lines", { form: "size-limit", of: "function", max: 40 }],
    ["Keep functions under 50 lines", { form: "size-limit", of: "function", max: 50 }],
    ["Files must not exceed 400 lines", { form: "size-limit", of: "file", max: 400 }],
    ["Max 300 lines per file", { form: "size-limit", of: "file", max: 300 }],
    ["Functions should take no more than 4 parameters", { form: "size-limit", of: "parameters", max: 4 }],
    [
      "Every Python file must start with `from __future__ import annotations`",
      { form: "required-text", text: "from __future__ import annotations", scope: { languages: ["python"] } },
    ],
    ["`softDeathEnabled = false` — death is REAL", { form: "invariant", name: "softDeathEnabled", value: "false" }],
    ["`dryRun` must stay `true`", { form: "invariant", name: "dryRun", value: "true" }],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toEqual(check);
  });
});

describe("what stays lookup only", () => {
  it.each([
    "Avoid `cast` when a type guard would do",
    "Never use `cache` for patient records",
    "Should we ever call `planTides`?",
    "Prefer small functions",
    "Use `retry()`",
    'Never call `audit("now")`',
    "Nunca llame a `planTides`",
    "不要使用 `planTides`",
    "Do not add options to functions (`opts.x`, `opts.skipX`)",
    "潮汐数据很重要而且必须保密. Never call `planTides`",
    "When you change `api/routes.ts`, update `docs/api.md` only if the port asks",
    "Never mutate `berths` from the view",
    "Do not call `f` with a negative tide",
    "Do not hide a leak with rags, casts, or paint",
    "NEVER use `port.harbour.Crane`, the fully qualified name; import it",
  ])("%s", (text) => {
    expect(checkOf(`- ${text}`)).toBeUndefined();
  });

  it("never compiles what only permits", () => {
    expect(checkOf("- `planTides` may be used in scripts")).toBeUndefined();
  });
});

describe("a condition that nothing can check", () => {
  it.each([
    ["Never call `berth.Close` unless the tide is out", "unless the tide is out"],
    ["Do not use `useEffect` for fetching data", "for fetching data"],
    ["Do not modify `billing.yaml` without approval", "without approval"],
    ["Never use `os.Exit`. Exception: `main` may.", "exception: `main` may"],
    ["Server components: never use `useState`", "server components"],
    ["When writing migrations, never use `dropBerths()`", "when writing migrations"],
    ["Server components must not use `useState`", "server components"],
    ["When the tide is out, never call `planTides`", "when the tide is out"],
    ["Server actions: never call `planTides`", "server actions"],
    ["Use `flag.raise()` to warn a ship, never `horn.blow`", "to warn a ship"],
    ["Use `flag.raise()` for alarms instead of `horn.blow`", "for alarms"],
    ["Store berth keys in the vault, never `localStorage`", "store berth keys in the vault"],
    ["Use named exports for new components", "for new components"],
    ["Never use assertions (`t.NoError`, `t.Equal`) from goroutines", "from goroutines"],

    ["When charts are drawn, import `inks`. Prefer `blue` over `ink_blue`", "when charts are drawn"],
    ["Pilots must use `signal.send()`, not `horn.blow()`", "pilots"],
    ["Do not run `npm audit` in `deploy/`", "in `deploy/`"],
    ["Use `dock`, never `pier`", "the word is meant as in the rule"],
    ["Never call `os.Getwd()` for tide tables - it breaks when run from a pier", "for tide tables"],
    ["Never call `os.Getwd()` in tide tables (to prevent drift), use `pier.Root`", "in tide tables"],
  ])("%s", (text, qualifier) => {
    expect(checkOf(`- ${text}`)).toMatchObject({ qualifier });
  });

  it.each([
    ["Never call `moor()` - as it blocks the quay", { names: ["moor"] }],
    ["No `harbour.Crane`, no second crane. If you miss one, ask", { names: ["harbour.Crane"] }],
    ["No `axios` — `fetch` only", { names: ["axios"], instead: ["fetch"] }],
    ["Never use `fleet.JSON`", { form: "forbidden-name", names: ["fleet.JSON"] }],
    ["Never `import ... from 'moment'`. Prefer `dayjs`", { form: "forbidden-import", names: ["moment"] }],
    ["DO NOT run `berth edit` - it opens an editor", { form: "forbidden-command", commands: ["berth edit"] }],
    ["Do not call `pytest` or `npm`", { form: "forbidden-command", commands: ["pytest", "npm"] }],
    ["No TODOs, change-history comments, or restatements of code", { constructs: ["todo-comment"] }],
    ["Ensure pnpm is used (not npm/yarn)", { form: "forbidden-command", instead: ["pnpm"] }],
    ["Rules that `lint` cannot fix: never call `moor()`", { form: "forbidden-call", names: ["moor"] }],
    [
      "Never modify existing migration files",
      { form: "forbidden-edit", paths: ["**/migrations/**"], additionsAllowed: true },
    ],
  ])("is not found in %s", (text, check) => {
    const found = checkOf(`- ${text}`);
    expect(found).toMatchObject(check);
    expect(found).not.toHaveProperty("qualifier");
  });

  it.each([
    'No "AHOY" or "SHIP", they tire the pilots',
    "Never call `moor` until the tide turns",
    "Never call `moor` without a pilot",
    "Never use `Berth` prefix for cranes",
    "Do not call `moor` twice",
    "Do not call `moor` and `anchor` in the same function",
    "A repair in the dock is `mend(...)`, never `fix(...)`",
  ])("leaves nothing to check: %s", (text) => {
    expect(checkOf(`- ${text}`)).toBeUndefined();
  });

  it("gives way to a sentence without one", () => {
    const check = checkOf("- Never call `moor` for barges. Never call `anchor`.");
    expect(check).toMatchObject({ names: ["anchor"] });
    expect(check).not.toHaveProperty("qualifier");
  });
});

describe("context", () => {
  it("takes languages from headings, globs and examples", () => {
    expect(checkOf("## Python", "- Never call `planTides()`")).toMatchObject({ scope: { languages: ["python"] } });
    expect(checkOf("- Never call `planTides()`", "  ```ts", "  planTides();", "  ```")).toMatchObject({ scope: WEB });
    const file = { path: ".claude/rules/go.md", text: "- Never call `PlanTides()`" };
    expect(extractRules(file, { globs: ["**/*.go"] })[0]?.enforcement).toMatchObject({ scope: { languages: ["go"] } });
    expect(checkOf("## Testing", "- Never call `planTides()`")).toMatchObject({ scope: { tests: true } });
  });

  it("says that a compiled rule is enforced", () => {
    expect(rules("- No default exports").map(({ status }) => status)).toEqual(["enforced"]);
    expect(rules("- Keep it simple").map(({ status }) => status)).toEqual(["lookup"]);
  });
});

describe("bad input", () => {
  it("takes hostile names and sentences without a hitch", () => {
    for (const word of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      expect(() => checkOf(`- Never use ${word} in ${word}: ${word}`, `- ${word}: use \`${word}\``)).not.toThrow();
    }
    for (const hostile of ["never use `a`, ", "a. ", "— because ", "(", "a/", "`x` and "]) {
      expect(() => checkOf(`- Never use \`x\` ${hostile.repeat(10_000)}`)).not.toThrow();
    }
    expect(() => checkOf(`- Never use \`${'("'.repeat(10_000)}\``)).not.toThrow();
  });
});

describe("what a careful reader would not take for everywhere", () => {
  it.each(["Push with `git push -u origin <branch>` - never bare `git push`", 'Say "Pontoon" (not "float")'])(
    "%s",
    (text) => {
      expect(checkOf(`- ${text}`)).toBeUndefined();
    },
  );

  it("takes a method without receiver only under a general title", () => {
    const rule = "- Use `.patch()` instead of `.replace()`";
    expect(checkOf("## Style", rule)).toMatchObject({ form: "forbidden-call", names: [".replace"] });
    expect(checkOf("## Response bodies", rule)).toMatchObject({ qualifier: "under “Response bodies”" });
  });
});

describe("more ways to say it", () => {
  it.each([
    ["Always use `uv` instead of `pip` for dependency management", { commands: ["pip"], instead: ["uv"] }],
    ["Do not use `tsc --noEmit` or single lint commands separately", { commands: ["tsc --noEmit"] }],
    ["Outside of test code, never use `os.Getenv()`", { names: ["os.Getenv"], scope: { tests: false } }],
    [
      "Use `harbour_log()` from `harbour.log` instead of raw `logging.getLogger()`",
      { names: ["logging.getLogger"], instead: ["harbour_log"] },
    ],
    ["No log statements (`console.log`, `debugger`)", { names: ["console.log", "debugger"] }],
    ["Do not hand-edit build artifacts: `quay/dist/*`", { form: "forbidden-edit", paths: ["quay/dist/*"] }],
    [
      "Never change `api/berths.proto` without also updating `docs/berths.md`",
      { form: "must-accompany", when: { paths: ["api/berths.proto"] }, also: [{ paths: ["docs/berths.md"] }] },
    ],
    ["`@Nullable` in tests: do not add it to test code", { texts: ["@Nullable"], scope: { tests: true } }],
  ])("%s", (text, check) => {
    expect(checkOf(`- ${text}`)).toMatchObject(check);
  });

  it.each([
    ["## Adding a berth", "Update `docs/berths.md`", "adding a berth"],
    ["### When changing the tide API", "Document it in `docs/berths.md`", "changing the tide api"],
    ["## Adding a berth", "Register the berth in `docs/berths.md`", "adding a berth"],
  ])("takes what a heading says is done for the condition of its steps: %s, %s", (title, step, qualifier) => {
    expect(checkOf(`${title}\n\n1. ${step}.\n`)).toEqual({
      form: "must-accompany",
      when: { of: "code" },
      also: [{ paths: ["docs/berths.md"] }],
      qualifier,
    });
  });

  it.each([
    ["## Berths", "Update `docs/berths.md`"],
    ["## Adding a berth", "Update `docs/berths.md` if needed"],
    ["## Adding a berth", "Update `docs/berths/<name>.md`"],
    ["## Adding a berth", "Create `src/tides.ts`"],
  ])("demands nothing of a step that may be left out, or makes a file: %s, %s", (title, step) => {
    expect(checkOf(`${title}\n\n1. ${step}.\n`)).toBeUndefined();
  });

  it("reads the steps under a heading that adds something", () => {
    const lines = [
      "## Adding a new crane (`cranes/<name>/`)",
      "1. Create `cranes/<name>/GUIDE.md`",
      "2. Update `docs/cranes.md`",
    ];
    const when = { paths: ["cranes/*/**"], added: true };
    expect(rules(...lines).map(({ enforcement }) => enforcement)).toEqual([
      { form: "must-accompany", when, also: [{ paths: ["cranes/*/GUIDE.md"] }] },
      { form: "must-accompany", when, also: [{ paths: ["docs/cranes.md"] }] },
    ]);
  });

  it("makes a rule of what a later sentence demands besides", () => {
    const read = rules("- Never call `moorTwice`. The `oldBerth` path is dead code. Never call `moorTwice`.");
    expect(read.map(({ text, enforcement }) => [text.slice(0, 12), enforcement])).toEqual([
      ["Never call `", { form: "forbidden-call", names: ["moorTwice"] }],
      ["The `oldBert", { form: "forbidden-name", names: ["oldBerth"] }],
      ["Never call `", null],
    ]);
  });
});
