import { type Cancellation, neverCancelled } from "../base/cancellation";
import type { ExploredMutant } from "./explore";
import type { Input, Program } from "./program";
import { isSameOutcome, type Sandbox } from "./sandbox";

/**
 * Slips that tests cannot show, since their calls come out the same with and without them, whatever the tests compare.
 *
 * @param mutants that some input tells from the function: others may be no slips at all
 * @param tested what tests call the function with, every call of them; none where nobody tests it
 * @throws CancelledError
 */
export async function unnoticedBy(
  sandbox: Sandbox,
  program: Program,
  mutants: readonly ExploredMutant[],
  tested: readonly Input[],
  cancellation: Cancellation = neverCancelled,
): Promise<ExploredMutant[]> {
  if (tested.length === 0 || mutants.length === 0) return [];
  const programs = [program, ...mutants.map(({ mutant }) => mutant.program)];
  const [own = [], ...others] = await sandbox.run({ programs, inputs: tested }, cancellation);
  // What the sandbox cannot answer, a test may well.
  if (own.some(({ kind }) => kind === "stopped")) return [];
  return mutants.filter((_, i) =>
    others[i]?.every((outcome, at) => own[at] !== undefined && isSameOutcome(outcome, own[at])),
  );
}
