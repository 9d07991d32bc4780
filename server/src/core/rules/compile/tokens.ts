import type { Piece } from "../markdown";
import { isPath } from "../names";

/** A word is in lower case with contractions written out; code is as written; a mark is one of `, ; : ( ) — / →`. */
export interface Token {
  kind: "word" | "code" | "mark";
  text: string;
}

export type Sentence = readonly Token[];

/** What is longer is prose nobody can be sure to have understood. */
const MAX_TOKENS = 80;
const MAX_SENTENCES = 6;
const MAX_WORD = 120;
/** A longer code span is an example, not a name. */
const MAX_CODE = 200;

/**
 * The sentences of a rule as words, names and marks: the form in which sentence patterns are compared. Names written
 * without backticks count as code where they can be nothing else (`save()`, `json.Marshal`, `docs/api.md`).
 */
export function sentencesIn(pieces: readonly Piece[]): Sentence[] {
  const reader = new SentenceReader();
  for (const piece of pieces) {
    if (piece.code) reader.addCode(piece.text.trim());
    else reader.addProse(piece.text);
    if (reader.isFull) break;
  }
  return reader.finish();
}

/** The sentence as it could be read again; for reasons and replacements. */
export function sentenceText(sentence: Sentence): string {
  return sentence
    .map(({ kind, text }) => (kind === "code" ? `\`${text}\`` : text))
    .join(" ")
    .replace(/ (?=[,;:)])|(?<=\() /g, "");
}

/** Words, names and marks with spaces between them, as regular expressions over sentences read them. */
export function wordsOf(sentence: Sentence | undefined): string {
  return (sentence ?? []).map(({ text }) => text).join(" ");
}

/** Words as a list of phrases would have them, without an article. */
export function phraseText(phrase: Sentence | undefined): string {
  return wordsOf(phrase)
    .replace(/ \/ /g, "/")
    .replace(/ ,/g, ",")
    .replace(/^the |^all /, "");
}

class SentenceReader {
  private readonly sentences: Token[][] = [];
  private current: Token[] = [];
  private afterSign = -1;
  private hasSign = false;

  get isFull(): boolean {
    return this.sentences.length >= MAX_SENTENCES;
  }

  addCode(text: string): void {
    if (text !== "") this.current.push({ kind: "code", text: text.length > MAX_CODE ? "…" : text });
  }

