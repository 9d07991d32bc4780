import { expect, it } from "vitest";
import type { Finding } from "../../server/src/core/model/finding";
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

/** Milliseconds of CPU. */
async function cost(count: number, shape: Shape): Promise<number> {
  const folder = folderWith(count, shape);
  const before = process.cpuUsage();
  (await scannedWorkspace(folder)).analysis();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Between twice, which it takes, and four times, which pairs of locks would take. */
const limit = 3;

/** How much more twice as many cost; the least of a few tries, since whatever else runs only disturbs it. */
async function costOfDoubling(count: number, shape: Shape): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && least >= limit; attempt++)
    least = Math.min(least, (await cost(2 * count, shape)) / (await cost(count, shape)));
  return least;
}

it.each([
  ["one after the other", lockedInTurn, 2_000],
  ["if they are free", triedInTurn, 2_000],
  // The ways that differ in what is held are compared with each other.
  ["under conditions", lockedUnderConditions, 400],
])(
  "takes twice as long with twice as many locks that are held at once, taken %s",
  async (_, shape, count) => {
    expect(await findingsWith(count, shape)).toEqual([]);
    expect(await costOfDoubling(count, shape)).toBeLessThan(limit);
  },
  120_000,
);
