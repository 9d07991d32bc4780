import { parseAccessPath, type Segment } from "../../model/accessPath";
import type { AccessPath, FileFacts, VariableFacts } from "../../model/facts";
import { BodyReader } from "./bodyReader";
import type { FunctionReader } from "./functionReader";
import { patternIn } from "./patternSamples";
import type { PlaceWorld } from "./place";
import { elementAt, noteDeclared, nothing, patternAt, Scope, type Seen, writtenValue } from "./seen";

const maxSteps = 20_000;
const maxInlined = 60;
const maxInlineDepth = 3;

/** Reads function bodies for what they do with values. One reader for one question; its work is bounded. */
export class UseReader implements FunctionReader {
  private readonly isPython: boolean;
  private readonly constants: Map<string, Seen>;
  private readonly functionNames = new Map<string, number>();
  private steps = maxSteps;
  private inlined = maxInlined;

  constructor(
    private readonly facts: FileFacts,
    private readonly text: string,
    private readonly world: PlaceWorld,
    foreignConstants: ReadonlyMap<string, string> = new Map(),
  ) {
    this.isPython = facts.language === "python";
    this.constants = new Map(
      facts.constants.flatMap(({ name, value, end }) => {
        if (value === undefined) return [];
        // Cut in the facts, and with other white space.
        const written = /^[^=\r\n]{0,80}=\s*/.exec(text.slice(end, end + 100))?.[0].length;
        const pattern = written === undefined ? undefined : patternAt(text, end + written);
        return [[name, pattern === undefined ? writtenValue(value) : { pattern }] as const];
      }),
    );
    for (const [name, value] of foreignConstants) {
      const pattern = patternIn(value);
      this.constants.set(name, pattern === undefined ? writtenValue(value) : { pattern });
    }
    facts.functions.forEach((fn, i) => {
      if (fn.parent === undefined) this.functionNames.set(fn.symbol, i);
    });
  }

  /** Reads a body whose parameters are these places. */
  readFunction(index: number, given: ReadonlyMap<string, Seen>, scope?: Scope): Seen {
    const fn = this.facts.functions[index];
    if (!fn) return nothing;
    const inner = new Scope(scope, (scope?.depth ?? 0) + 1, fn.typeName ?? scope?.owner);
    for (const [name, seen] of given) inner.set(name, seen);
    return new BodyReader(this, inner).read(fn.steps);
  }

  apply(fn: { index: number; scope: Scope }, args: readonly Seen[], named?: ReadonlyMap<string, Seen>): Seen {
    const callee = this.facts.functions[fn.index];
    if (!callee || fn.scope.depth >= maxInlineDepth || this.inlined-- <= 0) return nothing;
    const given = new Map<string, Seen>();
    callee.parameters.forEach((parameter, i) => {
      const seen = named?.get(parameter.name) ?? (parameter.rest ? undefined : args[i]);
      if (!seen) return;
      if (parameter.parts) this.takeApart(parameter.parts, seen, given);
      else given.set(parameter.name, seen);
      if (seen.place && parameter.type) noteDeclared(seen.place, parameter.type, this.isPython);
    });
    return this.readFunction(fn.index, given, fn.scope);
  }

  takeApart(parts: readonly VariableFacts[], seen: Seen, given: Map<string, Seen>): void {
    for (const { name, origin } of parts) {
      if (origin === undefined) {
        // The type of a part is known where its origin is not; patterns name the part as a rule.
        if (seen.place) given.set(name, { place: seen.place.field(name) });
      } else given.set(name, this.along(seen, origin));
    }
  }

  along(seen: Seen, suffix: AccessPath): Seen {
    let current = seen;
    for (const segment of parseAccessPath(`x${suffix}`).segments) current = this.step(current, segment);
    return current;
  }

  functionNamed(name: string): number | undefined {
    return this.functionNames.get(name);
  }

  constant(name: string): Seen | undefined {
    return this.constants.get(name);
  }

  spend(): boolean {
    return this.steps-- > 0;
  }

  get language(): { isPython: boolean; world: PlaceWorld; text: string } {
    return { isPython: this.isPython, world: this.world, text: this.text };
  }

  step(seen: Seen, segment: Segment, key?: Seen): Seen {
    if (seen.parts && segment.kind === "part") return seen.parts[segment.index] ?? nothing;
    if (seen.parts && segment.kind === "each") return seen.parts[0] ?? nothing;
    const { place } = seen;
    if (!place) return nothing;
    switch (segment.kind) {
      case "member":
        if (!this.isPython && (segment.name === "length" || segment.name === "size")) {
          const isCollection = place.declaredAs("map") || place.declaredAs("set") || place.score("map") > 1;
          if (segment.name === "length" || isCollection) return { place: place.length() };
        }
        return { place: place.attribute(segment.name) };
      case "element":
        return elementAt(place, key, this.isPython);
      case "each":
        return { place: place.each(), isElement: true };
      case "key":
        return { place: place.key() };
      case "part":
        place.votesFor("tuple");
        return { place: place.part(segment.index) };
      case "call":
        return { place: place.called(1) };
      case "as":
        return seen;
    }
  }
}
