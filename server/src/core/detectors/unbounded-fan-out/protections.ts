import { type CallSummary, callsOf, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionsAround } from "../../model/graph/graphFunction";
import type { WayFromOutside } from "../../model/graph/wayFromOutside";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { asksLimit, isLimitedWithOthers, isRouteLimited, limitsRate } from "./routeLimits";

/** What keeps a request from making too much, in the order in which it is told. */
export type Protection = "rate" | "duplicates" | "cap" | "expiry";

export const protections: readonly Protection[] = ["rate", "duplicates", "cap", "expiry"];

const patterns: Readonly<Record<Protection, RegExp>> = {
  rate: limitsRate,
  duplicates:
    /exist|already|seen\b|de_?dup|(?:is|has|are|no|any|find|check|skip|drop|ignore|remove|without|avoid|prevent|filter)_?duplicate|duplicate_?(?:key|entry|err|check)|unique(?!_?(?:id|name|slug|token|key|str))|on_? ?conflict|on duplicate|insert (?:or )?ignore|upsert|get_?or_?create|find_?or_?create|first_?or_?create|connect_?or_?create|idempot|has_?been|distinct|should_?(?:notify|send|e?mail|remind|alert)/i,
  cap: /(?<![a-z])(?:max|MAX)(?:[A-Z_]|imum)|\b(?:cap|capped)\b|(?<!rate)_?limit(?!er)|semaphore|p-?limit|worker_?pool|thread_?pool|executor|bulk|batch|chunk|\.slice\(|\[\d*:|sub_?list|islice|\btake\b|fetch first|paginat|per_?page|page_?size|too_?(?:many|large|big)|exceed/i,
  expiry:
    /expir|\bttl\b|_ttl|deadline|valid_?until|with_?timeout|removeOnComplete|delete_?after|clean_?up_?(?:at|after)|retention/i,
};

/** How many run at a time bounds nothing of what they leave behind. */
const boundsConcurrency = /set_?limit|semaphore|p-?limit|worker_?pool|thread_?pool|executor/gi;

const comparesCount =
  /(?:\blen\([^)]*\)|\.(?:length|size|Len|Count|count)\b(?:\(\))?|\w*[cC]ount\w*(?:\(\))?) (?:[<>]=?|===?) (?!0\b|1\b)|^(?:i|n|idx|index|count|sent) >=? (?!len)(?!.*(?:length|size))/;

/** A length or count that has to be below, or reach, what is not written as a number of no or one. */
const limitsCount =
  /(?:\blen\([^)]*\)|\.(?:length|size|Len|Count|count)\b(?:\(\))?|\w*[cC]ount\w*(?:\(\))?) (?:[<>]=?) (?!0\b|1\b)/;

const cuts = /(?:^|\.)(?:slice|subList|islice|take|limit)$/;

export interface ProtectionsFound {
  found: ReadonlySet<Protection>;
  /** The only limit of the rate is one that many routes have together. */
  isRateOfAll: boolean;
}

/** What a loop goes over, as written and closed, and whether callers give it. */
interface LoopedOver {
  start: number;
  over: string;
  closed: string;
  isGiven: boolean;
}

