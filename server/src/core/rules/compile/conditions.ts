import { type Check, type ConstructKind, type ForbiddenText, qualifierOf } from "../check";
import { areDistinctive } from "./clauseBefore";
import { withPlace } from "./context";
import { placeOfWords } from "./place";
import { isOwnPurpose } from "./purposes";
import { isExplanation } from "./restricts";

/**
 * The check without those of its conditions that are none or can be checked: what something is never right for ("never
 * use `_` to drop an error", "`--no-verify` to skip hooks"), what it holds for all the more ("even for calm days"),
 * where it holds ("in committed code"), and what all of its folder is ("in harbour code" in `harbour/CLAUDE.md`).
 */
export function withoutIdleConditions(check: Check, path: string, project = ""): Check {
  const qualifier = qualifierOf(check);
  if (qualifier === undefined) return check;
  const { qualifier: _, ...bare } = check as Check & { qualifier?: string };
  let placed = bare as Check;
  const kept = qualifier.split("; ").filter((condition) => {
    if (/^even\b/.test(condition) || isPurposeOf(check, condition) || (isOfCode(check) && isIdle(check, condition)))
      return false;
    const isNeeded = isOfCode(check) && !isOfStyles(check) && UNLESS_NEEDED.test(condition);
    if (isNeeded && check.form !== "forbidden-construct") return false;
    if (check.form === "forbidden-construct" && (isNeeded || isExplanation(condition))) {
      placed = { ...placed, unexplained: true } as Check;
      return false;
    }
    if (isOfItsFolder(condition, path) || isOfProject(condition, project)) return false;
    if (OF_TESTS.test(condition) && check.form !== "forbidden-command") {
      placed = withPlace(placed, { scope: { tests: true } });
      return false;
    }
    if (isPurposeOfPackage(check, condition)) return false;
    const purpose = isOwnPurpose(check, condition);
    if (purpose !== undefined) {
      placed = withPlace(placed, { scope: purpose });
      return false;
    }
    if (condition === "new" && isOfCode(check)) {
      placed = withPlace(placed, { scope: { added: true } });
      return false;
    }
    const place = placeOfWords(/^(?:in|inside|within|for|when) (.*)$/.exec(condition)?.[1] ?? "");
    if (place === undefined || check.form === "forbidden-command") return true;
    placed = withPlace(placed, place);
    return false;
  });
  return kept.length > 0 ? ({ ...placed, qualifier: kept.join("; ") } as Check) : placed;
}

