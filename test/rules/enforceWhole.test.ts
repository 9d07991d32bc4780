import { describe, expect, it } from "vitest";
import type { CodeCheck } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

/** Lines of violations. */
async function broken(enforcement: CodeCheck, path: string, code: string, text = "A rule"): Promise<number[]> {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 7, endLine: 7 };
  const rule: Rule = { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
  const outcome = new RuleChecker([rule]).check(await modelOf({ [path]: code })).get(rule);
  return (outcome?.violations ?? []).map(({ range }) => range.start.line + 1);
}

describe("a linter told to be silent", () => {
  const noAny: CodeCheck = { form: "forbidden-construct", constructs: ["any-type"] };
  const two = "export const low: any = 1;\n\nexport const high: any = 2;\n";

  it.each([
    "/* oxlint-disable no-explicit-any -- read from outside */",
    "/* eslint-disable @typescript-eslint/no-explicit-any */",
    "// biome-ignore-all lint/suspicious/noExplicitAny: read from outside",
  ])("is so to the end of the file: %s", async (comment) => {
    expect(await broken(noAny, "a.ts", `${comment}\n${two}`)).toEqual([]);
  });

  it("is so until it is told to speak, and on one line where only that is meant", async () => {
    const off = "/* eslint-disable no-explicit-any */";
    expect(await broken(noAny, "a.ts", `${off}\n${two}/* eslint-enable */\n${two}`)).toEqual([6, 8]);
    expect(await broken(noAny, "a.ts", `// eslint-disable-next-line no-explicit-any\n${two}`)).toEqual([4]);
    expect(await broken(noAny, "a.ts", `/* eslint-disable no-console */\n${two}`)).toEqual([2, 4]);
  });
});

it("the header of a loop needs its semicolons", async () => {
  const bare: CodeCheck = { form: "layout", semicolons: "never" };
  const loop = "export function count(n: number) {\n  for (let i = 1; i < n; i++) {\n    note(i)\n  }\n}\n";
  expect(await broken(bare, "a.ts", loop)).toEqual([]);
  expect(await broken(bare, "a.ts", loop.replace("note(i)", "note(i);"))).toEqual([3]);
});

it("what a panic was called with is no error", async () => {
  const wrapped: CodeCheck = { form: "forbidden-construct", constructs: ["unwrapped-error"] };
  const go = `package dock
import "fmt"
func guard() {
	defer func() {
		if err := recover(); err != nil {
			note(fmt.Errorf("%v", err))
		}
	}()
}
func moor(err error) error {
	return fmt.Errorf("moor: %v", err)
}
`;
  expect(await broken(wrapped, "dock.go", go)).toEqual([11]);
});

it("a call stands in a handler of exceptions", async () => {
  const check: CodeCheck = { form: "forbidden-call", names: ["log.error"], inside: { place: "catch" } };
  const python = `from quay import log
def moor():
    log.error("a")
    try:
        log.error("b")
    except ValueError:
        if moor:
            log.error("c")
    finally:
        log.error("d")
`;
  expect(await broken(check, "a.py", python)).toEqual([8]);
});

it("who imports another `Response` means that", async () => {
  const check: CodeCheck = { form: "forbidden-call", names: ["Response"] };
  const text = "Use static methods instead of `new Response()`";
  expect(await broken(check, "a.ts", "export const tide = () => new Response('low');\n", text)).toEqual([1]);
  const other = "import { Response } from './quay';\nexport const tide = () => new Response('low');\n";
  expect(await broken(check, "a.ts", other, text)).toEqual([]);
});
