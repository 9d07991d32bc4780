import { REFUSED, REJECTED, UNWELCOME } from "./compile/phrases/bans";
import type { Rule } from "./rule";

export type Polarity = Rule["polarity"];

/** How a text tells the reader to act. `byVerb`: only a bare imperative says so, which "Don'ts" above it turns round. */
export interface Force {
  polarity: Exclude<Polarity, "info">;
  byVerb: boolean;
}

/** What a heading or lead-in says of the items under it. */
export type ContextForce = Force | "description";

const CLAUSE = String.raw`(?:^|[.!?;:,–—]\s+|\(|\s--?\s+|\b(?:and|but|then|so|also|please)\s+)`;

const FORBIDS: readonly RegExp[] = [
  new RegExp(
    `${CLAUSE}(?:do not|don['’]?t|never|try (?:\\w+ )?to avoid|avoid|refrain from|steer clear of|stay away from|hands off|under no circumstances|we do(?: not|n['’]t)|stop (?=\\w+ing\\b)|dont)\\b`,
    "i",
  ),
  /^nothing (?:in|under|inside|outside) .{1,80}\b(?:may|should|can|must)\b/i,
  /\bgenerated\b[^.;]{0,80}[;,–—-] (?:re)?generate (?:it |them )?(?:with|via|using|by)\b/i,
  /\b(?:must|should|shall|may|can) (?:\w+ly )?(?:not|never)\b(?! (?:only|just|merely|need)\b)(?<!\bmay not(?= (?:support|exist|work|have|require|apply|always)\b))|\b(?:mustn|shouldn)['’]t\b/i,
  /\bNEVER\b/,
  /\bis an? (?:\w+ ){0,2}error\b/i,
  /^`x`(?: \(`x`\))?(?::| [–—-]) (?:blocks|bans|forbids|disallows|prohibits) (?:(?:direct|raw|bare|any|all) )?(?:(?:uses?|usage|imports|calls) (?:of|from|to) )?`x`/i,
  /^(?:[^.!?]{1,120}[.!?] )?`x` (?:breaks?|violates?|defeats?|ruins) (?:the )?(?:determinism|reproducibility|purity|isolation|encapsulation|type safety|immutability|hydration|layering)\b/i,
  /^there(?:['’]s| is) (?:\w+ )?no need to (?:\w+ly )?(?:call|invoke)\b/i,
  /\b(?:is|are) (?:not|never) to be \w|\b(?:should|must) no longer\b|\b(?:should|must|to) be avoided\b/i,
  new RegExp(
    `\\b(?:${REFUSED.join("|")}|discouraged|(?:is|are|be) (?:never|no longer) (?:${UNWELCOME.join("|")})|not (?:be )?(?:allowed|permitted)|(?:is|are)(?: not|n['’]t) (?:${UNWELCOME.join("|")})|${REJECTED.join("|").replace(/do(es)? not/g, "do$1(?: not|n['’]t)")})\\b`,
    "i",
  ),
  /[.!?]\s+No (?:(?:(?:raw|direct|bare|custom|inline) )?`x`|[a-z][\w/-]+ (?:in|imports?)\b)/,
  /^(?:[^:.!?]{1,40}: )?(?:no|not|zero)\s(?!longer|matter|need|.*\b(?:needed|required|necessary)\b)|^(?:❌|🚫|⛔)|^(?:bad|wrong|incorrect)\s?:/i,
];
const REQUIRES: readonly RegExp[] = [
  /\b(?:must|shall|always|ensure|make sure|mandatory|should|has to|have to|needs? to|is required|are required)\b/i,
  /\b(?:never forget|don['’]?t forget|do not forget)\b|^only\b|^required (?:for|in|by|on)\b|^(?:use|ignore): |\bonly (?:for|when|if|in|from|via|through|on|after)\b|^[^.;]{1,60}\bonly[.;]|^max(?:imum)?\b|^(?:do|good|right|correct)\s?:|\bexclusively\b|\b(?:may|can|is|are) only\b/i,
  /^(?:[^.;:!?]{0,80} )?requires? (?:an? |the |\d)/i,
  /(?:^|^[^.;:!?]{1,40}: )(?:every|each|all|any|new|changes?) [^.;!?]{1,80} (?:needs?|requires?) /i,
];
const PREFERS: readonly RegExp[] = [
  /\b(?:prefer|prefers|preferred|preferably|favou?r|ideally|consider|recommended|(?:is|are|strongly) encouraged|try to)\b/i,
  /^[^.;]*`x` over (?:\w+ )?`x`/i,
];
const SOFTENS =
  /\b(?:when|where|wherever|whenever|if|as (?:much|far) as) (?:\w+ )?(?:possible|appropriate)\b|\bpreferably\b|\bideally\b/i;
/** Whose dots end no clause. */
const ABBREVIATION = /\b(?:e\.g|i\.e)\./g;
const ASIDE = /\([^()]*\)/g;
const FORGET = /\b(?:never|don['’]?t|do not|dont) (?:forget|hesitate|be afraid)\b/gi;
/** A permission, which is no order whatever stands above it. */
const PERMITS =
  /^(?:(?:[^.;:!?]{0,60}[:,] )?you (?:may|might)|(?:[^.;:!?]{0,60} )?(?:may|can) (?:also )?be (?:used|omitted|skipped|left|shared)|is optional|are optional|(?:[^.;!?]{0,80} )?(?:may|might) not (?:need|require)\b|no [^.;:!?]{1,40} (?:needed|required|necessary)\b|(?:[^.;:!?]{0,60} )?(?:is|are|it['’]?s) (?:ok|okay|fine|acceptable))\b/i;
/** "`dryRun = true`": a value that has to stay. */
const HAS_VALUE = /^`[\w.]+ :?= (?:true|false|nil|null|None|-?\d[\d_.]*)`/i;
/** "Confirm first: never delete": the label is no order. */
const LABEL_BEFORE_REFUSAL = /^[^:.!?]{1,40}: (?=(?:do not|don['’]t|never|avoid)\b)/i;
/** "Records for requests, never classes": the contrast belongs to what is asked for. */
const CONTRAST = /[,;(—–-] (?:but )?never (?!\w+ing\b)(?:an? |the )?(`x`|[\w-]+)/g;
/** "Classes: PascalCase" */
const STYLED =
  /^[\w/ ]{3,40}(?:[:(]| [–—-]| use| in| are) ?`?(?:(?:camelCase|PascalCase|snake_case|kebab-case|SCREAMING_SNAKE_CASE|UPPER_SNAKE_CASE|UpperCamelCase)\b|(?:max\.?|at most|under|≤|<) ?\d+ lines)/i;
const CONTRAST_ONCE = new RegExp(CONTRAST.source);
/** Weakest: a fact that forbids. Asked only when nothing else speaks. */
const CANNOT =
  /\b(?:cannot|can['’]t|can not|never(?!-)|no longer|dead code|(?:is|are|been|now) (?:\w+ )?deprecated)\b|^deprecated\b/i;
/** "Icons: `quay-icons`, NOT `crates`" */
const CONTRASTS = /`x`[^.;]{0,60},? \(?NOT `x`/;
/** "`quay test`, not Crate", "Pier for tides (no Crate)", "Round hulls — no `x`": what is left out has a name. */
const EXCLUDES =
  /^(?:[^.!?;()]|\([^()]{0,60}\)){3,80}(?:, | ?\(| ?[—–] ?| - )(?:no|not|never) (?:`x`|[A-Z][\w.]*)(?=[\s/,.)]|$)(?! (?:is |are )?(?:needed|required|necessary))/;
/** "Gauges instead of counters" */
const REPLACES = /\b(?:instead of|rather than)\b|\b(?:use|goes? through)\b[^.;]{0,60}`x`,? \(?not `x`/i;

const VERBS = new Set(
  `acquire add address adhere aim be clamp clone fulfill inset mimic question reason size adjust adopt align allow annotate answer append apply approve ask assert assign assume attach await
  base batch begin break bring build bump bundle cache call cancel capture catch centralize change check choose clean
  clear close collapse co-locate colocate combine commit compare compile compose compute confirm consolidate consult convert coordinate
  copy cover create debug declare decorate decouple deduplicate default defer define delegate delete deploy derive describe design dispatch
  detect disable discuss dispose document double-check drop edit embed emit employ enable encapsulate encode end
  enforce escape establish evaluate examine exclude execute expect explain explicitly export expose express extend externalize extract fail fetch filter
  find finish fix flag flush focus follow force format gate generate get give group guard handle hide hold identify ignore
  implement import include increment indent inform inherit initialize inject inline insert inspect install integrate
  invoke isolate join keep key label land leave let leverage limit link list load localize locate lock log look lowercase
  maintain make map mark match measure memoize merge mention migrate minimize mirror mock model move name nest normalize notify obey offload omit open optimize order organize output override parse pass pick pin place plan populate
  pay practice prefix prepare preserve prevent print pretend prioritize produce propagate protect prove provide publish pull push put
  query quote raise re-export re-run read rebase rebuild recheck record redact reduce refactor reference refresh
  regenerate register reject release rely remember remove rename render reorder replace report represent reproduce
  receive request require rerun reserve reset resolve respect respond restart restore restrict retain retry return reuse revert
  review rewrite roll round run sanitize save scan schedule scope search select send separate serialize serve set share
  ship show sign simplify skip sort specify split squash stage start state stay stick stop store structure submit suffix suggest
  summarize support suppress surface surround switch sync tag target tell test think throw track translate treat trim
  trust try turn type uncomment understand undo unify update upgrade use utilize validate verify view wait walk warn watch
  wire work wrap write yield abort accept account acknowledge activate adapt allocate analyse analyze anticipate archive assess attempt audit
  automate benchmark bind bypass calculate categorize cite clarify classify collect comment communicate compress configure
  connect conform continue contribute convey correct count cross-reference customize cut decide decompose decrease delay deliver
  demonstrate deprecate destructure determine diagnose differentiate discard display distinguish divide downgrade draft
  elaborate eliminate encourage encrypt estimate expand explore factor finalize flatten forward freeze generalize grant halt
  harden honor honour illustrate improve increase indicate infer initiate interleave interpolate interpret introduce
  investigate justify launch lead learn leave lint maximize mind mitigate modify modularize monitor navigate number opt
  outline paginate parallelize parameterize parametrize paste perform persist point pop post postpone precompute prefetch
  present preview proceed process profile promote propose prune quantify rank recommend recover recreate redirect reflect
  reformat relax reload repeat rephrase replicate reread resist resume retrieve revalidate revisit revoke rotate route
  sample scrub secure seed settle shorten speak spell standardize stash stream strip strive substitute suspend swap tackle
  tailor throttle tighten touch trace transform trigger truncate tweak unwrap upload utilise vary visit weigh widen say fill heed pause`.split(
    /\s+/,
  ),
);
const OPENERS = /^(?:please|also|then|just|simply|first|next|finally|instead|carefully|otherwise|and|or)[, ]+/i;
const ADVERB = /^(?!(?:apply|rely|comply|reply|supply|multiply)\b)[a-z]+ly\s+/i;
const SUBORDINATE =
  /^(?:when|if|for|before|after|in|on|to|unless|whenever|once|while|during|where|as|by|from|with|within|at|under|any|every|each|given|because|since|inside|outside|new)\b/i;

/** After "if the schema changed, " even a word that is a noun as often is an order. */
const SETS_A_CASE = /^(?:if|when|whenever|once|before|after)\b/i;

/** "In tests, mocks are ..." */
const STATES = /^(?:\S+ ){1,4}(?:is|are|was|were|has|have|can|will|does|do|may|must|should|might|would)\b/i;

/** The force a text has by its own words; `undefined` for mere description. Code spans do not count as words. */
export function ownForceOf(text: string): Force | undefined {
  if (lastAsked?.text !== text) lastAsked = { text, force: forceIn(text) };
  return lastAsked.force;
}

/** Each text is asked about several times in a row. */
let lastAsked: { text: string; force: Force | undefined } | undefined;

function forceIn(text: string): Force | undefined {
  if (CJK.test(text)) return cjkForceOf(text);
  const words = withoutRefusingLabel(text.replace(/`[^`]*`/g, "`x`").replace(/^(?:\[[ xX]\]|[#>\s])+/, ""));
  const asked = words
    .replace(ABBREVIATION, "eg")
    .replace(FORGET, "always")
    .replace(/\balways (?=prefer|try|consider)/gi, "")
    .replace(LABEL_BEFORE_REFUSAL, "")
    .replace(CONTRAST, (contrast, word: string, at: number, whole: string) =>
      isVerb(word) || isCase(whole.slice(0, at)) ? contrast : contrast.replace("never", "not"),
    );
  if (HAS_VALUE.test(text)) return { polarity: "must", byVerb: false };
  const found: { at: number; force: Force }[] = [];
  const add = (at: number, polarity: Force["polarity"], byVerb: boolean) => {
    if (at >= 0) found.push({ at, force: { polarity, byVerb } });
  };
  for (const pattern of FORBIDS) add(asked.search(pattern), "must-not", false);
  for (const pattern of REQUIRES) add(asked.search(pattern), "must", false);
  const outside = asked.replace(ASIDE, (aside) => " ".repeat(aside.length));
  for (const pattern of PREFERS) add(outside.search(pattern), "prefer", false);
  const first = /^.*?[.!?;](?=\s|$)/s.exec(asked)?.[0] ?? asked;
  if (/^(?:avoid|try (?:\w+ )?to avoid)\b/i.test(first) && SOFTENS.test(first))
    return { polarity: "prefer", byVerb: false };
  add(imperativeAt(asked), SOFTENS.test(first) ? "prefer" : "must", true);
  if (found.length === 0 && STYLED.test(words)) add(0, "must", false);
  if (found.length === 0 && (CONTRAST_ONCE.test(words) || /\((?:not|never) /.test(words))) add(0, "must", false);
  if (found.length === 0 && EXCLUDES.test(words)) add(0, "must", false);
  if (found.length === 0) add(asked.search(CANNOT), "must-not", false);
  if (found.length === 0) add(asked.search(REPLACES), "must", false);
  if (found.length === 0) add(asked.search(CONTRASTS), "must", false);
  // "You must not": both speak from the same word on, and the refusal is what is meant.
  found.sort((a, b) => a.at - b.at || rank(a.force) - rank(b.force));
  return found[0]?.force;
}

/** Under "Pitfalls" it stands before what is right. */
const GOOD_SIGN = /^\s*(?:✅|✔|☑)\ufe0f?\s*/u;

/** "No plain keys: Encrypt every key": the label only says what for. */
function withoutRefusingLabel(words: string): string {
  const [label = ""] = /^no\b[^:.!?]{1,60}: (?!no\b)(?=\S+ \S+ \S)/i.exec(words) ?? [];
  const rest = words.slice(label.length);
  return label !== "" && ownForceOf(rest) !== undefined ? rest : words;
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const CJK_FORCES: readonly [RegExp, Force["polarity"]][] = [
  [
    /禁止|不要|不得|不可|不能|不应|不應|不允许|不允許|严禁|嚴禁|切勿|请勿|避免|别用|ないで|ません|してはいけ/,
    "must-not",
  ],
  [/优先|優先|建议|建議|推荐|推薦|尽量|盡量|推奨/, "prefer"],
  [
    /必须|必須|务必|務必|应当|應當|应该|應該|应|應|始终|始終|一律|只能|每个|每個|所有|遵循|使用|采用|採用|保持|确保|確保|先|すること|してください|する$/,
    "must",
  ],
];

/** Chinese and Japanese, by their commonest words; the one that comes first counts. */
function cjkForceOf(text: string): Force | undefined {
  const found = CJK_FORCES.map(([pattern, polarity]) => ({ at: text.search(pattern), polarity }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0] && { polarity: found[0].polarity, byVerb: false };
}

function rank({ polarity, byVerb }: Force): number {
  return polarity === "must-not" ? 0 : byVerb ? 2 : 1;
}

/** Verbs that are nouns as often. Within a line they count only before an object: "Purpose: Test runner". */
const NOUNISH = new Set(
  `base batch build bundle cache change check clone commit copy design document export file filter flag format function
  catch group guard handle hook import include index input key label limit link list load lock log map mark match model name
  order output patch pin place plan practice query question reason record reference release report request reset
  return review run scan scope search set share size stage start state store structure support switch target test
  track type update view watch work wrap`.split(/\s+/),
);
/** Nouns that open a line more often than they order something: they need an object everywhere. */
const NOUNS = new Set(
  `account benchmark comment default model count cut delay display draft factor forward grant halt launch lead lint mind number outline paste
  point pop post present preview process profile rank route sample secure seed stash stream strip swap touch trace
  transform trigger upload visit`.split(/\s+/),
);
/** "Type checking: ...", "Compute (`modules/compute/`): ..." */
const LABEL = /^[\w-]+(?: [\w-]+)?(?: \([^)]*\))?(?::| [–—] )/;
const OBJECT =
  /^\w+ (?:`|(?:an?|the|all|any|every|each|both|only|your|its|their|this|these|that|those|new|existing|it|them|for|with|from|in|on|to|as|what|when|if|only|after|before|unless|once|accordingly|no)\b)/i;

const CLAUSE_STARTS = /^|(?<=[.!?;:–—→]\s)|(?<=\s-\s)/g;
const MAX_CLAUSE = 400;

/** Where the first clause that opens with an imperative begins; -1 if none does. */
function imperativeAt(text: string): number {
  for (const { index } of text.matchAll(CLAUSE_STARTS)) {
    const clause = /^[^.!?;]*/.exec(text.slice(index, index + MAX_CLAUSE))?.[0] ?? "";
    const isSentence = index === 0 || /[.!?]\s$/.test(text.slice(index - 2, index));
    if (opensWithVerb(clause, isSentence)) return index;
    if (!SUBORDINATE.test(clause)) continue;
    const bare = SETS_A_CASE.test(clause) ? clause.search(RUN_AT_ONCE) : -1;
    if (bare >= 0) return index + bare;
    for (const comma of clause.matchAll(/,\s+/g)) {
      const at = comma.index + comma[0].length;
      const rest = clause.slice(at);
      if (opensWithVerb(rest, SETS_A_CASE.test(clause) || (isCase(clause.slice(0, comma.index)) && !STATES.test(rest))))
        return index + at;
    }
  }
  return -1;
}

/** "When adding a berth run `make charts`" */
const RUN_AT_ONCE = /(?<!\b(?:to|you|we|they|and|or|not|that|which),? )\brun `/i;

/** "For tests of berths": no clause of its own. */
function isCase(text: string): boolean {
  return SUBORDINATE.test(text) && !/[,.;:!?]/.test(text);
}

function isVerb(word: string): boolean {
  return VERBS.has(word.toLowerCase()) && !NOUNISH.has(word.toLowerCase());
}

/** "When", "in", "for": a sentence that speaks of a case. */
export function opensWithCondition(text: string): boolean {
  return SUBORDINATE.test(text);
}

/** Whether a text only allows something. */
export function permits(text: string): boolean {
  const first = /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
  return PERMITS.test(first) && !/\b(?:must|never|only|should|do not|don['’]t|not(?! (?:need|require)))\b/i.test(first);
}

/** Whether the first word of a text is an order, or that of what follows its opening "when", "in" or "for". */
export function startsWithVerb(text: string): boolean {
  if (opensWithVerb(text, true)) return true;
  const clause = /^[^.!?;]*/.exec(text.slice(0, MAX_CLAUSE))?.[0] ?? "";
  return SUBORDINATE.test(clause) && imperativeAt(clause) >= 0;
}

function opensWithVerb(clause: string, isSentence: boolean): boolean {
  const words = clause.replace(OPENERS, "").replace(ADVERB, "");
  // "Test files:" and "Format:" are labels, not orders.
  const [verb = "", after = ""] = /^([A-Za-z-]+)(.?)/.exec(words)?.slice(1) ?? [];
  const name = verb.toLowerCase();
  if (/^do (?!not\b)/i.test(words)) return true;
  if (!VERBS.has(name) || after === ":" || after === "/" || after === "_") return false;
  if (/^[\w-]+ \([^)]*\):|^support for\b/i.test(words)) return false;
  const isLabel = NOUNISH.has(name) && LABEL.test(words);
  if (NOUNS.has(name) || isLabel) return OBJECT.test(words);
  return (isSentence && name !== "key") || !NOUNISH.has(name) || OBJECT.test(words);
}

const FORBIDDING =
  /\b(?:don['’]?ts?|do not|never|avoid|forbidden|prohibited|banned|disallowed|not allowed|no[- ]go|must not|should not|(?:what|things) not to)\b/i;
/** "Don'ts", "You must never:": each item goes on with the sentence. "Avoid flaky tests" is only their topic. */
const ENDS_FORBIDDING =
  /\b(?:don['’]?ts?|do not|never|avoid|forbidden|prohibited|banned|disallowed|not allowed|must not|should not|not to)(?: (?:ever|do|use|add|these|this|the following|any of the following|patterns?|practices|actions|operations|commands|activities|behaviou?rs?|things|changes))*\s*(?:\([^)]*\))?[:!.\s]*$/i;
/** "For runtimes that do not want the whole graph": who they are, and no order. */
const OF_WHOM = /\b(?:that|which|who) (?:do not|don['’]t|does not|doesn['’]t|never)\b/gi;
const MISTAKES = /\b(?:anti-?patterns?|pitfalls?|mistakes?|bad practices?|red flags?)\b/i;
const DOS_AND_DONTS = /\bdo['’]?s?\s*(?:and|&|\/|or)\s*don['’]?ts?\b/i;
const PREFERRING = /\b(?:prefer\w*|recommend\w*|nice to have)\b/i;
const REQUIRING =
  /\b(?:always|must|do['’]?s?|required|requirements?|mandatory|rules?|guidelines?|guardrails?|conventions?|standards?|principles?|polic(?:y|ies)|practices|checklist|constraints?|critical|important|invariants?|style|expectations?|ensure|ask (?:first|before|for (?:approval|confirmation|permission)))\b/i;
/** What is only worth knowing, or has to be there before. */
const OBSERVING =
  /\b(?:key|important|critical|common) (?:[\w-]+ )?(?:patterns?|concepts?|notes?|links?|files?|fixtures?|context|information|facts|details)\b|\bprerequisites?\b|\brequired (?:tools|software|packages|versions?)\b|\b(?:environment|runtime|system|toolchain|software|hardware)(?: [\w-]+){0,2} requirements?\b/i;
const DESCRIBING =
  /\b(?:overview|architecture|structure|layout|director(?:y|ies)|stack|commands?|resources?|references?|links?|key|entry points?|about|introduction|background|glossary|terminology|features?|packages?|components?|projects?|index|contents|skills?|examples?|components|modules?|tools?|files?|concepts?|environment|documentation)\b/i;

/** What a heading, or a paragraph that introduces a list, says of what follows; `undefined` if nothing. */
export function contextForceOf(text: string): ContextForce | undefined {
  const words = text.replace(/`[^`]*`/g, "x").replace(OF_WHOM, "");
  if (DOS_AND_DONTS.test(words)) return { polarity: "must", byVerb: false };
  if (ENDS_FORBIDDING.test(words) || DEPRECATED.test(words)) return { polarity: "must-not", byVerb: false };
  if (FORBIDDING.test(words) || MISTAKES.test(words)) return { polarity: "must-not", byVerb: true };
  if (PROTECTS.test(words)) return { polarity: "must-not", byVerb: false };
  if (OBSERVING.test(words)) return "description";
  if (PREFERRING.test(words)) return { polarity: "prefer", byVerb: false };
  if (REQUIRING.test(words)) return { polarity: "must", byVerb: false };
  return DESCRIBING.test(words) ? "description" : undefined;
}

/** A title of files that nobody edits: "What not to touch", "These are written by the build — never edit them directly:". */
export const NOT_TO_EDIT =
  /\b(?:do not|don['’]?t|never|not to)\s(?:ever |manually |directly )?(?:hand-?)?(?:edit|modify|touch|change|alter)(?: (?:them|these|those|these files|by hand|manually|directly))*\s*[:.)]*$/i;

/** Above a list of files that nobody edits: "Protected files", "Treat these files as protected, do not alter them:". */
export const PROTECTS =
  /\b(?:protected|read-only|off[- ]limits|frozen)\b[^.]{0,80}\b(?:do not|don['’]t|never)\s(?:manually |directly )?(?:edit|modify|touch|change|alter) (?:them|these|those)\b|^\W*(?:protected|off[- ]limits|read[- ]only)(?: \w+)? (?:files|paths|directories|folders|areas)\W*$/i;

/** Above a list of what is not to be used any more. */
const DEPRECATED = /^\W*deprecated(?: (?:apis?|functions?|methods?|classes|types|packages|modules|helpers))?\W*$/i;

/**
 * Whether each item under a context that forbids is what is forbidden: under "Don'ts" and "Generated, do not edit", and
 * not under "Avoid flaky tests".
 *
 * @param title what says so
 */
export function forbidsItems(context: ContextForce | undefined, title: string): boolean {
  if (context === undefined || context === "description") return false;
  return (
    !context.byVerb ||
    MISTAKES.test(title) ||
    /\b(?:do not|don['’]t|must not|should not|never|not to) [\w-]+\W*$/i.test(title)
  );
}

/** The same of a paragraph or item that ends in a colon, which can be a sentence of its own. */
export function leadInForceOf(text: string): ContextForce | undefined {
  const context = contextForceOf(text);
  const own = ownForceOf(text);
  if (own === undefined || ENDS_FORBIDDING.test(text) || PROTECTS.test(text)) return context;
  return own.polarity === "must-not" ? { ...own, byVerb: true } : own;
}

/** The polarity of an item under a context: its own first words, else the context's. */
export function polarityOf(text: string, context: ContextForce | undefined): Polarity {
  if (permits(text)) return "info";
  const good = text.replace(GOOD_SIGN, "");
  if (good !== text) return ownForceOf(good)?.polarity ?? "must";
  const own = ownForceOf(text);
  if (context === undefined || context === "description") return own?.polarity ?? "info";
  // "Forbidden: assuming that a job is always retried".
  if (context.polarity === "must-not" && !context.byVerb && /^[a-z]+ing\b/i.test(text)) return "must-not";
  // Under "Don'ts", "Use `any`" forbids; under "Pitfalls", "Use X" is the advice against the pitfall.
  if (context.polarity === "must-not" && own?.byVerb !== false)
    return context.byVerb && own ? own.polarity : "must-not";
  // Under "Preferred", an imperative is a preference too.
  if (context.polarity === "prefer" && own?.byVerb) return "prefer";
  return own?.polarity ?? context.polarity;
}
