import { describe, expect, it } from "vitest";
import { extractRules } from "../../server/src/core/rules/extractRules";
import type { Rule } from "../../server/src/core/rules/rule";
import { costRatio } from "../support/cost";

function extract(...lines: string[]): Rule[] {
  return extractRules({ path: "CLAUDE.md", text: lines.join("\n") }, { globs: [] });
}

function only(...lines: string[]): Rule {
  const rules = extract(...lines);
  expect(rules.map(({ text }) => text)).toHaveLength(1);
  return rules[0] as Rule;
}

const texts = (rules: readonly Rule[]) => rules.map(({ text }) => text);
const linesOf = (rules: readonly Rule[]) => rules.map(({ source }) => [source.line, source.endLine]);

describe("splitting", () => {
  it("gives every bullet, ordered item and nested bullet its own lines", () => {
    const rules = extract(
      "# Repository Guidelines",
      "",
      "- Run the linter",
      "  before you push.",
      "- Keep handlers thin",
      "  - Move queries into `store`",
      "",
      "1. Write a failing test",
      "2. Fix the root cause",
    );
    expect(texts(rules)).toEqual([
      "Run the linter before you push.",
      "Keep handlers thin",
      "Move queries into `store`",
      "Write a failing test",
      "Fix the root cause",
    ]);
    expect(linesOf(rules)).toEqual([
      [3, 4],
      [5, 5],
      [6, 6],
      [8, 8],
      [9, 9],
    ]);
  });

  it("keeps line numbers with CRLF, a byte order mark and front matter", () => {
    const text = "\uFEFF---\r\npaths: src/**\r\n---\r\n\r\nIntro.\r\n\r\n- Never log tokens\r\n- Use UTC\r\n";
    const rules = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
    expect(texts(rules)).toEqual(["Never log tokens", "Use UTC"]);
    expect(linesOf(rules)).toEqual([
      [7, 7],
      [8, 8],
    ]);
  });

  it("joins the parent's lead-in to its nested items, and only its last sentence", () => {
    const rules = extract("- Handlers stay small. They must not:", "  - touch the database", "  - sleep");
    expect(texts(rules)).toEqual(["They must not: touch the database", "They must not: sleep"]);
    expect(rules.map(({ polarity }) => polarity)).toEqual(["must-not", "must-not"]);
  });

  it("joins a lead-in paragraph that is half of the sentence, not one that is a title", () => {
    expect(texts(extract("Never add:", "", "- print statements"))).toEqual(["Never add: print statements"]);
    expect(texts(extract("Code style:", "", "- Tabs, not spaces"))).toEqual(["Tabs, not spaces"]);
  });

  it.each([
    ["without outer bars", "Rule | Why\n--|--\nNever moor late | tides\n"],
    ["of one column", "| Rule |\n| :-: |\n| Never moor late |\n"],
    ["in a quotation", "> | Rule | Why |\n> |---|---|\n> | Never moor late | tides |\n"],
    ["in an item", "- Moorings:\n\n  | Rule | Why |\n  | ---- | --- |\n  | Never moor late | tides |\n"],
  ])("reads a table %s", (_, text) => {
    expect(texts(extract(text)).at(-1)).toMatch(/Rule: Never moor late/);
  });

  it("makes a rule of each table row, with the header's words", () => {
    const rules = extract("| When you change | Also update |", "|---|---|", "| `api/routes.ts` | `docs/api.md` |");
    expect(texts(rules)).toEqual(["When you change: `api/routes.ts`; Also update: `docs/api.md`"]);
    expect(rules[0]).toMatchObject({
      polarity: "must",
      source: { line: 3, endLine: 3 },
      scope: { paths: ["api/routes.ts", "docs/api.md"] },
    });
  });

  it("takes paragraphs that order something or stand under rules, not narration", () => {
    expect(texts(extract("The server holds the galaxy in memory."))).toEqual([]);
    expect(texts(extract("Sessions must expire after an hour."))).toEqual(["Sessions must expire after an hour."]);
    expect(texts(extract("When adding a route, update the client."))).toHaveLength(1);
    expect(texts(extract("## Rules", "", "Tabs everywhere."))).toEqual(["Tabs everywhere."]);
  });

  it("makes a rule of each order in a paragraph, with its own lines, and keeps with it what belongs to it", () => {
    const rules = extract(
      "The quay has two cranes. Never lift with one alone. Use both instead. Log every lift",
      "with its load. This keeps the office informed. If the scale is off, adjust it first.",
      "If it stays off, call the office. See e.g. Dover for an example.",
    );
    expect(rules.map(({ text, polarity, source }) => [text, polarity, source.line, source.endLine])).toEqual([
      ["The quay has two cranes. Never lift with one alone. Use both instead.", "must-not", 1, 1],
      ["Log every lift with its load. This keeps the office informed.", "must", 1, 2],
      [
        "If the scale is off, adjust it first. If it stays off, call the office. See e.g. Dover for an example.",
        "must",
        2,
        3,
      ],
    ]);
  });

  it.each([
    ["Never round tides. Always keep the gauge's digits.", 1],
    ["Do not edit charts by hand. Redraw them with the plotter.", 1],
    ["Never round tides. Never guess depths.", 2],
    ["Log each depth in metres. Only use fathoms for old charts.", 2],
    ["Never use fathoms. Only use metres.", 1],
    ["Use metres. A fathom cannot be told from a foot here.", 1],
    ["Never guess depths. The gauge is always read twice.", 1],
    ["**1. Think of the tide.** Do not run engines. Check each rope.", 2],
  ])("%s: %d rules", (text, count) => {
    expect(extract(text)).toHaveLength(count);
  });

  it("takes the polarity of a paragraph from what follows its numbered title", () => {
    expect(only("**1. Think of the tide.** Do not run engines.").polarity).toBe("must-not");
  });

  it("takes a bold item with items of its own as their title", () => {
    const rules = extract(
      "## Rules",
      "",
      "1. **Plan the voyage**",
      "   - Read the tide table",
      "2. **Log the voyage**",
    );
    expect(texts(rules)).toEqual(["Read the tide table", "Log the voyage"]);
  });

  it("finds orders among descriptions, behind a label or with a word that insists", () => {
    const rules = extract(
      "## Features",
      "- Gauges: Use the ones of the harbour office",
      "- Gauges: Use of sonar",
      "- Pilots keep the charts. Use their harbour plans",
      "- `make survey` - Run the survey (must run before mooring)",
      "- `make chart` - Draw the chart",
    );
    expect(texts(rules)).toEqual([
      "Gauges: Use the ones of the harbour office",
      "Pilots keep the charts. Use their harbour plans",
      "`make survey` - Run the survey (must run before mooring)",
    ]);
  });

  it("tells what to do with a file, or how to name it, from what it is", () => {
    const rules = extract(
      "## Conventions",
      "- `status.md` — update when a berth closes",
      "- `berths.md` — the berths",
      "- Charts: `{Harbour}.svg`",
      "- Charts: `charts/`",
    );
    expect(texts(rules)).toEqual(["`status.md` — update when a berth closes", "Charts: `{Harbour}.svg`"]);
  });

  it("makes a rule of an order whose items only name something, before the rules inside them", () => {
    const rules = extract(
      "Three charts must be redrawn together:",
      "",
      "- `north.svg`",
      "- `south.svg`",
      "",
      "Plan every voyage in writing before you leave:",
      "",
      "1. **The tides**",
      "   - Read the tide table",
      "",
      "The berths:",
      "",
      "- `berths.md`",
    );
    expect(texts(rules)).toEqual([
      "Three charts must be redrawn together:",
      "Plan every voyage in writing before you leave:",
      "Read the tide table",
    ]);
    expect(linesOf(rules)).toEqual([
      [1, 4],
      [6, 6],
      [9, 9],
    ]);
  });

  it("leaves out what a rule applies to, and facts of several sentences", () => {
    const rules = extract(
      "## Rules",
      "",
      "Write charts in English. This applies to:",
      "",
      "- Harbour plans",
      "",
      "## Tides",
      "",
      "- `Hull` stores the tide of the last inspection. Its keel is counted from the deck.",
      "- The pilots keep the charts. Use their harbour plans.",
    );
    expect(texts(rules)).toEqual(["Write charts in English.", "The pilots keep the charts. Use their harbour plans."]);
  });

  it("leaves out steps that are ticked off", () => {
    expect(texts(extract("- [x] Add the quay", "- [ ] Add the crane"))).toEqual(["[ ] Add the crane"]);
  });

  it("leaves out headings, code blocks and comments, and reads text between tags", () => {
    const rules = extract(
      "## Never do this",
      "<!-- - Never commented -->",
      "```md",
      "- Never in code",
      "```",
      "<important>",
      "- Never between tags",
      "</important>",
    );
    expect(texts(rules)).toEqual(["Never between tags"]);
    expect(linesOf(rules)).toEqual([[7, 7]]);
  });

  it("leaves out what only describes a path, a command or a link", () => {
    const rules = extract(
      "## Project structure",
      "- `server/` - Build scripts and tools",
      "- Tests: `npm test`",
      "- React front end",
      "- https://example.com/guide",
      "",
      "| Package | Purpose |",
      "|---|---|",
      "| `core` | Test runner |",
      "",
      "- `generated/` must not be edited",
    );
    expect(texts(rules)).toEqual(["`generated/` must not be edited"]);
  });

  it("leaves out facts that name no code", () => {
    const rules = extract(
      "## History",
      "- Written in 2019",
      "- Postgres",
      "- `Hull` stores the tide of the last inspection",
    );
    expect(texts(rules)).toEqual(["`Hull` stores the tide of the last inspection"]);
  });

  it("reduces emphasis and links to their words", () => {
    expect(only("- **Always** read [the *guide*](docs/guide.md) for `**kwargs`").text).toBe(
      "Always read the guide for `**kwargs`",
    );
  });
});