/** The protections that are on the way from the root to what makes something in each round of a loop. */
export function protectionsFound(
  model: WorkspaceModel,
  way: WayFromOutside,
  made: readonly ReachedCall[],
  loop: LoopedOver,
  isWork: boolean,
): ProtectionsFound {
  const found = new Set<Protection>();
  const note = (said: string, wanted: readonly Protection[]) => {
    const text = said.replace(writtenThrough, "").replace(isWork ? "" : boundsConcurrency, "");
    for (const protection of wanted) if (patterns[protection].test(text)) found.add(protection);
  };
  note(loop.over, protections);
  const [looping, ...makes] = [...new Set(made.map(({ linked }) => linked))];
  const before: readonly Protection[] = loop.isGiven ? ["rate", "cap"] : ["rate"];
  const leading = new Map<LinkedFunction, number | undefined>([[way.root, undefined]]);
  for (const { linked, call } of [...way.calls, ...made]) leading.set(linked, call);
  for (const [linked, leadsOn] of leading) {
    // What is not made twice is decided where it is made; elsewhere, something else is asked for.
    const inLoop = linked === looping ? callsInLoop(model, linked, loop.start) : undefined;
    const isMaking = inLoop !== undefined || makes.includes(linked);
    const elsewhereAsked = inLoop && loopsBeside(model, made[0] as ReachedCall, loop);
    const decides = ({ kind, call, inLoop: asked }: Said) =>
      isMaking &&
      (inLoop === undefined ||
        kind === "query" ||
        (kind === "test" && !(asked !== undefined && elsewhereAsked?.has(asked))) ||
        (call !== undefined && inLoop(call)));
    const wantedOf = (said: Said) =>
      isMaking ? protections.filter((one) => one !== "duplicates" || decides(said)) : before;
    const { file, fn } = functionAt(model, linked) ?? {};
    const elsewhere = leadsOn === undefined ? noCalls : callsOfOtherArms(fn?.flow ?? [], leadsOn);
    const counts = (call: number | undefined) => call === undefined || !elsewhere.has(call);
    for (const said of textsOf(model, linked)) if (counts(said.call)) note(said.text, wantedOf(said));
    if (linked.links.calls.some(({ entry }, call) => entry?.role === "rate-limit" && counts(call))) found.add("rate");
    if (file && fn?.calls.some((site, call) => counts(call) && (asksLimit(site, file) || spendsCode.test(site.callee))))
      found.add("rate");
    if (fn && leavesIfKept(linked, fn)) found.add("rate");
    if (fn && testsIn(fn.flow).some(({ text, loop }) => loop === undefined && asksHowLongAgo.test(text)))
      found.add("rate");
    if (linked === looping && fn?.data?.cut?.some((name) => loop.over === name || loop.over.startsWith(`${name}.`)))
      found.add("cap");
    if (
      fn &&
      (isMaking || loop.isGiven) &&
      testsIn(fn.flow).some((test) => comparesCount.test(test.text) && !onlyLogs(fn, test))
    )
      found.add("cap");
    // What is asked before, and where the data comes from, may protect as well.
    for (const { callee, call, runs } of linked.edges) {
      const asked = runs === "now" && counts(call) ? model.functions.get(callee) : undefined;
      if (!asked || leading.has(asked)) continue;
      for (const { text, kind } of saidOf(model, asked)) note(text, wantedOf({ text, kind, call }));
      if (linked === looping && isGivenBy(fn?.calls[call], loop.closed) && isCapped(model, asked)) found.add("cap");
      if (asked.links.calls.some(({ entry }) => entry?.role === "rate-limit")) found.add("rate");
    }
  }
  const isRateOfAll = !found.has("rate") && !isRouteLimited(model, way) && isLimitedWithOthers(model, way);
  if (isRateOfAll || isRouteLimited(model, way)) found.add("rate");
  return { found, isRateOfAll };
}

/** `if (now - (this.lastOf.get(id) ?? 0) < cooldown) return`: of one time after another, and not for each element. */
const asksHowLongAgo = /\b(?:now|getTime|currentTimeMillis|nanoTime|monotonic|time\.time)(?:\(\))? - [^<>]*[<>]/;

/** A code that was sent before is good for once, and others are sent only now and then: `codes.VerifyCode(mail, code)`. */
const spendsCode =
  /(?:^|[._])(?:verify|check|validate|consume|redeem|confirm)_?(?:\w*_)?(?:(?:one_?time|reset|sms|e?mail|verification)_?)?(?:code|otp|totp|captcha|challenge)$/i;

/** Whether a function leaves where a cache has what it puts there itself: `if cache.get("told"): return`. */
function leavesIfKept({ links }: LinkedFunction, { calls, flow }: FunctionSummary): boolean {
  const keysOf = (access: "read" | "write") =>
    links.calls.flatMap(({ entry }, call) =>
      entry?.role === "cache" && entry.access === access ? [{ call, key: calls[call]?.arguments[0] ?? "" }] : [],
    );
  const written = keysOf("write").map(({ key }) => key);
  const asked = keysOf("read").filter(({ key }) => key !== "" && written.includes(key));
  return flow.some(
    (node) =>
      typeof node !== "number" &&
      node.kind === "branch" &&
      asked.some(({ call }) => node.test?.includes(`${calls[call]?.callee}(`)) &&
      node.arms.some((arm) => arm.some((last) => typeof last !== "number" && last.kind === "exit")),
  );
}

