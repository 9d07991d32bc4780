import { isEmbeddedDatabase } from "../../../model/graph/embeddedDatabases";
import { type EffectPlace, nameOf } from "../../../model/graph/witness";
import type { LinkedFunction } from "../../../model/workspaceModel";
import { restores } from "../lifecycle";
import { guardsItsFiles } from "../lock/ownFiles";
import { type Consequence, manyBystanders, type Situation } from "../situation";
import { isRepeated } from "../waysThrough";
import { fillsUp, isBufferedSend, isGivenBack, isSendToCaller } from "./bufferedChannels";
import { isOfProgram } from "./byArguments";
import { ofCallback } from "./callbacks";
import { consumerNeedingLock, isReadForNetwork, senderNeedingLock } from "./consumers";
import { isOwnWorkOfReader, neededByGroup } from "./forkAndJoin";
import { isOver } from "./overBefore";
import { isOfOwnThread } from "./ownThread";
import { isAfterFailure, isMoment } from "./shortSleeps";
import { isToldToStop } from "./toldToStop";
import { writesMany } from "./writesOfMany";

/** What the operation itself says, where that decides. */
export function ofOperation(situation: Situation): Consequence | undefined {
  switch (situation.kind) {
    case "database":
      return ofDatabase(situation);
    case "file":
      return ofFile(situation);
    case "channel":
      return ofChannel(situation);
    case "wait":
    case "sleep":
      return ofPause(situation);
    case "callback":
      return ofCallback(situation);
    default:
      if (situation.kind === "network" && isOfProgram(situation.model, situation.chain)) return { level: "none" };
      return isLogged(situation.chain) ? { level: "info", because: "It is a line for a log." } : undefined;
  }
}

function ofDatabase({ model, site, chain, lock }: Situation): Consequence | undefined {
  const last = chain.at(-1) as EffectPlace;
  if (isRepeated(model, chain, lock)) return undefined;
  if (isEmbeddedDatabase(model, last) && !writesMany(model, last))
    return { level: "info", because: "The database is embedded: asking it once is like reading a small file." };
  // `remove` alone is done to whatever comes and goes.
  const isDeletion =
    deletesOne.test(site.fn.name) && chain.slice(1).every(({ linked }) => deletes.test(nameOf(linked.id)));
  return isDeletion && chain.length > 1
    ? { level: "info", because: "One thing is deleted, here and in the database, so that both stay in step." }
    : undefined;
}

/** `deleteJob`, `processDeleteChannel`: somebody has asked for it. */
const deletesOne = /^(?:_*|process_?|handle_?|do_?)delete_?(?!all|expired|old|stale|many)[a-z]\w*(?<!s)$/i;
const deletes = /(?:^|\.)\w*delete\w*$/i;

function ofFile(situation: Situation): Consequence | undefined {
  const { model, chain, lock, contention, what, isBusy, isUnnoticed, serialises } = situation;
  if (isLogged(chain)) return { level: "none" };
  const waits = waitsForDisk.test(what);
  if (!isBusy && (!writesFiles.test(what) || (chain.length > 2 && !waits))) return { level: "none" };
  if (!serialises && !isBusy && !waits) return isUnnoticed ? { level: "none" } : { level: "info" };
  if (changesFolders.test(what)) return { level: "info" };
  if (guardsItsFiles(model, contention.use, waits, chain))
    return { level: "info", because: "The lock is that of the file itself, which has to be left alone meanwhile." };
  const isMuch = waits || isRepeated(model, chain, lock);
  if (!isMuch && (!movesMuch.test(what) || contention.others.length < manyBystanders))
    return { level: "info", because: "It is one file." };
  return undefined;
}

/** Whether it is a line for a log: everybody writes some wherever they are. */
function isLogged(chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked }) => logs.test(nameOf(linked.id)));
}

function ofChannel(situation: Situation): Consequence | undefined {
  const { model, chain, lock, what, isUnnoticed } = situation;
  if (isGivenBack(model, chain.at(-1) as EffectPlace)) return { level: "none" };
  if (isHookOfTests.test(what)) return { level: "none" };
  const stuck = stuckWith(situation);
  if (stuck) return stuck;
  const hasWayOut = what.startsWith("select ");
  if (isUnnoticed || (hasWayOut && chain.length > 1)) return { level: "none" };
  if (hasWayOut) return { level: "info" };
  if (saysReady.test(what))
    return { level: "info", because: "The channel says that something is ready: then nobody waits for it any more." };
  if (isHandedIn.test(what) || isSendToCaller(model, chain.at(-1) as EffectPlace))
    return { level: "info", because: "The channel was handed in by somebody who reads from it." };
  if (fillsUp(model, chain.at(-1) as EffectPlace)) return ofSlowReader(situation);
  if (isOwnWorkOfReader(model, chain, lock)) return ownWorkOfReader;
  return ofEnding(situation);
}

