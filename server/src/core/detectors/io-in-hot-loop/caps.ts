import type { FunctionSummary } from "../../model/fileSummary";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { functionAt } from "../../model/workspaceModel";
import { callsOnWay, type Situation } from "./situation";

/** More than this are many, even where no more are let through. */
const few = 100;

/**
 * Whether no more than a few elements get to the loop: a function on the way leaves where the list is longer, or it is
 * declared so: `if len(ids) > 20 { return }`, `@Size(max = 20)`, `Query(max_length=20)`.
 */
export function areCapped(situation: Situation): boolean {
  const { model, loops } = situation;
  const names = new Set(loops.flatMap(({ over, origin = "" }) => [lastName(over), lastName(origin)]));
  return callsOnWay(situation).some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn) return false;
    const isDeclaredSo = fn.parameters.some((parameter) => names.has(parameter.name) && isBounded(parameter));
    return isDeclaredSo || conditionsAt(fn.flow, call).some(({ test, holds }) => isUpTo(test, holds, names));
  });
}

/** `ids` of `in.ids()`, `req.getIds()`, `ids.keySet()` */
function lastName(path: string): string {
  const name =
    path
      .replace(/(?:\.(?:values|keys|keySet|entries|entrySet|items|stream)\(\))+$|\(\)$/g, "")
      .split(".")
      .at(-1) ?? "";
  return name.replace(/^get([A-Z])/, (_, first: string) => first.toLowerCase());
}

/** Whether a condition that comes out so lets only a few of some list through. */
function isUpTo(test: string, holds: boolean, names: ReadonlySet<string>): boolean {
  return test.split(holds ? / (?:&&|and) / : / (?:\|\||or) /).some((part) => {
    const [, ofLen, ofMember, operator = "", most = ""] =
      /^(?:len\(([\w$.]+)\)|([\w$.]+?)(?:\(\))?\.(?:length|size)(?:\(\))?) ([<>])=? ([\w$.]+)$/.exec(part) ?? [];
    const list = ofLen ?? ofMember;
    if (list === undefined || !names.has(lastName(list)) || (operator === "<") !== holds) return false;
    return /^\d+$/.test(most) ? Number(most) <= few : /(?:^|[._])(?:MAX|[mM]ax|LIMIT|[lL]imit)/.test(most);
  });
}

function isBounded({ type = "", default: given = "" }: FunctionSummary["parameters"][number]): boolean {
  const most = /\b(?:max|max_length|max_items|maxItems|max_size)\s*=\s*(\d+)/.exec(`${type} ${given}`)?.[1];
  return most !== undefined && Number(most) <= few;
}
