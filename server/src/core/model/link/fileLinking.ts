import type { CatalogEntry } from "../../catalog/catalog";
import {
  type CallSummary,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
  type ScopeFlow,
} from "../fileSummary";
import { mayBeFull } from "../madeWith";
import { calledParameters, runUnderLock } from "./calledParameters";
import { enclosingType } from "./closureUses";
import { FileAnswers, ownerOf } from "./fileAnswers";
import { KeptCalls } from "./keptCalls";
import {
  type CallTarget,
  type FileLinks,
  type FunctionId,
  type FunctionLinks,
  functionIds,
  type HandedOver,
  type LockOperation,
  receiverHandedOver,
  unresolved,
} from "./links";
import { LockLinks } from "./lockLinks";
import { callsSetOff, loopPaces } from "./loopPace";
import { bringsMessages, isTakingMessages } from "./messageSources";
import type { Place } from "./place";
import { isQueuingDecorated } from "./queuingDecorators";
import type { Resolver } from "./resolver";
import { isRegisteringListener } from "./topics";
import type { Type } from "./types";
import { isSameLinks } from "./unchanged";

/** What is kept of the links that an earlier version of a file had. */
export interface EarlierLinks {
  links: FileLinks;
  /** The place of each function in it, where the function says the same. */
  unchanged: readonly (number | undefined)[];
  /** Functions whose links are the same without looking. */
  settled: ReadonlySet<number>;
}

/** What of a function is linked. */
type LinkedParts = Pick<FunctionSummary, "calls" | "writes" | "reads" | "flow" | "parameters" | "keeps">;

const nothingHandedOver: FunctionLinks["handedOver"] = new Map();
const noLockOperations: FunctionLinks["lockOperations"] = new Map();
const none: readonly string[] = [];
const noIds: readonly FunctionId[] = [];

/** Makes the links of one file. */
export class FileLinking {
  private readonly answers: FileAnswers;
  private readonly locks: LockLinks;
  private readonly kept: KeptCalls;
  private readonly externalBases = new Map<string, readonly Type[]>();
  private readonly typesWithLock = new Map<string, boolean>();

  constructor(
    private readonly file: FileSummary,
    private readonly resolver: Resolver,
  ) {
    this.answers = new FileAnswers(file, resolver);
    this.locks = new LockLinks(this.answers);
    this.kept = new KeptCalls(file, this.answers, resolver.tellsByTypes);
  }

  link({ links: before, unchanged, settled }: EarlierLinks): FileLinks {
    const ids = functionIds(this.file);
    const roles = new Map<number, readonly CatalogEntry[]>();
    const functions = this.file.functions.map((fn, index) => {
      const place = unchanged[index];
      const linksBefore = place === undefined ? undefined : before.functions[place];
      const isSettled = linksBefore !== undefined && settled.has(index);
      const known = isSettled ? (before.roles.get(index) ?? []) : [...this.decoratorsOf(fn), ...this.overriddenBy(fn)];
      if (known.length > 0) roles.set(index, known);
      if (isSettled) return linksBefore;
      const links = this.linkFunction(ids[index] as string, fn, enclosingType(this.file, fn), index);
      return linksBefore && isSameLinks(linksBefore, links) ? linksBefore : links;
    });
    const outside = this.linkFunction(
      `${this.file.path}#`,
      { calls: this.file.calls, writes: none, reads: none, flow: [], parameters: [] },
      undefined,
    );
    const held = this.heldByFields();
    return { functions, outside: held.length > 0 ? { ...outside, kept: held } : outside, roles };
  }

  /** The functions in tables that fields are declared with. */
  private heldByFields(): NonNullable<FunctionLinks["kept"]>[number][] {
    return this.file.types.flatMap(({ name: type, fields }) =>
      fields.flatMap(({ name, holds = [] }) =>
        holds.flatMap((path) => {
          const functions = this.answers.functionsOf(path.replace(/^this\./, `<${type}>.`), type, true);
          const field = this.answers.fieldKey(`<${type}>.${name}`, this.resolver.place(this.file, type));
          return functions.length > 0 && field !== "" ? [{ field, functions, byKey: true as const }] : [];
        }),
      ),
    );
  }

