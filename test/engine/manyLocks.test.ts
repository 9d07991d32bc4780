import { expect, it } from "vitest";
import type { Finding } from "../../server/src/core/model/finding";
import { costRatio } from "../support/cost";
import { scannedWorkspace, temporaryFolder } from "../support/workspaces";

type Shape = (lock: string) => { taken: string; released: string };

const lockedInTurn: Shape = (lock) => ({ taken: `s.${lock}.Lock()`, released: `s.${lock}.Unlock()` });
const triedInTurn: Shape = (lock) => ({
  taken: `if !s.${lock}.TryLock() {\n\t\treturn\n\t}`,
  released: `s.${lock}.Unlock()`,
});
const lockedUnderConditions: Shape = (lock) => ({
  taken: `if s.${lock}Used {\n\t\ts.${lock}.Lock()\n\t}`,
  released: `if s.${lock}Used {\n\t\ts.${lock}.Unlock()\n\t}`,
});

/** A function that takes so many locks before it gives the first one back. */
function folderWith(count: number, shape: Shape): string {
  const locks = Array.from({ length: count }, (_, i) => `mu${i}`);
  const steps = locks.map(shape);
  return temporaryFolder({
    "go.mod": "module example.com/locks\n",
    "locks.go": [
      'package locks\n\nimport "sync"\n',
      `type S struct {\n${locks.map((lock) => `\t${lock} sync.Mutex\n\t${lock}Used bool`).join("\n")}\n}\n`,
      `func (s *S) all() {\n${steps.map(({ taken }) => `\t${taken}`).join("\n")}`,
      `${steps.map(({ released }) => `\t${released}`).join("\n")}\n}\n`,
    ].join("\n"),
  });
}

async function findingsWith(count: number, shape: Shape): Promise<readonly Finding[]> {
  return (await scannedWorkspace(folderWith(count, shape))).analysis().findings;
}

/** Between twice, which it takes, and four times, which pairs of locks would take. */
const limit = 3;

it.each([
  ["one after the other", lockedInTurn, 2_000],
  ["if they are free", triedInTurn, 2_000],
  // The ways that differ in what is held are compared with each other.
  ["under conditions", lockedUnderConditions, 400],
])(
  "takes twice as long with twice as many locks that are held at once, taken %s",
  async (_, shape, count) => {
    expect(await findingsWith(count, shape)).toEqual([]);
    const scanning = (locks: number) => {
      const folder = folderWith(locks, shape);
      return async () => (await scannedWorkspace(folder)).analysis();
    };
    expect(await costRatio(scanning(2 * count), scanning(count), limit)).toBeLessThan(limit);
  },
  120_000,
);
