import type { FileFacts, FunctionFacts, ParameterFacts, TypeFacts } from "../../model/facts";
import { DeclaredTypes } from "./declaredTypes";
import type { ForeignType } from "./foreignTypes";
import { type Construction, Place, type PlaceWorld } from "./place";
import { unknownType } from "./readDeclared";
import type { Seen } from "./seen";
import type { ParameterShape } from "./shape";
import { literalOfText } from "./sourceLiterals";
import { UseReader } from "./uses";

/** Objects that are made to make other objects: no more of them in one answer. */
const maxConstructions = 24;
const maxPlaces = 3000;

/** Where objects of classes come from: their constructors, or for lack of these what is used of their fields. */
export type ObjectForm = "made" | "standIn";

export interface ShapeOptions {
  /** Variables of the functions around it, whose shapes come first. */
  captured?: readonly string[];
  /** Types of other files. */
  foreign?: readonly ForeignType[];
  /** Constants of other files, as written there, by what the function calls them. */
  constants?: ReadonlyMap<string, string>;
}

/**
 * What a function is to be called with: one shape for each parameter, from declared types and from what the body does
 * with the value; a method's object comes first.
 *
 * @param index of the function in `facts.functions`
 * @param text of the file, which says what facts do not: which parameters and fields are optional
 */
export function shapesOf(
  facts: FileFacts,
  text: string,
  index: number,
  objects: ObjectForm = "made",
  options: ShapeOptions = {},
): ParameterShape[] {
  const fn = facts.functions[index];
  return fn ? new ShapeReader(facts, text, objects, options).read(fn, index, options.captured ?? []) : [];
}

class ShapeReader implements PlaceWorld {
  readonly types: DeclaredTypes;
  readonly isPython: boolean;
  readonly budget = { left: maxPlaces };
  private readonly uses: UseReader;
  private constructions = maxConstructions;
  standIn: string | undefined;

  constructor(
    private readonly facts: FileFacts,
    private readonly text: string,
    private readonly objects: ObjectForm,
    { foreign, constants }: ShapeOptions,
  ) {
    this.types = new DeclaredTypes(facts, text, foreign);
    this.isPython = facts.language === "python";
    this.uses = new UseReader(facts, text, this, constants);
  }

  read(fn: FunctionFacts, index: number, captured: readonly string[]): ParameterShape[] {
    const parameters = this.placesOf(fn, 0);
    const given = new Map<string, Seen>();
    const around = captured.map((name) => ({ name, place: this.capturedPlace(fn, name) }));
    for (const { name, place } of around) given.set(name, { place });
    for (const { facts, place, passing } of parameters) this.bind(facts, place, passing, given);
    if (this.objects === "standIn") this.standIn = fn.typeName;
    const receiver = this.objects === "made" ? this.receiverOf(fn) : this.standInOf(fn);
    if (receiver) given.set(fn.receiver?.name ?? "this", { place: receiver });
    this.uses.readFunction(index, given);
    const shapes = parameters.map(({ facts, place, passing, optional }): ParameterShape => {
      const name = facts.parts ? "" : facts.name;
      return { name, shape: place.shape(), optional, passing };
    });
    for (const { name, place } of around.toReversed())
      shapes.unshift({ name, shape: place.shape(), optional: false, passing: "captured" });
    if (!receiver) return shapes;
    const shape = this.objects === "made" ? receiver.shape() : receiver.standIn(fn.typeName as string);
    return [{ name: "", shape, optional: false, passing: "receiver" }, ...shapes];
  }

  /** A variable of a function around, which is its parameter or something else. */
  private capturedPlace(fn: FunctionFacts, name: string): Place {
    for (let outer = this.outerOf(fn); outer; outer = this.outerOf(outer)) {
      const parameter = outer.parameters.find((each) => each.name === name);
      if (parameter) return new Place(this, this.declaredType(parameter), 0);
    }
    return new Place(this, unknownType, 0);
  }

  private outerOf({ parent }: FunctionFacts): FunctionFacts | undefined {
    return parent === undefined ? undefined : this.facts.functions[parent];
  }

