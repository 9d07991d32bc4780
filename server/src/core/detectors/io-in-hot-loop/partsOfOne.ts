import { wordsOf } from "../../base/words";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { closedOver, listAskedFor } from "../../model/graph/dataOwner";
import { functionAt } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import type { Situation } from "./situation";

/** Whether the rows are those of one thing, asked for by what names it. */
export function areRowsOfOne({ linked, model, worst }: Situation): boolean {
  const place = functionAt(model, linked);
  const { start = 0, over = "" } = worst.loops.at(-1) ?? {};
  if (!place || isGivenByPagesElsewhere(place)) return false;
  const { fn } = place;
  // What a thing is related to that the object is about: `self.crate.owners.all()`.
  if (/^<\w+>\.\w+\.\w+\.all\(\)$/.test(closedOver(model, linked, worst.call, start))) return true;
  const from = notesOf(fn).givenBy?.find(([loop]) => loop === start - fn.start)?.[1];
  const giver = fn.calls.find((call) => from !== undefined && call.start === fn.start + from);
  if ([giver?.callee ?? over, fn.name].some(asksForOne)) return true;
  return giver !== undefined && (isHandedOne(giver, fn) || isHandedIdOfOne(giver));
}

/** Whether a function of the same name and type gives a page of what this one gives all of: there are many, then. */
function isGivenByPagesElsewhere({ file, fn }: { file: FileSummary; fn: FunctionSummary }): boolean {
  if (takesPage(fn)) return false;
  return file.functions.some(({ name, typeName, parameters }) => {
    return name === fn.name && typeName === fn.typeName && takesPage({ parameters });
  });
}

function takesPage({ parameters }: Pick<FunctionSummary, "parameters">): boolean {
  return parameters.some(({ name, type = "" }) => isPage.test(name) || isPage.test(type));
}

/** Whether they are what several things have in common that a request names: `Pier.objects.filter(pk__in=boats.values("pier").distinct())`. */
export function areOwnersOfNamed({ linked, model, worst }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const { start = 0 } = worst.loops.at(-1) ?? {};
  if (!fn) return false;
  const list = listAskedFor(fn, closedOver(model, linked, worst.call, start));
  return list !== undefined && /\.distinct\(\)$/.test(list);
}

/** Whether a call is handed one thing that the function was handed itself, and names nothing else: `stepsOf(session, pipeline)`. */
function isHandedOne({ arguments: given }: CallSummary, { parameters }: FunctionSummary): boolean {
  const things = given.filter((argument) => !isBesideThings(argument));
  const [only = "", ...others] = things;
  const type = /^<\*?((?:\w+\.)*[A-Z]\w*)>$/.exec(only)?.[1];
  if (type === undefined || others.length > 0 || !parameters.some((one) => one.type?.replace(/^\*/, "") === type))
    return false;
  const words = wordsOf(type.split(".").at(-1) ?? "");
  return !ofMany.test(words.join(" ")) && !words.some((word) => asksForMany.test(word));
}

/** Whether a call is handed the id of one thing that was looked up before, and nothing else: `reviewersOf(ctx, order.ID)`. */
function isHandedIdOfOne({ arguments: given }: CallSummary): boolean {
  const [only = "", ...others] = given.filter((argument) => !isBesideThings(argument));
  const lookup = /([\w.]+)\(\)(?:#0)?\.(?:id|ID|Id|getId\(\)|pk)$/.exec(only)?.[1];
  if (lookup === undefined || others.length > 0) return false;
  return !wordsOf(lookup).some((word) => asksForMany.test(word) || holdsMany.test(word));
}

/** What is made to have many things. */
const holdsMany = /^(?:space|team|group|repo|repository|folder|channel|board|shop|site|category|company|customer)$/;

const isPage = /^(?:\w+\.)*(?:Page(?:able|Request)?|Pagination|Paging|offset|page_?(?:size|number|able|request)?)$/i;

/** What a query is asked through, and what may end it. */
function isBesideThings(argument: string): boolean {
  return /(?:Session|Context|Transaction|Tx|Conn|Connection|DB|Database|Client)\W*$/.test(argument);
}

/** Types that say which, and not whose; and those of people, who may have many of anything. */
const asksForMany =
  /^(?:request|req|query|filter|criteria|options?|opts|params?|args|page|pageable|sort|spec|specification|search|string|integer|long|date|uuid|instant|user|member|customer|person|owner|author)$/;

/** `findByTraceId`, `pipelines_by_rule`; not `findByIds`, `listByOrganization`, `findByStatus`. */
function asksForOne(name: string): boolean {
  const method = /([\w$]+)(?:\([^()]*\))?$/.exec(name)?.[1] ?? "";
  const words = wordsOf(method.replace(/_?(?:[sS]ort|[oO]rder|[gG]roup)(?:ed)?_?[bB]y.*$/, ""));
  const by = words.lastIndexOf("by");
  if (by < 0) return false;
  const things = words
    .slice(by + 1)
    .join(" ")
    .split(" and ");
  return things.some((thing) => thing !== "" && !ofMany.test(thing));
}

/** What all that there is belongs to, what many have alike, and what names several. */
const ofMany =
  /^(?:org|organi[sz]ation|tenant|workspace|environment|account|project)\b|(?:^|\b)(?:\w+s|in|status|state|type|kind|date|time|query|filter|criteria|example|page|range|true|false|enabled|active|deleted)$/;