describe("the demands of one item", () => {
  const polarities = (rules: readonly Rule[]) => rules.map(({ text, polarity }) => [text, polarity]);

  it("have the check of the one that names what is forbidden", () => {
    const text = "- Push with `git push --with-lease`. Use `--with-lease` rather than `--force`.";
    expect(extract(text).map(({ status }) => status)).toEqual(["lookup", "enforced"]);
  });

  it("are a rule each, in their own words and with their own polarity", () => {
    expect(polarities(extract("- Lock the gate at night. Never lend the key."))).toEqual([
      ["Lock the gate at night.", "must"],
      ["Never lend the key.", "must-not"],
    ]);
    expect(polarities(extract("- Pilots use `radio`. Do not wave flags."))).toEqual([
      ["Pilots use `radio`.", "must"],
      ["Do not wave flags.", "must-not"],
    ]);
  });

  it("keep the label they cannot do without", () => {
    expect(texts(extract("- **Ropes**: Check each rope after use. Prefer this over hooks."))).toEqual([
      "Ropes: Check each rope after use.",
      "Ropes: Prefer this over hooks.",
    ]);
  });

  it.each([
    ["its replacement", "Never lend the key. Use the board instead."],
    ["what an aim means", "Keep logs short. Name only the ship."],
    ["its reason", "Check each rope after use. It takes longer than a pilot should allow."],
    ["its exception", "Check each rope after use. Exceptions: never coil chains."],
    ["the way round it", "Open the sluice through `openSluice()`. Do not call `gate.lift` directly."],
    ["what points back", "Check each rope after use. Store it dry."],
    ["what goes on after dots", "Pass values as (`a`, `b`, ...) — never glue them."],
  ])("stay one with %s", (_, text) => {
    expect(extract(`- ${text}`)).toHaveLength(1);
  });

  it("have the check that they say", () => {
    const rules = extract("- Write each new chart twice. Never call `moorTwice()`.");
    expect(rules.map(({ enforcement }) => enforcement?.form)).toEqual([undefined, "forbidden-call"]);
  });
});