  /** The object of a method, of which its fields say enough. */
  private standInOf(fn: FunctionFacts): Place | undefined {
    if (fn.typeName === undefined || fn.form === "constructor" || fn.modifiers.includes("static")) return undefined;
    const type = this.facts.types.find(({ name }) => name === fn.typeName);
    const place = new Place(this, unknownType, 2);
    const body = this.text.slice(fn.start, fn.end);
    for (const field of type?.fields ?? [])
      if (body.includes(`.${field.name}`))
        place.aliasAttribute(field.name, new Place(this, this.types.read(field.type), 3));
    return place;
  }

  /** The object of a method. */
  private receiverOf(fn: FunctionFacts): Place | undefined {
    if (fn.typeName === undefined || fn.form === "constructor" || fn.modifiers.includes("static")) return undefined;
    const type = this.facts.types.find(({ name }) => name === fn.typeName);
    const place = new Place(this, unknownType, 3);
    if (type) place.madeBy(this.construct(type, 1));
    return place;
  }

  private placesOf(fn: FunctionFacts, depth: number): Construction["parameters"] {
    const written = writtenParameters(this.text, fn);
    const bare = written.indexOf("*");
    let isKeyword = false;
    return fn.parameters.map((parameter) => {
      const at = written.findIndex((text) => startsWithName(text, parameter.name));
      const own = written[at] ?? "";
      const isNamed = isKeyword || (bare >= 0 && at > bare);
      if (this.isPython && parameter.rest && !own.startsWith("**")) isKeyword = true;
      const passing = parameter.rest
        ? own.startsWith("**")
          ? "keywords"
          : "rest"
        : isNamed
          ? "keyword"
          : "positional";
      const isMarked = !this.isPython && own.slice(parameter.name.length).trimStart().startsWith("?");
      const optional = parameter.default !== undefined || parameter.rest === true || isMarked;
      const place = new Place(this, this.declaredType(parameter), depth);
      noteDefault(place, parameter.default, this.isPython);
      return { facts: parameter, place, passing, optional };
    });
  }

  private declaredType({ type, rest }: ParameterFacts) {
    const declared = this.types.read(type);
    // The type of `...xs` is that of the list, as a whole; the type of `*xs` is that of one.
    return !rest || this.isPython || declared.kind !== "list" ? declared : declared.element;
  }

  private bind(
    facts: ParameterFacts,
    place: Place,
    passing: ParameterShape["passing"],
    given: Map<string, Seen>,
  ): void {
    place.noteName(facts.name);
    if (facts.parts) this.uses.takeApart(facts.parts, { place }, given);
    else if (passing === "rest") given.set(facts.name, { place: Place.listOf(this, place) });
    else if (passing === "keywords") given.set(facts.name, { place: place.votesFor("map") });
    else given.set(facts.name, { place });
  }

  construct(type: TypeFacts, depth: number): Construction | undefined {
    if (this.objects === "standIn" || this.constructions-- <= 0) return undefined;
    const index = this.facts.functions.findIndex((fn) => fn.form === "constructor" && fn.typeName === type.name);
    const maker = this.facts.functions[index];
    if (!maker) {
      const parameters = this.isPython ? this.fieldsAsParameters(type, depth) : [];
      return parameters && { type, parameters };
    }
    const parameters = this.placesOf(maker, depth);
    const given = new Map<string, Seen>();
    for (const { facts, place, passing } of parameters) this.bind(facts, place, passing, given);
    const own = new Place(this, unknownType, depth + 3);
    given.set(maker.receiver?.name ?? "this", { place: own });
    this.uses.readFunction(index, given);
    return { type, parameters, made: own };
  }

