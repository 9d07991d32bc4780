import type { FunctionSummary } from "../fileSummary";

/** Whether a method takes the place of an inherited one: as many parameters, of types that have the same names. */
export function overrides(
  own: FunctionSummary,
  inherited: FunctionSummary,
  variables: readonly { name: string }[],
): boolean {
  if (own.parameters.length !== inherited.parameters.length) return false;
  return own.parameters.every(({ type, rest }, i) => {
    const other = inherited.parameters[i];
    const name = plainName(other?.type);
    const isVariable =
      variables.some((variable) => variable.name === name) ||
      inherited.typeParameters.some((variable) => variable.name === name);
    return isVariable || (plainName(type) === name && dimensions(type, rest) === dimensions(other?.type, other?.rest));
  });
}

/** The last part of a type's name, without type arguments, annotations and dimensions. */
function plainName(type: string | undefined): string {
  return /([\w$]+)\s*(\[\s*\]\s*)*$/.exec((type ?? "").replace(/<[\s\S]*>/, ""))?.[1] ?? "";
}

function dimensions(type: string | undefined, rest: boolean | undefined): number {
  return (type?.split("[").length ?? 1) - 1 + (rest ? 1 : 0);
}
