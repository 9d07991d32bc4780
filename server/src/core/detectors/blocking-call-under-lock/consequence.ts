import { memoized } from "../../base/memoized";
import type { FieldFacts } from "../../model/facts";
import { makes as givesNew } from "../../model/graph/construction";
import { isToEmbeddedBroker } from "../../model/graph/embeddedDatabases";
import type { EffectKind } from "../../model/graph/functionEffects";
import { guardedFields } from "../../model/graph/guards";
import type { Holding } from "../../model/graph/heldLocks";
import { isTestDouble } from "../../model/graph/inProduction";
import type { EffectPlace } from "../../model/graph/witness";
import { isScript } from "../../model/scripts";
import { isForTests } from "../../model/testSupport";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import {
  type Contention,
  heldUpBy,
  isHeldUpBySlow,
  isQueueOfRequests,
  isWantedBy,
  mildnessOf,
  mildnessOfDatabase,
} from "./contention";
import {
  beginsAnew,
  endsAll,
  isCalledByConstructors,
  isConstructorOf,
  isForConfiguration,
  isForLeader,
  isForStart,
  isLifecycle,
  isPartOfConstruction,
  isStoppedUnder,
  resets,
  restores,
} from "./lifecycle";
import { keptUnderOneKey, loadedOnce, loadedOncePerKey } from "./loadedOnce";
import { cancelledUnder } from "./lock/cancelledUnder";
import { givenBackBefore } from "./lock/givenBackBefore";
import { isExplained, isSaidToBeForTests, isSaidToSerialise } from "./lock/lockComments";
import { isKnownToNobody } from "./lock/newObjects";
import { isShadowed } from "./lock/shadowedLocks";
import { isNeverAskedFor } from "./lock/switchedLocks";
import { isControlFrame, isOnMachine, isSocketAlone } from "./operation/byArguments";
import { isForSlowWork } from "./operation/forkAndJoin";
import { runForMessages } from "./operation/messageLoops";
import { ofOperation } from "./operation/ofOperation";
import { hasWaitedBefore } from "./operation/toldToStop";
import { type Consequence, manyBystanders, type Situation } from "./situation";
import { isConditional, isForChange, isRepeated } from "./waysThrough";

/**
 * How much it matters that an operation is done under a lock: by the operation itself (`operation/`), by the function
 * that does it (`lifecycle`, `loadedOnce`), by the lock (`lock/`), by the way there, and by who waits (`contention`).
 */
export function consequenceOf(
  model: WorkspaceModel,
  operation: BlockedOperation,
  lock: Holding,
  contention: Contention,
): Consequence {
  const { site, chain } = operation;
  if (lock.forReading && contention.use.writers.size === 0) return { level: "none" };
  if (isKnownToNobody(model, operation.taker, lock, operation.span.start)) return { level: "none" };
  if (isShadowed(model, operation, lock, contention.use)) return { level: "none" };
  if (isNeverAskedFor(model, operation.taker, lock)) return { level: "none" };
  if (isForTests(model, site.file, site.fn) || isTestDouble(site.file, site.fn) || isOfMigration(contention.use))
    return { level: "none" };
  const isHot = site.linked.reachedFrom.length > 0;
  const situation: Situation = {
    ...operation,
    model,
    lock,
    contention,
    what: chain.at(-1)?.effect.detail ?? "",
    isHot,
    isBusy: isHot || runForMessages(model).has(site.linked),
    isUnnoticed: !isHot && contention.others.length === 0,
    serialises: isMadeToSerialise(model, lock, contention),
  };
  const told = ofOperation(situation) ?? ofPlace(situation) ?? ofLock(situation) ?? ofWay(situation);
  if (told) return told;
  const { kind } = operation;
  const canceller = ownWork.has(kind) ? undefined : cancelledUnder(model, operation.taker, contention.use);
  if (canceller !== undefined)
    return { level: "warning", because: `\`${canceller}\` needs the lock to cancel what is done here.` };
  const meant = kind === "database" ? mildnessOfDatabase(model, operation, lock, contention) : undefined;
  if (meant !== undefined) return { level: "info", because: meant };
  const slow = kind === "database" || ownWork.has(kind) ? undefined : heldUpBy(model, operation, contention);
  if (slow !== undefined) return { level: "warning", because: slow };
  if (isHeldUpBySlow(model, operation, lock, contention))
    return { level: "warning", because: "Whoever of them reads slowly holds up all who come here." };
  const because = mildnessOf(model, operation, lock, contention) ?? mildnessOfWait(situation);
  if (because !== undefined && isQueueOfRequests(model, operation, lock, contention))
    return { level: "warning", because: "Requests that want no more than to look something up wait for it, too." };
  const isToPeer = because !== undefined && kind === "network";
  const other = isToPeer ? givenBackBefore(model, chain, contention.use) : undefined;
  if (other !== undefined)
    return { level: "warning", because: `Others, such as \`${other}\`, give the lock back before they do the same.` };
  return because === undefined ? { level: "warning" } : { level: "info", because };
}

