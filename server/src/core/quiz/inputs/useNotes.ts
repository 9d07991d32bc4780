import type { NumberShape, TextHint } from "./shape";

/** What a use says of a value. */
export type Kind =
  | "integer"
  | "number"
  | "string"
  | "bytes"
  | "boolean"
  | "list"
  | "set"
  | "tuple"
  | "map"
  | "record"
  | "attributes"
  | "callable"
  | "none";

/** Of one value, more of them say nothing new. */
export const maxHints = 16;

/** What the uses of one value say about the value itself. */
export abstract class UseNotes {
  protected readonly votes = new Map<Kind, number>();
  protected readonly nearNumbers = new Set<number>();
  protected readonly divisors = new Set<number>();
  protected readonly texts = new Map<string, TextHint["role"]>();
  protected isLetter = false;
  protected label = "";
  protected added = 0;
  protected readonly askedKinds = new Set<Kind>();

  votesFor(kind: Kind, weight = 1): this {
    this.votes.set(kind, (this.votes.get(kind) ?? 0) + weight);
    return this;
  }

  /** It is asked whether it is of this kind: it may be something else as well. */
  askedWhether(kind: Kind): void {
    this.votesFor(kind, 0.5);
    this.askedKinds.add(kind);
  }

  noteNumber(value: number): void {
    if (Number.isFinite(value) && this.nearNumbers.size < maxHints) this.nearNumbers.add(value);
    this.votesFor(Number.isInteger(value) ? "integer" : "number");
  }

  noteDivisor(value: number): void {
    if (value > 1 && this.divisors.size < maxHints) this.divisors.add(value);
    this.votesFor("integer");
  }

  noteText(text: string, role: TextHint["role"] = "whole", weight = 1): void {
    if (this.texts.size < maxHints && text.length <= 40 && !this.texts.has(text)) this.texts.set(text, role);
    if (weight > 0) this.votesFor("string", weight);
  }

  /** A variable has its value. */
  noteName(name: string): void {
    this.label ||= name;
  }

  /** It is one letter of a text. */
  noteLetter(): void {
    this.isLetter = true;
    this.votesFor("string");
  }

  /** Something is added to it: a number, a text or a list. */
  noteAdded(): void {
    this.added++;
  }

  score(kind: Kind): number {
    return this.votes.get(kind) ?? 0;
  }

  protected numbers(kind: "integer" | "number"): NumberShape {
    const near = [...this.nearNumbers].filter((n) => kind === "number" || Number.isInteger(n));
    return { kind, near, divisors: [...this.divisors] };
  }

  /** A text it is likely to be: its default, or what it is compared with. */
  get usualText(): string | undefined {
    return [...this.texts.keys()].find((text) => text !== "");
  }
}
