// How Fathom's calls are held against a judge's, and what the differences look like.

const shown = 6;

/**
 * @param {string} title
 * @param {object[]} answer the judge's lines: calls, and the methods that override others
 * @param {object[]} calls what `resolveCalls` gives
 */
export function compare(title, answer, calls) {
  const overrides = new Map();
  for (const { method, line, overrides: others } of answer)
    if (method !== undefined) overrides.set(`${method}:${line}`, others);
  const judged = answer.filter((line) => line.callee !== undefined);
  const inside = judged.filter(({ outside }) => !outside);
  const pairs = match(inside, calls);
  const counts = { right: 0, wrong: 0, found: 0, wanted: 0 };
  const causes = new Map();
  for (const { call, truth } of pairs) {
    const expected = truth.targetPath === "" ? undefined : `${truth.targetPath}:${truth.targetLine}`;
    const targets = (call?.targets ?? []).map(({ path, line }) => `${path}:${line}`);
    const isRight = reaches(targets, expected, call?.dynamic, overrides);
    if (targets.length > 0) counts[isRight ? "right" : "wrong"]++;
    if (truth.body) counts.wanted++;
    if (truth.body && isRight) counts.found++;
    if (isRight || (targets.length === 0 && !truth.body)) continue;
    const cause = causeOf(call, targets, expected);
    const examples = causes.get(cause) ?? [];
    examples.push({ call, truth, targets, expected });
    causes.set(cause, examples);
  }
  const precision = share(counts.right, counts.right + counts.wrong);
  const recall = share(counts.found, counts.wanted);
  const left = judged.length - inside.length;
  const row = { title, precision, recall, ...counts, outsideFunctions: left };
  const text = [
    `${title}: precision ${percent(precision)} of ${counts.right + counts.wrong}, recall ${percent(recall)} of ${counts.wanted}` +
      (left > 0 ? ` (${left} calls outside functions left out)` : ""),
    ...[...causes].sort(([, a], [, b]) => b.length - a.length).map(([cause, examples]) => describe(cause, examples)),
    "",
  ].join("\n");
  return { row, text };
}

/** Calls of one start and name are told apart by where they end, the inner first. */
function match(truths, calls) {
  const own = grouped(calls, ({ path, line, column, callee }) => `${path}:${line}:${column}:${lastName(callee)}`);
  const pairs = [];
  for (const [key, group] of grouped(
    truths,
    ({ path, line, column, callee }) => `${path}:${line}:${column}:${callee}`,
  )) {
    const candidates = (own.get(key) ?? []).sort((a, b) => a.callee.length - b.callee.length);
    group.sort((a, b) => a.end - b.end);
    const isSure = candidates.length === group.length;
    group.forEach((truth, i) => {
      pairs.push({ truth, call: isSure ? candidates[i] : undefined });
    });
  }
  return pairs;
}

/** An abstract method stands for those that implement it. */
function reaches(targets, expected, dynamic, overrides) {
  if (expected === undefined || targets.length === 0) return false;
  const fits = (target) => target === expected || (overrides.get(target) ?? []).includes(expected);
  return dynamic ? targets.every(fits) : targets.length === 1 && fits(targets[0]);
}

function causeOf(call, targets, expected) {
  if (!call) return "no such call";
  if (targets.length > 1 && !call.dynamic) return "several overloads";
  if (targets.length > 0 && expected === undefined) return "wrong: the judge says outside";
  if (targets.length > 0) {
    const [own, other] = [targets[0], expected].map((place) => place.replace(/:\d+$/, ""));
    return own === other ? "wrong: another function of the same file" : "wrong: a function of another file";
  }
  if (call.external) return "missed: said outside";
  const { origin } = call;
  if (origin === "") return "missed: nothing known of the receiver";
  if (/^<func#\d+@/.test(origin)) return "missed: parameter of a closure";
  if (!/[.(]/.test(origin)) return "missed: plain name";
  return origin.includes("()") ? "missed: result of a call" : "missed: member";
}

function describe(cause, examples) {
  const step = Math.max(1, Math.floor(examples.length / shown));
  const some = examples.filter((_, i) => i % step === 0).slice(0, shown);
  return [
    `  ${examples.length} ${cause}`,
    ...some.map(({ call, truth, targets, expected }) =>
      [
        `    ${truth.path}:${truth.line} ${call?.callee ?? truth.callee}`,
        call && call.origin !== call.callee ? ` = ${call.origin}` : "",
        ` -> ${expected ?? `outside ${truth.owner}`}`,
        targets.length > 0 ? `, not ${targets.slice(0, 3).join(" ")}` : call?.external ? `, not ${call.external}` : "",
      ].join(""),
    ),
  ].join("\n");
}

function lastName(callee) {
  return callee.slice(callee.lastIndexOf(".") + 1);
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

function share(part, whole) {
  return whole === 0 ? 1 : part / whole;
}

function percent(value) {
  return `${(value * 100).toFixed(1)}%`;
}
