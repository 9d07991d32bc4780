import { type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/**
 * Whether some function asks for a state before it makes one of these calls, and changes that state: another request
 * finds it changed, and makes nothing.
 */
export function isDoneOnce(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  return calls.some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn) return false;
    const changed = statesChanged(fn);
    return testsBefore(fn.flow, call).some((test) => asksFor(test, changed));
  });
}

/**
 * Whether a collection that outlives the request is asked before one of these calls, and what is started is put into
 * it: `if pair not in self.running: self.running.add(pair)`, `if len(s.workers) == 0`. Another request finds it there.
 */
export function isNotedAsStarted(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  const places = calls.flatMap(({ linked, call }) => {
    const place = functionAt(model, linked);
    return place ? [{ ...place, call }] : [];
  });
  const filled = new Set(places.flatMap(({ fn }) => [...collectionsFilled(fn)]));
  return places.some(({ file, fn, call }) =>
    testsBefore(fn.flow, call).some((test) => {
      const asked = askedCollection
        .exec(test)
        ?.slice(1)
        .find((path) => path !== undefined);
      const [root = "", ...members] = asked?.split(".") ?? [];
      const isOwn = root === "this" || root === "self" || root === fn.receiver?.name;
      const lasts = isOwn ? members.length > 0 : file.constants.some(({ name }) => name === root);
      return lasts && filled.has(members.at(-1) ?? root);
    }),
  );
}

/** What a condition asks whether something is in it, or anything at all. */
const askedCollection =
  /(?:^| )in ([\w$.]+)$|([\w$.]+)\.(?:has|includes|contains|containsKey)\(|\blen\(([\w$.]+)\) ===? 0$|([\w$.]+)\.(?:length|size|size\(\)) ===? 0$|([\w$.]+)\.isEmpty\(\)$/;

/** The names of the collections that a function adds to: fields and variables of its file. */
function collectionsFilled({ calls, writes }: FunctionSummary): ReadonlySet<string> {
  const added = calls.flatMap(({ callee }) => /([\w$]+)\.(?:add|append|push|set|put)$/.exec(callee)?.[1] ?? []);
  const written = writes.flatMap((path) => /([\w$]+)(?:\[\w*\])?$/.exec(path)?.[1] ?? []);
  return new Set([...added, ...written]);
}

/**
 * Whether some function makes one of these calls only after it has changed rows that were not so yet, and leaves where
 * there were none: of several requests one gets further.
 */
export function isClaimed(model: WorkspaceModel, calls: readonly ReachedCall[]): boolean {
  return calls.some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    const hasChanged = linked.links.calls
      .slice(0, call)
      .some(({ entry }) => entry?.role === "database" && entry.access === "write");
    if (!fn) return false;
    return testsBefore(fn.flow, call).some(
      (test) => (hasChanged && asksWhetherAny.test(test)) || asksAddedNow(fn, test),
    );
  });
}

/** Whether a condition asks whether a field has something only since that call: `if (!told.add(id)) return`. */
function asksAddedNow({ calls }: FunctionSummary, test: string): boolean {
  const added = /^!([\w$.]+\.add)\(/.exec(test)?.[1];
  return calls.some(
    ({ callee, origin = callee }) => added !== undefined && /^<\w+>\.\w/.test(origin) && callee.endsWith(added),
  );
}

/** `count === 0`, `not updated`, `result.rowcount < 1` */
const asksWhetherAny =
  /(?:^|[._])(?:count|row_?count|(?:rows?_?)?affected(?:_?rows)?|modified_?count|matched_?count|updated(?:_?(?:count|rows))?|changed(?:_?rows)?|claimed)(?:\(\))? (?:[!=]==?|<=?) [01]$|^(?:!|not )(?:\w+\.)?(?:updated|changed|claimed|affected\w*|row_?count|count)$/i;

/** The names of fields that a function gives a value, itself or by their setters. */
function statesChanged({ writes, writeStarts, calls }: FunctionSummary): ReadonlySet<string> {
  const names = writes.flatMap((path, i) => (writeStarts[i] === -1 ? [] : (/\.([\w$]+)$/.exec(path)?.[1] ?? [])));
  const set = calls.flatMap(({ callee }) => /\.set([A-Z]\w*)$/.exec(callee)?.[1] ?? []);
  return new Set([...names, ...set].map(plain));
}

/** A question whether something is so, or is one of the values it may have; not how many or whether there is any. */
const asksForValue = /^[^<>]*$/;
const asksForPresence = /\b(?:nil|null|None|undefined|err|error)\b|\blen\(/;

function asksFor(test: string, states: ReadonlySet<string>): boolean {
  return test.split(/ (?:&&|\|\||and|or) /).some((part) => {
    if (!asksForValue.test(part) || asksForPresence.test(part)) return false;
    const [asked = ""] = part.split(/ (?:[!=]==?|is|is not) /);
    const name = /\.([\w$]+)(?:\(\))?$/.exec(asked)?.[1];
    return name !== undefined && states.has(plain(name));
  });
}

/** `status` of `getStatus`, `isStatus` and `Status`. */
function plain(name: string): string {
  return name
    .replace(/^(?:get|is|has)(?=[A-Z])/, "")
    .replace(/_/g, "")
    .toLowerCase();
}

/** What is tested around a call, and before it where an arm leaves the function. */
function testsBefore(flow: readonly Flow[], call: number): string[] {
  const found: string[] = [];
  const leads = (steps: readonly Flow[]): boolean => {
    const leaving: string[] = [];
    for (const node of steps) {
      if (node === call) {
        found.push(...leaving);
        return true;
      }
      if (typeof node === "number") continue;
      const test = node.kind === "branch" ? node.test : undefined;
      const inside = flowsInside(node);
      if (inside.some(leads)) {
        found.push(...leaving, ...(test === undefined ? [] : [test]));
        return true;
      }
      if (test !== undefined && inside.some(leaves)) leaving.push(test);
    }
    return false;
  };
  leads(flow);
  return found;
}

function leaves(arm: readonly Flow[]): boolean {
  const last = arm.at(-1);
  return typeof last === "object" && last.kind === "exit" && last.form !== "break" && last.form !== "goto";
}
