import { givenBy } from "./functionCallReader";
import type { FunctionReader } from "./functionReader";
import { callbackMethods, type KnownMethod, pythonMethods, scriptMethods } from "./knownCalls";
import { contains, noteDefault } from "./operations";
import { Place, type PlaceWorld } from "./place";
import { eachOf, elementAt, noteSamples, nothing, type Seen, separatorOf } from "./seen";

/** Reads what calls of well-known methods say of what they are called on, and of what they are given. */
export class MethodReader {
  private readonly isPython: boolean;
  private readonly world: PlaceWorld;

  constructor(private readonly reader: FunctionReader) {
    ({ isPython: this.isPython, world: this.world } = reader.language);
  }

  read(receiver: Seen, name: string, args: readonly Seen[], named: ReadonlyMap<string, Seen>): Seen {
    const { place } = receiver;
    const [first = nothing, second = nothing] = args;
    if (!place) return this.onList(receiver, name, args) ?? nothing;
    if (place.declaredAs("record") && place.hasAttribute(name))
      return { place: place.attribute(name).called(args.length) };
    const own = this.isPython
      ? this.pythonMethod(place, name, first, second, args.length)
      : this.scriptMethod(receiver, place, name, args);
    if (own) return own;
    const key = named.get("key")?.fn;
    if (key) this.reader.apply(key, [{ place: place.each() }]);
    const known = (this.isPython ? pythonMethods : scriptMethods).get(name);
    if (known) return this.byMethod(receiver, place, known, args);
    for (const { fn } of args) if (fn) this.reader.apply(fn, []);
    return { place: place.attribute(name).called(args.length) };
  }

  /** What a regular expression is asked about is a text, wherever the expression comes from. */
  readOfPattern(name: string, args: readonly Seen[], pattern: string | undefined): Seen {
    if (!/^(match|fullmatch|search|findall|finditer|test|exec|sub|subn|split)$/.test(name)) return nothing;
    const place = args[name.startsWith("sub") ? 1 : 0]?.place;
    place?.votesFor("string");
    if (place && pattern !== undefined) noteSamples(place, pattern);
    return name === "findall" ? givenBy(this.world, "listOfStrings", nothing) : nothing;
  }

  private byMethod(receiver: Seen, place: Place, known: KnownMethod, args: readonly Seen[]): Seen {
    const [first = nothing] = args;
    // `line.split(b",")`
    const isBytes = known.on === "string" && args.some(({ form }) => form === "bytes");
    place.votesFor(isBytes ? "bytes" : known.on, known.weight ?? 1);
    known.takes?.forEach((kind, i) => {
      if (kind) args[i]?.place?.votesFor(kind);
    });
    if (first.pattern !== undefined && known.on === "string") noteSamples(place, first.pattern);
    if (known.looks) {
      const texts =
        typeof first.literal === "string"
          ? [first.literal]
          : (first.literals ?? first.parts?.map(({ literal }) => literal) ?? []);
      for (const text of texts) if (typeof text === "string") place.noteText(text, known.looks);
      if (first.place) first.place.votesFor("string", 0.8);
    }
    if (known.on === "set" || known.on === "list")
      if (first.place && !first.place.isDeclared) place.each().isLike(first.place);
    return givenBy(this.world, known.gives, receiver);
  }

  private pythonMethod(place: Place, name: string, first: Seen, second: Seen, count: number): Seen | undefined {
    switch (name) {
      case "items":
        if (count > 0) return undefined;
        return { place: place.votesFor("map").entries() };
      case "keys":
        return { place: Place.listOf(this.world, place.votesFor("map").key()) };
      case "values":
        return { place: Place.listOf(this.world, place.votesFor("map").value()) };
      case "get":
      case "setdefault":
      case "pop":
        if (name === "pop" && (count === 0 || typeof first.literal === "number")) {
          return { place: place.votesFor("list").each() };
        }
        return this.lookedUp(place, first, second);
      case "split":
      case "rsplit":
        if (first.form === "bytes") return { place: Place.listOf(this.world, place.votesFor("bytes", 2)) };
        place.votesFor("string");
        return { place: place.splitAt(separatorOf(first)) };
      case "partition":
      case "rpartition": {
        place.votesFor("string");
        if (typeof first.literal !== "string") return undefined;
        place.noteText(first.literal, "inside");
        const pieces = place.splitAt(first.literal);
        return { parts: [{ place: pieces.at(0) }, { literal: first.literal }, { place: pieces.at(1) }] };
      }
      case "update":
        place.votesFor("map");
        return nothing;
      case "join":
        place.votesFor("string");
        if (first.place) first.place.votesFor("list").each().votesFor("string", 0.8);
        return { form: "string" };
      default:
        return undefined;
    }
  }

