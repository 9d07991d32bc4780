import type { AccessPath } from "../facts";
import type { FunctionSummary } from "../fileSummary";
import type { Argument, ArgumentFit, Parameter } from "./argumentFit";
import { type Fit, listOf, numberType, sameType, stringType } from "./conversions";
import type { Place } from "./place";
import type { OwnedMethod, TypeSystem } from "./typeSystem";
import { type FunctionRef, functionOf } from "./types";

type Candidate = OwnedMethod | FunctionRef;

/** Chooses among methods of one name by what is known of the arguments, in the phases of Java's language specification. */
export class OverloadChoice {
  constructor(
    private readonly system: TypeSystem,
    private readonly fit: ArgumentFit,
  ) {}

  /**
   * The candidate that a call with these arguments means, `"none"` if it can mean none of them, and nothing when what is
   * known of the arguments leaves it open.
   *
   * @param mayBeInherited whether a method that nobody here has read may be meant as well
   */
  best<C extends Candidate>(
    candidates: readonly C[],
    args: readonly AccessPath[],
    place: Place,
    mayBeInherited: boolean,
  ): C | "none" | undefined {
    const fixed = candidates.filter((candidate) => functionIn(candidate).parameters.length === args.length);
    const variable = candidates.filter((candidate) => {
      const { parameters } = functionIn(candidate);
      return parameters.at(-1)?.rest && args.length >= parameters.length - 1;
    });
    if (fixed.length + variable.length === 0) return "none";
    if (fixed.length + variable.length === 1 && !mayBeInherited) return fixed[0] ?? variable[0];
    const known = args.map((path) => this.argument(path, place));
    // An inherited method nobody here has read may take them as well.
    const isOpen = (fit: readonly Fit[]) => mayBeInherited && fit.includes(undefined);
    for (const [phase, isVariable] of [
      [fixed, false],
      [variable, true],
    ] as const) {
      const fits = phase
        .map((candidate) => ({
          candidate,
          fit: known.map((arg, i) => this.fit.fits(arg, this.parameter(candidate, i, isVariable))),
        }))
        .filter(({ fit }) => !fit.includes("no"));
      const strict = fits.filter(({ fit }) => !fit.includes("loose"));
      for (const group of [strict, fits]) {
        if (group.length > 0 && group.every(({ fit }) => isOpen(fit))) return undefined;
        if (group.length === 1) return group[0]?.candidate;
        if (group.length > 1) return this.mostSpecific(group, isVariable, known.length);
      }
    }
    return "none";
  }

  /** The candidate whose parameters are all at least as narrow as those of every other one. */
  private mostSpecific<C extends Candidate>(
    group: readonly { candidate: C; fit: readonly Fit[] }[],
    isVariable: boolean,
    count: number,
  ): C | undefined {
    const parameters = group.map(({ candidate }) =>
      Array.from({ length: count }, (_, i) => this.parameter(candidate, i, isVariable)),
    );
    const winners = group.filter(({ fit }, a) =>
      group.every(
        ({ fit: otherFit }, b) =>
          a === b ||
          fit.every((own, i) => {
            const [mine, other] = [parameters[a]?.[i], parameters[b]?.[i]];
            if (sameParameter(mine, other)) return true;
            // Where nothing is known of the argument, the narrower parameter may not take it.
            if (own === undefined || otherFit[i] === undefined) return false;
            if (mine?.type === undefined) return false;
            if (other?.type === undefined) return other?.isVariable ?? false;
            return this.fit.fits({ form: "value", type: mine.type }, other) === "strict";
          }),
      ),
    );
    return winners.length === 1 ? winners[0]?.candidate : undefined;
  }

  /** The type of the i-th parameter, and whether it is a type variable that takes anything. */
  private parameter(candidate: Candidate, i: number, isVariable: boolean): Parameter {
    const fn = functionIn(candidate);
    const last = fn.parameters.length - 1;
    const declared = fn.parameters[Math.min(i, last)];
    if (!declared?.type) return { text: "", type: undefined, isVariable: false };
    const isRest = declared.rest === true && !isVariable;
    const expression = this.system.links.parseType(declared.type);
    const { file } = "ref" in candidate ? candidate.ref : candidate;
    const place = this.system.places.of(file, fn.typeName);
    const bindings = new Map("ref" in candidate ? this.system.types.argumentsOrBounds(candidate.owner, 0) : []);
    for (const { name, bound } of fn.typeParameters)
      bindings.set(
        name,
        bound ? this.system.types.type(this.system.links.parseType(bound), place, bindings, 0) : undefined,
      );
    const resolved = this.system.types.type(
      isRest ? { kind: "list", element: expression } : expression,
      place,
      bindings,
      0,
    );
    const takesAnything = expression.kind === "name" && bindings.has(expression.name) && resolved === undefined;
    return { text: declared.type, type: resolved, isVariable: takesAnything };
  }

  private argument(path: AccessPath, place: Place): Argument {
    if (path === "") return { form: "unknown" };
    if (path === "null") return { form: "null" };
    if (path.startsWith('"')) return { form: "value", type: stringType };
    const number = numberType(path);
    if (number) return { form: "value", type: { kind: "external", module: "builtin", symbol: number, arguments: [] } };
    const closure = /^<func#(\d+)>$/.exec(path);
    if (closure) return { form: "function", parameters: place.file.functions[Number(closure[1])]?.parameters.length };
    const entity = this.system.resolve(path, place);
    switch (entity?.kind) {
      case "value":
        return { form: "value", type: entity.type };
      case "function":
        return { form: "function", parameters: undefined };
      default:
        return { form: "unknown" };
    }
  }
}

function functionIn(candidate: Candidate): FunctionSummary {
  return functionOf("ref" in candidate ? candidate.ref : candidate);
}

function sameParameter(a: Parameter | undefined, b: Parameter | undefined): boolean {
  if (!a || !b) return false;
  return (
    a.text === b.text || (a.type !== undefined && b.type !== undefined && sameType(a.type, b.type) && !listOf(a.type))
  );
}
