import { Random } from "../../base/random";
import type { Input, RunnableLanguage } from "../program";
import { type Datum, renderDatum } from "./literal";
import { textsFor } from "./samples";
import type { ParameterShape, Shape } from "./shape";
import { interleaved, ValueSource } from "./values";

/** An input with the values it is made of; `undefined` stands for an argument that is left out. */
export interface Candidate {
  input: Input;
  data: readonly (Datum | undefined)[];
}

export interface CandidateOptions {
  language: RunnableLanguage;
  /** The same seed gives the same inputs. */
  seed: number;
  /** How many at most. */
  limit: number;
  /** Texts of the program, worth trying wherever a text is. */
  texts?: readonly string[];
  /** Characters of all arguments together: an input is to be read. */
  maxCharacters?: number;
}

const usualCharacters = 240;
/** Values of one parameter that are put together with those of another one. */
const combined = 4;
/** Of so many texts of a program, the first ones are tried as often as all others. */
const manyTexts = 24;
const firstTexts = 8;
/** Objects that are compared with one that they are nearly the same as. */
const likenesses = 12;

/**
 * Inputs for a function: first ordinary ones, then one argument at a time at its edges, then edges of two arguments
 * together, then ordinary ones changed at random places.
 */
export function candidateInputs(parameters: readonly ParameterShape[], options: CandidateOptions): Candidate[] {
  const rows = new InputRows(parameters, options);
  const found = new CandidateSet(parameters, options);
  for (const row of rows.ordinary()) found.add(row);
  for (const row of rows.alike()) found.add(row);
  for (const row of rows.oneAtATime()) found.add(row);
  for (const row of rows.twoAtATime()) found.add(row);
  const made = found.all();
  if (made.length > 0 && made.length < options.limit) {
    for (const candidate of variedInputs(made, parameters, { ...options, limit: options.limit - made.length }))
      found.add(candidate.data);
  }
  return found.all();
}

/** Inputs that differ from some of the given ones at one place. New ones only. */
export function variedInputs(
  candidates: readonly Candidate[],
  parameters: readonly ParameterShape[],
  options: CandidateOptions,
): Candidate[] {
  const random = new Random(options.seed);
  const known = new Set(candidates.map(({ input }) => keyOf(input)));
  const found = new CandidateSet(parameters, options, known);
  const variation = new Variation(random, options.language === "python", options.texts ?? []);
  // Some changes lead to what is known or is too long.
  for (let i = 0; i < options.limit * 8 && !found.isFull; i++) {
    const from = random.pick(candidates);
    if (!from) break;
    const given = from.data.flatMap((datum, at) => (datum ? [at] : []));
    const at = random.pick(given);
    if (at === undefined) continue;
    const data = [...from.data];
    const others = data.flatMap((datum) => (datum ? [datum] : []));
    data[at] = variation.of(data[at] as Datum, parameters[at]?.shape, parameters[at]?.name ?? "", others);
    found.add(data);
  }
  return found.all();
}

/**
 * Inputs as a search asks for them: some to begin with, then more that differ from those that turned out to matter.
 * Inputs that it has not made itself, such as those of calls in the workspace, are varied by nobody.
 */
export class InputSource {
  private readonly made = new Map<string, Candidate>();
  private rounds = 0;

  constructor(
    private readonly parameters: readonly ParameterShape[],
    private readonly options: CandidateOptions,
  ) {}

  candidates(): Input[] {
    return this.kept(candidateInputs(this.parameters, this.options));
  }

  /**
   * @param texts of the program, worth trying wherever a text is
   * @returns inputs that have not been there before, as many as the options allow
   */
  vary(inputs: readonly Input[], texts: readonly string[] = [], limit = this.options.limit): Input[] {
    const from = inputs.flatMap((input) => this.made.get(keyOf(input)) ?? []);
    // Every round goes on from where the last one was, and makes others.
    const seed = this.options.seed + ++this.rounds;
    const varied = variedInputs(from, this.parameters, { ...this.options, seed, texts, limit });
    return this.kept(varied.filter(({ input }) => !this.made.has(keyOf(input))));
  }

