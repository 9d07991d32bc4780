import type { AccessPath } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { join } from "../originPaths";
import { type CallSite, moduleName } from "./callSites";
import { asValue, isSameType } from "./entities";
import type { EntityTable, Place } from "./place";
import { callsKey } from "./signatures";
import { lastName } from "./typeExpression";
import type { TypeSystem } from "./typeSystem";
import type { Entity, Type } from "./types";

/** What is called from more places says too little of what it is given. */
const maxSites = 16;
const maxTypes = 3;
/** Derived types whose constructor may be inherited. */
const maxDerived = 8;
/** So much deeper is what a caller gives: a parameter that is handed on and on is given up soon. */
const levelsToCaller = 3;

/** A parameter without a type, or a member of it. */
interface Asked {
  file: FileSummary;
  index: number;
  parameter: number;
  member?: string;
}

/** What parameters without a type are, from what the calls in the workspace give for them, where these agree. */
export class GivenParameters {
  /** Parameters whose calls are being looked at. */
  private readonly open = new Set<string>();

  constructor(private readonly system: TypeSystem) {}

  of(file: FileSummary, index: number, parameter: number, depth: number): Entity | undefined {
    return this.answered({ file, index, parameter }, depth);
  }

  /** What they give as a member of the parameter at a root, written in place or a member of what they give. */
  memberOf(root: string, member: string, { file }: Place, depth: number): Entity | undefined {
    const at = parameterIn(root);
    return at && file.language !== "python" ? this.answered({ file, ...at, member }, depth) : undefined;
  }

  /** What the parameter at a root is when nothing is given for it. */
  defaultOf(root: string, place: Place, depth: number): Entity | undefined {
    const at = parameterIn(root);
    const text = at && place.file.functions[at.index]?.parameters[at.parameter]?.default;
    const path = text === undefined ? undefined : /^([A-Za-z_][\w.]*)(\(.*\))?$/.exec(text);
    return path ? this.system.resolve(`${path[1]}${path[2] ? "()" : ""}`, place, depth + 1) : undefined;
  }

  private answered(asked: Asked, depth: number): Entity | undefined {
    const { file, index, parameter, member = "" } = asked;
    if (!isAsked(file.functions[index], parameter)) return undefined;
    const place = this.system.places.of(file, undefined);
    place.given ??= new Map();
    const table: EntityTable = place.given;
    const key = `${index}@${parameter}.${member}`;
    return this.system.queries.answer(table, key, depth, () => {
      const path = `${file.path}#${key}`;
      if (this.open.has(path)) {
        this.system.queries.cut();
        return undefined;
      }
      this.open.add(path);
      try {
        return this.find(asked, depth + levelsToCaller);
      } finally {
        this.open.delete(path);
      }
    });
  }