  /** What the constructor takes that a dataclass or a named tuple is given. */
  private fieldsAsParameters(type: TypeFacts, depth: number): Construction["parameters"] | undefined {
    if (!type.bases.some((base) => /(^|\.)NamedTuple$/.test(base)) && !this.isDataclass(type)) {
      return type.bases.every((base) => /^(object|ABC|abc\.ABC|Generic\[.*|Protocol)$/.test(base)) ? [] : undefined;
    }
    return type.fields
      .filter((field) => !/^(?:\w+\.)?ClassVar\b/.test(field.type ?? ""))
      .map((field) => {
        const rest = this.text.slice(field.end, field.end + 200).split(/\r\n|\r|\n/, 1)[0] as string;
        const fallback = /^[^=#]*=\s*(.*?)\s*(?:#.*)?$/.exec(rest)?.[1];
        const facts: ParameterFacts = { name: field.name, ...(field.type !== undefined && { type: field.type }) };
        const place = new Place(this, this.types.read(field.type), depth);
        noteDefault(place, fallback, true);
        const optional = fallback !== undefined && !/^field\((?!.*default)/.test(fallback);
        return { facts, place, passing: optional ? "keyword" : "positional", optional } as const;
      });
  }

  private isDataclass(type: TypeFacts): boolean {
    const head = this.text.slice(Math.max(0, type.start - 200), type.start + 1);
    const start = this.text.slice(type.start, type.start + 400);
    return (
      /@(?:\w+\.)?(?:dataclass|define|frozen|attr\.s|attrs)\b[^\n]*\s+(?:@[^\n]*\s+)*\S?$/.test(head) ||
      /^@(?:\w+\.)?dataclass/.test(start)
    );
  }
}

/** Says what a default value is. */
function noteDefault(place: Place, text: string | undefined, isPython: boolean): void {
  if (text === undefined) return;
  const literal = literalOfText(text);
  if (typeof literal === "number") place.noteNumber(literal);
  else if (typeof literal === "string") place.noteText(literal);
  else if (typeof literal === "boolean") place.votesFor("boolean", 2);
  else if (literal === null) place.votesFor("none");
  else if (/^(\[|list\(\)$)/.test(text)) place.votesFor("list");
  else if (/^(\(\s*\)|tuple\(\))$/.test(text)) place.votesFor("list");
  else if (/^(\{|dict\(\)$)/.test(text)) place.votesFor(isPython ? "map" : "record");
  else if (/^set\(\)$/.test(text)) place.votesFor("set");
  else if (/^(lambda\b|\(?[\w, ]*\)?\s*=>)/.test(text)) place.votesFor("callable");
  else if (/^b["']/.test(text)) place.votesFor("bytes");
}

const maxHeader = 4000;

/** The parameters between the parentheses of a declaration, as written. */
function writtenParameters(text: string, fn: FunctionFacts): string[] {
  const start = Math.max(fn.start, fn.nameSpan.start < fn.end ? fn.nameSpan.end : fn.start);
  const open = openingOf(text, start, fn.end);
  if (open < 0) return [];
  const header = text.slice(open, Math.min(fn.end, open + maxHeader)).replace(/\s(?:#|\/\/).*/g, "");
  const parts: string[] = [];
  let depth = 0;
  let from = 1;
  for (let i = 0; i < header.length; i++) {
    const character = header[i] as string;
    if (character === '"' || character === "'") {
      const closing = header.indexOf(character, i + 1);
      if (closing < 0) break;
      i = closing;
    } else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) {
      if (--depth === 0) {
        parts.push(header.slice(from, i).trim());
        break;
      }
    } else if (character === "," && depth === 1) {
      parts.push(header.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts;
}

/** The `(` behind a name and its type parameters. */
function openingOf(text: string, start: number, end: number): number {
  const found = /^[^(]{0,400}\(/.exec(text.slice(start, Math.min(end, start + 402)));
  return found ? start + found[0].length - 1 : -1;
}

function startsWithName(text: string, name: string): boolean {
  const written = text
    .replace(/^(?:\*\*?|\.\.\.)\s*/, "")
    .replace(/^(?:(?:public|private|protected|readonly|override)\s+)+/, "");
  return written.startsWith(name) && !/^[\p{L}\p{N}_$]/u.test(written.slice(name.length));
}