  private kept(candidates: readonly Candidate[]): Input[] {
    for (const candidate of candidates) this.made.set(keyOf(candidate.input), candidate);
    return candidates.map(({ input }) => input);
  }
}

function keyOf(input: Input): string {
  return input.join("\n");
}

type Row = readonly (Datum | undefined)[];

class CandidateSet {
  private readonly candidates: Candidate[] = [];
  private readonly texts: Set<string>;

  constructor(
    private readonly parameters: readonly ParameterShape[],
    private readonly options: CandidateOptions,
    known?: ReadonlySet<string>,
  ) {
    this.texts = new Set(known);
  }

  get isFull(): boolean {
    return this.candidates.length >= this.options.limit;
  }

  add(data: Row): void {
    if (this.isFull) return;
    const input = renderInput(this.parameters, data, this.options.language === "python");
    const text = keyOf(input);
    if (text.length > (this.options.maxCharacters ?? usualCharacters) || this.texts.has(text)) return;
    this.texts.add(text);
    this.candidates.push({ input, data });
  }

  all(): Candidate[] {
    return this.candidates;
  }
}

/** The arguments as they are written in a call; those that are left out are not there. */
export function renderInput(parameters: readonly ParameterShape[], data: Row, isPython: boolean): Input {
  const input: string[] = [];
  let isNamed = false;
  let last = data.length;
  while (last > 0 && data[last - 1] === undefined) last--;
  parameters.slice(0, last).forEach((parameter, i) => {
    const datum = data[i];
    if (parameter.passing === "rest" && (datum === undefined || datum.kind === "list")) {
      // Behind named arguments Python takes no others.
      for (const item of isNamed ? [] : (datum?.items ?? [])) input.push(renderDatum(item, isPython));
      return;
    }
    if (parameter.passing === "keywords") {
      if (datum?.kind === "map")
        for (const [key, value] of datum.entries)
          if (key.kind === "string" && /^[A-Za-z]\w*$/.test(key.value))
            input.push(`${key.value}=${renderDatum(value, true)}`);
      return;
    }
    if (datum === undefined) {
      if (isPython) isNamed = true;
      else input.push("undefined");
      return;
    }
    const name = isPython && (isNamed || parameter.passing === "keyword") ? `${parameter.name}=` : "";
    input.push(name + renderDatum(datum, isPython));
  });
  return input;
}

/** Rows of arguments by plan; nothing here is random. */
class InputRows {
  private readonly values: ValueSource;
  private readonly edges: readonly (Datum | undefined)[][];

  constructor(
    private readonly parameters: readonly ParameterShape[],
    { language }: CandidateOptions,
  ) {
    this.values = new ValueSource(language === "python");
    this.edges = parameters.map((parameter) => this.edgesOf(parameter));
  }

  *ordinary(): Generator<Row> {
    yield this.row(0);
    yield this.row(1);
    if (this.parameters.some(({ optional }) => optional)) yield this.row(0, true);
    yield this.row(2);
  }

  /** Two objects of one class that are the same, or differ in one thing: what compares them is about nothing else. */
  *alike(): Generator<Row> {
    const base = this.row(0, true);
    for (const [first, { shape }] of this.parameters.entries())
      for (let second = first + 1; second < this.parameters.length; second++) {
        const other = this.parameters[second] as ParameterShape;
        if (!classesOf(shape).some((name) => classesOf(other.shape).includes(name))) continue;
        const same = base.map((datum, i) => (i === second ? base[first] : datum));
        yield same;
        const edges = (this.edges[first] ?? []).slice(0, likenesses);
        for (const edge of edges) yield same.map((datum, i) => (i === second ? edge : datum));
      }
  }

  *oneAtATime(): Generator<Row> {
    const base = this.row(0);
    const rows = this.edges.map((edges, at) => edges.map((edge) => base.map((datum, i) => (i === at ? edge : datum))));
    yield* interleaved(rows);
  }