describe("what no word orders", () => {
  it.each([
    ["- Charts extend `Chart`", "must"],
    ["New piers go in `piers/`, at the end.", "must"],
    ["- One crane per pier", "must"],
    ["- All repairs via the harbour office", "must"],
    ["## Architecture\n\n- Ships are stored in `fleet`", "info"],
    ["## Key patterns\n\n- Each pier has a `LOG.md` of its own", "info"],
  ])("%s: %s", (text, polarity) => {
    expect(only(...text.split("\n")).polarity).toBe(polarity);
  });

  it.each([
    "The harbour holds many ships.",
    "- It uses ropes",
    "## Important notes\n\n- Hot tar available in winter",
    "## Environment requirements\n\n- Ropes `>=3` (required for mooring)",
    "## Rules\n\n- `moorTwice` - Moors two boats",
    "- Support for old charts",
  ])("no rule: %s", (text) => {
    expect(texts(extract(...text.split("\n")))).toEqual([]);
  });
});

describe("what leads to something else", () => {
  it.each([
    "When you draw charts, follow these rules:",
    "This document captures how we sail. Use it to learn.",
    "Use `make help` to list all targets.",
    "## Rules\n\nFor the whole story, see `docs/harbour.md`.",
    "Build all boats (with their sails and ropes):\n\n```sh\nmake boats\n```",
  ])("is no rule: %s", (text) => {
    expect(texts(extract(...text.split("\n")))).toEqual([]);
  });

  it("is one if it says what to use in code", () => {
    expect(texts(extract("Use the pilot interface:", "", "```go", "pilot.Ask()", "```"))).toHaveLength(1);
  });

  it("is one rule with its cases and questions", () => {
    const cases = extract("Only lift at night when:", "", "- the office must close early", "- a ship waits");
    expect(texts(cases)).toEqual(["Only lift at night when:"]);
    expect(linesOf(cases)).toEqual([[1, 4]]);
    expect(extract("Each report should answer:", "", "- Who moored?", "- Why?")).toHaveLength(1);
  });

  it("has commands for items where it says when to run them", () => {
    expect(texts(extract("Before mooring, run at least:", "", "- Ropes: `make ropes`"))).toEqual([
      "Before mooring, run at least: Ropes: `make ropes`",
    ]);
    expect(texts(extract("Use these commands:", "", "- Ropes: `make ropes`"))).not.toContain("Ropes: `make ropes`");
  });

  it("is the title of a column that allows or pins", () => {
    const rules = extract("| Pier | Can load from |", "|---|---|", "| north | south |");
    expect(rules.map(({ polarity }) => polarity)).toEqual(["must"]);
  });
});

