import { code } from "../../base/markdown";
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
export function effectText({ kind, detail }: Effect): string {
  const words = effectWords[kind];
  if (kind === "spawn") return words;
  if (kind === "acquire" || kind === "write" || kind === "throw") return `${words} ${code(memberName(detail))}`;
  if (kind === "database" && Object.hasOwn(accessWords, detail)) return accessWords[detail] as string;
  return `${words} (${code(kind === "database" ? detail : withoutFolder(detail))})`;
}

/** `Booking.Cancelled` of `example.com/api/harbour.Booking.Cancelled`: where it is declared is the long part. */
export function memberName(declaration: string): string {
  return withoutFolder(declaration).split(".").slice(-2).join(".");
}

function withoutFolder(name: string): string {
  return name.replace(/^.*[/:](?=.)/, "").replace(/^builtin\./, "");
}
