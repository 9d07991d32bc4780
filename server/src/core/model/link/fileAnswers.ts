import type { CatalogEntry } from "../../catalog/catalog";
import type { CallSummary, FileSummary, FunctionSummary } from "../fileSummary";
import { enclosingType } from "./closureUses";
import { type CallTarget, functionIds, unresolved } from "./links";
import { pauseIn } from "./loopPace";
import type { Place } from "./place";
import type { Resolver } from "./resolver";
import { type Entity, type ExternalEntity, type FunctionRef, functionOf, type Type } from "./types";

const none: readonly string[] = [];

/** What a setter is given, of which nothing is known. */
const written: readonly string[] = [""];

/** What paths mean inside one type of a file, by path. */
interface Answers {
  fields: Map<string, string>;
  /** By the number of arguments. */
  targets: Map<string, CallTarget[]>;
  entities: Map<string, { entity: Entity | undefined }>;
}

/** What the paths of one file mean, each asked of the resolver once. */
export class FileAnswers {
  private readonly byType = new Map<string | undefined, Answers>();
  private readonly targetsById = new Map<string, FunctionRef>();

  constructor(
    readonly file: FileSummary,
    readonly resolver: Resolver,
  ) {}

  calls(path: string, args: readonly string[], typeName: string | undefined): CallTarget {
    // Where overloads differ in the types they take, so may two calls with as many arguments.
    const key = this.resolver.tellsByTypes ? `${path} ${args.join("\n")}` : path;
    const { targets } = this.answersIn(typeName);
    let byCount = targets.get(key);
    if (!byCount) {
      byCount = [];
      targets.set(key, byCount);
    }
    let known = byCount[args.length];
    if (!known) {
      const place = this.resolver.place(this.file, typeName);
      const entity = this.resolver.resolve(path, place, 0, true);
      known = entity ? this.toTarget(entity, args, place) : unresolved;
      byCount[args.length] = known;
    }
    return known;
  }

  /** The functions that run where a member is read or written; of a type itself only those that need no value of it. */
  accessed(path: string, accesses: "read" | "write", typeName: string | undefined): CallTarget {
    const { functions, dynamic } = this.calls(path, accesses === "read" ? none : written, typeName);
    const run = functions.filter((id) => {
      const ref = this.targetsById.get(id);
      const modifiers = ref ? functionOf(ref).modifiers : [];
      if (!modifiers.includes(accesses === "read" ? "getter" : "setter")) return false;
      return (this.entity(ownerOf(path), typeName)?.kind === "type") === modifiers.includes("static");
    });
    return run.length > 0 ? { functions: run, dynamic } : unresolved;
  }

  /**
   * Of a call that does no more than call a method of what it is handed, what that method does to a connection:
   * `fmt.Fprint(conn, x)` sends. What an answer or a file is given piece by piece is collected on the way.
   */
  throughMethod(target: CallTarget, args: readonly string[], typeName: string | undefined): CallTarget {
    const { role, method, callback = 0 } = target.entry ?? {};
    const path = role === "callback" && method ? args[callback] : undefined;
    const type = path ? this.typeOf(path, typeName) : undefined;
    if (!type || !this.sends(type, "Read")) return target;
    for (const name of method?.split("|") ?? []) {
      const sent = this.sends(type, name);
      if (sent) return { ...target, through: { module: sent.module, symbol: sent.symbol }, entry: sent.entry };
    }
    return target;
  }

  /**
   * Of a call of what serialises into a connection, or into the answer to a request, what sends it:
   * `json.NewEncoder(conn).Encode(x)`.
   */
  throughWriter(target: CallTarget, calls: readonly CallSummary[], at: number, typeName?: string): CallTarget {
    if (target.entry?.role !== "serialise" || !target.external) return target;
    const { callee: written = "", origin: path = written } = calls[at] ?? {};
    const made = calls.findLast(({ callee, origin = callee }, i) => i < at && `${origin}()` === ownerOf(path));
    const type = made?.arguments[0] === undefined ? undefined : this.typeOf(made.arguments[0], typeName);
    const sent = type && this.sends(type, "Write");
    return sent ? { ...target, through: { module: sent.module, symbol: sent.symbol } } : target;
  }

  private sends(type: Type, name: string): (ExternalEntity & { entry: CatalogEntry }) | undefined {
    const method = this.resolver.memberOfType(type, name, 0);
    if (method?.kind !== "external" || method.entry?.role !== "network") return undefined;
    return { ...method, entry: method.entry };
  }

