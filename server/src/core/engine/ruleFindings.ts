import type { Range } from "../base/text";
import type { DetectorFinding, DetectorInfo } from "../detectors/detector";
import { asksForCommand, qualifierOf } from "../rules/check";
import type { RuleViolation } from "../rules/enforce/outcome";
import type { Rule } from "../rules/rule";
import type { StaleFinding } from "../rules/stale/staleFinding";

export const ruleViolation: DetectorInfo = {
  id: "rule-violation",
  title: "Code that breaks a rule",
  defaultSeverity: "error",
  docs: {
    whatItDoes:
      "Reports code that does what a rule of the team's instruction files (CLAUDE.md, AGENTS.md and their kin) forbids, or lacks what one demands, for rules that say so plainly enough to be checked: forbidden calls, imports, names, constructs and commands, calls under a lock, calls only from certain places or in a certain order, what every function or file must have, names, sizes, invariants. Rules about changes (files that nobody edits, files that change together) are checked by `fathom check --base` and in the editor against the branch's base. A rule in capitals (NEVER, MUST) is an error, another one a warning, a preference is told as info. A rule that holds only under a condition nothing can check is told as info too, and only where code is being changed. What stands already in more than a few places is told once, on the rule; names, commands and texts that stand already are told as info. What was understood is shown by `fathom rules`, in the hover and in the tree of rules; `.fathom/rules.yaml` corrects it or switches it off.",
    whyIsThisBad:
      "Each line of an instruction file is there because somebody did the other thing. People and agents read it once and forget; what nobody checks comes back.",
    example: `// CLAUDE.md: NEVER call \`s.db.*\` while holding \`s.mu\`.
func (s *Harbour) Moor(ship string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.db.Exec("INSERT INTO moorings (ship) VALUES (?)", ship)
	return err
}`,
    exampleLanguage: "go",
    instead: `func (s *Harbour) Moor(ship string) error {
	s.mu.Lock()
	s.moored[ship] = true
	s.mu.Unlock()
	_, err := s.db.Exec("INSERT INTO moorings (ship) VALUES (?)", ship)
	return err
}`,
    knownMisses: [
      "Rules that need judgement, and rules that are worded so that it is not certain what they ask for: these are only shown where they apply.",
      "Rules in other languages than English.",
      "Names that the workspace does not declare and that are used under another name.",
    ],
  },
};

export const staleRule: DetectorInfo = {
  id: "stale-rule",
  title: "Rule that no longer holds",
  defaultSeverity: "warning",
  docs: {
    whatItDoes:
      "Reports, on the instruction file itself, a rule that names a symbol, path, command, script or file that is gone, a glob that matches nothing, an import that fails, two rules that contradict each other, the same rule in two files, and an invariant that the code no longer keeps. Where one name is near, it is offered.",
    whyIsThisBad:
      "An agent follows a rule about something that is gone as well as it can, and people stop believing the rest of the file.",
    example: "- Call `encodeManifest` for every ship. (The function is called `encodeCargo` since March.)",
    exampleLanguage: "markdown",
    instead: "- Call `encodeCargo` for every ship.",
    knownMisses: [
      "Only names that are plainly names of code are judged: in backticks, of more than one word, and not part of an example.",
      "A name that still stands somewhere else in the workspace, in another meaning, and one that is like no other and part of nothing.",
      "Rules that are true of the code and no longer of the world.",
    ],
  },
};

/** The detectors that come with the rules. */
export const ruleDetectors: readonly DetectorInfo[] = [ruleViolation, staleRule];

const ranks = { "must-not": 3, must: 2, prefer: 1, info: 0 };

export function toFinding({ rule, path, range, symbol, message, steps, fixes }: RuleViolation): DetectorFinding {
  const { polarity } = rule;
  const isLoud = /\b(?:NEVER|MUST|ALWAYS|DO NOT|DON'T|CRITICAL|FORBIDDEN)\b/.test(rule.text);
  const isAdvice =
    polarity === "prefer" ||
    polarity === "info" ||
    qualifierOf(rule.enforcement) !== undefined ||
    asksForCommand(rule.enforcement);
  const atMost = isAdvice ? "info" : isLoud ? undefined : "warning";
  return {
    path,
    range,
    symbol,
    message,
    steps: [...steps, { path: rule.source.path, range: linesOf(rule), message: "The rule" }],
    rank: isAdvice ? Math.min(ranks[polarity], ranks.prefer) : ranks[polarity],
    ...(fixes && { fixes }),
    ...(atMost && { atMost }),
  };
}

const maxSteps = 10;

/**
 * Said once, on the rule, of places that are not told one by one; the first of them are its steps.
 *
 * @param matches places the rule governs, those included
 */
export function toldTogether(rule: Rule, matches: number, places: readonly RuleViolation[]): DetectorFinding {
  const count = places.length;
  const many = count < matches ? `${count} of ${matches} places` : count === 1 ? "1 place" : `${count} places`;
  const verb = count === 1 ? "breaks" : "break";
  return {
    path: rule.source.path,
    range: linesOf(rule),
    symbol: "",
    message: `${many} ${verb} this rule. They are told one by one where they are being changed; \`fathom rules\` counts them.`,
    steps: places.slice(0, maxSteps).map(({ path, range, claim }) => ({ path, range, message: claim })),
    rank: 0,
    atMost: "info",
  };
}

function linesOf({ source }: Rule): Range {
  return { start: { line: source.line - 1, character: 0 }, end: { line: source.endLine - 1, character: 0 } };
}

export function toStaleFinding({ kind, path, range, message, steps, fixes }: StaleFinding): DetectorFinding {
  return {
    path,
    range,
    symbol: "",
    message,
    steps,
    rank: 0,
    ...(fixes && { fixes }),
    ...(kind === "duplicate" && { atMost: "info" as const }),
  };
}
