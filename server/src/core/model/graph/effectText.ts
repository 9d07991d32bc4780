import { code } from "../../base/markdown";
import type { AccessPath } from "../facts";
import type { LockRef } from "../link/links";
import type { Effect } from "./functionEffects";

const effectWords: Readonly<Record<Effect["kind"], string>> = {
  acquire: "takes the lock",
  database: "goes to the database",
  network: "goes to the network",
  file: "reads or writes files",
  process: "starts a process",
  sleep: "sleeps",
  wait: "waits",
  channel: "waits for a channel",
  callback: "calls what others have put into",
  spawn: "starts work that goes on by itself",
  throw: "throws",
  write: "writes",
};

const accessWords: Readonly<Record<string, string>> = {
  query: "goes to the database",
  read: "reads from the database",
  write: "writes to the database",
  transaction: "begins or ends a transaction",
};

/** What a function does, as the rest of a sentence about it: Markdown. */
export function effectText({ kind, detail, lock }: Effect): string {
  const words = kind === "acquire" && lock?.kind === "semaphore" ? "waits for a place in" : effectWords[kind];
  if (kind === "spawn") return words;
  if (kind === "acquire" || kind === "write" || kind === "throw" || kind === "callback")
    return `${words} ${code(memberName(detail))}`;
  const [access = "", table] = detail.split(/ (.*)/s);
  if (kind === "database" && Object.hasOwn(accessWords, access))
    return `${accessWords[access]}${table ? ` (${code(table)})` : ""}`;
  if (kind === "channel") return channelText(detail);
  return `${words} (${code(kind === "database" ? detail : withoutFolder(detail))})`;
}

const channelWords: Readonly<Record<string, string>> = {
  send: "sends to the channel",
  receive: "waits for the channel",
  select: "waits until one of several channels is ready, such as",
};

function channelText(detail: string): string {
  const [form = "", path = ""] = detail.split(/ (.*)/s);
  return `${channelWords[form] ?? effectWords.channel} ${code(channelName(path))}`;
}

/** `Gate.opened` of `<harbour.Gate>.opened`; the type of one without a name. */
function channelName(path: AccessPath): string {
  const named = path
    .replace(/^<((?:<-)?chan\b.*)>$/, "$1")
    .replace(/<\*?(?:[\w$]+\.)*([\w$]+)>/g, "$1")
    .replace(/#\d+/g, "");
  return named.split(".").slice(-2).join(".");
}

/**
 * `Booking.Cancelled` of `example.com/api/harbour.Booking.Cancelled`: where it is declared is the long part. A type goes
 * by its name alone.
 */
export function memberName(declaration: string): string {
  const [owner = "", name = ""] = withoutFolder(declaration).replace(/^.*#/, "").split(".").slice(-2);
  if (name === "") return owner;
  const isType = /^\p{Lu}/u.test(name) && /^[\p{Ll}_]/u.test(owner);
  return owner === "" || isType ? name : `${owner}.${name}`;
}

/** A lock as people call it. */
export function lockName({ lock, instance }: Pick<LockRef, "lock" | "instance">): string {
  const name = memberName(lock);
  // A type without a name goes by its place: what the lock is reached through says more.
  return /^\d/.test(name) && instance !== undefined ? instance : name;
}

function withoutFolder(name: string): string {
  return name
    .replace(/^.*[/:](?=.)/, "")
    .replace(/^builtin\./, "")
    .replace(/\.__promisify__$/, "");
}
