// What the judges of all languages share: which of Fathom's calls is meant, how often both agree, and where they do not.

const shown = Number(process.env.JUDGE_EXAMPLES ?? 6);

/**
 * Finds the call of Fathom's for each of the judge's. Calls of one start and name are told apart by where they end, the
 * inner first.
 *
 * @param {object[]} truths with `path`, `line` and `column` of the start, and `end` unless the inner come first already
 * @param {object[]} calls what `resolveCalls` gives
 * @param {{ truth?: (truth: object) => string, call?: (callee: string) => string }} name what both must have in common
 * @returns {{ truth: object, call: object | undefined }[]}
 */
export function match(
  truths,
  calls,
  { truth: nameOfTruth = ({ callee }) => callee, call: nameOfCall = lastName } = {},
) {
  const place = ({ path, line, column }, name) => `${path}:${line}:${column}:${name}`;
  const own = grouped(calls, (call) => place(call, nameOfCall(call.callee)));
  const pairs = [];
  for (const [key, group] of grouped(truths, (truth) => place(truth, nameOfTruth(truth)))) {
    const candidates = (own.get(key) ?? []).sort((a, b) => a.callee.length - b.callee.length);
    group.sort((a, b) => (a.end ?? 0) - (b.end ?? 0));
    const isSure = candidates.length === group.length;
    group.forEach((truth, i) => {
      pairs.push({ truth, call: isSure ? candidates[i] : undefined });
    });
  }
  return pairs;
}

/** A function's place as the lists of `report` have it. */
export function placeOf({ path, line }) {
  return `${path}:${line}`;
}

/**
 * How often Fathom and a judge agree, and examples of where they do not, by cause.
 *
 * @param {string} title
 * @param {object[]} verdicts of one call each: `truth` and `call` as `match` pairs them; `targets` and `expected`, the
 *   places that Fathom and the judge name; `isRight`, whether Fathom's answer is one of those that are correct;
 *   `isJudged`, whether the judge can tell; `isWanted`, whether Fathom should know what is called
 * @param {number} leftOut calls outside functions, which Fathom does not follow
 */
export function report(title, verdicts, leftOut = 0) {
  const counts = { right: 0, wrong: 0, found: 0, wanted: 0 };
  const disagreements = [];
  for (const verdict of verdicts) {
    const { targets, isRight, isJudged, isWanted } = verdict;
    const isResolved = targets.length > 0;
    if (isResolved && isJudged) counts[isRight ? "right" : "wrong"]++;
    if (isWanted) counts.wanted++;
    if (isWanted && isRight) counts.found++;
    if (!isRight && (isResolved ? isJudged : isWanted)) disagreements.push(verdict);
  }
  const resolved = counts.right + counts.wrong;
  const precision = `precision ${percent(counts.right, resolved)} of ${resolved}`;
  const recall = `recall ${percent(counts.found, counts.wanted)} of ${counts.wanted}`;
  const remark = leftOut > 0 ? ` (${leftOut} calls outside functions left out)` : "";
  const causes = [...grouped(disagreements, causeOf)].sort(([, a], [, b]) => b.length - a.length);
  return [
    `${title}: ${precision}, ${recall}${remark}`,
    ...causes.flatMap(([cause, members]) => [`  ${members.length} ${cause}`, ...spread(members, shown).map(describe)]),
    "",
  ].join("\n");
}

/** An access path without what stands in angle brackets; arrows in there close nothing. */
export function withoutTypes(path) {
  let depth = 0;
  let rest = "";
  for (let i = 0; i < path.length; i++) {
    if (path[i] === "<" && path[i + 1] !== "-") depth++;
    else if (depth === 0) rest += path[i];
    else if (path[i] === ">" && path[i - 1] !== "-" && path[i - 1] !== "=") depth--;
  }
  return rest;
}

/** Some of a list, from all over it. */
export function spread(list, count) {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(list.length, count) }, (_, i) => list[Math.floor(i * step)]);
}

function lastName(callee) {
  const plain = withoutTypes(callee);
  return plain.slice(plain.lastIndexOf(".") + 1);
}

function causeOf({ call, targets, expected }) {
  if (!call) return "no such call";
  if (targets.length > 1 && !call.dynamic) return "wrong: one of several";
  if (targets.length > 0) {
    if (expected.length === 0) return "wrong: the judge says outside";
    const [file, ...files] = [targets[0], ...expected].map((place) => place.replace(/:\d+$/, ""));
    return files.includes(file) ? "wrong: another function of the same file" : "wrong: a function of another file";
  }
  if (call.external) return "missed: said outside";
  const { origin } = call;
  if (origin === "" || origin.startsWith("?")) return "missed: nothing known of the value";
  if (/@\d+>/.test(origin)) return "missed: parameter without a type";
  if (origin.startsWith("<super ")) return "missed: member of a base";
  const path = withoutTypes(origin);
  if (path.includes("()")) return "missed: result of a call";
  if (path.includes("[")) return "missed: element of a collection";
  if (path.includes("#")) return "missed: one of several values";
  if (path.includes(".")) return "missed: member";
  return path === "" ? "missed: value of a known type" : "missed: plain name";
}

function describe({ truth, call, targets, expected }) {
  const found = targets.slice(0, 3).join(" ") || call?.external;
  return [
    `    ${truth.path}:${truth.line} ${call?.callee ?? truth.callee}`,
    call && call.origin !== call.callee ? ` = ${call.origin}` : "",
    ` -> ${expected.slice(0, 3).join(" ") || `outside ${truth.owner ?? ""}`.trim()}`,
    found ? `, not ${found}` : "",
  ].join("");
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function percent(part, whole) {
  return `${(whole === 0 ? 100 : (part / whole) * 100).toFixed(1)}%`;
}
