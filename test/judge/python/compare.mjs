// Fathom's answer beside Pyright's.

const shown = 6;

/** `{rows, text}`: precision and recall, and the calls on which the two disagree, by cause. */
export function compare(answer, resolved) {
  const byPlace = new Map();
  for (const call of resolved) {
    const key = `${call.path}:${call.line}:${call.column}:${nameOf(call.callee)}`;
    const calls = byPlace.get(key);
    if (calls) calls.push(call);
    else byPlace.set(key, [call]);
  }
  const plain = emptyRow("calls of functions");
  const abstract = emptyRow("calls of abstract methods");
  const wrong = [];
  const lost = [];
  let unmatched = 0;
  // `a.f().f()`: both calls start at the same place, and the inner one is shorter.
  const inOrder = [...answer].sort((a, b) => a.end[0] - b.end[0] || a.end[1] - b.end[1]);
  for (const call of inOrder) {
    const ours = byPlace.get(`${call.path}:${call.line}:${call.column}:${call.name}`)?.shift();
    if (!ours) unmatched++;
    const expected = call.targets.filter(({ kind }) => kind === "function");
    const isOutside = call.targets.length > 0 && call.targets.every(({ kind }) => kind === "outside");
    if (expected.length === 0 && !isOutside) continue;
    // Pyright names the property, Fathom the class.
    if (call.name === "__class__") continue;
    const isAbstract = expected.length > 0 && expected.every((target) => target.isAbstract);
    const row = isAbstract ? abstract : plain;
    const targets = ours?.targets ?? [];
    const isRight = targets.some((target) =>
      expected.some((one) => one.path === target.path && one.line === target.line),
    );
    // What implements an abstract method is what runs; Pyright names the method itself.
    const isImplementer =
      isAbstract && ours?.dynamic && targets.every(({ symbol }) => symbol.endsWith(`.${call.name}`));
    if (targets.length > 0) {
      row.bothResolve++;
      if (isRight || isImplementer) row.agree++;
      else wrong.push({ ...call, ours, why: whyWrong(ours, isOutside) });
    }
    if (!expected.some(({ hasBody }) => hasBody) && !isAbstract) continue;
    row.calls++;
    if (isRight || isImplementer) row.found++;
    else if (targets.length === 0) lost.push({ ...call, ours, why: ours ? whyLost(ours) : "no such call step" });
  }
  const rows = [plain, abstract].map(({ name, calls, found, bothResolve, agree }) => ({
    name,
    calls,
    precision: agree / Math.max(1, bothResolve),
    recall: found / Math.max(1, calls),
  }));
  const table = rows.map(
    ({ name, calls, precision, recall }) =>
      `${name.padEnd(26)} ${String(calls).padStart(6)} in the tree   precision ${percent(precision)}   recall ${percent(recall)}`,
  );
  const text = [
    ...table,
    `${unmatched} calls of the judge are no calls to Fathom`,
    ...examples("resolved to another function", wrong),
    ...examples("not resolved", lost),
  ].join("\n");
  return { rows, text };
}

function emptyRow(name) {
  return { name, calls: 0, found: 0, bothResolve: 0, agree: 0 };
}

function nameOf(callee) {
  return /[\p{L}\p{N}_]+$/u.exec(callee)?.[0] ?? "";
}

function whyWrong(ours, isOutside) {
  if (isOutside) return "is outside to Pyright";
  return ours.targets.length > 1 ? "one of several" : "another";
}

function whyLost({ origin, callee, external }) {
  if (external) return `is outside to Fathom: ${external.split(".").slice(0, 2).join(".")}`;
  if (origin === "") return "nothing is known of the value";
  if (/@\d+>/.test(origin)) return "parameter without a type";
  if (/^<super /.test(origin)) return "super";
  if (origin.includes("#") && !origin.startsWith("<func")) return "part of a tuple";
  if (origin.includes("[")) return "element of a collection";
  if (origin.includes("()")) return "result of a call";
  if (/^(self|cls)\.|^<\w+>\.\w+$/.test(origin)) return "method of the own type";
  return origin.includes(".") || callee.includes(".") ? "attribute" : "plain name";
}

function examples(heading, calls) {
  const byCause = new Map();
  for (const call of calls) byCause.set(call.why, [...(byCause.get(call.why) ?? []), call]);
  const causes = [...byCause].sort((a, b) => b[1].length - a[1].length).slice(0, 12);
  return [
    `${heading}: ${calls.length}`,
    ...causes.flatMap(([why, list]) => [
      `  ${String(list.length).padStart(5)} ${why}`,
      ...spread(list).map(
        ({ path, line, callee, targets, ours }) =>
          `          ${path}:${line} ${callee} [${ours?.origin ?? ""}]: ${targets
            .slice(0, 2)
            .map((target) => (target.path ? `${target.path}:${target.line}` : target.kind))
            .join(", ")}${
            ours?.targets.length
              ? ` not ${ours.targets
                  .slice(0, 2)
                  .map((t) => `${t.path}:${t.line}`)
                  .join(", ")}`
              : ""
          }`,
      ),
    ]),
  ];
}

/** Some of the list, from all over it. */
function spread(list) {
  const step = Math.max(1, Math.floor(list.length / shown));
  return list.filter((_, i) => i % step === 0).slice(0, shown);
}

function percent(share) {
  return `${(share * 100).toFixed(1)}%`.padStart(6);
}