  private linkFunction(
    id: string,
    { calls, writes, reads, flow, parameters, keeps = [] }: LinkedParts,
    typeName: string | undefined,
    index?: number,
  ): FunctionLinks {
    const handedOver = new Map<number, HandedOver[]>();
    const place = this.resolver.place(this.file, typeName);
    const kept: NonNullable<FunctionLinks["kept"]>[number][] = keeps.flatMap(({ field: path, given, byKey }) => {
      const functions = given.startsWith("#") ? none : this.answers.functionsOf(given, typeName, byKey);
      const field = functions.length > 0 ? this.answers.fieldKey(path, place) : "";
      return field === "" ? [] : [{ field, functions, ...(byKey && { byKey }) }];
    });
    const keepsGiven = this.fieldKeys(
      [...new Set(keeps.flatMap(({ field, given }) => (isGiven(given) ? field : [])))],
      place,
    );
    if (index !== undefined) kept.push(...this.keptByDecorators(this.file.functions[index] as FunctionSummary, id));
    const targets = calls.map((call, i) => {
      if (call.accesses) return this.answers.accessed(call.origin ?? call.callee, call.accesses, typeName);
      const own = this.answers.calls(call.origin ?? call.callee, call.arguments, typeName);
      const target = this.answers.throughWriter(
        this.answers.throughMethod(own, call.arguments, typeName),
        calls,
        i,
        typeName,
      );
      let handed: HandedOver[] | undefined;
      call.arguments.forEach((given, i) => {
        const named = given.includes("=") ? /^(\w+)=(.*)$/s.exec(given) : undefined;
        const path = named?.[2] ?? given;
        const functions = this.answers.functionsOf(path, typeName, target.entry?.callback === i);
        const methods = this.methodsOf(path, i, call, target, typeName, keeps);
        if (functions.length + methods.length === 0) return;
        const argument = named
          ? this.answers.positionOf(named[1] as string, target)
          : this.answers.parameterAt(i, target);
        if (argument === undefined) return;
        handed ??= [];
        handed.push({ argument, functions: [...functions, ...methods] });
        if (functions.length > 0)
          for (const filled of this.answers.fieldsFilled(target, argument)) kept.push({ ...filled, functions });
      });
      const answering = target.entry?.role === "handler" ? Object.values(call.options?.members ?? {}) : [];
      for (const member of answering) {
        const functions = this.answers.functionsOf(member, typeName);
        if (functions.length > 0) handed = [...(handed ?? []), { argument: call.options?.argument ?? 0, functions }];
      }
      const run = this.runByReceiver(call, target, typeName);
      if (run.length > 0) handed = [...(handed ?? []), { argument: receiverHandedOver, functions: run }];
      if (handed) handedOver.set(i, handed);
      return target;
    });
    const owner = this.locks.lockOwner(id, index);
    const lockOperations = new Map<number, LockOperation>();
    const scopes = scopesIn(flow);
    const scopeLocks = scopes.map((scope) => this.locks.scopeLock(scope, owner, place));
    const takenByScopes = new Set(scopes.flatMap(({ resource }, i) => (scopeLocks[i] ? resource : [])));
    targets.forEach((target, i) => {
      const call = calls[i] as CallSummary;
      const operation = takenByScopes.has(`${call.origin ?? call.callee}()`)
        ? undefined
        : this.locks.lockOperation(target, call, owner, place);
      if (operation) lockOperations.set(i, operation);
    });
    const around = index === undefined ? undefined : this.file.functions[index];
    const heldThroughout = around?.decorators.length ? this.locks.heldByDecorators(around, owner, place) : [];
    const called = calledParameters({ calls, flow, parameters }, this.resolver.tellsByTypes);
    const underLock = [...runUnderLock({ calls }, lockOperations).values()].map(({ parameter }) => parameter);
    const takesLocks = lockOperations.size + heldThroughout.length > 0 || scopeLocks.some((lock) => lock !== undefined);
    const callsKept =
      takesLocks || this.hasLock(typeName) ? this.kept.calls({ calls, flow }, targets, place) : undefined;
    const callsByKey = this.kept.callsByKey(calls, targets, place);
    const paceSources = {
      typeOf: (path: string) => this.answers.typeOf(path, typeName),
      sleeps: (call: number) => this.answers.sleeps(targets[call] ?? unresolved),
      takesMessage: (call: number) => isTakingMessages(targets[call] ?? unresolved),
      bringsMessages,
      hasChannels: this.file.language === "go",
    };
    const paces = loopPaces(flow, paceSources);
    const timed = callsSetOff("clock", flow, paces, paceSources);
    const byMessages = callsSetOff("messages", flow, paces, paceSources);
    const calledBy = (setOff?: ReadonlySet<number>) =>
      setOff ? [...called].flatMap(([call, parameter]) => (setOff.has(call) ? parameter : [])) : [];
    const calledByClock = calledBy(timed);
    const calledByMessages = calledBy(byMessages);
    return {
      id,
      calls: targets,
      handedOver: handedOver.size === 0 ? nothingHandedOver : handedOver,
      lockOperations: lockOperations.size === 0 ? noLockOperations : lockOperations,
      scopeLocks,
      ...(heldThroughout.length > 0 && { heldThroughout }),
      ...(around?.decorators.length && this.isQueued(around) ? { queued: true } : {}),
      loopPaces: paces,
      ...(timed && { callsByTheClock: timed }),
      ...(byMessages && { callsByMessages: byMessages }),
      ...(calledByClock.length > 0 && { callsByTheClockOf: calledByClock }),
      ...(calledByMessages.length > 0 && { callsByMessagesOf: calledByMessages }),
      ...this.waitsForRoom(calls, targets, place),
      ...(kept.length > 0 && { kept }),
      ...(keepsGiven.length > 0 && { keepsGiven }),
      ...(callsKept && { callsKept }),
      ...(callsByKey && { callsByKey }),
      callsParameters: [...new Set([...called.values(), ...underLock])].sort((a, b) => a - b),
      writes: this.fieldKeys(writes, place),
      reads: this.fieldKeys(reads, place),
    };
  }