describe("polarity", () => {
  it.each([
    ["NEVER do `s.db.*` calls while holding the lock", "must-not"],
    ["Do not commit secrets", "must-not"],
    ["When removing an import, don't leave a blank line", "must-not"],
    ["No default exports", "must-not"],
    ["Boats: no numbers in names", "must-not"],
    ["For old charts, never import `ink`", "must-not"],
    ["Logs: one line each (never break it)", "must-not"],
    ["No bare ropes: Every rope must be tarred", "must"],
    ["In `quay/`, import stable charts, also those that are deprecated", "must"],
    ["Use hooks (prefer iron)", "must"],
    ["Do what the pilot says, and never less", "must"],
    ["Use ropes where appropriate", "prefer"],
    ["Charts in ink are encouraged", "prefer"],
    ["`check()` is deprecated", "must-not"],
    ["Use `retry()` instead of a timer", "must"],
    ["Use X, never Y", "must"],
    ["Don't forget to run the tests", "must"],
    ["If a hook fails, fix the issues", "must"],
    ["Prefer composition", "prefer"],
    ["Use method references when possible", "prefer"],
    ["Always inline arguments when possible", "must"],
    ["`SaveBerth` may be used by the planner", "info"],
    ["`SaveBerth` returns the berth as it was before", "info"],
    ["Records for requests, never classes", "must"],
    ["`dryRun = true`", "must"],
    ["禁止使用全局状态", "must-not"],
    ["必须先写测试", "must"],
    ["If you don't have the tool, install it", "must"],
    ["Call `must` first", "must"],
    ["The field `must` is set by the harbour office", "info"],
    ["You must not only moor but also log", "must"],
    ["A berth should usually not be shared", "must-not"],
    ["If the sender never sends, `recv` hangs. Always pass a deadline.", "must"],
    ["Gauges never write charts", "must-not"],
    ["Client code NEVER imports server code", "must-not"],
    ["Gauges instead of counters", "must"],
    ["Columns end in `At`, never `Date`", "must"],
    ["If the tide is unclear, stop and ask", "must"],
    ["`print` in the planner is a lint error", "must-not"],
    ["You may moor twice. Don't stay.", "info"],
    ["Long ropes are fine in winter. Don't cut them.", "info"],
    ["Check types: Prefer `isBerth` for mooring", "prefer"],
    ["Apply the tariff of the day", "must"],
    ["Fallback: when you cannot see the buoy (e.g. fog hides it), use the chart", "must"],
    ["If berths changed, update ../docs/berths.md", "must"],
  ])("%s: %s", (text, polarity) => {
    expect(only(`- ${text}`).polarity).toBe(polarity);
  });

  it.each([
    ["## Don'ts", "Use `any`", "must-not"],
    ["## Don'ts", "Global state", "must-not"],
    ["## Don'ts", "Always ask first", "must"],
    ["## Do's and don'ts", "Short functions", "must"],
    ["## Anti-patterns", "Global state", "must-not"],
    ["## Anti-patterns", "Pass state explicitly", "must"],
    ["## Common pitfalls", "✅ Use `tideOf()` for low water", "must"],
    ["## Common pitfalls", "❌ Use `ebb()` for low water", "must-not"],
    ["## Avoid flaky tests", "Use a fake clock", "must"],
    ["## Conventions", "Tabs, not spaces", "must"],
    ["## Rules", "`planTides` may be used in scripts", "info"],
    ["## Rules", "Small repairs may not need a plan", "info"],
    ["## Rules", "No plan needed for small repairs", "info"],
    ["## Rules", "The gauge may not support tides", "must"],
    ["## Preferred libraries", "Use zod for validation", "prefer"],
    ["## Preferred libraries", "zod for validation", "prefer"],
  ])("under %s, %s: %s", (heading, item, polarity) => {
    expect(only(heading, "", `- ${item}`).polarity).toBe(polarity);
  });

  it("takes the force of the nearest heading, and none from the title", () => {
    const rules = extract("# Rules", "- Tabs", "## Don'ts", "### Go", "- panics", "## Notes", "- Old code");
    expect(rules.map(({ text, polarity }) => [text, polarity])).toEqual([["panics", "must-not"]]);
  });
});