  addProse(given: string): void {
    // A task that is to be ticked off.
    const text = this.sentences.length === 0 && this.current.length === 0 ? given.replace(/^\s*\[ \] /, "") : given;
    // "begins with `DO NOT EDIT.` These are ...": the full stop stands within the code.
    if (
      /[^.]\.$/.test(this.current.at(-1)?.text ?? "") &&
      this.current.at(-1)?.kind === "code" &&
      /^\s+[A-Z]/.test(text)
    )
      this.end();
    // "`moor`-style ropes" are no call of it.
    const [, manner] = /^-([a-z]+)\b/.exec(text) ?? [];
    if (manner !== undefined && this.current.at(-1)?.kind === "code") {
      this.current.push({ kind: "word", text: `${this.current.pop()?.text.toLowerCase()}-${manner}` });
      return this.addProse(text.slice(manner.length + 1));
    }
    // The `s` of "all `Foo`s" belongs to the name before it.
    const prose = this.current.at(-1)?.kind === "code" ? text.replace(/^['’]?s\b/, "") : text;
    const unquoted = prose.replace(/["“]([a-z]+)["”](?= (?:imports?|exports?|casts?)\b)/g, "$1");
    const spaced = unquoted
      .replace(/\s·\s/g, ", ")
      .replaceAll("\u2011", "-")
      .replace(/[—–→]|->|=>|⇒|\s--?\s/g, (mark) => (/[>→⇒]/.test(mark) ? " → " : " — "));
    for (const chunk of spaced.split(/\s+/)) {
      if (this.isFull) return;
      this.addChunk(chunk);
    }
  }

  finish(): Sentence[] {
    this.end();
    return this.sentences.filter((sentence) => sentence.length <= MAX_TOKENS);
  }

  private end(): void {
    if (this.current.length > 0) this.sentences.push(this.current);
    this.current = [];
    this.hasSign = false;
  }

  private addChunk(chunk: string): void {
    if (chunk === "" || chunk.length > MAX_WORD) return;
    if (TEMPLATE.test(chunk)) return this.addCode(chunk.replace(/[.,;:]+$/, ""));
    if (FORBIDDING_SIGN.test(chunk)) {
      // "❌ Don't drift ❌ Don't row": the next of several bans.
      if (this.hasSign) this.end();
      this.hasSign = true;
      this.current.push({ kind: "word", text: "never" });
      this.afterSign = this.current.length;
      return;
    }
    const [, before = "", word = "", after = ""] = /^([("“‘'[*_]*)(.*?)([)\]"”’'*_.,;:!?…]*)$/s.exec(chunk) ?? [];
    if (before.includes("(")) this.current.push({ kind: "mark", text: "(" });
    if (/["“]$/.test(before) && /^["”]/.test(after) && /^[\w$@.-]+$/.test(word)) {
      this.addCode(word);
      return this.addMarks(after, word);
    }
    // `save()` ends in what else would be a mark.
    const isCall = after.startsWith(")") && word.endsWith("(");
    this.addWord(isCall ? `${word})` : word);
    this.addMarks(isCall ? after.slice(1) : after, word);
  }

  private addMarks(marks: string, word: string): void {
    for (const mark of marks) {
      if (mark === ")" || mark === "," || mark === ";" || mark === ":") this.current.push({ kind: "mark", text: mark });
      else if (/[.!?…]/.test(mark) && !ABBREVIATION.test(`${word}.`)) {
        if (mark === "?") this.current.push({ kind: "mark", text: "?" });
        this.end();
      }
    }
  }

  private addWord(word: string): void {
    // "new Tide()" without backticks
    if (/^[A-Z]\w*\(\)$/.test(word) && this.current.at(-1)?.text === "new") this.current.pop();
    if (word === "—" || word === "→" || word === "/") this.current.push({ kind: "mark", text: word });
    // "No org_id at all: ..." says when.
    else if (isPlainlyCode(word) && !(isName(word) && this.current.length === 1 && this.current[0]?.text === "no"))
      this.current.push({ kind: "code", text: word });
    else if (word.includes("/") && !word.startsWith("/")) {
      word.split("/").forEach((part, i) => {
        if (i > 0) this.current.push({ kind: "mark", text: "/" });
        if (PACKAGE_MANAGER.test(part)) this.current.push({ kind: "code", text: part });
        else this.addPlainWord(part);
      });
    } else this.addPlainWord(word);
  }

  private addPlainWord(word: string): void {
    // "four spaces"
    const width = /^spaces?$/i.test(word) ? WIDTHS.get(this.current.at(-1)?.text ?? "") : undefined;
    if (width !== undefined) this.current.splice(-1, 1, { kind: "word", text: width });
    // In the middle of a sentence the capital is meant.
    const meant = this.current.length > 0 ? word.replace(/\bCamelCase\b/, "PascalCase") : word;
    const plain = meant
      .toLowerCase()
      .replaceAll("’", "'")
      .replace(/^[^\p{L}\p{N}@#$<>≤≥~+]+|[^\p{L}\p{N}+#*]+$/gu, "");
    if (plain === "") return;
    // The sign says no more than the words after it.
    if (this.afterSign === this.current.length && NEGATES.test(plain)) this.current.pop();
    this.afterSign = -1;
    for (const text of (CONTRACTIONS.get(plain) ?? plain).split(" ")) this.current.push({ kind: "word", text });
  }
}

const WIDTHS = new Map([
  ["two", "2"],
  ["four", "4"],
  ["eight", "8"],
]);
const FORBIDDING_SIGN = /❌|🚫|⛔/u;
const NEGATES = /^(?:no|not|never|avoid|do|don't|dont|must|mustn't)$/;
/** "[Entity]Controller" */
const TEMPLATE = /^(?:\[[A-Za-z]\w*\]|\{[A-Za-z]\w*\}|<[A-Za-z]\w*>)[A-Za-z][\w.-]*[,;:]?$/;
const ABBREVIATION = /^(?:e\.g|i\.e|eg|ie|etc|vs|cf|incl|approx|no)\.$/i;

const CONTRACTIONS = new Map([
  ["don't", "do not"],
  ["dont", "do not"],
  ["doesn't", "does not"],
  ["mustn't", "must not"],
  ["shouldn't", "should not"],
  ["can't", "can not"],
  ["cannot", "can not"],
  ["won't", "will not"],
  ["isn't", "is not"],
  ["aren't", "are not"],
  ["it's", "it is"],
  ["they're", "they are"],
  ["that's", "that is"],
  ["you're", "you are"],
]);

const DOTTED = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$*][\w$]*)*(?:\.\*)?$/;
const PRODUCT = /\.(?:js|io|net|com|org|dev|ai|rs|py)$/i;

const PACKAGE_MANAGER = /^(?:npm|pnpm|yarn|npx|pip|pipenv)$/;

/** `max_tokens`, `dialogService`, `TideException`; the names of styles look so, too. */
const NAME = /^(?:[a-z][a-z\d]*(?:_[a-z\d]+)+|[a-z]{2,}[A-Z][a-z]\w*|(?:[A-Z][a-z\d]+){1,5}(?:Exception|Error))$/;
const STYLED = /(?:snake|kebab|camel|pascal)_?case/i;

function isName(word: string): boolean {
  return NAME.test(word) && !STYLED.test(word);
}

function isPlainlyCode(word: string): boolean {
  if (isName(word) || /^--[a-z]{2,}(?:-[a-z]+)*$/.test(word)) return true;
  if (/^[A-Za-z_$][\w$.]*\(\)$/.test(word) || PACKAGE_MANAGER.test(word)) return true;
  if (/^@[a-z][\w-]*(?:\/[\w.-]+)?$/.test(word)) return true;
  if (word.includes("/")) return isPath(word) || /^(?:next|react-dom|lodash|date-fns|rxjs)\/[\w-]+$/.test(word);
  if (!word.includes(".")) return false;
  if (isPath(word)) return true;
  return (
    DOTTED.test(word) && !PRODUCT.test(word) && !/^(?:e\.g|i\.e|[A-Z]\.[A-Z])/i.test(word) && /[a-z]{2}/i.test(word)
  );
}