/** What is said of every use there is; and of a name that can be nothing else whose it is: "playwright's". */
function isIdle(check: Check, condition: string): boolean {
  return IDLE.test(condition) || (/^[a-z][\w.]*'s$/.test(condition) && areDistinctive(check));
}

/** Whom a rule addresses, and that nothing hinders what is to be used instead. */
const IDLE =
  /^(?:you must|we must|i must|agents must|when applicable|where applicable|when appropriate|in most cases)$/;

/** "unless absolutely necessary": of a construct a comment can show it, of a name nobody says it. */
const UNLESS_NEEDED =
  /^(?:unless|except when|except where|if not) (?:(?:it is|it's|there is|they are) )?(?:(?:absolutely|strictly|really|truly|completely|genuinely|technically|no other way|very) )*(?:necessary|needed|required|unavoidable|essential|inevitable)$/;

/** What is reckoned while a program runs can be styled in no other way. */
function isOfStyles(check: Check): boolean {
  return check.form === "forbidden-construct" && check.constructs.join() === "inline-style";
}

function isOfCode({ form }: Check): boolean {
  return /^forbidden-(?:call|import|name|construct|text)$/.test(form);
}

/** "in backend flows" in `backend/CLAUDE.md` */
function isOfItsFolder(condition: string, path: string): boolean {
  const [, word = ""] =
    /^(?:in|inside|within|for) (?:the |any |all |our )?([a-z]{3,})(?: (?:code|flows?|modules?|files?|app|application|side|package|layer))?$/.exec(
      condition,
    ) ?? [];
  return word !== "" && path.toLowerCase().split("/").slice(0, -1).includes(word);
}

/** "in Quay" in the guide of that name */
function isOfProject(condition: string, project: string): boolean {
  const [, name = ""] = /^(?:in|inside|within|for) ([a-z][\w.-]{2,})$/.exec(condition) ?? [];
  return (
    name !== "" &&
    project
      .toLowerCase()
      .split(/[^\w.-]+/)
      .includes(name)
  );
}

/** "Use `sails` for async moorings (not `oars`)": what a project uses one package for. */
function isPurposeOfPackage(check: Check, condition: string): boolean {
  return (
    check.form === "forbidden-import" &&
    check.instead?.length === check.names.length &&
    /^for [a-z -]+(?: \/ [a-z]+)?$/.test(condition) &&
    !/\b(?:new|when|if|unless|except|only|in|on|with|where)\b/.test(condition)
  );
}

/** "for test synchronization" */
const OF_TESTS = /^(?:for|in) (?:unit |integration )?tests? [a-z]+$/;

function isPurposeOf(check: Check, condition: string): boolean {
  switch (check.form) {
    case "forbidden-construct":
      if (check.constructs.join() === "relative-import") return OF_OWN_MODULES.test(condition);
      if (isOfStyles(check)) return /^on (?:an? |any |the )?(?:component|element)s?$/.test(condition);
      // "Use `unknown` rather than `any` when the type is truly unknown": whoever writes `any` says that.
      if (check.constructs.join() === "any-type" && UNKNOWN_TYPE.test(condition)) return true;
      return /^to \w/.test(condition) && check.constructs.every((kind) => NEVER_RIGHT.has(kind));
    case "forbidden-text":
      return isOfTexts(check, condition);
    case "forbidden-command":
      return (
        /^(?:to|for) \w/.test(condition) &&
        !/\b(?:when|if|unless|except|only)\b/.test(condition) &&
        (check.commands.every((command) => /(?:^|\s)-/.test(command)) ||
          check.instead?.some((way) => RUNS_OTHERS.test(way)) === false)
      );
    case "forbidden-call": {
      // "Do not skip tests with `.skip`"
      const [verb = ""] = /^[a-z]{3,}/.exec(condition) ?? [];
      return verb !== "" && check.names.every((name) => name.split(".").at(-1) === verb);
    }
    default:
      return false;
  }
}

/** Annotations that replace each other, and what is done with a call in one expression, are of one use. */
function isOfTexts({ texts, instead = [""] }: ForbiddenText, condition: string): boolean {
  return (
    /^for [a-z -]+$/.test(condition) &&
    !/\b(?:new|when|if|unless|except|only|in|on|with|where|that|which|or)\b/.test(condition) &&
    (texts.every((text) => /\w\(.*\)\.\w|\w\([\w.]+\(/.test(text)) ||
      [texts, instead].every((each) => each.every((text) => /^@[A-Z]\w+$/.test(text))))
  );
}

/** "Absolute imports for local modules": of others nobody writes where they lie. */
const OF_OWN_MODULES =
  /^for (?:all )?(?:(?:local|internal|project|own|app|application|src|cross-package|project root) )+(?:modules|imports|references|files|code)$/;
const UNKNOWN_TYPE = /^when (?:the |a )?types? (?:is|are) (?:\w+ly )?(?:unknown|uncertain|not known|unclear)$/;

/** What these do is what the other command does. */
const RUNS_OTHERS = /^(?:make|just|task|mage|(?:npm|pnpm|yarn|bun) run|uv run|poetry run)\b/;

/** Whatever somebody uses them for. */
const NEVER_RIGHT: ReadonlySet<ConstructKind> = new Set<ConstructKind>([
  "discarded-error",
  "empty-catch",
  "bare-except",
  "type-suppression",
  "any-type",
  "any-assertion",
  "commented-code",
  "var-declaration",
  "loose-equality",
]);
