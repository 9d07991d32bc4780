import { describe, expect, it } from "vitest";
import { languageLinks } from "../../server/src/core/languages/links";
import type { Project } from "../../server/src/core/model/link/languageLinks";
import { fc } from "../support/fastCheck";

const empty: Project = {
  configuration: () => undefined,
  configurations: [],
  hasFile: () => false,
  hasFolder: () => false,
};
const words = ["a", "b.c", "map", "func", "chan", "interface", "struct", "extends", "super", "final", "typeof", "is"];
const marks = [..."()[]{}<>,.|&?:*~@\"'`\\=-…#1 ", "=>", "...", "<-", "Callable[", "Literal[", "tuple[", "readonly "];
const text = fc.array(fc.constantFrom(...words, ...marks), { maxLength: 40 }).map((parts) => parts.join(""));
const repeated = [
  ...words,
  ...marks,
  "[]",
  "a<",
  "a[",
  "map[a]",
  "func(",
  "(a: ",
  "? extends ",
  "{[k in ",
  "X[[",
  "a | ",
];

describe.each(Object.entries(languageLinks))("types in %s", (_, create) => {
  const { parseType } = create(empty);

  it("are read whatever the text", () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(parseType(written).kind).toBeTypeOf("string");
      }),
      { numRuns: 300 },
    );
  });

  it.each(repeated)("are read however often %j is repeated", (part) => {
    expect(parseType(part.repeat(10_000)).kind).toBeTypeOf("string");
    for (const before of ["X[", "Map<"]) expect(parseType(before + part.repeat(10_000)).kind).toBeTypeOf("string");
  });
});