  /** `.get("priority", 0)` */
  private lookedUp(place: Place, key: Seen, fallback: Seen): Seen {
    if (typeof key.literal === "string") {
      const field = place.field(key.literal, true);
      if (fallback.literal !== undefined || fallback.form) noteDefault(field, fallback);
      return { place: field };
    }
    place.votesFor("map");
    if (key.place) place.key().isLike(key.place);
    return { place: place.value() };
  }

  private scriptMethod(receiver: Seen, place: Place, name: string, args: readonly Seen[]): Seen | undefined {
    const [first = nothing] = args;
    const list = this.onList(receiver, name, args);
    if (list) return list;
    switch (name) {
      case "get":
      case "has":
      case "set":
      case "delete":
        if (place.declaredAs("instance") || place.declaredAs("record")) return undefined;
        if (place.declaredAs("set") || (name === "has" && !place.declaredAs("map"))) {
          place.votesFor("set", 0.8);
          if (first.place) place.each().isLike(first.place);
          if (typeof first.literal === "string") place.each().noteText(first.literal);
          return { form: "boolean" };
        }
        place.votesFor("map", 1.2);
        if (typeof first.literal === "string") place.key().noteText(first.literal);
        if (first.place) place.key().isLike(first.place);
        return { place: place.value() };
      case "keys":
        return { place: Place.listOf(this.world, place.votesFor("map").key()) };
      case "values":
        return {
          place: Place.listOf(this.world, place.declaredAs("set") ? place.each() : place.votesFor("map").value()),
        };
      case "entries":
        return place.declaredAs("map") ? { place: place.entries() } : undefined;
      case "split":
        place.votesFor("string");
        return { place: place.splitAt(separatorOf(first)) };
      case "includes":
      case "indexOf":
      case "lastIndexOf":
        contains(first, { place }, this.isPython);
        return { form: name === "includes" ? "boolean" : "integer" };
      case "at":
        return elementAt(place, first, false);
      case "toString":
        return asText(receiver, place, args.length);
      case "test":
        if (first.place) first.place.votesFor("string");
        return undefined;
      default:
        return undefined;
    }
  }

  /** `xs.map(f)` and its relatives. */
  private onList(receiver: Seen, name: string, args: readonly Seen[]): Seen | undefined {
    if (this.isPython || !callbackMethods.has(name)) return undefined;
    const gives = callbackMethods.get(name);
    const [first = nothing] = args;
    receiver.place?.votesFor("list", 2);
    const element = eachOf(receiver);
    const isPair = name === "sort" || name === "toSorted";
    const given =
      gives === "folded"
        ? [args[1] ?? element, element]
        : isPair
          ? [element, element]
          : [element, { place: new Place(this.world), isIndex: true }];
    const mapped = first.fn ? this.reader.apply(first.fn, given) : nothing;
    first.place?.called(isPair || gives === "folded" ? 2 : 1);
    if (gives === "same") return receiver;
    if (gives === "element") return element;
    if (gives === "mapped") return { place: Place.listOf(this.world, mapped.place ?? new Place(this.world)) };
    return nothing;
  }
}

/** `size.toString()`: what is no number is most often a text already. */
function asText(receiver: Seen, place: Place, count: number): Seen {
  const isNumber = count > 0 || place.score("number") > 0 || place.score("integer") > 0;
  if (isNumber) place.votesFor("integer");
  if (isNumber || place.isDeclared) return { form: "string" };
  place.votesFor("string", 0.6);
  return receiver;
}
