import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scannedWorkspace } from "../support/workspaces";

/**
 * Outages that happened elsewhere, as small programs, with every detector on. `want <id> "regexp"` in a comment expects
 * a finding on that line and `want-step <id>` a step of its witness; any other finding fails.
 */
describe.each(["go", "python", "typescript", "java"])("outages in %s", (language) => {
  it("are found, with their witness", async () => {
    const folder = join(__dirname, language);
    const { findings } = (await scannedWorkspace(folder)).analysis();
    const wanted = readdirSync(folder)
      .filter((file) => /\.(?:go|py|ts|java)$/.test(file))
      .flatMap((file) => expectationsIn(file, readFileSync(join(folder, file), "utf8")));
    const lineOf = (range: { start: { line: number } }) => range.start.line + 1;
    const found = findings.map((finding) => `${finding.path}:${lineOf(finding.range)} ${finding.detector}`).sort();
    expect(found).toEqual(wanted.flatMap(({ kind, place }) => (kind === "want" ? [place] : [])).sort());
    const steps = findings.flatMap(({ detector, steps }) =>
      steps.map(({ path, range }) => `${path}:${lineOf(range)} ${detector}`),
    );
    for (const { kind, place, pattern } of wanted) {
      if (kind === "want-step") expect(steps).toContain(place);
      else {
        const finding = findings.find(({ path, range, detector }) => `${path}:${lineOf(range)} ${detector}` === place);
        expect(finding?.message).toMatch(pattern);
        expect(finding?.steps.length, place).toBeGreaterThan(1);
      }
    }
  });
});

function expectationsIn(file: string, text: string): { kind: string; place: string; pattern: RegExp }[] {
  return text.split("\n").flatMap((line, i) =>
    [...line.matchAll(/(want-step|want) ([a-z-]+)(?: "((?:[^"\\]|\\.)*)")?/g)].map(([, kind = "", id, pattern]) => ({
      kind,
      place: `${file}:${i + 1} ${id}`,
      pattern: new RegExp(pattern ?? ""),
    })),
  );
}
