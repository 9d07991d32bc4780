import { describe, expect, it } from "vitest";
import { type Check, qualifierOf } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): Check[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

function checkOf(sentence: string): Check | undefined {
  return checksOf(`- ${sentence}`)[0];
}

describe("purposes that every use has", () => {
  it.each<[string, Partial<Record<string, unknown>>]>([
    ["Avoid `toContain` for validation. Prefer `toEqual`.", { names: ["toContain"] }],
    ["Structured logs; avoid raw `fmt.Println` for production logs", { scope: { languages: ["go"], tests: false } }],
    ["Use `registerMooring()` for cleanup, NOT `afterEach()`", { names: ["afterEach"] }],
    ["Never read environment variables directly with `os.getenv()`", { names: ["os.getenv"] }],
    ["Avoid `moorPlain()` unless absolutely necessary", { names: ["moorPlain"] }],
    ["No default exports unless unavoidable", { constructs: ["default-export"], unexplained: true }],
    ["Use `unknown` instead of `any` when the type is truly unknown", { constructs: ["any-type"] }],
    ["Prefer absolute imports with `@/` for local modules", { constructs: ["relative-import"] }],
    ["Use `@HighTide` (not the deprecated `@LowTide`) for harbour beans", { texts: ["@LowTide"] }],
    ["Uses Trio (not asyncio) for async I/O", { names: ["asyncio"] }],
    ["You must never use `@Tide`", { texts: ["@Tide"] }],
    ["Use modern ropes instead of `moorPlain()`", { names: ["moorPlain"] }],
    ["Prefer bounded ropes in `quay/ropes/` over raw `moorPlain()` calls", { names: ["moorPlain"] }],
    [
      'For logging, use the Lombok annotation `@Tide(topic = "SEA")` instead of `TideFactory.getLog`',
      { names: ["TideFactory.getLog"], instead: ["@Tide"] },
    ],
    ["`console.log` in package source is an ESLint error", { names: ["console.log"], scope: { added: true } }],
    ["`Math.random()` breaks determinism and every chart that depends on it", { names: ["Math.random"] }],
  ])("%s", (sentence, check) => {
    const found = checkOf(sentence);
    expect(found).toMatchObject(check);
    expect(qualifierOf(found ?? null)).toBeUndefined();
  });

  it.each([
    ["Avoid `Math.random()` for keys", "for keys"],
    ["Avoid `toContain` for long crates", "for long crates"],
    ["Avoid `moorPlain()` unless the quay asks", "unless the quay asks"],
    ["Do not push with `--no-verify` unless absolutely necessary", "unless absolutely necessary"],
    ["Avoid `toTide().split('T')[0]` for seen or told dates", "for seen or told dates"],
    ["No inline styles unless unavoidable", "unless unavoidable"],
    ["Use ropes of hemp with two strands instead of `moorPlain()`", "hemp"],
    ["Use the log instead of print statements for debugging", "for debugging"],
    ["Use parameterized queries instead of `fmt.Sprintf`", "in queries"],
    ["Use prepared statements, not `String.format`", "in queries"],
  ])("%s: a real one stays", (sentence, condition) => {
    expect(qualifierOf(checkOf(sentence) ?? null)).toContain(condition);
  });
});

describe("names in other clothes", () => {
  it.each<[string, Partial<Record<string, unknown>>]>([
    ['Never write `"lost_at_sea"` documents', { form: "forbidden-text", texts: ['"lost_at_sea"'] }],
    ["Never use the literal `'lowTide'`", { form: "forbidden-text", texts: ["'lowTide'"] }],
    ["Do not use UTC `toTide().split('T')[0]` for calendar dates", { texts: ["toTide(…).split('T')[…]"] }],
    ["Never use `harbour.now().toTide()`", { texts: ["harbour.now(…).toTide(…)"] }],
    ["Use `copyOf()` instead of `tide.parse(tide.print(x))`", { texts: ["tide.parse(tide.print(…))"] }],
    ["Use `quay.row()` instead of `quay.pier().ropes('long ...')`", { texts: [".pier(…).ropes('long …')"] }],
    ["Never instantiate `BerthClient` directly", { form: "forbidden-call", names: ["BerthClient"] }],
    ["Never create `BerthStore` instances", { form: "forbidden-call", names: ["BerthStore"] }],
    ["Never catch bare `except:`", { constructs: ["bare-except"] }],
    ["Avoid double casts (`as unknown as T`)", { texts: ["as unknown as"] }],
    ["No `window`, no magic", { names: ["window.*"] }],
    ["Zero side effects: no DOM, `window`, WebGL or clocks.", { names: ["window.*"] }],
    [
      "`no-restricted-imports`: Blocks direct `simple-tide` imports",
      { form: "forbidden-import", names: ["simple-tide"], scope: { added: true } },
    ],
    ["`no-restricted-syntax`: Blocks `new TideClient()` instantiation", { names: ["TideClient"] }],
    ["There's no need to explicitly call `closeTides()`", { names: ["closeTides"] }],
    [
      "Only `console.warn` and `console.error` are allowed",
      { names: ["console.log", "console.info", "console.debug"] },
    ],
    ["Log via `tideLog`, never `console`", { names: ["console.*"] }],
    ["Do not attach `onClick` to `div` or `span`", { texts: ["<div…onClick=", "<span…onClick="] }],
    ["Don't use Lombok's `@Value`", { texts: ["lombok.Value"] }],
  ])("%s", (sentence, check) => {
    const found = checkOf(sentence);
    expect(found).toMatchObject(check);
    expect(qualifierOf(found ?? null)).toBeUndefined();
  });

  it.each([
    'Never write `"low"`',
    "Never forget `LOW TIDE RISES`",
    "The hook blocks `git commit` for review",
    "`pre-moor`: blocks `git commit` without a look",
    "Blocks `moorPlain()` until the tide is high",
    "`moorPlain` breaks old charts",
    "There is no need to use `tide` here",
    "Only `moor` and `tie` are allowed",
    "Do not create new `Berth` components",
  ])("%s: nothing that could be checked", (sentence) => {
    expect(checksOf(`- ${sentence}`)).toEqual([]);
  });
});

describe("one instead of the other", () => {
  it.each<[string, Partial<Record<string, unknown>>]>([
    [
      "Prefer built-in generic types (`list[str]`) over aliases from the `typing` module (`typing.List[str]`)",
      { names: ["typing.List"] },
    ],
    ["Prefer async/await over callbacks and Promise chains", { names: [".then"], inside: { place: "async" } }],
    ["Use `tides` instead of `bun:test`", { names: ["bun:test"] }],
    ["Access settings via `self.tides`, not `os.environ`", { names: ["os.environ"], instead: ["self.tides"] }],
    ["Always import icons from `@/icons` rather than directly from `crate-icons`", { names: ["crate-icons"] }],
    [
      "For example, instead of using JUnit's `equalTides(wanted, given)`, use AssertJ's `seeTide(given).isEqualTo(wanted)`",
      { names: ["equalTides"] },
    ],
  ])("%s", (sentence, check) => {
    const found = checkOf(sentence);
    expect(found).toMatchObject(check);
    expect(qualifierOf(found ?? null)).toBeUndefined();
  });

  it.each([
    "Prefer immutable data (`val`) over mutable (`var`)",
    "Prefer generic ropes (e.g., `onTideUpdate`) over specific ones (e.g., `onLowTideChange`)",
    "Access Docker via `self.pier` not direct Docker API",
  ])("%s: the other half names nothing", (sentence) => {
    expect(checksOf(`- ${sentence}`)).toEqual([]);
  });
});

describe("what each of a kind has, and how it is called", () => {
  const tidal = { form: "required-companion", subject: { kind: "test", async: true }, companion: "decorator" };
  it.each<[string, Partial<Record<string, unknown>>]>([
    ["Use `@pytest.mark.tidal` for async tests.", { ...tidal, name: "@pytest.mark.tidal" }],
    ["Async tests: use `@pytest.mark.tidal`", tidal],
    ["Decorate async test functions with `@pytest.mark.tidal`", tidal],
    ["Annotate tests with `@ChartName`", { subject: { kind: "test" }, companion: "decorator", name: "@ChartName" }],
    ["Name tests `it_should_<behaviour>`.", { subject: { kind: "test" }, prefix: "it_should_" }],
    ["Name test methods `should_X_when_Y`.", { subject: { kind: "test" }, prefix: "should_" }],
    ["Name hooks `useX`.", { subject: { kind: "hook" }, prefix: "use" }],
    ["Test classes end in `Test`", { subject: { kind: "class" }, suffix: "Test", scope: { tests: true } }],
  ])("%s", (sentence, check) => {
    expect(checkOf(sentence)).toMatchObject(check);
  });

  it.each([
    "Use `@pytest.mark.tidal` for tests",
    "Mark tests with `@pytest.mark.skip`",
    "Use `@Tag` for slow tests",
    "All async tests use `pytest-tides`",
  ])("%s: not each of them", (sentence) => {
    expect(checksOf(`- ${sentence}`)).toEqual([]);
  });
});