describe("reasons", () => {
  it.each([
    ["Never sleep in handlers because the pool is small.", "the pool is small"],
    ["Copy the map, since encoding it races with writers. Always.", "encoding it races with writers"],
    ["Call `close()`; otherwise the gate stays open", "otherwise the gate stays open"],
    [
      "NEVER hold the lock - this causes outages when the database is slow.",
      "this causes outages when the database is slow",
    ],
    ["Do not round levels (the gauges were surveyed by hand)", "the gauges were surveyed by hand"],
    ["Do not round levels — two harbours lost a day to it", "two harbours lost a day to it"],
    ["Use `dayjs` (not `moment`)", undefined],
    ["Use `dayjs` — never add a second library", undefined],
    ["Supported since 2019, keep it", undefined],
    ["Use flags (e.g. the harbour flags of the office)", undefined],
  ])("%s", (text, reason) => {
    expect(only("## Rules", `- ${text}`).reason).toBe(reason);
  });
});

describe("names", () => {
  const scopeOf = (text: string) => only("## Rules", `- ${text}`).scope;

  it.each([
    ["`s.db.*` and `s.mu.Lock()`", ["s.db.*", "s.mu.Lock"]],
    ["`json.Marshal(v)` of `*http.Request`", ["json.Marshal", "http.Request"]],
    ["`softDeathEnabled = false`", ["softDeathEnabled"]],
    ["`defer mu.Unlock()`, `await fetchUser(id)`", ["mu.Unlock", "fetchUser"]],
    ["`s.Require().NoError(err)`", ["s.Require.NoError"]],
    ["`std::mem::take`, `.unwrap()`, `panic!`", ["std::mem::take", ".unwrap", "panic!"]],
    ["`mount_sse*` and `#[salsa::tracked]`", ["mount_sse*", "salsa::tracked"]],
    ['`true`, `nil`, `error`, `--flag`, `"text"`, `42`, `.proto`, `x`', []],
    ["`core module`, `codex-core`, the `Get` prefix", []],
    ["plain json.Marshal and AddModule", []],
  ])("symbols of %s", (text, symbols) => {
    expect(scopeOf(`Mind ${text}`).symbols).toEqual(symbols);
  });

  it.each([
    ["`server/db/store.go:42` and docs/api.md", ["docs/api.md", "server/db/store.go"]],
    [
      "`generated/`, `src/**/*.py`, `*.snap`, `Makefile`, `.env`",
      ["generated/", "src/**/*.py", "*.snap", "Makefile", ".env"],
    ],
    ["cmd/galaxygen/ again", ["cmd/galaxygen/"]],
    ["`app/[id]/page.tsx` and `packages/core`", ["app/[id]/page.tsx", "packages/core"]],
    ["if/else, origin/main, `origin/main`, `math/rand`, `true/false`", []],
    ["`https://a.dev/x.md`, `text/plain`, `application/json`, `@scope/name`, `github.com/a/b`", []],
    ["`/api/v1/users`, `path/to/file.py`, `<dir>/x.ts`, `.proto`, `Next.js`, `res.json`", []],
  ])("paths of %s", (text, paths) => {
    expect(scopeOf(`Mind ${text}`).paths.toSorted()).toEqual(paths.toSorted());
  });

  it("tells commands from code", () => {
    const { commands, symbols } = scopeOf("Run `npm run build`, `CI=1 go test ./...`, `make`, not `go s.run(ctx)`");
    expect(commands).toEqual(["npm run build", "CI=1 go test ./...", "make"]);
    expect(symbols).toEqual(["s.run"]);
  });
});

