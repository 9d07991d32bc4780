import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { LinkedFunction, WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { scannedWorkspace } from "../support/workspaces";

const folder = join(import.meta.dirname, "fixtures");
/** `// does: network` behind a function: what it waits for, nothing else; `// reached: timer`: how it is reached. */
const expected = /(?:\/\/|#) (does|reached):(.*)$/;
const waitedFor = new Set(["database", "network", "process", "sleep", "wait", "channel", "file"]);

describe.each(readdirSync(folder).filter((name) => name.startsWith("clients") || name.startsWith("Clients")))(
  "the calls of libraries in %s",
  (name) => {
    let model: WorkspaceModel;

    beforeAll(async () => {
      model = (await scannedWorkspace(folder)).analysis().model;
    }, 30_000);

    it("do what is written behind them", () => {
      const told: string[] = [];
      const wanted: string[] = [];
      for (const [i, line] of readFileSync(join(folder, name), "utf8").split("\n").entries()) {
        const [, what, words = ""] = expected.exec(line) ?? [];
        if (what === undefined) continue;
        const fn = functionOnLine(model, name, i);
        const kinds = what === "does" ? waits(fn) : fn?.reachedFrom.map(({ kind }) => kind);
        wanted.push(`${i + 1} ${what} ${words.trim().split(/\s+/).sort().join(" ")}`);
        told.push(`${i + 1} ${what} ${[...new Set(kinds)].sort().join(" ")}`);
      }
      expect(told).toEqual(wanted);
      expect(told.length).toBeGreaterThan(10);
    });
  },
);

function waits(fn: LinkedFunction | undefined): string[] {
  return fn?.effects.effects.map(({ kind }) => kind).filter((kind) => waitedFor.has(kind)) ?? ["?"];
}

function functionOnLine(model: WorkspaceModel, path: string, line: number): LinkedFunction | undefined {
  const file = model.files.get(path);
  const index = file?.functions.findIndex((fn) => {
    const after = file.lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
    return fn.start >= (file.lineStarts[line] ?? 0) && fn.start < after && fn.parent === undefined;
  });
  return [...model.functions.values()].find((linked) => linked.path === path && linked.index === index);
}
