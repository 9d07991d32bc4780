import type { FileFacts, FunctionFacts } from "./facts";
import { isSwitch, join, nothing } from "./originPaths";
import type { Scope } from "./scope";
import { isScript } from "./scripts";
import type { ValueOrigins } from "./valueOrigins";

/** Binds the names that the header of a function brings: its receiver, type parameters, results and parameters. */
export function bindHeader(file: FileFacts, index: number, origins: ValueOrigins, scope: Scope): void {
  const fn = file.functions[index] as FunctionFacts;
  if (fn.typeName) {
    const own = `<${fn.typeName}>`;
    const isStatic = fn.modifiers.includes("static");
    if (file.language !== "go" && file.language !== "python") scope.bind("this", isStatic ? fn.typeName : own);
    if (file.language !== "go") scope.bind("super", `<super ${fn.typeName}>`);
    if (fn.receiver) scope.bind(fn.receiver.name, fn.decorators.includes("classmethod") ? fn.typeName : own);
  } else if (fn.parent === undefined && isScript(file.language)) {
    // What a field is declared with: `table = { hail: (ship) => this.hail(ship) }`.
    const around = file.types.find(({ form, start, end }) => form === "class" && start < fn.start && fn.end < end);
    if (around) scope.bind("this", `<${around.name}>`);
  }
  if (file.language === "go") bindTypeParameters(file, fn, scope);
  fn.resultNames?.forEach((name, i) => {
    scope.bind(name, origins.typed(fn.results[i] ?? "", scope));
  });
  fn.parameters.forEach((parameter, i) => {
    const variadic = parameter.rest && file.language !== "typescript" ? "..." : "";
    const given = `<func#${index}@${i}>`;
    const typed = parameter.type && origins.typed(`${variadic}${parameter.type}`, scope);
    // Which switch it is says more than that it is one.
    const origin = typed && isSwitch(typed) ? `${given}${typed}` : typed || given;
    scope.bind(parameter.name, origin);
    for (const part of parameter.parts ?? [])
      scope.bind(part.name, part.type ? `<${part.type}>` : join(origin, part.origin ?? nothing));
  });
}

/** Inside the function a type parameter is as good as what it must be. */
function bindTypeParameters({ types }: FileFacts, fn: FunctionFacts, scope: Scope): void {
  const names = fn.receiver?.typeParameters;
  const declared = names && types.find(({ name }) => name === fn.typeName)?.typeParameters;
  const ofReceiver = names?.map((name, i) => ({ name, bound: declared?.[i]?.bound }));
  for (const { name, bound } of ofReceiver ?? fn.typeParameters) {
    scope.isGeneric = true;
    scope.bind(`<${name}>`, bound ?? "any");
  }
}
