import type { ParameterFacts } from "../facts";
import { type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { WrittenObject } from "../valueOrigins";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import type { Switch } from "./conditionTexts";

/** A call of a function, by its place in `FunctionSummary.calls`. */
export interface ReachedCall {
  linked: LinkedFunction;
  call: number;
}

/** What a parameter is given, and the name of the parameter for which it was written first. */
export interface Constant extends Switch {
  source: string;
  /** It is written as `true` or `false`; otherwise it is known to be something, or nothing. */
  isFlag?: true;
}

export function isDenied({ parameter, value, isPresence }: Switch, given: readonly Constant[]): boolean {
  return given.some(
    (constant) => constant.parameter === parameter && constant.value !== value && !(isPresence && constant.isFlag),
  );
}

/**
 * The parameter of the caller, or the name of the function around, that a call hands on for a parameter of the callee.
 */
export function handedOn(
  model: WorkspaceModel,
  { linked, call }: ReachedCall,
  callee: FunctionSummary,
  parameter: string,
): string | undefined {
  const caller = functionAt(model, linked);
  const [name = "", option] = parameter.split(".");
  const at = callee.parameters.findIndex((one) => one.name === name);
  // A closure knows the names of the function it stands in.
  if (at < 0) return callee.parent === linked.index ? parameter : undefined;
  const given = caller && argumentsGiven(caller, call, callee)[at];
  const handed = given === undefined ? undefined : nameHandedOn(caller as Place, given, name);
  return handed === undefined || option === undefined ? handed : `${handed}.${option}`;
}

type Place = NonNullable<ReturnType<typeof functionAt>>;

/** What a call gives each parameter, in order or by its name. */
export function argumentsGiven(
  { file, fn }: Place,
  call: number,
  { parameters }: FunctionSummary,
): (string | undefined)[] {
  const named = new Map<string, string>();
  const inOrder: string[] = [];
  for (const argument of fn.calls[call]?.arguments ?? []) {
    const [, keyword, value] = (file.language === "python" && /^(\w+)=(.*)$/s.exec(argument)) || [];
    if (keyword !== undefined) named.set(keyword, value as string);
    else inOrder.push(argument);
  }
  return parameters.map(({ name }, i) => named.get(name) ?? inOrder[i]);
}

/** The caller's parameter that an argument is; of one with a declared type only that is kept, so the name decides. */
function nameHandedOn({ fn: { parameters } }: Place, argument: string, parameter: string): string | undefined {
  const position = /^<func#\d+@(\d+)>(?:<\w+>)?$/.exec(argument)?.[1];
  if (position !== undefined) return parameters[Number(position)]?.name;
  return parameters.find(({ name, type }) => name === parameter && type !== undefined && argument === `<${type}>`)
    ?.name;
}

/**
 * Parameters of which it is known whether a call gives them `true` or `false`, something or nothing, itself or by
 * leaving out what has such a default.
 */
export function constantsGiven(
  model: WorkspaceModel,
  { linked, call }: ReachedCall,
  callee: FunctionSummary,
  known: readonly Constant[] = [],
): Constant[] {
  const caller = functionAt(model, linked);
  const given = caller ? argumentsGiven(caller, call, callee) : [];
  const { options } = caller?.fn.calls[call] ?? {};
  return callee.parameters.flatMap((parameter, i): Constant[] => {
    const { name, default: otherwise, rest } = parameter;
    if (rest) return [];
    if (options?.argument === i) return flagsOf(callee, parameter, options);
    const text = given[i] ?? otherwise ?? "";
    if (text === "{}") return flagsOf(callee, parameter, { others: [] });
    if (/^(?:true|True)$/.test(text)) return [{ parameter: name, value: true, source: name, isFlag: true }];
    if (/^(?:false|False)$/.test(text)) return [{ parameter: name, value: false, source: name, isFlag: true }];
    if (/^(?:null|None|nil|undefined)$/.test(text)) return [{ parameter: name, value: false, source: name }];
    // An element of data is something, and so is what is made for a parameter that may be left out.
    const isMade = /\(\)$/.test(text) && /^(?:null|None|nil|undefined)$/.test(otherwise ?? "");
    if (isMade || /\[(?:each|key)\](?:#\d+)?$/.test(text)) return [{ parameter: name, value: true, source: name }];
    const handed = caller && nameHandedOn(caller, text, name);
    return known.flatMap((constant) => {
      const [of, option] = constant.parameter.split(".");
      return of === handed ? [{ ...constant, parameter: option === undefined ? name : `${name}.${option}` }] : [];
    });
  });
}

/** What an object that is written in place says of what a function asks of it: `{ save: true }`. */
function flagsOf(callee: FunctionSummary, parameter: ParameterFacts, written: Partial<WrittenObject>): Constant[] {
  const { members = {}, others } = written;
  return optionsAsked(callee, parameter, Object.keys(members)).flatMap(({ member, name }): Constant[] => {
    const text = Object.hasOwn(members, member) ? members[member] : undefined;
    if (text === "true" || text === "false")
      return [{ parameter: name, value: text === "true", source: member, isFlag: true }];
    const isLeftOut = text === undefined && others !== undefined && !others.includes(member);
    return isLeftOut ? [{ parameter: name, value: false, source: member }] : [];
  });
}

/**
 * The members of an object that a function is given, those that are written and those that its conditions ask, and by
 * which name: `opts.save`, or `save` of `{ save }`.
 */
function optionsAsked(
  { flow }: FunctionSummary,
  { name, parts }: ParameterFacts,
  written: readonly string[],
): { member: string; name: string }[] {
  if (parts)
    return parts.flatMap((part) => {
      const member = /^\.([\w$]+)$/.exec(part.origin ?? "")?.[1];
      return member === undefined ? [] : [{ member, name: part.name }];
    });
  const asked = new Set(written);
  const ask = (inside: readonly Flow[]): void => {
    for (const node of inside) {
      if (typeof node === "number") continue;
      if (node.kind === "branch")
        for (const [, of, member = ""] of node.test?.matchAll(/([\w$]+)\??\.([\w$]+)/g) ?? [])
          if (of === name) asked.add(member);
      flowsInside(node).forEach(ask);
    }
  };
  ask(flow);
  return [...asked].map((member) => ({ member, name: `${name}.${member}` }));
}

/**
 * What is known of the parameters that a function knows which a call runs: its own, and where it stands inside the
 * caller those of that one.
 */
export function constantsInside(
  model: WorkspaceModel,
  { linked, call }: ReachedCall,
  callee: LinkedFunction,
  known: readonly Constant[],
): readonly Constant[] {
  const fn = functionAt(model, callee)?.fn;
  if (!fn) return [];
  const isInside = fn.parent === linked.index && callee.path === linked.path;
  const around = isInside ? known.filter((one) => fn.parameters.every(({ name }) => name !== one.parameter)) : [];
  const isCalled = linked.links.calls[call]?.functions.includes(callee.id);
  return isCalled ? [...around, ...constantsGiven(model, { linked, call }, fn, known)] : around;
}
