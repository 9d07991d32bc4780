import { folderOf } from "../../base/paths";
import type { Command } from "../commandTables";
import type { FunctionId } from "../link/links";
import type { ScheduledTask } from "../schedules";
import type { GraphNode } from "./graphNode";

/** The tasks that clocks run, by file. */
export type Schedules = ReadonlyMap<string, readonly ScheduledTask[]>;

/** The functions in tables of commands, by file. */
export type Commands = ReadonlyMap<string, readonly Command[]>;

/** The functions that tables of commands hold and nothing else leads to: whoever asks names the one that is called. */
export function commandRoots(
  commands: Commands,
  seen: ReadonlySet<GraphNode>,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
): Map<GraphNode, undefined> {
  const roots = new Map<GraphNode, undefined>();
  if (commands.size === 0) return roots;
  const held = [...commands].flatMap(([path, list]) =>
    list.map((command) => {
      const { function: named } = command;
      return { path, command, key: typeof named === "number" ? `${path}#${named}` : named };
    }),
  );
  const wanted = new Map<string, GraphNode[]>(held.map(({ key }) => [key, []]));
  for (const node of nodes.values()) {
    const { name, isTest } = node.summary;
    if (seen.has(node) || isTest || isOfCommandLine(node)) continue;
    for (const key of [name, `${node.path}#${node.index}`]) wanted.get(key)?.push(node);
  }
  for (const { path, command, key } of held) {
    const found = (wanted.get(key) ?? []).filter((node) => isMeant(node, path, command));
    // Of several of one name it is not known which is meant.
    if (found.length === 1) roots.set(found[0] as GraphNode, undefined);
  }
  return roots;
}

/** The tasks in schedules, each by its module and name. */
export function scheduledRoots(schedules: Schedules, nodes: ReadonlyMap<FunctionId, GraphNode>): GraphNode[] {
  const wanted = new Set([...schedules.values()].flatMap((tasks) => tasks.map(({ task }) => task)));
  return wanted.size === 0 ? [] : [...nodes.values()].filter((node) => isScheduled(wanted, node));
}

/** Whether one of some tasks is meant that go by module and name. */
function isScheduled(tasks: ReadonlySet<string>, { path, summary: { name, typeName, isTest } }: GraphNode): boolean {
  if (isTest || typeName !== undefined || !path.endsWith(".py")) return false;
  const module = path.replace(/(?:\/__init__)?\.py$/, "").split("/");
  return module.some((_, i) => tasks.has(`${module.slice(i).join(".")}.${name}`));
}

/** What takes nothing, or the words of a command line and nobody to answer, is asked for by hand. */
function isOfCommandLine({ path, summary: { parameters } }: GraphNode): boolean {
  const ofLine = /^\[\]string$|^string\[\]$|\bcobra\.|\bcli\.|\bflag\./;
  if (parameters.some(({ type = "" }) => /(?:^|[.*])(?:Conn|Socket|WebSocket|Session)$/.test(type))) return false;
  return (
    parameters.length === 0 ||
    parameters.some(({ type = "" }) => ofLine.test(type)) ||
    /(?:^|\/)(?:cmd|cli)\//.test(path)
  );
}

function isMeant({ path, summary }: GraphNode, from: string, { module, typeName }: Command): boolean {
  if (typeName !== undefined) return summary.typeName === typeName && path.split(".").at(-1) === from.split(".").at(-1);
  if (module === undefined) return path === from || (path.endsWith(".go") && folderOf(path) === folderOf(from));
  const plain = path.replace(/(?:\/(?:index|__init__))?\.\w+$/, "");
  const ends = module.replace(/^[./]+|\.js$/g, "").replace(/\./g, "/");
  return plain === ends || plain.endsWith(`/${ends}`);
}