/** What the program does itself comes to an end; what needs the lock for that is told before. */
function mildnessOfWait({ model, kind, chain, what }: Situation): string | undefined {
  const isForOthers =
    kind === "wait" ? isForSlowWork(model, chain) : !(kind === "channel" && what.startsWith("receive "));
  return isForOthers
    ? undefined
    : "It waits for work of the program itself, which is not seen to need the lock or to ask others.";
}

/** Whether a lock is only taken in one migration: it runs alone, and once. */
function isOfMigration({ takers }: Contention["use"]): boolean {
  return [...takers].every((id) => /(?:^|\/)migrations?[_-]?\d*\/[^#]*#/i.test(id));
}

/** Whether a process is started, and not waited for. */
export function startsProcess({ effect: { kind, detail } }: EffectPlace): boolean {
  return kind === "process" && starts.test(detail);
}

/** To start one takes a moment, and what is asked of a command far away is most often short. */
function ofProcess({ chain, what }: Situation): Consequence | undefined {
  if (startsProcess(chain.at(-1) as EffectPlace))
    return { level: "info", because: "It does not wait for the process to end." };
  if (waitsForEnd.test(what) || chain.length <= nearCalls) return undefined;
  return { level: "info", because: "It runs one command, far away from here." };
}

const ownWork: ReadonlySet<EffectKind> = new Set(["wait", "channel", "sleep", "file"]);

/** What the function that holds the lock says: some run when few others want it. */
function ofPlace({ model, site, taker, lock, kind, chain, contention, isHot }: Situation): Consequence | undefined {
  const isSeldom = endsAll(site.fn.name) || ((!isHot || ownWork.has(kind)) && isLifecycle(model, site.linked));
  if (ownWork.has(kind) && isStoppedUnder(model, site.fn, contention.use.takers))
    return { level: "info", because: "The lock keeps starting and stopping apart." };
  const isMade = isConstructorOf(site, lock) || isCalledByConstructors(model, site.linked, lock);
  if (isSeldom || isMade || isForStart(model, chain))
    return { level: "info", because: "It runs when something starts or ends, when few others want the lock." };
  const isUpkeep = resets.test(site.fn.name) || (ownWork.has(kind) && beginsAnew(site.fn.name));
  if (isUpkeep || isForConfiguration(model, site, chain))
    return { level: "info", because: "It runs when something is reset, repaired or configured anew, which is seldom." };
  if (isForLeader(site))
    return {
      level: "info",
      because: "It runs when another node takes the lead: those who wait need what comes of it.",
    };
  if (restores.test(site.fn.name) && !isHot)
    return { level: "info", because: "It runs when all that the lock guards is replaced by what was saved." };
  if (makes[kind]?.test(site.fn.name))
    return { level: "info", because: "It makes what all others with the lock need." };
  if (givesCredential.test(site.fn.name) && !(isHot && isForVisitor(site)))
    return { level: "info", because: "Whoever asks for the credential can do nothing before it is there." };
  const field = loadedOnce(model, chain);
  if (field !== undefined)
    return { level: "info", because: `It is done once, by whoever comes first: afterwards \`${field}\` is set.` };
  const kept = loadedOncePerKey(model, chain);
  if (kept !== undefined)
    return { level: "info", because: `It is done once for each key: afterwards it is found in \`${kept}\`.` };
  if (keptUnderOneKey(model, chain))
    return {
      level: "info",
      because: "It is done by whoever comes first: then it is kept for all others, who want the same.",
    };
  if (hasWaitedBefore(taker, lock))
    return { level: "info", because: "It has waited before until the work of the object was over." };
  if ((!isHot && isPartOfConstruction(model, site.linked)) || (ownWork.has(kind) && makesAndGives(site)))
    return { level: "info", because: "It runs while something is being made." };
  return undefined;
}

/** `login(sid, user)` lets in whoever asks; what logs in itself knows who it is. */
function isForVisitor({ fn: { name, parameters } }: Site): boolean {
  return /log_?in|authenticate/i.test(name) && parameters.some(({ type = "" }) => !/\bContext$/.test(type));
}

/** A function of no type that makes something, by its name: `New`. */
function makesAndGives({ fn }: Site): boolean {
  return fn.typeName === undefined && fn.form === "function" && fn.results.length > 0 && givesNew.test(fn.name);
}

/** What the lock is there for, or who shares it. */
function ofLock({ model, site, taker, lock, contention, what, serialises }: Situation): Consequence | undefined {
  if (serialises || isNamedForSending(lock, site, what))
    return {
      level: "info",
      because:
        "The lock seems to be there to let one of these through at a time, which is fine as long as it guards nothing else.",
    };
  const name = lock.lock.split(/\W/).at(-1) ?? "";
  if (isForActivity.test(name) || isForRenewal.test(name))
    return { level: "info", because: "By its name the lock lets one of these through at a time." };
  if (isSaidToSerialise(model, taker, lock, contention.use))
    return { level: "info", because: "A comment says that the lock lets one at a time through on purpose." };
  if (isSaidToBeForTests(taker, lock))
    return { level: "info", because: "A comment says that the lock is taken for tests." };
  if (isExplained(taker, lock)) return { level: "info", because: "A comment says why the lock is held meanwhile." };
  return undefined;
}

/** How likely it comes to it, and who waits. */
function ofWay(situation: Situation): Consequence | undefined {
  const { model, site, lock, kind, chain, contention, what, isHot } = situation;
  const ofItself = kind === "process" ? ofProcess(situation) : undefined;
  if (ofItself) return ofItself;
  if (chain.length > farCalls)
    return { level: "info", because: "It is so far away that something on the way may keep it from being done." };
  if (kind === "network" && isOnMachine(model, chain))
    return { level: "info", because: "Who is at the other end runs on the same machine." };
  if (kind === "network" && isSocketAlone(model, chain))
    return { level: "info", because: "A socket for datagrams is made without sending one." };
  if (kind === "network" && isControlFrame(model, chain))
    return { level: "info", because: "A control frame is a few bytes, for which there is room most of the time." };
  if (resolves.test(what) && !isRepeated(model, chain, lock))
    return { level: "info", because: "An address is most often written as numbers, or known from before." };
  if (asksItself.test(what))
    return { level: "info", because: "The machine mostly knows its own name without asking others." };
  if (drains.test(what))
    return { level: "info", because: "It only waits where more is to be sent than there is room for." };
  if (endsServing.test(what))
    return { level: "info", because: "It ends a server, when those who are served have been answered." };
  if (isDatagram.test(what)) return { level: "info", because: "A datagram is sent without waiting for anybody." };
  if (kind === "network" && isToEmbeddedBroker(model, what))
    return { level: "info", because: "The broker of messages runs in the same process." };
  if (isForChange(model, chain))
    return { level: "info", because: "It is done once for each change of a value, by whoever sees that first." };
  if (closes.test(what) && contention.others.length < fewBystanders && !isRepeated(model, chain, lock))
    return { level: "info", because: "It closes what those who want the lock would use." };
  if (answers.test(what) && !isWantedBy(model, contention, manyBystanders) && !isRepeated(model, chain, lock))
    return { level: "info", because: "It is one answer to a client, and few others want the lock." };
  if (isUnlikely(model, chain, kind === "database" ? 2 : 1))
    return { level: "info", because: "It comes to this only where several conditions hold." };
  if (isAsync(site) && (!isHot || contention.others.length === 0))
    return { level: "info", because: "Tasks that want the lock wait in line." };
  // A database answers in its own time, wherever it is asked; waiting for others of the same program is more often meant.
  const isMeant = ownWork.has(kind) && kind !== "file" && chain.length > 1 && !contention.use.servesRequests;
  return isMeant ? { level: "info" } : undefined;
}

const starts = /\b(?:Cmd\.Start|StartProcess|ProcessBuilder\.start|Process\.start|Popen|spawn)$/;
const waitsForEnd = /[wW]ait(?:For)?$/;
/** Functions on the way, the first one included. */
const nearCalls = 3;
const farCalls = 6;

/** Names of hosts are looked up here, too, if less often than an address is read. */
const resolves = /^net\.Resolve\w+Addr$|\bInetAddress\.get(?:AllByName|ByName|CanonicalHostName|HostName)$/;
const asksItself = /\bInetAddress\.getLocalHost$/;
const isDatagram = /^(?:net\.(?:PacketConn|UDPConn)\.Write\w*|java\.net\.DatagramSocket\.send|dgram\.Socket\.send)$/;
const drains = /\bStreamWriter\.drain$/;
const endsServing = /\b(?:Server|HTTPServer|App)\.(?:[sS]hut_?[dD]own|GracefulStop)$/;
const closes = /\.[cC]lose$/;
/** What is written for a client that has asked is most often short, and goes to a buffer. */
const answers = /\bResponseWriter\.Write\w*$/;
/** `createMu`, `token_lock`: named for what is done, and not for what is guarded. */
const isForActivity =
  /^_*(?:create|remove|delete|mkdir|connect|dial|pre_?fetch|auth(?:enticate)?|log_?in|refresh|renew|token|upload|download|re_?load|re_?build|compact(?:ion)?|migrat(?:e|ion)|rmw|read_?modify_?write|backup|restore|snapshot|register)_?(?:lock|mu|mutex|mtx)$/i;
/** `refreshTokenMutex`; what is named for such a verb alone is among the others. */
const isForRenewal = /^_*re(?:fresh|new|load|build)(?:_|(?=[A-Z]))\w*(?:[lL]ock|[mM]u|[mM]utex|[mM]tx)$/;
/** What gives a credential: whoever wants it can do nothing before it is there. */
const givesCredential = /^_*(?:(?:get|fetch|refresh|renew)_?)?(?:access_?|auth_?)?token$|^_*(?:authenticate|log_?in)$/i;
/** What is named for the operation itself: before it is done, nobody can do anything else with the object. */
const makes: Partial<Record<EffectKind, RegExp>> = {
  network: /^_*(?:re_?)?(?:connect|dial)$/i,
  process: /^_*(?:re_?)?(?:start|launch|spawn|exec)$/i,
};
/** Fewer than these are more likely to wait for what is done than to be held up by it. */
const fewBystanders = 4;

const sends = /send|write|flush|sync$/i;

/** `sendLock`, held while something is sent, keeps one message after the other. In Java a `writeLock` is one half of another. */
function isNamedForSending({ lock }: Holding, { file }: Site, operation: string): boolean {
  const name = lock.split(/\W/).at(-1) ?? "";
  const isNamed = /^_*(?:send|write|flush)\w*(?:lock|mu|mutex|mtx)$/i.test(name);
  return isNamed && sends.test(operation) && !(file.language === "java" && /^write_?lock$/i.test(name));
}

/** Fewer calls are easily seen through, whatever conditions are on the way. */
const minUnlikelyCalls = 3;

/** Whether more functions on the way than so many only go on under conditions of their own. */
function isUnlikely(model: WorkspaceModel, chain: readonly EffectPlace[], likely: number): boolean {
  if (chain.length <= minUnlikelyCalls) return false;
  return chain.slice(1).filter((place) => isConditional(model, place)).length > likely;
}

/** Locks of event loops are held over what is awaited; while they wait, everything else goes on. */
function isAsync({ file, fn }: Site): boolean {
  return isScript(file.language) || (file.language === "python" && fn.modifiers.includes("async"));
}

/** Beyond this, a type is no wrapper of one resource. */
const maxWrapperFields = 8;

/** A lock under which nearly everything blocks, in a type that has nothing else to guard. */
function isMadeToSerialise(model: WorkspaceModel, lock: Holding, { use, others }: Contention): boolean {
  const bystanders = others.length;
  const share = 1 - bystanders / use.takers.size;
  if (share < 0.75) return false;
  const type = use.owner?.facts;
  if (!type) return bystanders === 0;
  const guards = guardingLocks(model).get(type.name);
  // Another lock guards what there is to guard.
  if (bystanders === 0 && guards && !guards.has(lock.lock)) return true;
  return !type.fields.some(isCollection) && (bystanders === 0 || type.fields.length <= maxWrapperFields);
}

/** The locks under which fields are written, by the name of the type they are in. */
const guardingLocks = memoized((model: WorkspaceModel): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { lock } of guardedFields(model))
    for (const owner of lock.split(/[.#]/).slice(-2)) found.set(owner, (found.get(owner) ?? new Set()).add(lock));
  return found;
});

const collections =
  /^\*?(?:map\[|\[\](?!byte\b|uint8\b)|list\.List)|\b(?:dict|list|set|deque|defaultdict|OrderedDict)\b|(?:Map|List|Set|Queue|Deque|Collection|Dict|Mapping|Array|Record)(?:$|[<[(])|^<map>|\w\[\]$/;

function isCollection({ type = "", origin = "" }: FieldFacts): boolean {
  return !/^(?:byte|char)\[\]$/.test(type) && (collections.test(type) || collections.test(origin));
}