  private answersIn(typeName: string | undefined): Answers {
    let known = this.byType.get(typeName);
    if (!known) {
      known = { fields: new Map(), targets: new Map(), entities: new Map() };
      this.byType.set(typeName, known);
    }
    return known;
  }

  entity(path: string, typeName: string | undefined): Entity | undefined {
    const { entities } = this.answersIn(typeName);
    let known = entities.get(path);
    if (!known) {
      known = { entity: this.resolver.resolve(path, this.resolver.place(this.file, typeName)) };
      entities.set(path, known);
    }
    return known.entity;
  }

  private toTarget(entity: Entity, args: readonly string[], place: Place): CallTarget {
    if (entity.kind === "external") {
      const external = { module: entity.module, symbol: entity.symbol };
      const { entry, alternatives } = entity;
      return {
        functions: [],
        dynamic: false,
        external,
        ...(entry && { entry }),
        ...(alternatives && { alternatives: idsOf(alternatives) }),
      };
    }
    const called = this.resolver.called(entity, args, place);
    if (called && "kind" in called) return this.toTarget(called, args, place);
    if (called) {
      const functions = idsOf(called.functions);
      called.functions.forEach((ref, i) => {
        this.targetsById.set(functions[i] as string, ref);
      });
      const done = this.resolver.doneOutside(called.functions);
      return {
        functions,
        dynamic: called.dynamic,
        ...(done && { external: { module: done.module, symbol: done.symbol }, entry: done.entry }),
      };
    }
    if (entity.kind === "type" && entity.type.kind === "external") {
      return { functions: [], dynamic: false, external: { module: entity.type.module, symbol: entity.type.symbol } };
    }
    return unresolved;
  }

  typeOf(path: string, typeName: string | undefined): Type | undefined {
    const entity = this.entity(path, typeName);
    return entity?.kind === "value" ? entity.type : undefined;
  }

  /** The type by which a lock goes that is the object at a path, or embedded in it. */
  lockHolder(path: string, place: Place): string | undefined {
    const entity = this.resolver.resolve(path, place);
    if (entity?.kind !== "value" || entity.type.kind !== "declared") return undefined;
    const { module, facts } = this.resolver.lockHolder(entity.type).declaration;
    return `${module}.${facts.name}`;
  }

  /** Position of the parameter that an argument is given for: the last one may take all that are left. */
  parameterAt(argument: number, { functions }: CallTarget): number {
    const ref = this.targetsById.get(functions[0] ?? "");
    const parameters = ref ? functionOf(ref).parameters : [];
    return parameters.at(-1)?.rest ? Math.min(argument, parameters.length - 1) : argument;
  }

  /** Position of the parameter that an argument is given for by name. */
  positionOf(keyword: string, { entry, functions }: CallTarget): number | undefined {
    if (entry?.keyword === keyword) return entry.callback;
    for (const id of functions) {
      const ref = this.targetsById.get(id);
      const at = ref ? functionOf(ref).parameters.findIndex(({ name }) => name === keyword) : -1;
      if (at >= 0) return at;
    }
    return undefined;
  }

  /** The functions of the workspace that a call reaches. */
  functionsCalled(path: string, args: readonly string[], typeName: string | undefined): FunctionSummary[] {
    return this.calls(path, args, typeName).functions.flatMap((id) => {
      const ref = this.targetsById.get(id);
      return ref ? functionOf(ref) : [];
    });
  }

  /** Whether a call leads to a method without body alone, which a function may stand for where methods are all there is. */
  isAbstract({ functions }: CallTarget): boolean {
    const ref = functions.length === 1 ? this.targetsById.get(functions[0] as string) : undefined;
    return this.resolver.tellsByTypes && ref !== undefined && functionOf(ref).modifiers.includes("abstract");
  }

  /** Whether all that is done by a call is to sleep, here or in a function that is there for that. */
  sleeps({ entry, functions }: CallTarget): boolean {
    if (entry?.role === "sleep") return true;
    const ref = functions.length === 1 ? this.targetsById.get(functions[0] as string) : undefined;
    const pause = ref && pauseIn(functionOf(ref));
    if (!pause) return false;
    const place = this.resolver.place(ref.file, enclosingType(ref.file, functionOf(ref)));
    const called = this.resolver.resolve(pause, place);
    return called?.kind === "external" && called.entry?.role === "sleep";
  }