  private find(asked: Asked, depth: number): Entity | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    const types: Type[] = [];
    for (const site of this.callsTo(asked, depth)) {
      const given = pathGiven(asked, site);
      if (given === undefined || given === "null" || isItself(given, asked, site)) continue;
      const type = this.typeAt(given, site, depth);
      if (!type) return undefined;
      if (!types.some((other) => isSameType(other, type))) types.push(type);
      if (types.length > maxTypes) return undefined;
    }
    return asValue(types.length > 1 ? { kind: "union", members: types } : types[0]);
  }

  /** The calls of a function; none where they are too many. */
  private callsTo({ file, index }: Asked, depth: number): readonly CallSite[] {
    const place = this.system.places.of(file, undefined);
    place.callers ??= new Map();
    const table: NonNullable<Place["callers"]> = place.callers;
    return this.system.queries.answer(table, index, depth, () => {
      const { declarations, queries } = this.system;
      const names = this.namesOf(file, index);
      for (const name of names) queries.consult(callsKey(name));
      const count = names.reduce((sum, name) => sum + declarations.countCalls(name), 0);
      if (count > maxSites) return [];
      const sites = names.flatMap((name) => declarations.callsOf(name));
      return sites.filter((site) => this.leadsTo(site, file, index, depth));
    });
  }

  /** The names by which a function may be called. */
  private namesOf(file: FileSummary, index: number): string[] {
    const { name, form, typeName } = file.functions[index] as FunctionSummary;
    const isConstructor = form === "constructor" && typeName !== undefined;
    const own = isConstructor ? lastName(typeName) : name;
    const names = new Set([own]);
    if (isConstructor) {
      for (const base of names) {
        if (names.size > maxDerived) break;
        this.system.queries.consult(`b:${base}`);
        for (const { facts } of this.system.declarations.typesNamingBase(base)) names.add(lastName(facts.name));
      }
    }
    if (this.system.links.defaultExport !== undefined) names.add(moduleName(file.path));
    return [...names];
  }

  private leadsTo({ file: from, call, typeName }: CallSite, file: FileSummary, index: number, depth: number): boolean {
    const path = call.origin ?? call.callee;
    if (isOfClosure(path, from)) return false;
    let entity = this.system.resolve(path, this.system.places.of(from, typeName), depth, true);
    if (entity?.kind === "module") entity = this.system.names.mainOf(entity.module, depth);
    const functions =
      entity?.kind === "function"
        ? entity.functions
        : entity?.kind === "type" && entity.type.kind === "declared"
          ? this.system.members.constructors(entity.type.declaration)
          : [];
    return functions.some((ref) => ref.file === file && ref.index === index);
  }

  private typeAt(given: AccessPath, { file, typeName }: CallSite, depth: number): Type | undefined {
    if (given === "" || isOfClosure(given, file)) return undefined;
    const entity = this.system.resolve(given, this.system.places.of(file, typeName), depth);
    const type = entity?.kind === "value" ? entity.type : undefined;
    return type?.kind === "declared" || type?.kind === "external" ? type : undefined;
  }
}

function parameterIn(root: string): { index: number; parameter: number } | undefined {
  const [, index, parameter] = /^<func#(\d+)@(\d+)>$/.exec(root) ?? [];
  return index === undefined ? undefined : { index: Number(index), parameter: Number(parameter) };
}

/** Whether calls are asked what a parameter is. */
function isAsked(fn: FunctionSummary | undefined, parameter: number): boolean {
  const asked = fn?.parameters[parameter];
  return asked !== undefined && asked.type === undefined && !asked.rest && isCalledByName(fn as FunctionSummary);
}

/** Whether others call a function by its name. */
function isCalledByName({ form, name, typeName, parent }: FunctionSummary): boolean {
  return form !== "closure" && name !== "" && (typeName !== undefined || parent === undefined);
}

/** Whether a path starts at a parameter of a function that is handed over: what that is given is said elsewhere. */
function isOfClosure(path: AccessPath, { functions }: FileSummary): boolean {
  const index = /^<func#(\d+)@/.exec(path)?.[1];
  return index !== undefined && !isCalledByName(functions[Number(index)] as FunctionSummary);
}

/** What a call gives for a parameter or as a member of it; nothing known as an empty path, nothing given as none. */
function pathGiven({ file, index, parameter, member }: Asked, site: CallSite): AccessPath | undefined {
  const { options } = site.call;
  const given = argumentFor(file.functions[index] as FunctionSummary, parameter, site);
  if (member === undefined || given === undefined || given === "null") return given;
  if (given !== "") return join(given, `.${member}`);
  if (options?.argument !== parameter) return "";
  return Object.hasOwn(options.members, member) ? options.members[member] : undefined;
}

/** Whether a function hands on what it was given itself. */
function isItself(given: AccessPath, { file, index, parameter, member }: Asked, site: CallSite): boolean {
  return site.file === file && given === `<func#${index}@${parameter}>${member === undefined ? "" : `.${member}`}`;
}

/** What a call gives for a parameter, by place or by name. */
function argumentFor({ parameters }: FunctionSummary, index: number, { call }: CallSite): AccessPath | undefined {
  const { name } = parameters[index] as FunctionSummary["parameters"][number];
  const named = call.arguments.find((given) => given.startsWith(`${name}=`));
  if (named !== undefined) return named.slice(name.length + 1);
  if (parameters.slice(0, index).some(({ rest }) => rest)) return undefined;
  const given = call.arguments[index];
  return given === undefined || /^\w+=/.test(given) ? undefined : given;
}