describe("bad input", () => {
  it("takes empty and broken files", () => {
    expect(extract("")).toEqual([]);
    expect(extract("\uFEFF")).toEqual([]);
    expect(extract("---", "paths: [")).toEqual([]);
    expect(texts(extract("- Use tabs", "```go", "- Never closed", "- Never here"))).toEqual(["Use tabs"]);
    expect(texts(extract("---", "- Use tabs", "---"))).toEqual(["Use tabs"]);
  });

  it("does not overflow on deep nesting", () => {
    const nested = Array.from({ length: 2000 }, (_, i) => `${"  ".repeat(i)}- Use tabs`);
    expect(extract(...nested).length).toBeGreaterThan(0);
    expect(extract(`${"- ".repeat(20_000)}x`, `${"> ".repeat(20_000)}x`)).toEqual([]);
    expect(extract("*a ".repeat(20_000) + "a* ".repeat(20_000), "[a](".repeat(20_000))).toEqual([]);
  }, 60_000);

  it("takes time in proportion to the number of bullets", async () => {
    const bullets = (count: number) =>
      "- Never call `s.db.Exec()` while holding `s.mu.Lock()`, see docs/locks.md\n".repeat(count);
    const extracting = (count: number) => () =>
      expect(extractRules({ path: "CLAUDE.md", text: bullets(count) }, { globs: [] })).toHaveLength(count);
    extracting(200)();
    // Ten times the bullets; a hundred times the time would be quadratic.
    expect(await costRatio(extracting(2000), extracting(200), 40)).toBeLessThan(40);
  }, 60_000);
});

describe("an order that its items only elaborate", () => {
  it("is one rule", () => {
    const text = "1. Write the tide table with:\n   - Columns\n   - Units of `depth`\n- Never:\n  - Guess\n";
    const found = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
    expect(found.map(({ source, text: read }) => [source.line, source.endLine, read])).toEqual([
      [1, 3, "Write the tide table with:"],
      [5, 5, "Never: Guess"],
    ]);
  });

  it("keeps what shows a rule, and why, out", () => {
    const text =
      "- Log through `tideLog`\n  - Bad: `print(x)`\n  - Good: `tideLog(x)`\n\nWhy:\n\n- `tideLog` must be seen as the only sink\n";
    expect(extractRules({ path: "CLAUDE.md", text }, { globs: [] })).toHaveLength(1);
  });

  it.each([
    ["Berth safety: never moor twice", "must-not"],
    ["Avoid listeners, if possible", "prefer"],
    ["Comments only for tides. Don't narrate.", "must"],
    ["`quay.jsonc` (not `.toml`)", "must"],
  ])("%s: %s", (text, polarity) => {
    expect(extractRules({ path: "CLAUDE.md", text: `- ${text}` }, { globs: [] })[0]?.polarity).toBe(polarity);
  });
});

describe("lines with a hard break", () => {
  it("are a rule each where a sign begins them, in the line they stand in", () => {
    const text =
      "❌ **Don't** call `ebb()` - use `fall` instead  \n❌ **Don't** forget `moor()` before reading `tideTable`  \n";
    const found = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
    expect(found.map(({ source, enforcement }) => [source.line, enforcement?.form])).toEqual([
      [1, "forbidden-call"],
      [2, "call-order"],
    ]);
  });

  it("are one rule where none does", () => {
    const text = "Never call `ebb()`  \nin the harbour\n";
    expect(extractRules({ path: "CLAUDE.md", text }, { globs: [] })).toHaveLength(1);
  });
});
