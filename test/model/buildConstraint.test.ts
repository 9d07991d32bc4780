import { describe, expect, it } from "vitest";
import { canBeBuiltTogether } from "../../server/src/core/model/buildConstraint";

const together = (...constraints: (string | undefined)[]) =>
  canBeBuiltTogether(constraints.map((buildConstraint) => (buildConstraint === undefined ? {} : { buildConstraint })));

describe("canBeBuiltTogether", () => {
  it.each([
    [["linux", "windows"], false],
    [["linux", undefined], true],
    [["linux", "linux && amd64"], true],
    [["amd64", "arm64"], false],
    [["!windows", "windows"], false],
    [["unix", "windows"], false],
    [["unix", "darwin"], true],
    [["android", "linux"], true],
    [["android", "!linux"], false],
    [["linux || darwin", "darwin || windows"], true],
    [["linux || darwin", "!(linux || darwin)"], false],
    [["cgo && linux", "!cgo"], false],
    [["cgo", "sqlite"], true],
    [["enterprise && linux", "!enterprise || windows"], false],
    [["linux || darwin", "darwin || windows", "windows || linux"], false],
    [["ignore", "!ignore"], false],
    // What nobody can read rules nothing out.
    [["((", "linux"], true],
    [["a && b && c && d && e && f && g", "!a"], true],
  ])("%j: %s", (constraints, expected) => {
    expect(together(...constraints)).toBe(expected);
  });
});