/** Whether what a loop goes over is what a call gives, or one of several things it gives. */
function isGivenBy(site: CallSummary | undefined, closed: string): boolean {
  const given = site && `${site.origin ?? site.callee}()`;
  return given !== undefined && closed.startsWith(given) && /^(?:#\d+)?$/.test(closed.slice(given.length));
}

/** Whether a function that gives a list looks at how long it is, or gives the first part of one. */
function isCapped(model: WorkspaceModel, giver: LinkedFunction): boolean {
  const { flow = [], calls = [], data } = functionAt(model, giver)?.fn ?? {};
  if (data?.cut) return true;
  return testsIn(flow).some(({ text }) => limitsCount.test(text)) || calls.some(({ callee }) => cuts.test(callee));
}

const noCalls: ReadonlySet<number> = new Set();

/** The calls that are made only where another one is not: in the other arms of a branch that has that one in one. */
function callsOfOtherArms(flow: readonly Flow[], call: number): ReadonlySet<number> {
  const found = new Set<number>();
  const walk = (flow: readonly Flow[]): boolean =>
    flow.some((node) => {
      if (typeof node === "number") return node === call;
      const inside = flowsInside(node);
      const at = inside.findIndex(walk);
      if (at >= 0 && node.kind === "branch")
        for (const other of inside) if (other !== inside[at]) for (const one of callsOf(other)) found.add(one);
      return at >= 0;
    });
  walk(flow);
  return found;
}

/** Whether a call of a function runs in each round of a loop, or makes what the loop goes over. */
function callsInLoop(model: WorkspaceModel, linked: LinkedFunction, start: number): (call: number) => boolean {
  const conditions = callConditions(model, linked);
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return (call) =>
    calls[call]?.start === start || (conditions[call]?.loops.some((loop) => loop.start === start) ?? false);
}

/** The loops of a function that are neither around another one, nor in it, nor put together what it goes over. */
function loopsBeside(model: WorkspaceModel, { linked, call }: ReachedCall, { start, over }: LoopedOver): Set<number> {
  const fn = functionAt(model, linked)?.fn;
  const conditions = callConditions(model, linked);
  const loops = loopsIn(fn?.flow ?? []);
  const own = loops.find((loop) => loop.start === start);
  const beside = new Set(loops.map((loop) => loop.start));
  const belongs = (others: readonly { start: number }[] = []) => {
    for (const other of others) beside.delete(other.start);
  };
  belongs(own && [own, ...loopsIn(own.body)]);
  belongs(conditions[call]?.loops);
  const name = /^[\w$]+/.exec(over)?.[0];
  fn?.calls.forEach(({ callee, arguments: given }, i) => {
    if (name !== undefined && (callee.startsWith(`${name}.`) || (callee === "append" && given[0] === name)))
      belongs(conditions[i]?.loops);
  });
  return beside;
}

/** Something that a function says: what it is called, what it calls, what it asks and what it tests. */
interface Said {
  text: string;
  kind: "name" | "query" | "test" | "call";
  call?: number;
  /** The innermost loop that a test stands in. */
  inLoop?: number;
}

/** What a function that is only asked says of itself. */
function saidOf(model: WorkspaceModel, linked: LinkedFunction): Said[] {
  const place = functionAt(model, linked);
  if (!place) return [];
  return [{ text: place.fn.name, kind: "name" }, ...queriesOf(place.fn)];
}

/** What a function on the way says. */
function textsOf(model: WorkspaceModel, linked: LinkedFunction): Said[] {
  const place = functionAt(model, linked);
  if (!place) return [];
  const { file, fn } = place;
  const said = saidOf(model, linked);
  const add = (kind: Said["kind"], texts: readonly string[], call?: number) => {
    for (const text of texts) said.push({ text, kind, ...(call !== undefined && { call }) });
  };
  // That something went wrong is known when it is too late.
  for (const { text, loop } of testsIn(fn.flow))
    if (!/\bis_?err/i.test(text)) said.push({ text, kind: "test", ...(loop !== undefined && { inLoop: loop }) });
  add(
    "name",
    fn.reads.map((path) => path.split(".").at(-1) ?? ""),
  );
  for (const around of functionsAround(file, linked.index)) add("test", [around.name, ...around.decorators]);
  fn.calls.forEach(({ callee, arguments: given }, call) => {
    // What else is written many at once caps nothing, and neither does a date that is only stored.
    if (!/^(?:Math\.)?(?:max|min)$|\.(?:a?bulk\w*|\w+(?:InBatch|Bulk))$/.test(callee))
      add("call", [callee.split(".").slice(-2).join(".")], call);
    for (const argument of given)
      if (!argument.startsWith('"') && /^(?!batch_size=|\w+_at=)\w+=|^429$/.test(argument))
        add("call", [argument], call);
  });
  return said;
}

/** Whether it is only told that there are many: `if len(ids) > 500 { log.Println("many", len(ids)) }`. */
function onlyLogs({ calls }: FunctionSummary, { node }: Test): boolean {
  const inside = node.kind === "branch" ? node.arms.flat() : [];
  const logs = (step: Flow) =>
    typeof step === "number" &&
    /^(?:len|str)$|\b(?:print\w*|Print\w*|log\w*|console|slog|warn\w*)\b/.test(calls[step]?.callee ?? "");
  return inside.length > 0 && inside.every(logs);
}

/** What something is written through, and not what is written: `existingSession.Insert`. */
const writtenThrough = /\bexisting_?(?:session|tx|transaction|conn(?:ection)?|client|context)\b/i;

function queriesOf({ calls }: FunctionSummary): Said[] {
  return calls.flatMap(({ arguments: given }) =>
    given
      .filter((argument) => /^"\s*(?:select|insert|update|with|merge|replace)\b/i.test(argument))
      .map((text) => ({ text, kind: "query" })),
  );
}

interface Test {
  text: string;
  /** The innermost loop around it. */
  loop: number | undefined;
  node: Exclude<Flow, number>;
}

/** What is tested. */
function testsIn(flow: readonly Flow[], loop?: number): Test[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    const isTest = (node.kind === "branch" || node.kind === "loop") && node.test !== undefined;
    const own = isTest ? [{ text: node.test as string, loop, node }] : [];
    const inside = node.kind === "loop" ? node.start : loop;
    return [...own, ...flowsInside(node).flatMap((within) => testsIn(within, inside))];
  });
}