  /** What puts into a queue that is made for so many. One that is told more may be told how long to wait, or not to. */
  private waitsForRoom(
    calls: readonly CallSummary[],
    targets: readonly CallTarget[],
    place: Place,
  ): Pick<FunctionLinks, "waitsForRoom"> {
    const found = new Map<number, string>();
    targets.forEach(({ entry, external }, i) => {
      const { callee = "", origin = callee, arguments: given = [] } = calls[i] ?? {};
      const puts =
        entry?.role === "channel" && entry.blocks !== false && /\.put(?:First|Last)?$/.test(external?.symbol ?? "");
      const path = ownerOf(origin);
      const made = puts && given.length === 1 ? this.resolver.madeWith(path, place) : undefined;
      if (made !== undefined && mayBeFull(made, this.resolver.tellsByTypes))
        found.set(i, this.answers.fieldKey(path, place));
    });
    return found.size === 0 ? {} : { waitsForRoom: found };
  }

  /** Whether a type of the file has a lock beside its data, or methods that take that of the object. */
  private hasLock(typeName: string | undefined): boolean {
    if (typeName === undefined) return false;
    let has = this.typesWithLock.get(typeName);
    if (has === undefined) {
      const { types, functions } = this.file;
      const fields = types.find(({ name }) => name === typeName)?.fields ?? [];
      const isSynchronized = (node: Flow) =>
        typeof node !== "number" && node.kind === "scope" && node.form === "synchronized";
      has =
        fields.some(({ type, origin }) => lockType.test(type ?? origin ?? "")) ||
        functions.some((fn) => fn.typeName === typeName && fn.flow.some(isSynchronized));
      this.typesWithLock.set(typeName, has);
    }
    return has;
  }

  private isQueued({ decorators }: FunctionSummary): boolean {
    if (this.file.language !== "python") return false;
    return decorators.some((text) => {
      const entity = /^[\w.]+$/.test(text) ? this.answers.entity(text, undefined) : undefined;
      const ref = entity?.kind === "function" ? entity.functions[0] : undefined;
      return ref !== undefined && isQueuingDecorated(ref.file, ref.index);
    });
  }

  /** The tables into which its decorators put a function, or what they wrap it in: `@command("hail")`. */
  private keptByDecorators({ decorators, isTest }: FunctionSummary, id: string) {
    if (this.file.language !== "python" || isTest) return [];
    return decorators.flatMap((text) => {
      const name = /^[\w.]+/.exec(text)?.[0];
      const entity = name ? this.answers.entity(name, undefined) : undefined;
      const fields = entity?.kind === "function" ? this.answers.tablesFilled(entity.functions) : [];
      return fields.map((field) => ({ field, functions: [id], byKey: true as const }));
    });
  }

  private fieldKeys(paths: readonly string[], place: Place): readonly string[] {
    return paths.length === 0 ? none : paths.map((path) => this.answers.fieldKey(path, place));
  }

