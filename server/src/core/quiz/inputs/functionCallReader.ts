import type { CallStep, Value } from "../../model/facts";
import type { FunctionReader } from "./functionReader";
import { type KnownCall, namedKinds, pythonFunctions, scriptFunctions } from "./knownCalls";
import { withNumber } from "./operations";
import { Place, type PlaceWorld } from "./place";
import { eachOf, nothing, type Seen } from "./seen";

/** Reads what calls of well-known functions say of what they are given. */
export class FunctionCallReader {
  private readonly isPython: boolean;
  private readonly world: PlaceWorld;

  constructor(private readonly reader: FunctionReader) {
    ({ isPython: this.isPython, world: this.world } = reader.language);
  }

  /** A function that is known by its name alone. */
  readNamed(callee: string, args: readonly Seen[]): Seen | undefined {
    const table = this.isPython ? pythonFunctions : scriptFunctions;
    return Object.hasOwn(table, callee) ? this.known(table[callee] as KnownCall, args) : undefined;
  }

  /** A function whose arguments say something of each other. */
  readSpecial(
    { callee, arguments: values }: CallStep,
    args: readonly Seen[],
    named: ReadonlyMap<string, Seen>,
  ): Seen | undefined {
    const [first = nothing, second = nothing] = args;
    if (callee === "<string>.join" && first.place) {
      first.place.votesFor("list");
      first.place.each().votesFor("string", 0.8);
      return { form: "string" };
    }
    const key = named.get("key")?.fn;
    if (key && first.place) this.reader.apply(key, [eachOf(first)]);
    return this.isPython
      ? this.pythonSpecial(callee, first, second, args, values)
      : this.scriptSpecial(callee, first, second);
  }

  private known({ takes, gives }: KnownCall, args: readonly Seen[]): Seen {
    takes.forEach((kind, i) => {
      const place = args[i]?.place;
      if (!place || !kind) return;
      if (kind === "letter") place.noteLetter();
      else if (kind === "listOfStrings") place.each().votesFor("string");
      else if (kind === "listOfNumbers") place.each().votesFor("integer");
      else place.votesFor(kind);
    });
    return givenBy(this.world, gives, args[0] ?? nothing);
  }

  private pythonSpecial(
    callee: string,
    first: Seen,
    second: Seen,
    args: readonly Seen[],
    values: readonly Value[],
  ): Seen | undefined {
    switch (callee) {
      case "len":
        return first.place && { place: first.place.length() };
      case "int":
      case "float":
      case "Decimal":
        if (!first.place) return undefined;
        if (first.place.score("number") > 0 || first.place.score("integer") > 0) return first;
        return { place: first.place.readNumber() };
      case "str":
      case "repr":
        return { form: "string" };
      case "min":
      case "max":
        if (args.length === 1 && first.place) return { place: first.place.each() };
        for (const { place } of args) place?.votesFor("integer", 0.6);
        if (first.place && typeof second.literal === "number") first.place.noteNumber(second.literal);
        if (second.place && typeof first.literal === "number") second.place.noteNumber(first.literal);
        return first.place ? first : second;
      case "divmod":
        return first.place && typeof second.literal === "number"
          ? {
              parts: [
                withNumber("//", first, second.literal, this.isPython),
                withNumber("%", first, second.literal, this.isPython),
              ],
            }
          : undefined;
      case "isinstance": {
        const type = values[1];
        const names =
          type?.kind === "path"
            ? [type.path]
            : type?.kind === "composite"
              ? type.parts.map((part) => (part.kind === "path" ? part.path : ""))
              : [];
        for (const name of names) {
          const kind = Object.hasOwn(namedKinds, name) ? namedKinds[name] : undefined;
          if (kind) first.place?.askedWhether(kind);
          else first.place?.askedWhetherOf(name);
        }
        return { form: "boolean" };
      }
      case "map":
      case "filter":
      case "functools.reduce":
      case "reduce": {
        if (!second.place) return undefined;
        const element = eachOf(second);
        const mapped = first.fn ? this.reader.apply(first.fn, [element, element]) : nothing;
        if (callee === "filter") return second;
        return callee === "map" && mapped.place ? { place: Place.listOf(this.world, mapped.place) } : nothing;
      }
      case "getattr":
      case "hasattr":
        return first.place && typeof second.literal === "string"
          ? { place: first.place.attribute(second.literal) }
          : undefined;
      default:
        return undefined;
    }
  }

  private scriptSpecial(callee: string, first: Seen, second: Seen): Seen | undefined {
    switch (callee) {
      case "Number":
      case "parseInt":
      case "parseFloat":
      case "Number.parseInt":
      case "Number.parseFloat":
        return first.place && { place: first.place.readNumber() };
      case "String":
        return { form: "string" };
      case "Object.keys":
        return first.place && { place: Place.listOf(this.world, first.place.votesFor("map", 0.8).key()) };
      case "Object.values":
        return first.place && { place: Place.listOf(this.world, first.place.votesFor("map", 0.8).value()) };
      case "Object.entries":
        return first.place && { place: first.place.votesFor("map", 0.8).entries() };
      case "Math.max":
      case "Math.min":
        if (first.place && typeof second.literal === "number") first.place.noteNumber(second.literal);
        if (second.place && typeof first.literal === "number") second.place.noteNumber(first.literal);
        return undefined;
      case "Set":
      case "Map":
      case "Date":
        return first;
      default:
        return undefined;
    }
  }
}

/** What a call gives of what it was given. */
export function givenBy(world: PlaceWorld, gives: KnownCall["gives"], from: Seen): Seen {
  if (gives === "same") return from;
  if (gives === "element") return from.place ? { place: from.place.each() } : nothing;
  if (gives === "listOfStrings") return { place: Place.listOf(world, new Place(world).votesFor("string")) };
  return gives ? { place: new Place(world).votesFor(gives, 0.1), form: gives } : nothing;
}
