import type { Span } from "../../base/text";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { beginsQuery, tableBegunWith } from "../../model/graph/effects";
import type { CallTarget, FunctionLinks } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./growthNotes";

/** What a call does to a table: by its name in SQL, or by what object mapping calls it. */
export interface TableUse {
  kind:
    | "reads all"
    | "adds"
    | "changes"
    | "takes"
    | "reads expiry"
    | "writes expiry"
    | "indexes"
    | "handed on"
    | "hands expiry";
  table: string;
  call: number;
  /** As it is told. */
  shown: string;
  /** Whether it deletes the rows it looks for. */
  deletes?: true;
  /** The column of which rows must have one value, which is written in the query. */
  column?: string;
  /** The columns that it asks for. */
  columns?: string;
}

export interface TablePlace {
  linked: LinkedFunction;
  use: TableUse;
}

const inFiles = new WeakMap<FileSummary, { stamp: unknown; places: readonly TablePlace[] }>();

/** Kept for as long as nothing is another about the functions of the file. */
export function tablesInFile(model: WorkspaceModel, file: FileSummary): readonly TablePlace[] {
  if (file.isTest) return [];
  const stamp = model.functions.stampOf(file.path);
  const known = inFiles.get(file);
  if (known && known.stamp === stamp) return known.places;
  const places: TablePlace[] = [];
  file.functions.forEach((fn, index) => {
    const { calls, isTest } = fn;
    const linked = isTest ? undefined : linkedFunction(model, file, index);
    const expiries = new Map(notesOf(fn).expiries);
    linked?.links.calls.forEach((target, call) => {
      const site = calls[call] as CallSummary;
      const isQuery = target.entry?.role === "database" && !isPreparedElsewhere(fn, linked.links, call);
      const use = isQuery
        ? useBy(site, call, target, { file, fn })
        : (handedOn(site, call, target) ?? changeBy(site, call, target) ?? deletionBy(model, site, call, target));
      if (use) places.push({ linked, use });
      const expiry = use?.kind === "adds" ? expiries.get(site.start) : undefined;
      const handed = use || target.functions.length === 0 ? undefined : expiries.get(site.start);
      if (handed !== undefined) places.push({ linked, use: { kind: "hands expiry", table: "", call, shown: handed } });
      if (use && expiry !== undefined && !isExpiryColumn.test(site.arguments.join(" ")))
        places.push({ linked, use: { ...use, kind: "writes expiry", shown: expiry } });
    });
  });
  inFiles.set(file, { stamp, places });
  return places;
}

