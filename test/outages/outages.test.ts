import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../server/src/core/model/finding";
import { scannedWorkspace } from "../support/workspaces";

interface Expectation {
  kind: "want" | "want-step";
  detector: string;
  place: string;
  pattern: RegExp;
}

/**
 * Outages that happened elsewhere, as small programs, with every detector on. `want <id> "regexp"` in a comment expects
 * a finding on that line and `want-step <id> "regexp"` a step of its witness. Any other finding fails, and so does a
 * step elsewhere: each line of the story is annotated, but for the line of the finding itself.
 */
describe.each(["go", "python", "typescript", "javascript", "java"])("outages in %s", (language) => {
  it("are found, with their witness", async () => {
    const folder = join(__dirname, language);
    const { findings } = (await scannedWorkspace(folder)).analysis();
    const expected = readdirSync(folder)
      .filter((file) => /\.(?:go|py|ts|js|java)$/.test(file))
      .flatMap((file) => expectationsIn(file, readFileSync(join(folder, file), "utf8")));
    const wanted = expected.filter(({ kind }) => kind === "want");
    expect(findings.map(placeOf).sort()).toEqual(wanted.map(({ place }) => place).sort());
    for (const { place, pattern } of wanted) {
      const finding = findings.find((one) => placeOf(one) === place);
      expect(finding?.message, place).toMatch(pattern);
    }
    for (const detector of new Set(wanted.map((one) => one.detector))) {
      const ofDetector = findings.filter((finding) => finding.detector === detector);
      expectWitness(
        ofDetector,
        expected.filter((one) => one.kind === "want-step" && one.detector === detector),
      );
    }
  });
});

function expectWitness(findings: readonly Finding[], expected: readonly Expectation[]): void {
  const steps = findings.flatMap((finding) =>
    finding.steps.map(({ path, range, message }) => ({
      place: placeOf({ detector: finding.detector, path, range }),
      message,
    })),
  );
  const own = new Set(findings.map(placeOf));
  const places = new Set(steps.map(({ place }) => place).filter((place) => !own.has(place)));
  expect([...places].sort()).toEqual(
    [...new Set(expected.map(({ place }) => place))].filter((place) => !own.has(place)).sort(),
  );
  for (const { place, pattern } of expected) {
    const messages = steps.filter((step) => step.place === place).map(({ message }) => message);
    expect(messages.join("\n"), place).toMatch(pattern);
  }
}

function placeOf({ path, range, detector }: Pick<Finding, "path" | "range" | "detector">): string {
  return `${path}:${range.start.line + 1} ${detector}`;
}

function expectationsIn(file: string, text: string): Expectation[] {
  return text.split("\n").flatMap((line, i) =>
    [...line.matchAll(/\b(want-step|want) ([a-z]+(?:-[a-z]+)+)(?: "((?:[^"\\]|\\.)*)")?/g)].map(
      ([, kind, detector = "", pattern = ""]) => ({
        kind: kind as Expectation["kind"],
        detector,
        place: `${file}:${i + 1} ${detector}`,
        pattern: new RegExp(pattern),
      }),
    ),
  );
}
