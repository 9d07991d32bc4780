import { wordsOf } from "../../base/words";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { closedOver, type Owner } from "../../model/graph/dataOwner";
import type { Effect } from "../../model/graph/functionEffects";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { kindOf } from "../../model/graph/kinds";
import { isCalledByMachinery, othersOnWay, type WayFromOutside } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { type Creation, isHandedToPool } from "./creations";
import { isDoneOnce, isNotedAsStarted } from "./stateGuards";

/** Something made for each round of a loop. */
export interface FanOut {
  call: number;
  /** A counted loop goes over nothing: it has as many rounds as `over` says. */
  loop: { start: number; over: string; isCounted?: true };
  /** Callers give what the loop goes over. */
  isGiven: boolean;
  owner: Owner;
  creation: Creation;
}

/** Why it is told as information only, in a whole sentence. */
export function reasonForLess(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  { call, loop, owner, creation }: FanOut,
  isRateOfAll: boolean,
): string | undefined {
  if (creation.kind === "work" && waitsForWork(model, linked)) return "It waits for all of them: they end with it.";
  if (areCalled(model, linked, call, loop)) return "They are functions of the program, which has few.";
  if (areTakenAway(model, linked, loop.start)) return "They are taken away: there are fewer of them each time.";
  // A limit of the requests does not bound how many others there are, and who asks does not decide it.
  if (isRateOfAll && !(owner === "server" && areOthers(model, linked, call, loop, creation)))
    return "The limit bounds how often somebody asks, not how much is made each time.";
  const giver = /(\w+)\(\)$/.exec(closedOver(model, linked, call, loop.start))?.[1] ?? "";
  const isForFew = wordsOf(functionAt(model, linked)?.fn.name ?? "").some((word) => ofStaff.test(word));
  if (
    areContainers(loop.over) ||
    few.test(whoOf(loop.over)) ||
    few.test(lastWordOf(giver)) ||
    isForFew ||
    ofOne.test(giver)
  )
    return "There are few of these, by their name.";
  if (areUsedUp(model, linked, loop.over) || isStartedAnew(model, linked, call, loop.start))
    return "Afterwards they are used up: another request finds them no more.";
  if (isDoneOnce(model, [...way.calls, { linked, call }]))
    return "The state is asked for before, and changed: another request finds it changed.";
  if (isNotedAsStarted(model, [{ linked, call }, ...creation.calls]))
    return "What is started is noted: another request finds it there, and starts no more.";
  if ([way.root, linked].some(deletesWhole))
    return "What is deleted is deleted once: another request finds it no more.";
  if (creation.kind === "row" && creation.calls.some((at) => upserts(model, at)))
    return "What is there already is only changed.";
  if (isSetByClock(model, way)) return "The request only sets a clock, which does it later on.";
  if (way.root.reachedFrom.length === 0 || isCalledByMachinery(model, way))
    return "Who causes the event, and what limits that, is not seen.";
  const others = othersOnWay(way, linked);
  if (others > 0) return `It is one of ${others + 1} methods that may be meant on the way.`;
  if (way.calls.length > farthest)
    return "It is a long way from the request there, on which more than the request decides.";
  if (isHandedToPool(creation)) return "How many run at a time is up to the pool: the others wait in its queue.";
  if (creation.kind === "work" && !waitsOutside(model, creation))
    return "What is started waits for nothing outside the program: it ends soon.";
  if (owner === "server" && !arePeople(model, linked, call, loop) && !isAddressed(model, creation))
    return "By their name these are not people: of most other things there are few.";
  if (creation.kind === "work")
    return owner === "request" && creation.calls.some((at) => isChosen(model, at))
      ? "Further on, it comes to this only for some kinds of them."
      : undefined;
  if (owner === "request" && !areWrittenTo(loop.over) && !areOthers(model, linked, call, loop, creation))
    return "The request names them: there are no more than somebody writes down.";
  return undefined;
}

/**
 * Whether the elements are functions, or have one, or are kept to be told by the name of their field:
 * `for notify, kinds in self.watchers: create_task(notify(event))`, `self._subscriptions`.
 */
