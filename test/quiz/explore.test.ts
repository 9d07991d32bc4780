import { expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { explore } from "../../server/src/core/quiz/explore";
import type { Mutant } from "../../server/src/core/quiz/mutants/mutants";
import type { Program } from "../../server/src/core/quiz/program";
import type { Outcome, RunRequest, Sandbox } from "../../server/src/core/quiz/sandbox";

const berths: Program = {
  language: "python",
  source: "def berths(ships):\n    return ships + 1\n",
  entry: "berths",
  span: { start: 0, end: 41 },
  lines: [],
};
const mutants = Array.from({ length: 40 }, (_, i): Mutant => {
  const change = { start: 36 + (i % 3), end: 37 + (i % 3), text: `${i + 2}`, operator: "constant" as const };
  return { program: { ...berths, source: `${berths.source}# ${i}\n` }, changes: [change] };
});
const inputs = Array.from({ length: 200 }, (_, i) => [`${i}`]);

/** Slips give something else than the function; what a call gives does not take a sandbox here. */
class Pretended implements Sandbox {
  readonly calls: string[] = [];
  constructor(private readonly outcomeOf: (program: Program, input: string) => Outcome) {}

  async run({ programs, inputs }: RunRequest): Promise<Outcome[][]> {
    return programs.map((program) =>
      inputs.map(([input = ""]) => {
        this.calls.push(`${program.source} ${input}`);
        return this.outcomeOf(program, input);
      }),
    );
  }
}

const takes = (lines: number) => (program: Program, input: string) =>
  ({ kind: "returned", text: program === berths ? input : `-${input}`, lines: Array(lines).fill(1) }) as const;
const again = (known: readonly (readonly string[])[]) => known.map(([input]) => [`${input}00`]);

test("what takes long is run less often, and is asked about all the same", async () => {
  const [quick, slow] = [new Pretended(takes(3)), new Pretended(takes(3000))];
  const known = await explore(quick, berths, mutants, inputs, again, new Random(1));
  expect(known.cases.length).toBeGreaterThan(32);
  const { cases, mutants: told } = await explore(slow, berths, mutants, inputs, again, new Random(1));
  expect(cases.length).toBeGreaterThanOrEqual(12);
  expect(told.length).toBeGreaterThanOrEqual(12);
  expect(slow.calls.length).toBeLessThan(quick.calls.length / 4);
  expect(slow.calls.filter((call) => call.startsWith(`${berths.source} `)).length).toBeLessThan(inputs.length);
});

test("no slip is run twice with one input, and none again that did not end", async () => {
  const [endless] = mutants as [Mutant];
  const sandbox = new Pretended((program, input) =>
    program === endless.program && input === "1" ? { kind: "stopped", by: "steps" } : takes(3)(program, input),
  );
  await explore(sandbox, berths, mutants, inputs.slice(0, 20), again, new Random(1));
  const own = sandbox.calls.filter((call) => mutants.some(({ program }) => call.startsWith(`${program.source} `)));
  expect(new Set(own).size).toBe(own.length);
  const of = ({ program }: Mutant) => own.filter((call) => call.startsWith(`${program.source} `)).length;
  expect(of(endless)).toBe(20);
  expect(of(mutants[1] as Mutant)).toBe(40);
});

test("where the order of a set shows, nothing is asked about several texts", async () => {
  const program: Program = { ...berths, source: "def berths(ships):\n    return list(set(ships))\n" };
  const listed = (input: string) => (input.match(/"\w+"/g) ?? []).sort();
  const sandbox: Sandbox = {
    run: async ({ programs, inputs: given, rehashed }) =>
      programs.map(() =>
        given.map(([input = ""]): Outcome => {
          // Of two texts the order is by chance the same.
          const texts = rehashed && listed(input).length > 2 ? listed(input).reverse() : listed(input);
          return { kind: "returned", text: `[${texts.join(", ")}]` };
        }),
      ),
  };
  const given = [["[]"], ['["ada"]'], ['["ada", "ben"]'], ['["ada", "ben", "cleo"]']];
  const { cases } = await explore(sandbox, program, [], given, () => [], new Random(1));
  expect(cases.map(({ input }) => input.join())).toEqual(["[]", '["ada"]']);
});