  *twoAtATime(): Generator<Row> {
    const base = this.row(0);
    const other = this.row(1, true);
    const rows: Row[][] = [];
    for (let first = 0; first < this.parameters.length; first++)
      for (let second = first + 1; second < this.parameters.length; second++)
        rows.push(this.combinations(base, first, second));
    yield* interleaved(rows);
    yield* interleaved(
      this.edges.map((edges, at) =>
        edges.slice(0, combined * 2).map((edge) => other.map((datum, i) => (i === at ? edge : datum))),
      ),
    );
  }

  private combinations(base: Row, first: number, second: number): Row[] {
    const rows: Row[] = [];
    const choices = [first, second].map((at) => [this.plain(at, 0), ...(this.edges[at] ?? []).slice(0, combined)]);
    for (const a of choices[0] ?? [])
      for (const b of choices[1] ?? []) rows.push(base.map((datum, i) => (i === first ? a : i === second ? b : datum)));
    return rows;
  }

  /** Arguments that may be left out are, unless asked for. */
  private row(i: number, isFull = false): Row {
    return this.parameters.map(({ optional }, at) => (optional && !isFull ? undefined : this.plain(at, i)));
  }

  private plain(at: number, row: number): Datum | undefined {
    const { shape, name, passing } = this.parameters[at] as ParameterShape;
    // Two arguments that are alike by chance hide what the function does with each.
    const i = row + at;
    if (passing === "keywords") return undefined;
    if (passing === "rest") return this.values.plain({ kind: "list", element: shape, lengths: [], least: 0 }, name, i);
    return this.values.plain(shape, name, i);
  }

  private edgesOf({ shape, name, passing, optional }: ParameterShape): (Datum | undefined)[] {
    if (passing === "keywords") return this.values.edges(keywordMap(shape), name).slice(1, 3);
    const edges =
      passing === "rest"
        ? this.values.edges({ kind: "list", element: shape, lengths: [], least: 0 }, name).slice(0, 8)
        : this.values.edges(shape, name);
    return optional && passing !== "rest" ? [this.values.plain(shape, name, 0), ...edges] : edges;
  }
}

/** The classes of objects that a shape is of. */
function classesOf(shape: Shape): string[] {
  if (shape.kind === "instance") return [shape.className];
  if (shape.kind === "union") return shape.members.flatMap(classesOf);
  return shape.kind === "record" && shape.standIn !== undefined ? [shape.standIn] : [];
}

function keywordMap(shape: Shape): Shape {
  return shape.kind === "map"
    ? shape
    : { kind: "map", form: "properties", key: { kind: "string", texts: [] }, value: shape };
}

/** Changes one place of a value. */
class Variation {
  private readonly values: ValueSource;

  constructor(
    private readonly random: Random,
    isPython: boolean,
    private readonly texts: readonly string[],
  ) {
    this.values = new ValueSource(isPython);
  }

  of(datum: Datum, shape: Shape | undefined, name: string, around: readonly Datum[]): Datum {
    if (shape && this.random.below(3) === 0) {
      const known = this.random.pick(this.values.edges(shape, name));
      if (known) return known;
    }
    return this.changed(datum, name, around, 6);
  }

  private changed(datum: Datum, name: string, around: readonly Datum[], depth: number): Datum {
    if (depth <= 0) return datum;
    switch (datum.kind) {
      case "number":
        return this.number(datum, around);
      case "string":
        return { kind: "string", value: this.text(datum.value, name, around) };
      case "boolean":
        return { kind: "boolean", value: !datum.value };
      case "list":
      case "set":
        return { ...datum, items: this.items(datum.items, name, datum.kind === "set", depth) };
      case "tuple":
        return { ...datum, items: this.at(datum.items, (item) => this.changed(item, name, datum.items, depth - 1)) };
      case "map":
        if (datum.entries.length > 1 && this.random.below(4) === 0)
          return { ...datum, entries: datum.entries.slice(1) };
        return {
          ...datum,
          entries: this.at(datum.entries, ([key, value]) => [
            key,
            this.changed(
              value,
              name,
              datum.entries.map((entry) => entry[1]),
              depth - 1,
            ),
          ]),
        };
      case "record":
        return {
          ...datum,
          fields: this.at(datum.fields, ([field, value]) => [
            field,
            this.changed(
              value,
              field,
              datum.fields.map((other) => other[1]),
              depth - 1,
            ),
          ]),
        };
      case "object":
        return {
          ...datum,
          arguments: this.at(datum.arguments, ([field, value]) => [
            field,
            this.changed(value, field ?? name, [], depth - 1),
          ]),
        };
      default:
        return datum;
    }
  }

