import type { Check, CodeScope, Naming } from "../../check";
import { type CheckForm, checkForms } from "../form";
import { isGeneralTopic } from "../lead";
import { folderOfRole } from "../place";
import { scopeOfTail } from "../tail";
import type { Sentence, Token } from "../tokens";
import { canHave, filesShown, type NamedStyle, stylesIn } from "./styles";
import { type NamedSubject, subjectOfWords } from "./subjects";

/**
 * "Functions: camelCase, classes: PascalCase", "kebab-case for files": a style beside what has it, in either order. A
 * check takes the first pair that can be told in code.
 */
export const namingStatementForms: readonly CheckForm[] = checkForms(["<*tail>"], ({ rest }, following) =>
  styledNames(rest.tail ?? [], following),
);

/** A row of a table: what is named, and how. */
export function styledNames(sentence: Sentence, following: readonly Sentence[] = []): Check | undefined {
  const styles = stylesIn(sentence);
  const [first] = styles;
  if (first === undefined || styles.length > MAX_STYLES || sentence.some(restricts)) return undefined;
  if (sentence.slice(0, first.start).some(negates) || scopeOfTail([], following) === undefined) return undefined;
  for (const clauses of [clausesAfter(sentence, styles), clausesBefore(sentence, styles)]) {
    const checks = clauses.flatMap((clause) => checkOf(clause, following) ?? []);
    // Of components the language itself says how they are called.
    const found = checks.find(({ subject }) => subject.kind !== "component") ?? checks[0];
    if (found) return found;
  }
  return undefined;
}

const MAX_STYLES = 8;

function restricts({ kind, text }: Token): boolean {
  return kind === "word" && /^(?:unless|except|when|if|only|without|where|but|whenever|depending)$/.test(text);
}

function negates({ kind, text }: Token): boolean {
  return kind === "word" && /^(?:not|no|never|avoid|instead)$/.test(text);
}

/** A style, what it is said of, and what else is said there. */
interface Clause {
  said: NamedStyle;
  subject: Sentence;
  rest: Sentence;
}

