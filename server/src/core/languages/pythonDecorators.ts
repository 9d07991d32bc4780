import { rootOf } from "../model/accessPath";
import type { FunctionFacts, ScopeStep, Step, Value } from "../model/facts";
import { stepsInside } from "../model/walkSteps";

/**
 * What runs within a `with` of the decorator's runs within it itself: the body of a decorated function is put into the
 * blocks in which the function that its decorator gives calls it. Those of other files are
 * looked at when they are linked, and those that take arguments.
 */
export function withBlocksOfDecorators(functions: readonly FunctionFacts[]): void {
  const places = new Map(functions.map(({ symbol }, i) => [symbol, i]));
  for (const fn of functions) {
    for (const name of fn.decorators) {
      const decorator = places.get(name);
      if (decorator === undefined || functions[decorator] === fn) continue;
      for (const scope of blocksAround(functions, decorator, fn).reverse())
        fn.steps = [{ ...scope, start: fn.nameSpan.start, end: fn.end, variable: undefined, body: fn.steps }];
    }
  }
}

/** The blocks in which a function inside a decorator calls what is decorated, as that names what they hold. */
function blocksAround(functions: readonly FunctionFacts[], decorator: number, decorated: FunctionFacts): ScopeStep[] {
  const wrapped = functions[decorator]?.parameters[0]?.name;
  for (const inner of wrapped === undefined ? [] : functions) {
    if (inner.parent !== decorator) continue;
    const around = scopesTo(inner.steps, wrapped as string, []) ?? [];
    const object = inner.parameters[0]?.name;
    const own = decorated.receiver?.name ?? decorated.parameters[0]?.name;
    const known = around.flatMap((scope) => {
      const resource = seenBy(scope.resource, object, own);
      return resource ? [{ ...scope, resource }] : [];
    });
    if (known.length > 0) return known;
  }
  return [];
}

/** The blocks around the first call of a name, the outermost first. */
function scopesTo(
  steps: readonly Step[],
  name: string,
  around: readonly ScopeStep[],
): readonly ScopeStep[] | undefined {
  for (const step of steps) {
    if (step.kind === "call" && step.callee === name) return around;
    const inside = step.kind === "scope" ? [...around, step] : around;
    for (const inner of stepsInside(step)) {
      const found = scopesTo(inner, name, inside);
      if (found) return found;
    }
  }
  return undefined;
}

/** What a block holds of the first argument is held of the decorated function's first parameter. */
function seenBy(resource: Value, object: string | undefined, own: string | undefined): Value | undefined {
  if (resource.kind !== "path") return undefined;
  const { path } = resource;
  if (rootOf(path) !== object) return resource;
  return own === undefined ? undefined : { ...resource, path: own + path.slice(object.length) };
}
