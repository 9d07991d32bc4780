import type { ParameterFacts, TypeFacts } from "../../model/facts";
import type { DeclaredTypes } from "./declaredTypes";
import { type Declared, type DeclaredField, unknownType } from "./readDeclared";
import { isTextName, textsOfLength } from "./samples";
import {
  type FieldShape,
  type ParameterShape,
  type Shape,
  type StringShape,
  type TextHint,
  unknownShape,
} from "./shape";
import { type Kind, maxHints, UseNotes } from "./useNotes";

/** Parts of one value nobody has to read more of. */
const maxParts = 24;
const maxAlike = 16;
const maxShownFields = 4;
const maxAskedTypes = 3;
const maxUnusedFields = 6;
/** Values inside values inside values: deeper ones are not shown to anybody. */
const maxDepth = 6;

/** The parameters that make an object of a class, each with what becomes of it. */
export interface Construction {
  type: TypeFacts;
  parameters: readonly { facts: ParameterFacts; place: Place; passing: ParameterShape["passing"]; optional: boolean }[];
  /** The object as the constructor leaves it. */
  made?: Place;
}

export interface PlaceWorld {
  types: DeclaredTypes;
  isPython: boolean;
  construct(type: TypeFacts, depth: number): Construction | undefined;
  /** The class whose objects are made from their fields. */
  readonly standIn?: string | undefined;
  /** Values that may still be described: types that contain themselves would have no end. */
  budget: { left: number };
}

/** A value that reaches the function from outside, or a part of one, with all that its uses say about it. */
export class Place extends UseNotes {
  private readonly fields = new Map<string, Place>();
  private readonly attributes = new Map<string, Place>();
  private readonly parts = new Map<number, Place>();
  private readonly optionalFields = new Set<string>();
  /** Values it is compared with: of the same kind, as far as one knows. */
  private readonly alike: Place[] = [];
  private element: Place | undefined;
  private keyPlace: Place | undefined;
  private valuePlace: Place | undefined;
  private size: Place | undefined;
  private read: Place | undefined;
  private pieces: { separator: string; list: Place } | undefined;
  private isSplit = false;
  private least = 0;
  private arity = 0;
  private answer: Place | undefined;
  private construction: Construction | undefined;
  /** Classes and kinds that the function asks it about, as `isinstance` does: it may be any of them, or none. */
  private readonly askedTypes: Place[] = [];
  /** Whether it is a class that objects are made of. */
  private isMaker = false;
  /** Members of the declared type but for `None`. */
  private readonly members: readonly Declared[];
  private readonly declaredNone: boolean;

  constructor(
    private readonly world: PlaceWorld,
    declared: Declared = unknownType,
    private readonly depth = 0,
  ) {
    super();
    const resolved = world.types.resolve(declared);
    const members = (resolved.kind === "union" ? resolved.members : [resolved])
      .map((member) => world.types.resolve(member))
      .flatMap((member) => (member.kind === "union" ? member.members : [member]));
    this.members = members.filter((member) => member.kind !== "none" && member.kind !== "unknown");
    this.declaredNone = members.some((member) => member.kind === "none");
    const instance = this.members.find((member) => member.kind === "instance");
    if (instance?.kind === "instance" && depth < 3) this.madeBy(world.construct(instance.type, depth + 1));
  }

  /** It is an object of a class, made from these parameters. */
  madeBy(construction: Construction | undefined): void {
    this.construction = construction;
    const own = this.world.isPython ? this.attributes : this.fields;
    for (const { facts, place } of construction?.parameters ?? []) own.set(facts.name, place);
    for (const attributes of [construction?.made?.attributes, construction?.made?.fields])
      for (const [name, place] of attributes ?? []) own.set(name, place);
  }

  /** It is asked whether it is an object of this class. */
  askedWhetherOf(className: string): void {
    if (this.isDeclared || this.askedTypes.length >= maxAskedTypes) return;
    const type = this.world.types.resolve({ kind: "named", name: className, given: [] });
    if (type.kind === "instance") this.askedTypes.push(new Place(this.world, type, this.depth + 1));
  }

  isLike(other: Place): void {
    if (other === this || this.alike.length >= maxAlike) return;
    this.alike.push(other);
    other.alike.push(this);
  }

  /** `x["name"]` */
  field(name: string, optional = false): Place {
    const member = this.members.find((known) => known.kind === "map");
    if (optional) this.optionalFields.add(name);
    return this.within(
      this.fields,
      name,
      () => this.fieldType(name) ?? (member?.kind === "map" ? member.value : undefined),
    );
  }