/** Who has to make room in a queue, or sends what is waited for, needs the lock for that. */
function stuckWith({ model, chain, lock }: Situation): Consequence | undefined {
  const place = chain.at(-1) as EffectPlace;
  const sender = senderNeedingLock(model, place, lock);
  if (sender)
    return {
      level: "warning",
      because: `${lastName(sender)}, which it waits for, needs the lock itself: neither goes on.`,
    };
  const consumer = consumerNeedingLock(model, place, lock);
  if (!consumer) return undefined;
  return {
    level: isBufferedSend(model, place) ? "info" : "warning",
    because: `${lastName(consumer)}, which takes out what is put in, needs the lock itself: without room, neither goes on.`,
  };
}

function lastName({ id }: LinkedFunction): string {
  return `\`${nameOf(id).replace(/^.*\./, "")}\``;
}

function ofSlowReader({ model, chain }: Situation): Consequence {
  return {
    level: isReadForNetwork(model, chain.at(-1) as EffectPlace) ? "warning" : "info",
    because: "Whoever reads slowly from one of them holds up all, once it has no room.",
  };
}

const ownWorkOfReader: Consequence = {
  level: "info",
  because: "It waits for a part of its own work, and others who read go on meanwhile.",
};

function ofPause(situation: Situation): Consequence | undefined {
  const { model, kind, chain, lock } = situation;
  if (kind === "wait" && (isOver(model, chain) || isOfOwnThread(model, situation))) return { level: "none" };
  if (putsIn.test(situation.what))
    return (
      stuckWith(situation) ?? {
        level: "info",
        because: "It waits only while the queue has no room for what it puts in.",
      }
    );
  const needing = kind === "wait" ? neededByGroup(model, chain, lock) : undefined;
  if (needing)
    return {
      level: "warning",
      because: `What it waits for needs the lock itself, in ${lastName(needing)}: neither goes on.`,
    };
  if (kind === "wait" && isOwnWorkOfReader(model, chain, lock)) return ownWorkOfReader;
  if (asksOnce.test(situation.what))
    return { level: "info", because: "It waits for what it would do itself if nobody else did." };
  if (kind === "sleep" && isMoment(model, chain)) return { level: "none" };
  if (kind === "sleep" && isAfterFailure(model, chain))
    return { level: "info", because: "It sleeps only where something has failed, to try again." };
  if (kind === "sleep" && delays.test(situation.site.fn.name))
    return { level: "info", because: "It is there to hold up those who call it." };
  return ofEnding(situation);
}

/** A wait for the end of what was told to end, or while everything has to wait. */
function ofEnding(situation: Situation): Consequence | undefined {
  if (restores.test(situation.site.fn.name))
    return { level: "info", because: "It runs when all that the lock guards is replaced by what was saved." };
  return isToldToStop(situation.model, situation, situation.lock)
    ? { level: "info", because: "What it waits for has been told to end just before." }
    : undefined;
}

/** `Warnf`, `logger.error`; not `error` or `info` of whatever object. */
const logs =
  /(?:^|\.)(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|print|log)(?:f|ln|w|depth)$|logg(?:er|ing)\w{0,4}\)?\.(?:trace|debug|info|notice|warn(?:ing)?|error|fatal|print|log|output)(?:f|ln|w|depth)?$/i;
/** No contents are moved: the folder's entry is in memory most of the time. */
const changesFolders =
  /[._](?:remove|unlink|rmdir|rename\w*|replace|mkdir\w*|makedirs|\w*symlinks?|createDirector\w+|delete\w*|list\w*|ReadDir|Readdir|glob|chmod|touch)$/i;
/** Contents of any size, and many files. */
const movesMuch = /copy|copie|walk|tree|archive|(?:^|[._])(?:un)?(?:zip|tar)|zipfile|tarfile|transfer/i;
const waitsForDisk = /sync$/i;
const writesFiles = /(?:sync|write|rename|remove|unlink|delete|create|mkdir|truncate|copy|move|save|dump|append|put)/i;
/** Nobody waits a second time. */
const saysReady = /^receive .*\.(?:ready|set|started|loaded|opened|connected|init(?:ed|iali[sz]ed)?)$/i;
/** `startedForTesting`, `testHook`: there is none outside tests. */
const isHookOfTests = /(?:ForTest(?:s|ing)?|\b[tT]est(?:ing)?Hook\w*)(?:\[\w*\])*$/;
/** A channel that can only be sent to is one that a caller made to be read from meanwhile. */
const isHandedIn = /^send <chan<-/;
/** What is there to hold up whoever calls it. */
const delays = /^(?:delay|throttle|pace|slow_?down)/i;
const putsIn = /(?:Queue|Deque)\.put(?:First|Last)?$/;
/** Whoever comes second waits for the answer of the first. */
const asksOnce = /\bsingleflight\.Group\.Do$/;
