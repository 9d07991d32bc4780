import { isSamePerson, type Person, personName } from "../model/signOff";
import type { Ledger } from "./signOffs";

/** Who brought a line into the repository, as far as git knows. */
export type Authorship =
  | { kind: "committed"; by: Person; commit: string }
  /** Only in the working tree. */
  | { kind: "uncommitted" }
  /** The clone ends before the commit that added it. */
  | { kind: "unknown" };

/** A line that says something in somebody else's name, or what its author cannot say. `line` is 1-based. */
export interface LedgerProblem {
  path: string;
  line: number;
  message: string;
}

/**
 * What is wrong with lines that a change adds to the ledger.
 *
 * @param authorship of the added lines, by hash
 * @param me whose working tree it is; what is not committed cannot be judged without
 */
export function ledgerProblems(
  ledger: Ledger,
  authorship: ReadonlyMap<string, Authorship>,
  me: Person | undefined,
): LedgerProblem[] {
  const explained = new Map(ledger.lines.filter(({ entry }) => entry.kind === "explained").map((l) => [l.hash, l]));
  return ledger.lines.flatMap((ledgerLine): LedgerProblem[] => {
    const { hash, path, line, entry } = ledgerLine;
    const author = authorship.get(hash);
    if (!author) return [];
    const forged = misattribution(entry.who, author, me);
    const problems = forged === undefined ? [] : [forged];
    if (entry.kind === "peer-accepted" || entry.kind === "peer-asked") {
      const meant = explained.get(entry.entry);
      if (!meant) problems.push("This judges an explanation that is not in the ledger, so it counts for nothing.");
      else if (isSamePerson(meant.entry.who, entry.who)) {
        problems.push(
          `${personName(entry.who)} judges their own explanation; a colleague must. This counts for nothing.`,
        );
      }
    }
    return problems.map((message) => ({ path, line, message }));
  });
}

function misattribution(who: Person, author: Authorship, me: Person | undefined): string | undefined {
  if (author.kind === "unknown") return undefined;
  const by = author.kind === "committed" ? author.by : me;
  if (by === undefined || isOneAddress(who, by)) return undefined;
  const named = `${personName(who)} (${who.email})`;
  const real = `${personName(by)} (${by.email})`;
  return author.kind === "committed"
    ? `This line speaks for ${named}, but ${real} committed it, in ${author.commit.slice(0, 7)}.`
    : `This line speaks for ${named}, but is not committed, and git calls you ${real}.`;
}

/** Forges that merge in somebody's name may hide their address; the name must do then. */
function isOneAddress(a: Person, b: Person): boolean {
  if (a.email.toLowerCase() === b.email.toLowerCase()) return true;
  return a.name.trim() === b.name.trim() && (isHidden(a) || isHidden(b));
}

function isHidden({ email }: Person): boolean {
  return /@(?:users\.)?noreply\.[\w.-]{1,100}$/i.test(email);
}