  /** `x.name` */
  attribute(name: string): Place {
    if (!this.world.isPython) return this.field(name);
    // Everything has these.
    if (/^__\w+__$/.test(name)) return this.fresh();
    return this.within(this.attributes, name, () => this.fieldType(name));
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name) || this.fields.has(name) || this.fieldType(name) !== undefined;
  }

  /** What is stored in an attribute is the same value as what was stored there. */
  aliasAttribute(name: string, place: Place): void {
    const own = this.world.isPython ? this.attributes : this.fields;
    if (own.size < maxParts) own.set(name, place);
  }

  /** What a loop over it yields. */
  each(): Place {
    if (this.declaredAs("map")) return this.key();
    const list = this.members.find((known) => known.kind === "list" || known.kind === "set");
    const tuple = this.members.find((known) => known.kind === "tuple");
    this.element ??= this.inside(
      list && "element" in list ? list.element : tuple?.kind === "tuple" ? tuple.elements[0] : undefined,
    );
    return this.element;
  }

  part(index: number): Place {
    const tuple = this.members.find((known) => known.kind === "tuple");
    const list = this.members.find((known) => known.kind === "list");
    return this.within(this.parts, index, () =>
      tuple?.kind === "tuple" ? tuple.elements[index] : list?.kind === "list" ? list.element : undefined,
    );
  }

  key(): Place {
    const map = this.members.find((known) => known.kind === "map");
    this.keyPlace ??= this.inside(map?.kind === "map" ? map.key : undefined);
    return this.keyPlace;
  }

  value(): Place {
    const map = this.members.find((known) => known.kind === "map");
    this.valuePlace ??= this.inside(map?.kind === "map" ? map.value : undefined);
    return this.valuePlace;
  }

  /** Pairs of keys and values. */
  entries(): Place {
    const pair = new Place(this.world);
    pair.parts.set(0, this.key());
    pair.parts.set(1, this.value());
    const pairs = new Place(this.world);
    pairs.element = pair;
    return pairs;
  }

  /** A list of `element`. */
  static listOf(world: PlaceWorld, element: Place): Place {
    const list = new Place(world);
    list.element = element;
    return list;
  }

  length(): Place {
    this.size ??= new Place(this.world);
    return this.size;
  }

  /** The number that it says. */
  readNumber(): Place {
    this.read ??= new Place(this.world).votesFor("integer", 0.5);
    return this.read;
  }

  /** The list of its pieces. */
  splitAt(separator: string): Place {
    if (!this.pieces) {
      const list = Place.listOf(this.world, new Place(this.world).votesFor("string", 0.5));
      list.isSplit = true;
      this.pieces = { separator, list };
    }
    return this.pieces.list;
  }

  /** An element of which one knows only the place in the list. Pieces of a text each have a meaning of their own. */
  at(index: number): Place {
    this.least = Math.max(this.least, index < 0 ? -index : index + 1);
    return this.isSplit && index >= 0 ? this.part(index).votesFor("string", 0.1) : this.each();
  }

  called(arity: number): Place {
    this.votesFor("callable", 3);
    this.arity = Math.max(this.arity, arity);
    const known = this.members.find((member) => member.kind === "callable");
    this.answer ??= this.inside(known?.kind === "callable" ? known.result : undefined);
    return this.answer;
  }

  /** `new Class(...)` */
  constructed(arity: number): Place {
    this.isMaker = true;
    return this.called(arity);
  }

  /** A place nothing is known of, for what is worked out from this one. */
  fresh(): Place {
    return new Place(this.world);
  }

  declaredAs(kind: Declared["kind"]): boolean {
    return this.members.some((member) => member.kind === kind);
  }

  get isDeclared(): boolean {
    return this.members.length > 0;
  }

  private inside(type: Declared | undefined): Place {
    return new Place(this.world, type, this.depth + 1);
  }

  private within<K>(places: Map<K, Place>, name: K, type: () => Declared | undefined): Place {
    let place = places.get(name);
    if (!place) {
      place = this.inside(type());
      if (places.size < maxParts) places.set(name, place);
    }
    return place;
  }

  private fieldType(name: string): Declared | undefined {
    for (const member of this.members) {
      if (member.kind !== "record") continue;
      const field = member.fields.find((known) => known.name === name);
      if (field) return field.type;
    }
    return undefined;
  }

  // What comes of it

  shape(): Shape {
    return this.shapeWithin(maxDepth);
  }

  /** An object of a class by the fields that are used of it. */
  standIn(className: string): Shape {
    const fields = this.world.isPython ? this.attributes : this.fields;
    return {
      kind: "record",
      form: "attributes",
      standIn: className,
      fields: [...fields].map(([name, place]): FieldShape => {
        return { name, shape: place.shapeWithin(maxDepth - 1), optional: false };
      }),
    };
  }

  private shapeWithin(depth: number): Shape {
    if (depth <= 0 || this.world.budget.left-- <= 0) return unknownShape;
    const shapes = this.members.map((member) => this.refined(member, depth));
    if (shapes.length === 0) shapes.push(...this.askedFor(depth), ...this.inferred(depth));
    const known: Shape[] = shapes.filter((shape) => shape.kind !== "unknown");
    if (this.declaredNone || this.score("none") > 0) {
      if (known.length === 0) known.push(unknownShape);
      known.push({ kind: "none" });
    }
    const [only = unknownShape] = known;
    return known.length > 1 ? { kind: "union", members: known } : only;
  }

  /** A declared type with what the uses say. */
  private refined(type: Declared, depth: number): Shape {
    switch (type.kind) {
      case "integer":
      case "number":
        return this.numbers(type.kind);
      case "string":
        return this.strings(depth);
      case "bytes":
      case "boolean":
      case "none":
        return { kind: type.kind };
      case "list":
        return this.list(depth);
      case "set":
        return { kind: "set", element: this.each().shapeWithin(depth - 1) };
      case "tuple":
        return this.tuple(type.elements.length, depth);
      case "map":
        if (this.fields.size > 0) return this.record("keys", depth);
        return this.map(type.form, depth);
      case "record":
        this.declareFields(type.fields);
        return this.record(this.world.isPython && type.form === "attributes" ? "attributes" : "keys", depth);
      case "oneOf":
        return { kind: "oneOf", expressions: type.expressions };
      case "instance":
        return this.instance(depth);
      case "callable":
        return this.callable(type.arity, depth);
      default:
        return unknownShape;
    }
  }

  /** Fields that are used, and of the others only as many as a person wants to read. */
  private declareFields(fields: readonly DeclaredField[]): void {
    const used = this.fields.size;
    for (const { name, optional } of fields) {
      if (this.fields.has(name)) {
        if (optional) this.optionalFields.add(name);
      } else if (!optional && this.fields.size < (used > 0 ? maxShownFields : maxUnusedFields)) this.field(name);
    }
  }

  private instance(depth: number): Shape {
    const { construction } = this;
    if (!construction) return this.attributes.size > 0 ? this.record("attributes", depth) : unknownShape;
    const parameters = construction.parameters.map(({ facts, place, passing, optional }): ParameterShape => {
      return { name: facts.name, shape: place.shapeWithin(depth - 1), optional, passing };
    });
    return { kind: "instance", className: construction.type.name, parameters };
  }

  /** Objects of the classes it is asked about. */
  private askedFor(depth: number): Shape[] {
    return this.askedTypes.flatMap((asked): Shape[] => {
      if (asked.construction) return [asked.instance(depth)];
      const [type] = asked.members;
      const isStandIn = type?.kind === "instance" && type.type.name === this.world.standIn;
      return isStandIn ? [this.standIn(type.type.name)] : [];
    });
  }

  private inferred(depth: number): Shape[] {
    if (this.construction) return [this.instance(depth)];
    const ranked = this.scores().filter(([, score]) => score > 0);
    const [best] = ranked;
    if (best) {
      const others = [...this.askedKinds].filter((kind) => kind !== best[0]);
      // What letters are taken from is looked at like a list.
      if (best[0] === "list" && isTextName(this.label)) return [this.strings(depth), this.shapeAs("list", depth)];
      return [best[0], ...others].map((kind) => this.shapeAs(kind, depth));
    }
    for (const other of this.alike) {
      const kind = other.members[0]?.kind ?? other.scores()[0]?.[0];
      if (kind === "integer" || kind === "number" || kind === "string") return [this.shapeAs(kind, depth)];
    }
    return [];
  }

  private scores(): [Kind, number][] {
    const scores = new Map(this.votes);
    const add = (kind: Kind, weight: number) => scores.set(kind, (scores.get(kind) ?? 0) + weight);
    scores.delete("none");
    add("record", this.fields.size > 0 ? 2 : 0);
    add("attributes", this.attributes.size > 0 ? 2 : 0);
    const indexes = this.parts.size;
    if (this.isMadeOfLetters()) add("string", 4);
    // What is looked at letter by letter and has methods of a text is a text.
    const isText = this.score("string") >= 0.6;
    if (this.element) add(this.score("set") > 0 ? "set" : "list", isText ? 0.4 : 1.2);
    else if (indexes > 0) add("list", 0.6);
    if (this.keyPlace || this.valuePlace) add("map", 1.5);
    if (this.added > 0) add(this.size || isText ? "string" : "integer", 0.5);
    if (this.size) {
      add("list", 0.4);
      scores.delete("integer");
      scores.delete("number");
    }
    if (this.read) {
      add("string", 0.6);
      add("number", 0.5);
    }
    if (this.pieces) add("string", 1);
    if (this.score("tuple") > 0) add("tuple", indexes > 0 ? 1 : -10);
    return [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1]);
  }

  private isMadeOfLetters(): boolean {
    const letters = [this.element, ...this.parts.values()];
    return letters.some((part) => part?.isLetter) && this.score("list") < 2 && !this.isSplit;
  }

  private shapeAs(kind: Kind, depth: number): Shape {
    switch (kind) {
      case "integer":
        return this.numbers(this.score("number") > this.score("integer") ? "number" : "integer");
      case "number":
        return this.numbers("number");
      case "string":
        return this.strings(depth);
      case "list":
        return this.list(depth);
      case "set":
        return { kind: "set", element: this.each().shapeWithin(depth - 1) };
      case "tuple":
        return this.tuple(Math.max(...this.parts.keys()) + 1, depth);
      case "map":
        return this.map(this.world.isPython || this.score("record") > 0 ? "properties" : this.mapForm(), depth);
      case "record":
        return this.record("keys", depth);
      case "attributes":
        return this.record("attributes", depth);
      case "callable":
        return this.callable(this.arity, depth);
      default:
        return { kind };
    }
  }

  private callable(arity: number, depth: number): Shape {
    if (this.isMaker) return { kind: "callable", arity, isMaker: true };
    const result = this.answer?.shapeWithin(depth - 1);
    return { kind: "callable", arity, ...(result && result.kind !== "unknown" && { result }) };
  }

  private mapForm(): "properties" | "Map" {
    return this.score("map") >= 2 ? "Map" : "properties";
  }

  private tuple(length: number, depth: number): Shape {
    const parts = Array.from({ length: Math.min(maxParts, length) }, (_, i) => this.part(i));
    const elements = parts.map((part) => part.shapeWithin(depth - 1));
    return { kind: "tuple", elements, names: parts.map(({ label }) => label) };
  }

  private list(depth: number): Shape {
    const element = this.element ?? [...this.parts.values()][0];
    const shape = element?.shapeWithin(depth - 1) ?? this.each().shapeWithin(depth - 1);
    const least = Math.min(12, Math.max(this.least, ...[...this.parts.keys()].map((index) => index + 1)));
    const told = [...(this.size?.nearNumbers ?? [])].filter((n) => n >= 0 && n <= 12);
    return { kind: "list", element: shape, lengths: [...new Set(least > 1 ? [...told, least] : told)], least };
  }

  private map(form: "properties" | "Map", depth: number): Shape {
    const key = this.key().shapeWithin(depth - 1);
    return { kind: "map", form, key, value: this.value().shapeWithin(depth - 1) };
  }

  private record(form: "keys" | "attributes", depth: number): Shape {
    const known = form === "keys" ? this.fields : this.attributes;
    const fields = [...known].map(([name, place]): FieldShape => {
      return { name, shape: place.shapeWithin(depth - 1), optional: this.optionalFields.has(name) };
    });
    return { kind: "record", form, fields };
  }

  private pieceShapes(depth: number): Shape[] {
    const length = Math.min(maxParts, Math.max(-1, ...this.parts.keys()) + 1);
    const known = Array.from({ length }, (_, i) => this.part(i).shapeWithin(depth));
    return length === 0 ? [this.each().shapeWithin(depth)] : known;
  }

  private strings(depth: number): StringShape {
    const texts = [...this.texts].map(([text, role]): TextHint => ({ text, role }));
    for (const part of [this.element, ...this.parts.values()])
      for (const letter of part?.texts.keys() ?? [])
        if (texts.length < maxHints) texts.push({ text: letter, role: "inside" });
    // As long as it is asked whether it is.
    for (const length of this.size?.nearNumbers ?? [])
      texts.push(...textsOfLength(length).map((text): TextHint => ({ text, role: "whole" })));
    return {
      kind: "string",
      texts,
      ...(this.isLetter && { isLetter: true }),
      ...(this.read && { numeric: this.read.numbers("integer") }),
      ...(this.pieces && {
        pieces: { separator: this.pieces.separator, pieces: this.pieces.list.pieceShapes(depth - 1) },
      }),
    };
  }
}