/** A column, or what is given by its name. */
const isExpiryColumn =
  /\([^()]*\b\w*(?:expir|valid_?until|ttl|deadline)\w*|\b\w*(?:expir|valid_?until|ttl|deadline)\w*=/i;

/** The text of a query that is handed to a function of the workspace: `this.run("INSERT INTO moorings …")`. */
function handedOn({ arguments: given }: CallSummary, call: number, { functions }: CallTarget): TableUse | undefined {
  const isAsked = functions.length > 0 && given.some((argument) => isQueryText.test(argument));
  return isAsked ? { kind: "handed on", table: "", call, shown: "" } : undefined;
}

const isQueryText = /^"\s*(?:select|insert|replace|delete|update|truncate|merge)\b/i;

/** What such a query does, where the function has it run. Asked anew each time: it hangs on functions elsewhere. */
export function askedBehind(model: WorkspaceModel, { linked, use: { call } }: TablePlace): TablePlace | undefined {
  const given = functionAt(model, linked)?.fn.calls[call]?.arguments ?? [];
  for (const edge of linked.edges) {
    const behind = edge.call === call ? model.functions.get(edge.callee)?.effects.effects : undefined;
    for (const { kind, text } of behind ?? []) {
      const argument = kind === "database" && text !== undefined ? given[text] : undefined;
      const use = argument?.startsWith('"') ? useOfQuery(JSON.parse(argument) as string, call) : undefined;
      if (use) return { linked, use };
    }
  }
  return undefined;
}

/** The row into which a function puts the document with an expiry that it is handed: `dao.keep(ship, json)`. */
export function expiryBehind(model: WorkspaceModel, { linked, use }: TablePlace): TablePlace | undefined {
  for (const { call, callee } of linked.edges) {
    const behind = call === use.call ? model.functions.get(callee) : undefined;
    const added = behind?.effects.effects.find(({ detail, distance }) => distance === 0 && /^insert ./.test(detail));
    const fn = behind && functionAt(model, behind)?.fn;
    const isColumn = fn?.calls.some((site) => isExpiryColumn.test(site.arguments.join(" ")));
    const table = added?.detail.replace(/^insert /, "");
    if (table !== undefined && !isColumn) return { linked, use: { ...use, kind: "writes expiry", table } };
  }
  return undefined;
}

/** What a query changes whose receiver nobody knows: `app.state.pool.execute("INSERT INTO moorings …")`. */
function changeBy({ arguments: [first = ""] }: CallSummary, call: number, target: CallTarget): TableUse | undefined {
  if (target.entry || target.functions.length > 0 || !/^"\s*(?:insert|replace|delete|update)\b/i.test(first))
    return undefined;
  return useOfQuery(JSON.parse(first) as string, call);
}

/** What a function that deletes is handed the model of: `delete_entry(Mooring, mooring_id)`, SQLAlchemy's `delete(Mooring)`. */
function deletionBy(
  model: WorkspaceModel,
  { callee, arguments: given }: CallSummary,
  call: number,
  { functions, external }: CallTarget,
): TableUse | undefined {
  const table = given.map((argument) => /^(?:\w+\.)*([A-Z]\w*[a-z]\w*)(?:\.class)?$/.exec(argument)?.[1]).find(Boolean);
  if (table === undefined || !deletes.test(callee.slice(callee.lastIndexOf(".") + 1))) return undefined;
  const effects = functions.flatMap((id) => model.functions.get(id)?.effects.effects ?? []);
  const isDeletion = effects.some(
    ({ kind, detail }) => kind === "database" && /^(?:delete|write|transaction)\b/.test(detail),
  );
  return isDeletion || external?.symbol === "delete"
    ? { kind: "takes", table: `model ${table}`, call, shown: callee }
    : undefined;
}

const deletes = /^_?(?:soft_?)?(?:delete|remove|destroy|purge|truncate|clear)/i;

/** Whether another function has put the query together with what it was handed: `session := pageOf(owner, offset, limit)`. */
function isPreparedElsewhere({ calls }: FunctionSummary, links: FunctionLinks, call: number): boolean {
  const { callee = "", origin = callee } = calls[call] ?? {};
  return calls.some(
    (site, i) =>
      i < call &&
      site.arguments.length > 0 &&
      !beginsQuery(site) &&
      (links.calls[i]?.functions.length ?? 0) > 0 &&
      origin.startsWith(`${site.origin ?? site.callee}().`),
  );
}

function useBy(
  written: CallSummary,
  call: number,
  { entry, external }: CallTarget,
  { file, fn }: { file: FileSummary; fn: FunctionSummary },
): TableUse | undefined {
  if (entry?.role !== "database" || !external) return undefined;
  const { calls, flow } = fn;
  const isUnfiltered = notesOf(fn).unfiltered?.includes(written.start) === true;
  const site = isUnfiltered ? { ...written, arguments: [] } : written;
  // What only describes a query is asked when somebody goes over it.
  const rows = `${site.origin ?? site.callee}()`;
  const areRows = (path = "") => path === rows || path.startsWith(`${rows}.`);
  const isAsked =
    entry.blocks !== false ||
    loopsIn(flow).some(({ over }) => areRows(over)) ||
    calls.some(({ callee, arguments: [first] }) => areRows(first) && /^(?:list|tuple|set|sorted)$/.test(callee));
  const argument = entry.query === undefined ? undefined : site.arguments[entry.query];
  const query = argument?.startsWith('"') ? (JSON.parse(argument) as string) : undefined;
  if (query !== undefined) {
    const use = useOfQuery(query, call);
    return use?.kind === "reads all" && isCutAfterwards(site, calls) ? undefined : use;
  }
  const method = external.symbol.slice(external.symbol.lastIndexOf(".") + 1);
  const begun = tableBegunWith(fn, site);
  const model = begun ?? modelOf(site, calls) ?? modelOfField(site, fn, file);
  if (model === undefined) return undefined;
  const shown = `${site.callee.replace(/<[^<>]*>\.?/g, "")}()`;
  const of = (kind: TableUse["kind"]): TableUse => ({ kind, table: `model ${model}`, call, shown });
  if (deletes.test(method)) return of("takes");
  if (argument !== undefined) return undefined;
  const isAdded = /^(?:create|insert|save|add|persist|merge|upsert)/i.test(method) && !savesItself(site);
  if (entry.access === "write" && isAdded) return of("adds");
  if (begun !== undefined && method === "select") return isWhole(site, calls) ? of("reads all") : undefined;
  const isAll = isAsked && /^(?:findMany|findAll|find|getAll|all|list)$/i.test(method) && !isRefined(site, calls);
  return entry.access === "read" && isAll ? of("reads all") : undefined;
}

/** `em.createQuery("select o from Order o").setMaxResults(50)`, at once or by the variable that holds the query. */
function isCutAfterwards({ callee, origin = callee }: CallSummary, calls: readonly CallSummary[]): boolean {
  return calls.some(({ callee: other, origin: path = other }) => {
    const method = path.startsWith(`${origin}().`) ? path.slice(path.lastIndexOf(".") + 1) : "";
    return /^(?:setMaxResults|setFirstResult|getSingleResult(?:OrNull)?)$/.test(method);
  });
}

/** `order.save()`: what has not just been made is there already. */
function savesItself({ callee, origin, arguments: given }: CallSummary): boolean {
  if (!/\.save$/.test(callee) || given.some((argument) => !/^\w+=/.test(argument))) return false;
  return !/(?:^|\.)[A-Z]\w*\(\)\.save$/.test(origin ?? callee);
}

/** Texts of queries are kept to a length; what is longer, or put together from parts, is not known to its end. */
const maxKnown = 158;

function useOfQuery(text: string, call: number): TableUse | undefined {
  const expiry =
    /\bwhere\b[\s\S]*?(?:->>?\s*'[^']*?(\w*(?:expir|ttl|deadline|valid_?until)\w*)'|json_(?:extract|value)\([^)]*?(\w*(?:expir|ttl|deadline|valid_?until)\w*))/i.exec(
      text,
    );
  const table = /\b(?:from|into|update|table|on)\s+(?:if exists\s+|only\s+)?["'`[]?([\w.]+)/i.exec(text)?.[1];
  if (table === undefined) return undefined;
  if (/^\s*create\s+(?:unique\s+)?index/i.test(text)) return { kind: "indexes", table, call, shown: text };
  const deletes = /^\s*(?:delete|truncate|drop)\b/i.test(text) || marksAsDeleted.test(text);
  if (expiry && !/^\s*create/i.test(text))
    return {
      kind: "reads expiry",
      table,
      call,
      shown: (expiry[1] ?? expiry[2]) as string,
      ...(deletes && { deletes }),
    };
  if (/^\s*(?:insert|replace|merge)\b/i.test(text)) return { kind: "adds", table, call, shown: table };
  if (deletes) return { kind: "takes", table, call, shown: table };
  const changed = /^\s*update\b[\s\S]*?\bset\s+((?:(?!\bwhere\b)[\s\S])*)/i.exec(text)?.[1];
  if (changed !== undefined) return { kind: "changes", table, call, shown: changed };
  if (!/^\s*select\b/i.test(text) || text.length >= maxKnown) return undefined;
  const columns = /^\s*select\s+([\s\S]*?)\s+from\b/i.exec(text)?.[1];
  if (!narrows.test(text)) return { kind: "reads all", table, call, shown: table, ...(columns && { columns }) };
  const [whole, column] =
    /\bwhere\s+(?:\w+\.)?(\w+)\s*(?:=\s*(?:'\w+'|\d+|true|false)|is\s+(?:not\s+)?(?:null|true|false))\s*;?\s*(?=$|order\s+by\b)/i.exec(
      text,
    ) ?? [];
  const isByState = whole !== undefined && !narrows.test(text.replace(whole, ""));
  return isByState && column ? { kind: "reads all", table, call, shown: table, column } : undefined;
}

/** `UPDATE orders SET deleted_at = now()`: whoever reads them leaves such rows out. */
const marksAsDeleted =
  /^\s*update\b[\s\S]*?\bset\b(?:(?!\bwhere\b)[\s\S])*\b(?:is_?)?deleted(?:_?(?:at|on|by|time|date))?\b\W?\s*=/i;

const narrows =
  /\b(?:where|limit|join|group\s+by|fetch\s+(?:first|next)|top|union|having|tablesample|distinct)\b|\b(?:count|sum|max|min|avg|exists|json_agg|array_agg|string_agg)\s*\(|\?|%s|[{}]|information_schema|\bpg_|sqlite_|\bfrom\s*\(|pragma|schema|migration|version/i;

/**
 * What the rows of object mapping are called: `picker` of `prisma.picker`, `Order` of `Order.objects`, of
 * `Order.query.filter_by()` and `session.query(Order)`.
 */
function modelOf(
  { callee, arguments: given, start, end }: CallSummary,
  calls: readonly CallSummary[],
): string | undefined {
  const receiver = callee.slice(0, Math.max(0, callee.lastIndexOf(".")));
  const query = /^(.*?\.query)\(\)/.exec(receiver)?.[1];
  const ofQuery = calls.find((site) => site.start === start && site.callee === query)?.arguments[0];
  const first = given[0] === "new()" ? `<${typeMade(calls, { start, end })}>` : (given[0] ?? "");
  // The class, a row of it, or what one of its queries gave.
  const made = /^(?:\w+\.)*([A-Z]\w*)(?:\(\)$|\.(?:objects|query)\.\w+\()|^<(?:\[\])?\*?(?:\w+\.)?([A-Z]\w*)>$/.exec(
    first,
  );
  const ofGiven = made?.[1] ?? made?.[2];
  const path =
    ofQuery ??
    (ofGiven !== undefined && !plainTypes.test(ofGiven) ? ofGiven : undefined) ??
    receiver.replace(/\.(?:objects|query|manager)(?:\.\w+\(\))*$|\(\)$/, "");
  const name = /([\w$]+)$/
    .exec(path)?.[1]
    ?.replace(/^_+|_?(?:repository|repo|dao|model|mapper|collection|store)$/gi, "");
  return name && !/^(?:session|db|conn(?:ection)?|client|tx|em|entityManager|orm|this|self|prisma)$/i.test(name)
    ? name
    : undefined;
}

/** `Order` of `repo.findAll()` where the field is an `OrderRepository` or a `Repository<Order>`. */
function modelOfField(
  { callee }: CallSummary,
  { typeName, receiver }: FunctionSummary,
  { types }: FileSummary,
): string | undefined {
  const field = /^(?:\w+\.)?(\w+)\.\w+$/.exec(callee)?.[1];
  const isOwn = /^\w+\.\w+$/.test(callee) || new RegExp(`^(?:this|self|${receiver?.name ?? "this"})\\.`).test(callee);
  const { fields = [] } = types.find(({ name }) => name === typeName) ?? {};
  const type = isOwn ? fields.find(({ name }) => name === field)?.type : undefined;
  const [, named, held] =
    /^(?:\w+\.)*(?:([A-Z]\w*?)(?:Jpa|Mongo|Jdbc)?(?:Repository|Repo|Dao|DAO|Mapper)|\w*(?:Repository|Model|Collection)<(\w+)>)$/.exec(
      type ?? "",
    ) ?? [];
  return named ?? held;
}

/** What is given is not a row, but what rows are looked for by. */
const plainTypes = /^(?:String|Long|Integer|Boolean|UUID|Date|Object|Map|List|Set|Collection|Iterable)$/;

/** The type of what Go's `new` makes within a call. */
function typeMade(calls: readonly CallSummary[], { start, end }: Span): string {
  return calls.find((site) => site.callee === "new" && site.start > start && site.end < end)?.arguments[0] ?? "";
}

/** Whether nothing in a query that is put together by calls says which rows, or how many: `knex("orders").select("id")`. */
function isWhole({ start }: CallSummary, calls: readonly CallSummary[]): boolean {
  return !calls.some((site) => site.start === start && choosesRows.test(site.callee));
}

const choosesRows =
  /\.(?:\w*[wW]here\w*|limit|first|\w*[jJ]oin|group\w*|having\w*|count\w*|offset|distinct\w*|paginate|range|eq|in|match|filter|single|maybeSingle)$/;

/** Given conditions, followed by them, or asked of a query that is put together step by step. */
function isRefined({ start, callee, origin, arguments: given }: CallSummary, calls: readonly CallSummary[]): boolean {
  if (given.length > 1 || (given.length === 1 && !/^<\[\]/.test(given[0] as string))) return true;
  if ([...(origin ?? callee).matchAll(/(\w+)\(/g)].some(([, name]) => narrowing.test(name as string))) return true;
  const query = /^([a-z]\w*)\.\w+$/.exec(callee)?.[1];
  const isQuery = query !== undefined && queries.test(query);
  return calls.some((site) => {
    const method = site.callee.slice(site.callee.lastIndexOf(".") + 1);
    // What is left out of a stream has been read: `orders.findAll().stream().filter(…)`.
    if (site.callee.startsWith(`${callee}().stream()`)) return false;
    // Another query of the same model may be.
    if (site.callee.startsWith(`${callee}().`) && site.start === start)
      return narrowing.test(method) || /^(?:exec|cursor)$/i.test(method) || (method === "to_list" && isCapped(site));
    return (
      isQuery && (site.arguments.includes(query) || (site.callee.startsWith(`${query}.`) && narrowing.test(method)))
    );
  });
}

/** `to_list(length=1000)` */
function isCapped({ arguments: given }: CallSummary): boolean {
  return given.some((argument) => !/^(?:length=)?(?:None|<null>|null)?$/.test(argument));
}

const queries = /^(?:s|st|q|qs|qb)$|sess|query|stmt|statement|builder|select|scope|criteria/i;
const narrowing =
  /^(?:table|sql|raw\w*|native\w*|where\w*|filter\w*|exclude|limit\w*|take|top|first|skip|offset|paginate|page|scopes|joins?|in|notin|and|or|between|eq|id|ids|having|sort|select|count\w*)$/i;