const BEFORE_SUBJECT = /^(?:for|on|all|the|every|to|naming|names?|:|→|—|\()$/;

/** "PascalCase for classes, camelCase for functions" */
function clausesAfter(sentence: Sentence, styles: readonly NamedStyle[]): Clause[] {
  // What stands before the first style must not be what it is said of.
  if (!isOpening(sentence.slice(0, styles[0]?.start))) return [];
  return styles.flatMap((said, i) => {
    if (sentence.slice(styles[i - 1]?.end ?? 0, said.start).some(negates)) return [];
    const after = sentence.slice(said.end, styles[i + 1]?.start ?? sentence.length);
    const from = after.findIndex(({ text }) => !BEFORE_SUBJECT.test(text));
    if (from < 0) return [];
    const words = after.slice(from);
    const end = endOfSubject(words);
    return [{ said, subject: words.slice(0, end), rest: words.slice(end) }];
  });
}

function isOpening(before: Sentence): boolean {
  return before.every(({ text }) =>
    /^(?:use|uses|using|utilize|employ|adopt|always|follow|must|should|we|please|prefer|a|the|these|file|code|naming|conventions?|style|:|—|\(|consistent)$/.test(
      text,
    ),
  );
}

function endOfSubject(words: Sentence): number {
  const stop = words.findIndex(
    ({ kind, text }) => kind === "code" || (kind === "mark" && text !== "," && text !== "/"),
  );
  let end = stop < 0 ? words.length : stop;
  while (
    end > 0 &&
    /^(?:,|and|or|use|uses|using|utilize|employ|adopt|e\.g|like|such|as|prefer)$/.test(words[end - 1]?.text ?? "")
  )
    end--;
  return end;
}

const AFTER_SUBJECT =
  /^(?:use|uses|using|utilize|employ|adopt|are|is|in|must|should|shall|always|be|follow|follows|named|called|written|with|as|have|has|a|the|to|:|→|—|\(|=|prefer)$/;

/** "Classes: PascalCase, functions are camelCase" */
function clausesBefore(sentence: Sentence, styles: readonly NamedStyle[]): Clause[] {
  return styles.flatMap((said, i) => {
    const before = withoutExamples(sentence.slice(styles[i - 1]?.end ?? 0, said.start));
    if (before.some(negates)) return [];
    let end = before.length;
    while (end > 0 && AFTER_SUBJECT.test(before[end - 1]?.text ?? "")) end--;
    const start = endOfLabel(before.slice(0, end));
    const next = styles[i + 1];
    const after = sentence.slice(said.end, next?.start ?? sentence.length);
    return [{ said, subject: before.slice(start, end), rest: next ? after.slice(0, endOfClause(after)) : after }];
  });
}

/** "Naming conventions: classes" */
function endOfLabel(words: Sentence): number {
  const colon = words.findLastIndex(({ text }) => text === ":");
  const label = words.slice(0, Math.max(colon, 0)).map(({ text }) => text);
  return colon >= 0 && isGeneralTopic(label.join(" ")) ? colon + 1 : 0;
}

function endOfClause(after: Sentence): number {
  const end = after.findIndex(({ kind, text }) => kind === "mark" && /^[,;—]$/.test(text));
  return end < 0 ? after.length : end;
}

/** What the clause before leaves: "( e.g , `TideTable` ) ,". */
function withoutExamples(before: Sentence): Sentence {
  const from = before.findLastIndex(
    ({ kind, text }, i) => kind === "code" || (kind === "mark" && /^[);.]$/.test(text)) || (text === "," && i === 0),
  );
  const rest = before.slice(from + 1);
  const start = rest.findIndex(({ text }) => !/^(?:,|;|and|or|—)$/.test(text));
  return start < 0 ? [] : rest.slice(start);
}

function checkOf({ said, subject, rest }: Clause, following: readonly Sentence[]): Naming | undefined {
  const named = namedBy(subject, said, rest);
  if (named === undefined || !canHave(named.subject, said.style)) return undefined;
  const prefix = prefixIn(rest);
  const tail = prefix !== undefined || isExample(rest) ? {} : scopeOfTail(afterExample(rest), following);
  if (tail === undefined) return undefined;
  const scope: CodeScope = { ...said.scope, ...named.scope, ...tail.scope };
  return {
    form: "naming",
    subject: named.subject,
    style: said.style,
    ...(prefix && { prefix }),
    ...(Object.keys(scope).length > 0 && { scope }),
  };
}

function namedBy(words: Sentence, said: NamedStyle, rest: Sentence): NamedSubject | undefined {
  if (words.length === 0 || words.some(({ kind }) => kind === "code")) return undefined;
  const text = words.map((word) => word.text).join(" ");
  const [pattern] = said.scope?.paths ?? [];
  const role = /^(?:react |vue |ui )?([a-z]+?)s?(?: files?| file ?names?)?$/.exec(text)?.[1];
  const folder = role && folderOfRole(`${role}s`);
  const areFiles = /\bfile ?(?:names?|s)?$/.test(text);
  const shown = pattern ?? (areFiles ? filesOf(role ?? "") : filesShown(rest)?.[0]);
  if (folder && shown) return { subject: { kind: "file" }, scope: { paths: [`**/${folder}/${shown}`] } };
  // "Type tests: `kebab-case.test-d.ts`": the ending says which files.
  if (pattern && /\.[\w-]+\.\w+$/.test(pattern)) return { subject: { kind: "file" }, scope: { paths: [pattern] } };
  const named = subjectOfWords(text);
  return named && (pattern === undefined || named.subject.kind.endsWith("file")) ? named : undefined;
}

function filesOf(role: string): string {
  return role === "component" ? "**/*.{tsx,jsx}" : "**";
}

/** "with `use` prefix", "prefixed with `use`" */
function prefixIn(rest: Sentence): string | undefined {
  const codes = rest.filter(({ kind }) => kind === "code");
  const words = rest.filter(({ kind }) => kind === "word").map(({ text }) => text);
  const speaks = words.some((word) => /^(?:prefix|prefixed|starting|start|starts|beginning|begin)$/.test(word));
  const isAll = words.every((word) =>
    /^(?:with|and|prefix|prefixed|starting|start|starts|beginning|begin|by|the|a|e\.g|like)$/.test(word),
  );
  const [, prefix] = /^([a-z]+)\*?$/.exec(codes[0]?.text ?? "") ?? [];
  return speaks && isAll ? prefix : undefined;
}

function isExample(rest: Sentence): boolean {
  return rest.every(
    ({ kind, text }) =>
      kind !== "word" || /^(?:e\.g|i\.e|like|such|as|for|example|examples|not|and|or|etc)$/.test(text),
  );
}

/** "( `TideTable` ) in `src/`": what says more stands after it. */
function afterExample(rest: Sentence): Sentence {
  const close = rest[0]?.text === "(" ? rest.findIndex(({ text }) => text === ")") : -1;
  return close > 0 && isExample(rest.slice(0, close)) ? rest.slice(close + 1) : rest;
}