  private at<T>(items: readonly T[], change: (item: T) => T): T[] {
    const at = this.random.below(items.length);
    return items.map((item, i) => (i === at ? change(item) : item));
  }

  private number({ value, ...rest }: Datum & { kind: "number" }, around: readonly Datum[]): Datum {
    const other = this.random.pick(around.filter((datum) => datum.kind === "number"));
    const choices = [
      value + 1,
      value - 1,
      value * 2,
      -value,
      value + 10,
      Math.trunc(value / 2),
      other?.kind === "number" ? other.value : 0,
    ];
    return { ...rest, value: (this.random.pick(choices) as number) + 0 };
  }

  private text(value: string, name: string, around: readonly Datum[]): string {
    // Long numbers are nothing but their digits.
    if (/\d{6}/.test(value) && this.random.below(2) === 0) return this.withOtherDigit(value);
    const known = this.random.below(2) === 0 ? this.random.pick(this.likelyTexts()) : undefined;
    if (known !== undefined) return this.random.below(4) === 0 ? `${known}${value}` : known;
    const other = this.random.pick(around.filter((datum) => datum.kind === "string"));
    const middle = Math.ceil(value.length / 2);
    const choices = [
      value.toUpperCase(),
      value.slice(0, middle),
      value.slice(middle),
      `${value}${value.slice(0, 1)}`,
      `${value} ${this.random.pick(textsFor(name)) ?? ""}`.trim(),
      this.random.pick(textsFor(name)) ?? value,
      other?.kind === "string" ? other.value : value,
      ` ${value}`,
    ];
    return this.random.pick(choices) as string;
  }

  /** Those that come first say more than all others of a long list. */
  private likelyTexts(): readonly string[] {
    const isLong = this.texts.length > manyTexts && this.random.below(2) === 0;
    return isLong ? this.texts.slice(0, firstTexts) : this.texts;
  }

  private withOtherDigit(value: string): string {
    const places = [...value.matchAll(/\d/g)].map(({ index }) => index);
    const at = this.random.pick(places) ?? 0;
    return `${value.slice(0, at)}${this.random.below(10)}${value.slice(at + 1)}`;
  }

  private items(items: readonly Datum[], name: string, isSet: boolean, depth: number): Datum[] {
    const [first] = items;
    if (!first) return [];
    const from = this.random.below(items.length);
    const item = items[from] as Datum;
    switch (this.random.below(6)) {
      case 0:
        return items.filter((_, i) => i !== from);
      case 1:
        return isSet ? [...items] : [...items, item];
      case 2:
        return [...items].reverse();
      case 3: {
        // Elements that nearly agree are what tells variants of a function apart.
        const near = this.changed(item, name, items, depth - 1);
        return [...items.slice(0, from + 1), near, ...items.slice(from + 1)];
      }
      case 4: {
        const to = this.random.below(items.length);
        return items.map((other, i) => (i === to ? this.blended(other, item) : other));
      }
      default:
        return this.at(items, (other) => this.changed(other, name, items, depth - 1));
    }
  }

  /** An element that agrees with another one in one field. */
  private blended(datum: Datum, other: Datum): Datum {
    if (datum.kind !== "record" || other.kind !== "record") return other;
    const taken = this.random.pick(other.fields);
    if (!taken) return datum;
    return { ...datum, fields: datum.fields.map((field) => (field[0] === taken[0] ? taken : field)) };
  }
}
