import { parseAccessPath, pathUpTo, type Segment } from "../../model/accessPath";
import type { AccessPath, CallStep, LoopStep, OperationValue, PathValue, Step, Value } from "../../model/facts";
import { comparisonOperators } from "../../model/literals";
import { FunctionCallReader } from "./functionCallReader";
import type { FunctionReader } from "./functionReader";
import { MethodReader } from "./methodReader";
import { calculate, compare, contains, noteDefault } from "./operations";
import { Place, type PlaceWorld } from "./place";
import {
  eachOf,
  keywordOf,
  literalSeen,
  noteDeclared,
  noteSamples,
  nothing,
  patternAt,
  Scope,
  type Seen,
  sliceRole,
  suffixOf,
} from "./seen";
import { literalsIn, subscriptsIn } from "./sourceLiterals";

/** Reads the steps of one body. */
export class BodyReader {
  private readonly results = new Map<string, Seen>();
  private returned: Seen = nothing;
  /** The value that the last steps took apart, and how far. */
  private takenApart: { start: number; end: number; index: number } | undefined;
  private readonly isPython: boolean;
  private readonly world: PlaceWorld;
  private readonly text: string;
  private readonly functionCalls: FunctionCallReader;
  private readonly methods: MethodReader;

  constructor(
    private readonly reader: FunctionReader,
    private readonly scope: Scope,
  ) {
    ({ isPython: this.isPython, world: this.world, text: this.text } = reader.language);
    this.functionCalls = new FunctionCallReader(reader);
    this.methods = new MethodReader(reader);
  }

  read(steps: readonly Step[]): Seen {
    for (const step of steps) if (this.reader.spend()) this.step(step);
    return this.returned;
  }

  private step(step: Step): void {
    switch (step.kind) {
      case "call":
        this.results.set(`${step.start}:${step.end}`, this.call(step));
        return;
      case "read":
        // All that is left of conditions inside comprehensions; keys are not part of it.
        if (!step.path.includes("[") && !step.path.includes("(")) this.path({ ...step, kind: "path" });
        return;
      case "assign":
        return this.assign(step.target, step.operator, this.value(step.value), step.origin, step.value);
      case "write": {
        const seen = this.value(step.value);
        const target = this.path(
          { kind: "path", start: step.start, end: step.end, path: step.path, keys: step.keys },
          seen,
        );
        if (step.operator !== "=" && target) calculate(step.operator, target, seen, this.isPython);
        return;
      }
      case "branch": {
        const subject = step.condition && this.value(step.condition);
        if (step.form === "if" && subject?.place) subject.place.votesFor("boolean", 0.3);
        for (const arm of step.arms) {
          for (const label of arm.labels) if (subject) compare("==", subject, this.value(label));
          for (const { name, type } of arm.variables ?? []) this.narrow(name, type);
          this.read(arm.steps);
        }
        return;
      }
      case "loop":
        return this.loop(step);
      case "try":
        this.read(step.body);
        for (const arm of step.catches) this.read(arm.steps);
        this.read(step.finally);
        return;
      case "scope": {
        const seen = this.value(step.resource);
        if (step.variable) this.scope.set(step.variable.name, seen);
        this.read(step.body);
        return;
      }
      case "return": {
        const seen = step.values.map((value) => this.value(value));
        if (!this.returned.place) this.returned = seen.find(({ place }) => place) ?? seen[0] ?? nothing;
        return;
      }
      case "throw":
      case "yield":
        if (step.value) this.value(step.value);
        return;
      case "spawn":
      case "defer":
        this.read(step.steps);
        return;
    }
  }

  private narrow(name: string, type: string | undefined): void {
    const place = this.scope.get(name)?.place;
    if (place && type && !place.isDeclared) noteDeclared(place, type, this.isPython);
  }

  private assign(target: string, operator: string, seen: Seen, origin: AccessPath | undefined, value: Value): void {
    if (operator !== "=") {
      const known = this.scope.get(target);
      if (known) calculate(operator, known, seen, this.isPython);
      return;
    }
    const known = isTakenApart(value) ? this.partOf(seen, origin, value) : seen;
    known.place?.noteName(target);
    this.scope.set(target, known);
  }

