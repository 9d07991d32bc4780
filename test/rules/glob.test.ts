import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { compileGlob, escapeGlob, splitGlobs } from "../../server/src/core/rules/glob";
import { fc } from "../support/fastCheck";

const matches = (glob: string, path: string) => compileGlob(glob)(path);

describe("compileGlob", () => {
  it.each([
    ["*.md", "README.md", true],
    ["*.md", "docs/README.md", false],
    ["**/*.ts", "a.ts", true],
    ["**/*.ts", "a/b/c.ts", true],
    ["src/**/*", "src/a/b", true],
    ["src/**/*.py", "src/foo.py", true],
    ["src/*.py", "src/a/foo.py", false],
    ["src/", "src/a/b.ts", true],
    ["/src/*.ts", "src/a.ts", true],
    ["**", ".github/x.yml", true],
    ["**/*.{ts,tsx}", "a/b.tsx", true],
    ["{src,test}/{a,b{1,2}}.ts", "test/b2.ts", true],
    ["app/(auth)/**", "app/(auth)/page.tsx", true],
    ["a/[bc]d", "a/cd", true],
    ["a/[!bc]d", "a/cd", false],
    ["src/[", "src/[", false],
    ["src/[ab", "src/ab", false],
    ["\\[id\\]/x", "[id]/x", true],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["{a,b", "{a,b", true],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(matches(glob, path)).toBe(expected);
  });

  it("agrees with picomatch on ordinary globs", () => {
    const segment = fc.stringMatching(/^[ab.*?]{1,4}$/).filter((text) => !/^\.+$|\*\*/.test(text));
    const glob = fc.array(fc.oneof(segment, fc.constant("**")), { minLength: 1, maxLength: 4 });
    const path = fc.array(fc.stringMatching(/^[ab.]{1,4}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(glob, path, (globParts, pathParts) => {
        fc.pre(pathParts.every((part) => !/^\.+$/.test(part)));
        // With `/**` at the end picomatch is not of one mind about the directory itself, which is no file anyway.
        fc.pre(globParts.at(-1) !== "**" || globParts.length === 1);
        // Of `*.*` picomatch wants a letter behind the dot; shells do not.
        fc.pre(!globParts.includes("*.*") || pathParts.every((part) => !part.endsWith(".")));
        const expected = picomatch.isMatch(pathParts.join("/"), globParts.join("/"), { dot: true });
        expect(matches(globParts.join("/"), pathParts.join("/"))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  // As regular expressions these take longer than anybody waits.
  it("ends on hostile globs", () => {
    expect(matches(`${"*a".repeat(400)}b`, "a".repeat(4000))).toBe(false);
    expect(matches(`${"**/a/".repeat(150)}b`, "a/".repeat(2000))).toBe(false);
    expect(matches("{a,b}".repeat(190), "a".repeat(190))).toBe(false);
    expect(matches("{".repeat(900), "a")).toBe(false);
  }, 60_000);
});

it("escapeGlob gives the glob of that path alone", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*?{},[\]\\!()]{1,8}$/), (path) => {
      expect(matches(escapeGlob(path), path)).toBe(true);
      expect(matches(escapeGlob(path), `${path}x`)).toBe(false);
    }),
  );
});

it("splitGlobs splits outside braces", () => {
  expect(splitGlobs(" **/*.{ts,tsx} ,src/**,, ")).toEqual(["**/*.{ts,tsx}", "src/**"]);
});
