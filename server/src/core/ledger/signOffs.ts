import { groupBy } from "../base/groupBy";
import type { Turns } from "../base/turns";
import { functionKeys } from "../model/functionHistory";
import type { FunctionId } from "../model/link/links";
import { isSamePerson, type Person, type SignOff } from "../model/signOff";
import type { ExplainedEntry, LedgerEntry, PeerAcceptedEntry, PeerAskedEntry, WaivedEntry } from "./entry";
import type { LedgerLine } from "./ledgerFile";

/** What of a file sign-offs go by. */
export interface SignedFile {
  path: string;
  functions: readonly { symbol: string; shapeHash: string }[];
}

/** All that is said of one function as it was once. */
interface Subject {
  symbol: string;
  shapeHash: string;
  /** Files in whose ledgers it stands. */
  sources: Set<string>;
  explained: LedgerLine<ExplainedEntry>[];
  waived: LedgerLine<WaivedEntry>[];
}

/** A function that some line may mean. */
interface Candidate {
  path: string;
  id: FunctionId;
  symbol: string;
  shapeHash: string;
}

const candidatesBetweenTurns = 256;

export const noSignOffs: ReadonlyMap<FunctionId, SignOff> = new Map();

/** The lines of every ledger of a workspace; the same whatever order they come in and however often. */
export class Ledger {
  /** Each line once, oldest first. */
  readonly lines: readonly LedgerLine[];
  private readonly byIdentity = new Map<string, Subject>();
  private readonly byShape: ReadonlyMap<string, readonly Subject[]>;
  private readonly bySymbol: ReadonlyMap<string, readonly Subject[]>;
  private readonly answers: ReadonlyMap<string, readonly LedgerLine<PeerAcceptedEntry | PeerAskedEntry>[]>;
  private readonly candidates = new WeakMap<SignedFile, readonly Candidate[]>();
  /** What follows from the lines about one function, as it is asked for after every edit. */
  private readonly signed = new Map<Subject, SignOff | undefined>();