  /** A part of a value that was taken apart: the value is there, the part is said by the origin's end, or by the order. */
  private partOf(seen: Seen, origin: AccessPath | undefined, value: Value): Seen {
    const isNext = this.takenApart?.start === value.start && this.takenApart.end === value.end;
    const index = isNext && this.takenApart ? this.takenApart.index + 1 : 0;
    this.takenApart = { start: value.start, end: value.end, index };
    const suffix = /(?:#\d+|\.[\p{L}\p{N}_$]+)+$/u.exec(origin ?? "")?.[0] ?? `#${index}`;
    return this.reader.along(seen, suffix);
  }

  private loop(step: LoopStep): void {
    const over = step.over && this.value(step.over);
    if (over) this.bindLoop(step, over);
    for (const inner of step.header) if (this.reader.spend()) this.step(inner);
    if (step.condition) this.value(step.condition);
    this.read(step.body);
    // A condition names locals of the body the second time.
    if (step.form === "while" && step.condition) this.value(step.condition);
  }

  private bindLoop({ over, variables }: LoopStep, seen: Seen): void {
    const call = over?.kind === "call" ? over : undefined;
    const name = call?.callee;
    if (name === "enumerate" || name === "zip") {
      const lists = call?.arguments.map((argument) => this.value(argument)) ?? [];
      variables.forEach((variable, i) => {
        if (name === "enumerate" && i === 0)
          this.scope.set(variable.name, { isIndex: true, place: new Place(this.world) });
        else {
          const list = name === "enumerate" ? lists[0] : lists[i];
          const suffix = name === "zip" ? "" : suffixOf(variable.origin, "");
          this.scope.set(variable.name, list ? this.reader.along(eachOf(list), suffix) : nothing);
        }
      });
      return;
    }
    const isIndex = name === "range";
    const element = eachOf(seen);
    variables.forEach((variable, i) => {
      const suffix = suffixOf(variable.origin, variables.length > 1 ? `#${i}` : "");
      const part = isIndex ? { place: new Place(this.world), isIndex } : this.reader.along(element, suffix);
      part.place?.noteName(variable.name);
      this.scope.set(variable.name, part);
    });
  }

  // Values

  private value(value: Value): Seen {
    if (!this.reader.spend()) return nothing;
    switch (value.kind) {
      case "literal":
        return literalSeen(value, this.isPython, this.text);
      case "path":
        return this.path(value) ?? nothing;
      case "call":
        return this.results.get(`${value.start}:${value.end}`) ?? nothing;
      case "lambda":
        return { fn: { index: value.function, scope: this.scope } };
      case "operation":
        return this.operation(value);
      case "conditional": {
        this.value(value.condition);
        const then = this.value(value.then);
        const otherwise = this.value(value.else);
        return then.place ? then : otherwise;
      }
      case "composite": {
        const parts = value.parts.map((part) => this.value(part));
        for (const key of value.keys ?? []) if (key.kind !== "path") this.value(key);
        if (value.form === "template") {
          for (const { place } of parts) place?.votesFor("string", 0.2);
          return { form: "string" };
        }
        const literals = (value.form === "map" ? (value.keys ?? []) : value.parts).flatMap(literalsIn);
        const form = value.form === "object" ? "record" : value.form;
        return { form: form === "tuple" ? "list" : form, literals, ...(value.form !== "map" && { parts }) };
      }
      case "other": {
        const seen = value.parts.map((part) => this.value(part));
        return seen.length === 1 ? (seen[0] as Seen) : nothing;
      }
    }
  }

  /** With `stored`, what is kept there becomes the same value. */
  private path({ path, keys, start, end }: PathValue, stored?: Seen): Seen | undefined {
    const { root, segments } = parseAccessPath(path);
    const given = keys ? [...keys] : [];
    const head = this.head(path, root, segments, start);
    let [seen] = head;
    let at = head[1];
    if (!seen) {
      const table = given.length > 0 ? this.reader.constant(root) : undefined;
      for (const key of given) {
        const looked = this.value(key);
        if (table?.form === "map") contains(looked, table, this.isPython);
      }
      return this.reader.constant(path) ?? this.functionAt(path);
    }
    for (let i = 0; i < at; i++) if (segments[i]?.kind === "element") given.shift();
    const written =
      keys === undefined && segments.slice(at).some(({ kind }) => kind === "element")
        ? subscriptsIn(this.text.slice(start, Math.min(end, start + 2000)), this.isPython)
        : undefined;
    const missing = segments.slice(at).filter(({ kind }) => kind === "element").length;
    const readKeys = written?.slice(-missing);
    for (; at < segments.length; at++) {
      const segment = segments[at] as Segment;
      const next = segments[at + 1];
      if (segment.kind === "member" && next?.kind === "call" && seen.place) {
        seen = this.methods.read(seen, segment.name, [], new Map());
        at++;
        continue;
      }
      if (at === segments.length - 1 && stored?.place && segment.kind === "member" && seen.place) {
        seen.place.aliasAttribute(segment.name, stored.place);
        return stored;
      }
      const key =
        segment.kind !== "element"
          ? undefined
          : given.length > 0
            ? this.value(given.shift() as Value)
            : this.named(readKeys?.shift());
      const isStored = stored !== undefined && at === segments.length - 1;
      if (isStored && key && key.literal === undefined && !key.isIndex && seen.place) seen.place.votesFor("map", 0.8);
      seen = this.reader.step(seen, segment, key);
    }
    return seen;
  }

  /** Where a path begins that is known: a call before in the same chain, or a name. */
  private head(
    path: AccessPath,
    root: string,
    segments: readonly Segment[],
    start: number,
  ): [Seen | undefined, number] {
    for (let i = segments.length - 1; i >= 0; i--) {
      if (segments[i]?.kind !== "call") continue;
      const before = this.results.get(`${start}>${pathUpTo(path, i + 1)}`);
      if (before) return [before, i + 1];
    }
    return [this.scope.get(root), 0];
  }

  private functionAt(path: AccessPath): Seen | undefined {
    const index = this.reader.functionNamed(path);
    return index === undefined ? undefined : { fn: { index, scope: this.scope } };
  }

  private named(key: string | number | undefined): Seen {
    return key === undefined ? nothing : { literal: key };
  }

  private operation({ operator, operands }: OperationValue): Seen {
    const seen = operands.map((operand) => this.value(operand));
    const [left = nothing, right = nothing] = seen;
    const [, type] = operands;
    if (operator === "instanceof" && type?.kind === "path") left.place?.askedWhetherOf(type.path);
    switch (operator) {
      case "!":
      case "not":
        left.place?.votesFor("boolean", 0.3);
        return { form: "boolean" };
      case "&&":
        return seen.at(-1) ?? nothing;
      case "||":
      case "??":
        if (left.place) noteDefault(left.place, right);
        return left.place ? left : right;
      case "typeof":
        return left.place ? { kindOf: left.place } : nothing;
      case "[:]":
        if (left.place) left.place.votesFor("list", 0.4).votesFor("string", 0.3);
        for (const bound of seen.slice(1)) bound.place?.votesFor("integer");
        return { ...left, slice: sliceRole(seen) };
      case "await":
      case "...":
        return left;
      case "in":
      case "not in":
        contains(left, right, this.isPython);
        return { form: "boolean" };
      case "instanceof":
        return { form: "boolean" };
    }
    if (comparisonOperators.has(operator)) {
      compare(operator, left, right);
      return { form: "boolean" };
    }
    if (operands.length === 1) {
      if (operator === "-" && typeof left.literal === "number") return { literal: -left.literal };
      left.place?.votesFor("integer", 0.6);
      return left;
    }
    return calculate(operator, left, right, this.isPython);
  }

  // Calls

  private call(step: CallStep): Seen {
    const args: Seen[] = [];
    const named = new Map<string, Seen>();
    for (const argument of step.arguments) {
      const seen = this.value(argument);
      const key = this.isPython ? keywordOf(argument) : undefined;
      if (key === undefined) args.push(seen);
      else named.set(key, seen.parts?.[0] ?? nothing);
    }
    const result = this.callResult(step, args, named);
    this.results.set(`${step.start}>${step.callee}()`, result);
    for (const { name, type } of step.narrows ?? []) this.narrow(name, type);
    return result;
  }

  private callResult(step: CallStep, args: readonly Seen[], named: ReadonlyMap<string, Seen>): Seen {
    const { callee } = step;
    const special = this.functionCalls.readSpecial(step, args, named);
    if (special) return special;
    const { root, segments } = parseAccessPath(callee);
    const isOwn = this.scope.get(root) !== undefined;
    if (!isOwn && callee.startsWith("re.")) {
      const [first] = step.arguments;
      const pattern = first?.kind === "literal" ? first.text : args[0]?.pattern;
      if (callee === "re.compile") return pattern === undefined ? nothing : { pattern };
      const place = args[callee.startsWith("re.sub") ? 2 : 1]?.place;
      if (place && pattern !== undefined) noteSamples(place, pattern);
    }
    const known = isOwn ? undefined : this.functionCalls.readNamed(callee, args);
    if (known) return known;
    const last = segments.at(-1);
    if (last?.kind === "member") {
      const receiver = this.path({
        kind: "path",
        start: step.start,
        end: step.end,
        path: pathUpTo(callee, segments.length - 1),
      });
      if (receiver?.fn) return nothing;
      const index =
        this.scope.owner !== undefined && /^(self|this|cls)$/.test(pathUpTo(callee, segments.length - 1))
          ? this.reader.functionNamed(`${this.scope.owner}.${last.name}`)
          : undefined;
      if (index !== undefined) {
        const own = this.scope.get(root);
        return this.reader.apply({ index, scope: this.boundScope(root, own) }, args, named);
      }
      if (receiver?.place || receiver?.parts) return this.methods.read(receiver, last.name, args, named);
      const pattern = receiver?.pattern ?? (root === "<RegExp>" ? patternAt(this.text, step.start) : undefined);
      return this.methods.readOfPattern(last.name, args, pattern);
    }
    const called = this.path({ kind: "path", start: step.start, end: step.end, path: callee });
    if (called?.fn) return this.reader.apply(called.fn, args, named);
    if (called?.place) {
      const { place } = called;
      return { place: step.constructs ? place.constructed(args.length) : place.called(args.length) };
    }
    return nothing;
  }

  private boundScope(name: string, own: Seen | undefined): Scope {
    const scope = new Scope(undefined, this.scope.depth, this.scope.owner);
    if (own) scope.set(name, own);
    return scope;
  }
}

/** Lowered destructuring: every name gets the whole value, as something else. */
function isTakenApart(value: Value): boolean {
  const [whole, ...others] = value.kind === "other" ? value.parts : [];
  return whole !== undefined && others.length === 0 && whole.start === value.start && whole.end === value.end;
}
