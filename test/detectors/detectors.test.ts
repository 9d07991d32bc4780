import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detectors } from "../../server/src/core/detectors/registry.generated";
import { scannedWorkspace } from "../support/workspaces";

/**
 * Each folder `test/detectors/<id>/<case>/` is a workspace of its own, with its settings in `.vscode/settings.json`.
 * `want "regexp"` in a comment expects a finding on that line, `want-info "regexp"` one of the level `info`,
 * `want-step "regexp"` a step of a witness.
 */
const languages = ["go", "py", "ts", "js", "java"];

interface Expectation {
  place: string;
  kind: "want" | "want-info" | "want-step";
  pattern: RegExp;
}

for (const { id } of detectors) {
  const folder = join(__dirname, id);
  describe(id, () => {
    it("has cases", () => {
      expect(existsSync(folder), `test/detectors/${id} is missing`).toBe(true);
    });
    const cases = existsSync(folder) ? readdirSync(folder) : [];
    it("has, in every language, cases that fire and near-misses", () => {
      const fires = new Set<string>();
      const silent = new Set<string>();
      for (const name of cases) {
        for (const file of sourceFiles(join(folder, name))) {
          const language = file.split(".").at(-1) as string;
          (expectationsIn(join(folder, name), file).length > 0 ? fires : silent).add(language);
        }
      }
      expect([...fires].sort()).toEqual([...languages].sort());
      expect([...silent].sort()).toEqual([...languages].sort());
    });
    it.each(cases)("%s", async (name) => {
      const workspace = await scannedWorkspace(join(folder, name), new Set([id]));
      const wanted = sourceFiles(join(folder, name)).flatMap((file) => expectationsIn(join(folder, name), file));
      const { findings } = workspace.analysis();
      const problems: string[] = [];
      for (const finding of findings) {
        const place = `${finding.path}:${finding.range.start.line + 1}`;
        const expected = wanted.filter((want) => want.kind !== "want-step" && want.place === place);
        const isLevel = (kind: Expectation["kind"]) => kind === "want" || finding.severity === "info";
        if (!expected.some(({ kind, pattern }) => isLevel(kind) && pattern.test(finding.message)))
          problems.push(`unexpected at ${place}: ${finding.severity}: ${finding.message}`);
      }
      for (const { place, kind, pattern } of wanted) {
        const messages =
          kind !== "want-step"
            ? findings
                .filter((finding) => `${finding.path}:${finding.range.start.line + 1}` === place)
                .map(({ message }) => message)
            : findings.flatMap(({ steps }) =>
                steps
                  .filter((step) => `${step.path}:${step.range.start.line + 1}` === place)
                  .map(({ message }) => message),
              );
        if (!messages.some((message) => pattern.test(message)))
          problems.push(`missing at ${place}: ${kind} ${pattern} (there is: ${messages.join(" | ") || "nothing"})`);
      }
      expect(problems).toEqual([]);
    });
  });
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(go|py|ts|js|java)$/.test(file),
  );
}

function expectationsIn(folder: string, file: string): Expectation[] {
  return readFileSync(join(folder, file), "utf8")
    .split("\n")
    .flatMap((line, i) =>
      [...line.matchAll(/(want-step|want-info|want) "((?:[^"\\]|\\.)*)"/g)].map(([, kind, pattern]) => ({
        place: `${file}:${i + 1}`,
        kind: kind as Expectation["kind"],
        pattern: new RegExp(pattern as string),
      })),
    );
}