  /** Whether a call leads to a method of an interface of the workspace, which a function may stand for. */
  isOfInterface(target: CallTarget): boolean {
    return this.isAbstract(target) || (this.resolver.tellsByTypes && target.dynamic);
  }

  /** The tables into which a decorator puts what it is handed, or what it wraps that in. */
  tablesFilled(decorators: readonly FunctionRef[]): string[] {
    return decorators.flatMap(({ file, index }) => {
      const isInside = (at: number | undefined): boolean =>
        at !== undefined && (at === index || isInside(file.functions[at]?.parent));
      return file.functions.flatMap((fn, at) => {
        if (fn.keeps === undefined || !isInside(at)) return [];
        const place = this.resolver.place(file, enclosingType(file, fn));
        return fn.keeps.flatMap(({ field, given, byKey }) => {
          const wrapper = /^<func#(\d+)(?:@\d+)?>$/.exec(given)?.[1];
          const isOwn = given.startsWith("#") || (wrapper !== undefined && isInside(Number(wrapper)));
          return byKey && isOwn ? (this.resolver.fieldKey(field, place) ?? []) : [];
        });
      });
    });
  }

  /** The fields into which what is called puts what it is given in a place. */
  fieldsFilled({ functions }: CallTarget, argument: number): { field: string; byKey?: true }[] {
    return functions.flatMap((id) => {
      const ref = this.targetsById.get(id);
      const { keeps = [] } = ref ? functionOf(ref) : {};
      return keeps.flatMap(({ field: path, given, byKey }) => {
        if (!ref || given !== `#${argument}`) return [];
        const typeName = enclosingType(ref.file, functionOf(ref));
        const field = this.resolver.fieldKey(path, this.resolver.place(ref.file, typeName));
        return field === undefined ? [] : [{ field, ...(byKey && { byKey }) }];
      });
    });
  }

  fieldKey(path: string, place: Place): string {
    const { fields } = this.answersIn(place.typeName);
    let key = fields.get(path);
    if (key === undefined) {
      key = this.resolver.fieldKey(path, place) ?? "";
      fields.set(path, key);
    }
    return key;
  }

  /**
   * The functions an argument names. Only a plain path can: a call's result or an element is looked at when called.
   *
   * @param isExpected a function is what belongs there
   */
  functionsOf(path: string, typeName: string | undefined, isExpected = false): readonly string[] {
    if (!mayNameFunction(path)) return none;
    let entity = this.entity(path, typeName);
    // A field of the same name hides the method: `timer.schedule(this::turn)`.
    if (isExpected && this.resolver.tellsByTypes && entity?.kind === "value" && path.includes("."))
      entity = this.resolver.resolve(path, this.resolver.place(this.file, typeName), 0, true);
    if (entity?.kind !== "function") return none;
    if (!this.resolver.tellsByTypes) return idsOf(entity.functions);
    // A reference to a method that has overloads does not say which.
    const [only, ...overloads] = entity.functions;
    if (!only || overloads.length > 0) return none;
    const { modifiers, parameters } = functionOf(only);
    if (!modifiers.includes("abstract")) return idsOf([only]);
    // One without a body is what those who have one make of it.
    const any = parameters.map(() => "");
    const called = this.resolver.called(entity, any, this.resolver.place(this.file, typeName));
    return called && "functions" in called ? idsOf(called.functions) : idsOf([only]);
  }

  methodsNamed(type: Type, names: readonly string[]): readonly string[] {
    return names.flatMap((name) => {
      const method = this.resolver.memberOfType(type, name, 0);
      return method?.kind === "function" ? idsOf(method.functions) : [];
    });
  }
}

/** Whether a path ends in a name or is a function, and is neither a literal nor a call. */
function mayNameFunction(path: string): boolean {
  const first = path.charCodeAt(0);
  const last = path.charCodeAt(path.length - 1);
  // " or a digit
  if (path === "" || first === 34 || (first >= 48 && first <= 57)) return false;
  if (last === 62) return /^<func#\d+>$/.test(path);
  const isLetter = (last >= 97 && last <= 122) || (last >= 65 && last <= 90);
  return isLetter || (last >= 48 && last <= 57) || last === 95 || last === 36;
}

/** The path before the last member. */
export function ownerOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? path : path.slice(0, dot);
}

export function idsOf(functions: readonly FunctionRef[]): string[] {
  return functions.map(({ file, index }) => functionIds(file)[index] as string);
}