  constructor(lines: readonly LedgerLine[]) {
    const sorted = [...lines].sort(byTime);
    this.lines = sorted.filter(({ hash }, i) => hash !== sorted[i - 1]?.hash);
    for (const line of sorted) this.addSource(line);
    for (const line of this.lines) this.addToSubject(line);
    const subjects = [...this.byIdentity.values()];
    this.byShape = groupBy(subjects, ({ shapeHash }) => shapeHash);
    this.bySymbol = groupBy(subjects, ({ symbol }) => symbol);
    this.answers = groupBy(this.lines.filter(isAnswer), ({ entry }) => entry.entry);
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  /** What colleagues have said of an explanation, oldest first. Nobody has a say in their own. */
  answersTo({ entry, hash }: LedgerLine): readonly LedgerLine<PeerAcceptedEntry | PeerAskedEntry>[] {
    return (this.answers.get(hash) ?? []).filter((answer) => !isSamePerson(answer.entry.who, entry.who));
  }

  /** What the ledger says of the functions of some files: linear in both. */
  *signOffs(files: Iterable<SignedFile>): Turns<ReadonlyMap<FunctionId, SignOff>> {
    if (this.byIdentity.size === 0) return noSignOffs;
    const candidates: Candidate[] = [];
    for (const file of files) {
      const inFile = this.candidatesIn(file);
      if (inFile.length === 0) continue;
      candidates.push(...inFile);
      yield;
    }
    const holders = groupBy(candidates, ({ shapeHash }) => shapeHash);
    const signOffs = new Map<FunctionId, SignOff>();
    const others: Candidate[] = [];
    for (const [i, candidate] of candidates.entries()) {
      if (i % candidatesBetweenTurns === 0) yield;
      const signOff = this.signedAs(this.meant(candidate, holders));
      if (signOff) signOffs.set(candidate.id, signOff);
      else others.push(candidate);
    }
    yield;
    const shapesIn = new Set(candidates.map(({ path, shapeHash }) => `${path}\0${shapeHash}`));
    const called = groupBy(candidates, ({ symbol }) => symbol);
    for (const candidate of others) {
      const past = this.pastOf(candidate, shapesIn, holders, called);
      const last = past
        .flatMap(({ explained }) => explained)
        .sort(byTime)
        .at(-1);
      if (last) signOffs.set(candidate.id, told(last, "stale", past));
    }
    return signOffs;
  }

  private candidatesIn(file: SignedFile): readonly Candidate[] {
    let known = this.candidates.get(file);
    if (!known) {
      const { path, functions } = file;
      const isMeant = functions.map(
        ({ symbol, shapeHash }) => this.byShape.has(shapeHash) || this.bySymbol.has(symbol),
      );
      const keys = isMeant.includes(true) ? functionKeys(functions.map(({ symbol }) => symbol)) : [];
      known = functions.flatMap(({ symbol, shapeHash }, i) =>
        isMeant[i] ? [{ path, id: `${path}#${keys[i]}`, symbol, shapeHash }] : [],
      );
      this.candidates.set(file, known);
    }
    return known;
  }

  /** Lines about the function as it is: under its name, or under another one where nothing else has its shape. */
  private meant(
    { symbol, shapeHash }: Candidate,
    holders: ReadonlyMap<string, readonly Candidate[]>,
  ): readonly Subject[] {
    const same = this.byIdentity.get(identityOf(symbol, shapeHash));
    if (same) return [same];
    return holders.get(shapeHash)?.length === 1 ? (this.byShape.get(shapeHash) ?? []) : [];
  }

  /** Lines about the function as it was: in the ledger of its file; else, where it is the only one of its name, anywhere. */
  private pastOf(
    { path, symbol }: Candidate,
    shapesIn: ReadonlySet<string>,
    holders: ReadonlyMap<string, readonly Candidate[]>,
    called: ReadonlyMap<string, readonly Candidate[]>,
  ): readonly Subject[] {
    const subjects = this.bySymbol.get(symbol) ?? [];
    const here = subjects.filter(({ sources }) => sources.has(path));
    if (here.length > 0) return here.filter(({ shapeHash }) => !shapesIn.has(`${path}\0${shapeHash}`));
    return called.get(symbol)?.length === 1 ? subjects.filter(({ shapeHash }) => !holders.has(shapeHash)) : [];
  }

  private signedAs(subjects: readonly Subject[]): SignOff | undefined {
    const [subject] = subjects;
    if (!subject || subjects.length > 1) return subject && this.follows(subjects);
    if (!this.signed.has(subject)) this.signed.set(subject, this.follows(subjects));
    return this.signed.get(subject);
  }

  private follows(subjects: readonly Subject[]): SignOff | undefined {
    const explained = subjects.flatMap((subject) => subject.explained).sort(byTime);
    const accepted = explained.findLast((line) => this.acceptanceOf(line) !== undefined);
    if (accepted) {
      const acceptedBy = this.acceptanceOf(accepted)?.entry.who as Person;
      return { ...told(accepted, "peer-accepted", subjects), acceptedBy };
    }
    const unaided = explained.findLast(({ entry }) => entry.peeks === 0);
    const last = unaided ?? explained.at(-1);
    if (last) {
      const question = this.answersTo(last).findLast(({ entry }) => entry.kind === "peer-asked")?.entry;
      const asked = question?.kind === "peer-asked" ? { by: question.who, text: question.text } : undefined;
      const state = unaided ? "explained" : "explained-with-looks";
      return { ...told(last, state, subjects), ...(asked && { asked }) };
    }
    const waived = subjects
      .flatMap((subject) => subject.waived)
      .sort(byTime)
      .at(-1);
    return waived && told(waived, "waived", subjects);
  }

  private acceptanceOf(line: LedgerLine): LedgerLine | undefined {
    return this.answersTo(line).findLast(({ entry }) => entry.kind === "peer-accepted");
  }

  private addSource({ entry, source }: LedgerLine): void {
    if (entry.kind !== "explained" && entry.kind !== "waived") return;
    const identity = identityOf(entry.symbol, entry.shapeHash);
    const known = this.byIdentity.get(identity);
    if (known) known.sources.add(source);
    else {
      const { symbol, shapeHash } = entry;
      this.byIdentity.set(identity, { symbol, shapeHash, sources: new Set([source]), explained: [], waived: [] });
    }
  }

  private addToSubject(line: LedgerLine): void {
    const { entry } = line;
    if (entry.kind !== "explained" && entry.kind !== "waived") return;
    const subject = this.byIdentity.get(identityOf(entry.symbol, entry.shapeHash)) as Subject;
    if (entry.kind === "explained") subject.explained.push({ ...line, entry });
    else subject.waived.push({ ...line, entry });
  }
}

/** @param subjects all that is said of the function as it is, or as it was last */
function told(
  { entry, path, line }: LedgerLine<ExplainedEntry | WaivedEntry>,
  state: SignOff["state"],
  subjects: readonly Subject[],
): SignOff {
  const explainers = new Map(
    subjects.flatMap(({ explained }) =>
      explained.map(({ entry: { who, when: at } }) => [who.email.toLowerCase(), { who, at }] as const),
    ),
  );
  return {
    state,
    by: entry.who,
    at: entry.when,
    text: entry.kind === "explained" ? entry.text : entry.reason,
    explainers: [...explainers.values()],
    source: { path, line },
    symbol: entry.symbol,
    shapeHash: entry.shapeHash,
  };
}

function isAnswer(line: LedgerLine): line is LedgerLine<PeerAcceptedEntry | PeerAskedEntry> {
  return line.entry.kind === "peer-accepted" || line.entry.kind === "peer-asked";
}

function identityOf(symbol: string, shapeHash: string): string {
  return `${shapeHash} ${symbol}`;
}

/** Oldest first, in an order that only the lines themselves decide. */
function byTime(a: LedgerLine<LedgerEntry>, b: LedgerLine<LedgerEntry>): number {
  return (
    Date.parse(a.entry.when) - Date.parse(b.entry.when) ||
    compare(a.hash, b.hash) ||
    compare(a.path, b.path) ||
    a.line - b.line
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
