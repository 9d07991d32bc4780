import { wordsOf } from "../../base/words";
import type { FunctionSummary } from "../../model/fileSummary";
import type { DataLoop } from "../../model/graph/dataLoops";
import { kindOf } from "../../model/graph/kinds";

/** Things of which there are few by their name: `userRoles`, `roleIds`, `workerGroupList`, `TransferField.objects`. */
export function areFew(over: string): boolean {
  const kind = kindOf(over.replace(/\.objects(?:\.all\(\))?$/, ""));
  return (
    fewOfAKind.test(kind) || partsOfPrograms.test(kind) || wordsOf(over).some((word) => partsOfInstallations.test(word))
  );
}

/** Things of which there are few by the type of each: `[]model.SettingItem`, `list[FlowType]`. */
export function areFewByType(type: string): boolean {
  const element = /^(?:\[\]\*?|(?:\w+\.)*\w+[[<]\*?)([\w.]+)[\]>]?$|^([\w.]+)\[\]$/.exec(type);
  const words = wordsOf((element?.[1] ?? element?.[2] ?? "").split(".").at(-1) ?? "");
  while (generic.test(words.at(-1) ?? "")) words.pop();
  return fewOfAKind.test(words.at(-1) ?? "");
}

/** What says of a type only that it is one. */
const generic = /^(?:item|entry|value|row|record|data|info|def|definition|dto|model|entity)$/;

/** Things of which one that a request is about has few: `schedules_to_patch`. */
export function areFewOfOne(over: string): boolean {
  return fewOfOne.test(kindOf(over));
}

const fewOfAKind =
  /^(?:field|column|setting|config|configuration|preference|provider|plugin|role|permission|scope|locale|lang|translation|tag|label|method|feature|flag|extension|module|type|kind|action|domain|certificate|capability)s?$|^capabilities$/;
/** What a program is made of, or registers: `analyzers`, `account_registry`. */
const partsOfPrograms =
  /^(?:analy[sz]er|handler|processor|validator|parser|loader|poller|adapter|interceptor|middleware|hook|strateg(?:y|ie))s?$|^registr(?:y|ies)$/;
const fewOfOne = /^(?:schedule|queue|step|reference|move|relation)s?$/;
const partsOfInstallations = /^(?:worker|cluster|replica|broker|shard|zone|region|env|environment)s?$/;

/** What has reached its time since it was looked at before: `expiredUsers`. */
export function areDue(over: string): boolean {
  return wordsOf(over.slice(over.lastIndexOf(".") + 1)).some((word) => /^(?:expired|overdue|due|outdated)$/.test(word));
}

/** Functions and types that are for those who run the system. */
export function isForStaff(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:admin|administrator|staff|superuser|moderator)s?$/.test(word));
}

/** What brings data to another form, once for each version of it: `runMigrations`. */
export function migrates(name: string): boolean {
  return wordsOf(name).some((word) => /^migrat(?:e|es|ed|ing|ions?)$/.test(word));
}

/** What is asked for to be taken along: `exportAll`. */
export function isExport(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:export|takeout)s?$/.test(word));
}

/** An endpoint that is made for many at once. */
export function takesMany(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:bulk|batch|many|multiple|all|import|mass)$/.test(word));
}

/** Names, keys or ids that a function is handed: as many as whoever asks has written down. */
export function isHandedNames({ over, origin = "" }: DataLoop, { parameters }: FunctionSummary): boolean {
  if (areSplit(origin)) return true;
  const root = /^(?:\w+\.fromkeys\()?([\p{L}_$][\p{L}\p{N}_$]*)\)?$/u.exec(over)?.[1];
  const { type = "" } = parameters.find(({ name }) => name === root) ?? {};
  return areNamesByType(type);
}

/** Lists and sets of names, keys or ids: `[]string`, `Set<Long>`. */
export function areNamesByType(type: string): boolean {
  return listOfNames.test(type.replace(/\s+/g, ""));
}

/** What only names things: `request.pipelineIds()`. */
export function areNames(over: string): boolean {
  return /^(?:ids|keys|names|uuids|slugs|emails)$/.test(wordsOf(over.replace(/\(\)$/, "")).at(-1) ?? "");
}

/** Pieces of one text, which fits into an address or a field of a form: `berthIds.split(",")`. */
export function areSplit(origin: string): boolean {
  return /^<String\[\]>$|\.split\(\)$/.test(origin);
}

const listOfNames =
  /^(?:Optional\[)?(?:(?:\w+\.)*(?:List|list|Set|set|Sequence|Iterable|Collection|Array|ReadonlyArray)[[<])(?:str|string|String|UUID|int|Integer|Long|number)[\]>]+(?:\|None)?$|^(?:readonly)?(?:string|number)\[\]$|^\[\](?:string|u?int\d*)$|^(?:String|Integer|Long|long|int)\[\]$|^map\[(?:\w+\.)?(?:string|\w*I[Dd])\](?:struct\{\}|bool)$/;

/** Functions that measure the system itself. */
export function takesFigures(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:metrics?|gauges?|sampler?|telemetry|statistics|stats)$/.test(word));
}