  /** The methods that are run when an object is handed over where a function could be. */
  private methodsOf(
    path: string,
    argument: number,
    call: CallSummary,
    target: CallTarget,
    typeName: string | undefined,
    keeps: NonNullable<LinkedParts["keeps"]>,
  ): readonly string[] {
    const isListener = argument > 0 && target.functions.length > 0 && isRegisteringListener(call.callee);
    const known = target.entry?.callback === argument ? target.entry.method?.split("|") : undefined;
    const names = isListener ? methodsOfListeners : known;
    if (names === undefined || path === "") return noIds;
    const entity = this.answers.entity(path, typeName);
    if (entity?.kind !== "value") return noIds;
    if (entity.type.kind === "declared") return this.answers.methodsNamed(entity.type, names);
    // `timer.schedule(new TimerTask() { public void run() { … } }, period)`
    const written = keeps.flatMap(({ field, given }) =>
      names.some((name) => field === `${path}.${name}`) ? given : [],
    );
    return written.flatMap((given) => {
      const { start = -1 } = this.file.functions[Number(/^<func#(\d+)>$/.exec(given)?.[1] ?? -1)] ?? {};
      return call.start < start && start < call.end ? this.answers.functionsOf(given, typeName) : noIds;
    });
  }

  /** What has the thing run later that it is called on: a function, or a job by its class: `new Cleanup().schedule()`. */
  private runByReceiver(
    { callee, origin = callee }: CallSummary,
    { entry, functions, external }: CallTarget,
    typeName: string | undefined,
  ): readonly string[] {
    if (entry?.runs === "receiver") return this.answers.functionsOf(ownerOf(callee), typeName);
    const isScheduled = (functions.length > 0 || external !== undefined) && !entry && schedulesJob.test(callee);
    if (!isScheduled) return noIds;
    const entity = this.answers.entity(ownerOf(origin), typeName);
    if (entity?.kind !== "value" && entity?.kind !== "type") return noIds;
    if (entity.type.kind !== "declared") return noIds;
    return this.answers.methodsNamed(entity.type, methodsOfJobs).filter((id) => !functions.includes(id));
  }

  /** What the libraries that a type is built on say of a method it overrides: `HttpServlet.doGet`. */
  private overriddenBy(fn: FunctionSummary): CatalogEntry[] {
    const { typeName, name } = fn;
    if (typeName === undefined || name === "") return [];
    let bases = this.externalBases.get(typeName);
    if (!bases) {
      bases = this.resolver.externalBases(this.resolver.place(this.file, typeName));
      this.externalBases.set(typeName, bases);
    }
    return bases.flatMap((base) => {
      const overridden = this.resolver.memberOfType(base, name, 0);
      const entry = overridden?.kind === "external" ? overridden.entry : undefined;
      return entry?.role === "handler" || entry?.role === "timer" ? [entry] : [];
    });
  }

  private decoratorsOf(fn: FunctionSummary): CatalogEntry[] {
    return fn.decorators.flatMap((text) => {
      const name = /^[\w$.]+/.exec(text)?.[0];
      const entity = name ? this.answers.entity(name, undefined) : undefined;
      return entity?.kind === "external" && entity.entry ? [entity.entry] : [];
    });
  }
}

/** Of an object that listens, and of a job that is scheduled, the method that does what is to be done. */
const methodsOfListeners = ["Handle", "handle", "handleEvent", "onEvent", "OnEvent", "process"];
const methodsOfJobs = ["perform", "handle", "execute"];
const schedulesJob =
  /\.(?:schedule|enqueue|dispatch|delay|(?:schedule|perform|enqueue|dispatch)_?(?:later|async|in|at|now|job)?)$/i;

/** What is handed in: a parameter, one of a function around, or what is known by its type alone. */
function isGiven(given: string): boolean {
  return given.startsWith("#") || /^<(?!func#\d+>)[^>]*>$/.test(given);
}

const lockType = /(?:Mutex|Lock)\b/;

const noScopes: ScopeFlow[] = [];

function scopesIn(flow: readonly Flow[]): ScopeFlow[] {
  let found = noScopes;
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "scope") found = [...found, node];
    for (const inside of flowsInside(node)) {
      const scopes = scopesIn(inside);
      if (scopes.length > 0) found = [...found, ...scopes];
    }
  }
  return found;
}
