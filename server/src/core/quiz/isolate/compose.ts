import { lineAt, lineStartsOf } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { AbsentName, NotRunnable, Program, RunnableLanguage, SourceLines } from "../program";
import type { FilePart, Gathered, Target } from "./gathering";
import type { FunctionPlace, IsolationLanguage } from "./language";
import { type Replacement, replacement, rewritten } from "./rewritten";

const maxCharacters = 60_000;

/** What is gathered as one text. The function's own file keeps its names; those of others give way. */
export function compose(
  language: IsolationLanguage,
  id: RunnableLanguage,
  gathered: Gathered,
  place: FunctionPlace,
  entry: string,
): Program | NotRunnable {
  const text = new ProgramText();
  const names = new ProgramNames(language, gathered);
  const { lines, aliases } = importsOf(language, gathered, names);
  const { captured } = gathered;
  const capturer = names.free("called");
  const capturing = captured.length > 0 ? language.capturing(capturer, captured, entry) : undefined;
  for (const line of lines) text.addLine(line);
  for (const part of gathered.parts) {
    for (const name of part.provided)
      text.addLine(
        (part.module.provided.get(name) ?? "").replace(/\$(\w+)/g, (_, known: string) => names.of(part, known)),
      );
    for (const alias of aliases.get(part) ?? []) text.addLine(alias);
    const isOwn = part === gathered.parts.at(-1);
    const statements = [...part.statements].sort((a, b) => a.start - b.start);
    // What takes captured variables has to stand where these are.
    const inside = capturing ? statements.filter((statement) => part.lifted.has(statement)) : [];
    for (const statement of [...statements.filter((each) => !inside.includes(each)), ...inside]) {
      if (capturing && statement === inside[0]) text.addLine(capturing.before);
      const lifted = part.lifted.get(statement);
      const taken =
        lifted === undefined
          ? language.taken(statement, gathered.isWanted, gathered.standIn)
          : language.lifted(statement, lifted);
      const { node, end } = taken;
      const start = (inside.includes(statement) ? (capturing?.indent ?? "") : "") + (taken.start ?? "");
      const replaced: Replacement[] = [...taken.replaced];
      if (!isOwn) replaced.push(...names.replacements(part, node, gathered));
      replaced.sort((a, b) => a.start - b.start);
      const inner = isOwn && statement === place.statement ? place.node : undefined;
      text.add(part, node, replaced, start, end, inner);
      if (text.length > maxCharacters) return { reason: "it needs too much of its files" };
    }
    if (capturing && inside.length > 0) text.addLine(capturing.after);
  }
  const standIn = gathered.standIn && { standIn: gathered.standIn.className };
  const missing = gathered.parts.flatMap((part) =>
    [...part.absent].map(([name, reason]): AbsentName => ({ name: names.of(part, name), reason })),
  );
  const absent = missing.length > 0 && { absent: missing };
  const entered = capturing ? { entry: capturer, captured } : { entry };
  return { language: id, source: text.source, ...entered, ...standIn, ...absent, span: text.span, lines: text.lines };
}

/** Text that grows, with where its lines come from. */
class ProgramText {
  source = "";
  span = { start: 0, end: 0 };
  readonly lines: SourceLines[] = [];
  private from = 0;

  get length(): number {
    return this.source.length;
  }

  addLine(line: string): void {
    this.source += `${line}\n`;
    this.from++;
  }

  add(
    { file }: FilePart,
    node: SyntaxNode,
    replaced: readonly Replacement[],
    before: string,
    after: string,
    inner: SyntaxNode | undefined,
  ): void {
    if (inner) {
      const start =
        this.source.length +
        before.length +
        rewritten(node.source, { start: node.start, end: inner.start }, replaced).length;
      this.span = { start, end: start + inner.end - inner.start };
    }
    const text = `${before}${rewritten(node.source, node, replaced)}${after}\n`;
    const ahead = lineStartsOf(before).length - 1;
    const count = lineStartsOf(text).length - 1;
    const line = lineAt(file.lineStarts, node.start);
    this.lines.push({ from: this.from + ahead, count: count - ahead, path: file.path, line });
    this.source += text;
    this.from += count;
  }
}

/** Which name everything has in the program: each what it is called in its file, as long as nothing else is. */
class ProgramNames {
  private readonly names = new Map<FilePart, Map<string, string>>();
  private readonly used: Set<string>;
  private readonly texts: readonly string[];

  constructor(
    private readonly language: IsolationLanguage,
    { parts }: Gathered,
  ) {
    this.used = new Set(parts.flatMap(({ globals }) => [...globals]));
    this.texts = parts.map(({ file }) => file.root.source);
    for (const part of [...parts].reverse()) {
      const names = new Map<string, string>();
      this.names.set(part, names);
      const isOwn = part === parts.at(-1);
      for (const name of namesOf(part)) names.set(name, isOwn ? name : this.free(name));
      for (const name of names.values()) this.used.add(name);
    }
  }

  of(part: FilePart, name: string): string {
    return this.names.get(part)?.get(name) ?? name;
  }

  /** The names of another file that have to give way. */
  replacements(part: FilePart, node: SyntaxNode, { isWanted }: Gathered): Replacement[] {
    const names = this.names.get(part);
    if (!names || [...names].every(([name, given]) => name === given)) return [];
    const uses = this.language.uses(node, isWanted).names;
    return [...uses].flatMap(([name, places]) => {
      const given = names.get(name);
      if (given === undefined || given === name) return [];
      return places.map((place) => replacement(place, this.language.renamed(place, given)));
    });
  }

  /** A name that is in use nowhere, not even inside functions. */
  free(name: string): string {
    if (!this.used.has(name)) return name;
    for (let i = 2; ; i++) {
      const other = `${name}_${i}`;
      if (!this.used.has(other) && !this.texts.some((text) => text.includes(other))) return other;
    }
  }
}

function namesOf(part: FilePart): Set<string> {
  const names = new Set<string>([...part.provided, ...part.taken.keys(), ...part.absent.keys()]);
  for (const [name, statements] of part.module.statements)
    if (statements.some((statement) => part.statements.has(statement))) names.add(name);
  return names;
}

interface Imports {
  /** Of the language's own modules, before everything else. */
  lines: readonly string[];
  /** Names of a file for what comes from others. */
  aliases: ReadonlyMap<FilePart, readonly string[]>;
}

function importsOf(language: IsolationLanguage, gathered: Gathered, names: ProgramNames): Imports {
  const lines = new Set<string>(gathered.imports);
  const aliases = new Map<FilePart, string[]>();
  const expressionOf = (target: Target, local: string): string => {
    if (target.kind === "name") return `${names.of(target.part, target.name)}${target.members}`;
    if (target.kind === "line") {
      lines.add(target.statement(local));
      return local;
    }
    if (target.kind === "absent") return target.name;
    const missing = new Set([...target.members].flatMap(([name, each]) => (each.kind === "absent" ? [name] : [])));
    const members = new Map([...target.members].map(([name, each]) => [name, expressionOf(each, `${local}_${name}`)]));
    const { expression, line } = language.namespace(members, missing);
    if (line) lines.add(line);
    return expression;
  };
  for (const part of gathered.parts) {
    const own: string[] = [];
    for (const [name, target] of part.taken) {
      const local = names.of(part, name);
      const expression = expressionOf(target, local);
      if (expression !== local) own.push(language.alias(local, expression));
    }
    aliases.set(part, own);
  }
  return { lines: [...lines].sort(), aliases };
}
