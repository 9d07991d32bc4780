import type { DetectorFinding, DetectorInfo } from "../detectors/detector";
import type { LedgerProblem } from "../ledger/problems";

export const misattributedSignOff: DetectorInfo = {
  id: "misattributed-sign-off",
  title: "Sign-off in somebody else's name",
  defaultSeverity: "error",
  docs: {
    whatItDoes:
      "`fathom check --base` compares every line that a change adds to the ledger with the commit that adds it: the person it names must be the author of that commit, and of a line that is not committed yet, the person git says you are. It also reports who judges their own explanation, and who judges one that is not in the ledger.",
    whyIsThisBad:
      "A sign-off says that a person can explain the code. One that a colleague or an agent has written in their name says nothing, and looks as if it did.",
    example: `{"v":1,"kind":"waived","who":"Mia Lund <mia@harbour.example>", ...}   # committed by ci-bot@harbour.example`,
    exampleLanguage: "json",
    instead: `{"v":1,"kind":"waived","who":"Mia Lund <mia@harbour.example>", ...}   # committed by mia@harbour.example`,
    knownMisses: [
      "Git believes whoever says they are somebody. Where that matters, have the forge demand signed commits.",
      "Lines whose commit a shallow clone does not have: a notice says how many.",
      "A forge that hides addresses (`...@users.noreply.github.com`): there the name must do.",
      "Co-authors of a commit, and an address book (`.mailmap`), which the same change could write.",
    ],
  },
};

export function toLedgerFinding({ path, line, message }: LedgerProblem): DetectorFinding {
  const place = { line: line - 1, character: 0 };
  return { path, range: { start: place, end: place }, symbol: "", message, steps: [], rank: 0 };
}