function areCalled(
  model: WorkspaceModel,
  linked: LinkedFunction,
  call: number,
  { start, over }: FanOut["loop"],
): boolean {
  if (/^(?:this|self)\.\w+$/.test(over) && listeners.test(lastWordOf(over))) return true;
  const element = `${closedOver(model, linked, call, start)}[each]`;
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return calls.some(
    ({ callee, origin = "" }) =>
      !callee.includes(".") && origin.startsWith(element) && /^(?:#\d+|\[\w*\])*$/.test(origin.slice(element.length)),
  );
}

const listeners = /^(?:observer|hook|subscription)s?$/;

/** Whether what is started goes to a database or over the network, or sleeps; or is not known, or says that it sends. */
function waitsOutside(model: WorkspaceModel, { calls }: Creation): boolean {
  const at = calls.at(-1);
  const started = (at?.linked.edges ?? []).flatMap(({ call, callee, runs }) =>
    call === at?.call && runs !== "now" ? (model.functions.get(callee) ?? []) : [],
  );
  return (
    started.length === 0 ||
    started.some((linked) => {
      const { name = "", calls: inside = [] } = functionAt(model, linked)?.fn ?? {};
      const sends = [name, ...inside.map(({ callee }) => callee.split(".").at(-1) ?? "")];
      return (
        linked.effects.effects.some(({ kind }) => outside.has(kind)) ||
        sends.some((one) => wordsOf(one).some((word) => sending.test(word)))
      );
    })
  );
}

const outside: ReadonlySet<Effect["kind"]> = new Set(["database", "network", "sleep", "process"]);
const sending =
  /^(?:send|mail|email|notify|publish|post|fetch|request|upload|download|push|dispatch|deliver|broadcast|forward)$/;

/** After so many calls it is seldom the request that decides. */
const farthest = 6;

/** Whether a function makes a call in one arm of a choice, and in one arm of another within that: `switch (part.type) { case … switch (part.command)`. */
function isChosen(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const choices = (flow: readonly Flow[], around: number): boolean =>
    flow.some((node) => {
      if (typeof node === "number") return node === call && around > 1;
      const isChoice = node.kind === "branch" && node.cases !== undefined;
      return flowsInside(node).some((inner) => choices(inner, around + (isChoice ? 1 : 0)));
    });
  return choices(functionAt(model, linked)?.fn.flow ?? [], 0);
}

/** `deleteHarbour`: what goes by the name of the function. */
function deletesWhole({ id }: LinkedFunction): boolean {
  const [verb = ""] = wordsOf(nameOf(id).split(".").at(-1) ?? "");
  return /^(?:delete|destroy|purge)$/.test(verb);
}

/** `upsertGuest(guest)` */
function upserts(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const { name = "", calls = [] } = functionAt(model, linked)?.fn ?? {};
  return [name, calls[call]?.callee ?? ""].some((one) => wordsOf(one).includes("upsert"));
}

/** Whether something on the way is handed to a clock: `time.AfterFunc(delay, client.tick)`, `scheduler.scheduleTimer(delay, tick)`. */
function isSetByClock(model: WorkspaceModel, { calls }: WayFromOutside): boolean {
  return calls.some(({ linked, call }) => {
    const { callee = "" } = functionAt(model, linked)?.fn.calls[call] ?? {};
    const isHanded = linked.links.handedOver.has(call);
    return isHanded && wordsOf(callee.slice(callee.lastIndexOf(".") + 1)).some((word) => ofClocks.test(word));
  });
}

const ofClocks = /^(?:timer|timeout|after|schedule|delay|debounce|later)$/;

/** Whether the row that is made says itself whom it is for: `INSERT INTO notices (from_id, to_id)`. */
function isAddressed(model: WorkspaceModel, { kind, calls }: Creation): boolean {
  const at = calls.at(-1);
  const site = at && functionAt(model, at.linked)?.fn.calls[at.call];
  const columns = site?.arguments.map((given) => /^"\s*insert\s+into\s+[\w."`[\]]+\s*\(([^)]*)\)/i.exec(given)?.[1]);
  return kind === "row" && columns?.some((names) => names !== undefined && addressee.test(names)) === true;
}

const addressee = /\b(?:to|recipient|receiver|addressee)(?:_?(?:id|user|user_?id|player|member|account))?\b/i;

/** Whether the request itself says where to send something, to whomever: `emails`, `invitees`, `body.to`. */
function areWrittenTo(over: string): boolean {
  return (
    /\.(?:to|b?cc)(?:\(\))?$/i.test(over) ||
    wordsOf(over).some((word) => /^(?:e?mails?|invit\w*|phones?|numbers?|recipients?|receivers?)$/.test(word))
  );
}

/** What things are kept in, of which one thing is in few: `project_ids`; and what one has open at a time. */
function areContainers(over: string): boolean {
  const said = wordsOf(over);
  const areOfOne =
    said.some((word) => /^sessions?$/.test(word)) && said.some((word) => /^(?:users?|account)$/.test(word));
  return containers.test(kindOf(over)) || areOfOne;
}

const containers =
  /^(?:project|workspace|team|organi[sz]ation|org|tenant|site|branch|catalog|folder|categor(?:y|ie)|chart|board)s?$/;

/** `invitations.delete()`, `transactions.update(card=None)` for what the loop goes over. */
function areUsedUp(model: WorkspaceModel, linked: LinkedFunction, over: string): boolean {
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return calls.some(({ callee, arguments: given }) => {
    if (callee === `${over}.delete` || callee === `${over}.adelete`) return true;
    const isMarked = given.some((argument) => /^\w+=(?:None|True|<null>|null|true)$/.test(argument));
    return (callee === `${over}.update` || callee === `${over}.aupdate`) && isMarked;
  });
}

/** `waiting = null` behind the loop over what waits. */
function isStartedAnew(model: WorkspaceModel, linked: LinkedFunction, call: number, start: number): boolean {
  const { writes = [], writeStarts = [] } = functionAt(model, linked)?.fn ?? {};
  const at = writes.indexOf(closedOver(model, linked, call, start));
  return at >= 0 && (writeStarts[at] as number) > start;
}

/**
 * What a request brings along it may bring as rows too. Work that goes on at the same time adds up, and so does what
 * others are sent because the request names them.
 */
export function addsUp(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { kind, text, calls }: Creation,
  over: string,
): boolean {
  if (kind === "work") return true;
  const names = calls.map((at) => functionAt(model, at.linked)?.fn.calls[at.call]?.callee ?? "");
  if (wordsOf(names.join(" ")).some((word) => onlyNoted.test(word))) return false;
  if (kind === "message") return true;
  const isSent = wordsOf(text).some((word) => sent.test(word));
  return isSent && wordsOf([over, nameOf(linked.id), ...names].join(" ")).some((word) => people.test(word));
}

/** Whether what a loop goes over are others, who get something: `subscribers`, `recipientIds`, `usersWithAccess`. */
function areOthers(
  model: WorkspaceModel,
  linked: LinkedFunction,
  call: number,
  loop: FanOut["loop"],
  creation: Creation,
): boolean {
  const { id } = linked;
  const names = creation.calls.map(({ linked, call }) => functionAt(model, linked)?.fn.calls[call]?.callee ?? "");
  const said = wordsOf([creation.text, id.slice(id.indexOf("#") + 1), ...names].join(" "));
  const isSent = creation.kind === "message" || said.some((word) => sent.test(word));
  return isSent && arePeople(model, linked, call, loop);
}

/**
 * Whether what a loop goes over are people, by its name, by what gives it and what that gives, or by the tables that are
 * asked for it: `fs` of `followers()`, of `[]Member`, of `SELECT id FROM members`.
 */
function arePeople(model: WorkspaceModel, linked: LinkedFunction, call: number, loop: FanOut["loop"]): boolean {
  const who = whoOf(loop.over);
  if (people.test(who)) return true;
  const over = closedOver(model, linked, call, loop.start);
  const fn = functionAt(model, linked)?.fn;
  // A name that says something is believed.
  if (!fn || (who.length > 2 && !saysNothing.test(who) && !isPlace.test(who))) return false;
  if (people.test(lastWordOf(over))) return true;
  return fn.calls.some((site, at) => {
    if (!over.startsWith(`${site.origin ?? site.callee}()`)) return false;
    const givers = (linked.links.calls[at]?.functions ?? []).flatMap((id) => {
      const giver = model.functions.get(id);
      return (giver && functionAt(model, giver)?.fn) ?? [];
    });
    const given = givers.flatMap(({ name, results }) => [name, /(\w+)[[\]>]*$/.exec(results[0] ?? "")?.[1] ?? ""]);
    const tables = [site, ...givers.flatMap(({ calls }) => calls)].flatMap(({ arguments: texts }) =>
      texts.flatMap((text) =>
        [...text.matchAll(/^"\s*select\b[\s\S]*?\bfrom\s+([\w.]+)/gi)].map(([, table]) => table ?? ""),
      ),
    );
    return [...given, ...tables].some((name) => people.test(lastWordOf(name)) || /Sessions?$/.test(name));
  });
}

/** `rows`, `found`: anything. */
const saysNothing =
  /^(?:query|select|fetch|rows?|results?|items?|list|all|found|data|records?|entries|entities|docs?|documents?|targets?|out|values?|elements?|matches|objects?)$/;

/**
 * Who something is, in a word: `members` for `org.membersWithAccess`, `users` for `userIdsToTell`, `follow` for
 * `Follow.objects.filter()`, `watchers` for `sorted(watchers)`.
 */
function whoOf(over: string): string {
  const [, callee = over, given = ""] = /^([^(]*)\(([\w$.]*)/.exec(over) ?? [];
  const word = lastWordOf(callee.replace(asked, ""));
  const saysItself = people.test(word) || few.test(word) || isPlace.test(word);
  return saysItself || given === "" ? word : lastWordOf(given);
}

/** What is asked for by where it is is not what it is asked with: `world.near(harbour)`. */
const isPlace = /^(?:near|around|within|others|inside|online|active|connected)$/;

/** What a query is asked, and not what it gives. */
const asked =
  /(?:\.(?:objects|query|all|filter|filter_by|exclude|distinct|values\w*|order_by|select_related|prefetch_related|iterator|find\w*|list|stream|items|get))+$/i;

function lastWordOf(path: string): string {
  const words = wordsOf(path.split(".").at(-1) ?? "").filter((word) => !/^(?:ids?|list|set)$/.test(word));
  const end = words.findIndex((word) => /^(?:with|of|in|for|to|by|from)$/.test(word));
  return words.at(end < 0 ? -1 : end - 1) ?? "";
}

/** What is given to others: by such a name it is theirs, and not the asker's. */
const sent =
  /^(?:notif\w*|notices?|mentions?|messages?|mails?|emails?|invit\w*|alerts?|reminders?|outbox|inbox|deliver\w*)$/;
/** What is kept about people, and not sent to them. */
const onlyNoted = /^(?:track\w*|audit\w*|log(?:s|ging)?|activit\w*|analytics|metrics?|stats?|index\w*)$/;
const people =
  /^(?:users?|members?|members?hips?|recipients?|receivers?|emails?|invit\w*|invitees?|mention\w*|follow(?:er|ing)?s?|subscri(?:ber|ption)s?|participants?|guests?|friends?|players?|contacts?|attendees?|assignees?|reviewers?|watch(?:er)?s?|clients?|connections?|conns?|(?:web)?sockets?|nearby|neighbou?rs?|opponents?|teammates?|everyone|everybody|viewers?|voters?|pilots?|accounts?|customers?|persons?|people|students?|employees?|patients?|contributors?|collaborators?|authors?|audience|devices?|buyers?|sellers?|enrol(?:l)?ments?)$/;
/** Of these one thing, or a whole installation, has few. */
const few =
  /^(?:admin\w*|moderators?|mods?|owners?|maintainers?|managers?|reviewers?|approvers?|assignees?|staff|leaders?|editors?|organi[sz]ers?)$/;

/** Where one person is reached: `findSubscriptionsByUserId`. */
const ofOne = /(?:subscription|device|token|session|endpoint)s?_?by_?(?:user|account|owner|customer)(?:_?id)?$/i;

/** What is sent to those who run a place, by the name of what sends it: `moderation_report_email`, `notifyAdmins`. */
const ofStaff = /^(?:admins?|moderators?|moderation|staff|maintainers?)$/;

/** `Member.removeFromGuild(member)` in each round. */
function areTakenAway(model: WorkspaceModel, linked: LinkedFunction, start: number): boolean {
  const conditions = callConditions(model, linked);
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  const takesAway = (index: number) => takesOneAway.test(calls[index]?.callee ?? "");
  return calls.some((site, call) => {
    if (conditions[call]?.loops.some((loop) => loop.start === start)) return takesAway(call);
    if (site.start !== start) return false;
    const handed = linked.links.handedOver.get(call)?.flatMap(({ functions }) => functions) ?? [];
    return handed.some((id) => {
      const closure = model.functions.get(id);
      const inside = closure && functionAt(model, closure)?.fn.calls;
      return inside?.some(({ callee }) => takesOneAway.test(callee));
    });
  });
}

const takesOneAway =
  /(?:^|\.)(?:remove|delete|destroy|kick|disconnect|terminate|[Dd]isconnect|Kick|Terminate)(?:From[A-Z]\w*|[A-Z]\w*(?:Member|User)s?)?$/;

/** Whether what feeds a pipe is started by a function that reads it to its end: `pr, pw := io.Pipe(); go write(pw)`. */
export function feedsPipe(model: WorkspaceModel, { calls }: Creation): boolean {
  const at = calls.at(-1);
  const fn = at && functionAt(model, at.linked)?.fn;
  return (
    fn?.calls.some(({ callee }) => /(?:^|\.)(?:io\.Pipe|os\.pipe|PipedInputStream|PipedOutputStream)$/.test(callee)) ===
    true
  );
}

export function waitsForWork(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const fn = functionAt(model, linked)?.fn;
  return (
    fn?.calls.some(({ callee }) => /(?:^|\.)(?:Wait|join|gather|wait|allOf|invokeAll|as_completed)$/.test(callee)) ||
    fn?.flow.some(function receives(node): boolean {
      if (typeof node === "number") return false;
      if (node.kind === "channel") return node.form === "receive";
      return "body" in node && node.body.some(receives);
    }) ||
    false
  );
}

/** Whether a function waits for what it hands to a pool, with each future or together. */
export function waitsForPool(model: WorkspaceModel, linked: LinkedFunction): boolean {
  return waitsForWork(model, linked) || linked.links.calls.some(({ entry }) => entry?.role === "wait");
}
