/** How a parameter has to be for a condition to come out so. */
export interface Switch {
  parameter: string;
  value: boolean;
  /** Whatever is there will do, `false` as well. */
  isPresence?: true;
}

/** `cache.get`: what it has not found is asked for elsewhere. */
export function asksCache(callee: string): boolean {
  return /cache\w*(?:\[\w*\])?\.(?:get|fetch|load|lookup|find)(?:[A-Z_]\w*)?$/i.test(callee);
}

/** What a condition compares with nothing, and whether it asks if that is missing: `berth == nil`, `self.pier is not None`. */
export function comparedWithNothing(test: string): { name: string; isMissing: boolean } | undefined {
  const [, name, isThere] =
    /^([\p{L}\p{N}_$.]+) (?:===?|is|(!==?|is not)) (?:nil|null|undefined|None)$/u.exec(test) ?? [];
  return name === undefined ? undefined : { name, isMissing: isThere === undefined };
}

export function isAbsence(test: string): boolean {
  return /^![\w.]+$/.test(test) || comparedWithNothing(test)?.isMissing === true;
}

/** The options of which it asks for one, or whether there are any: `opts` of `opts.signed`. */
export function asksOption(test: string): string | undefined {
  return /(?:^|[^\w.])(opts?|options?|[a-z]\w*(?:Opts|Options?|_opts|_options?))(?:\??\.\w|\??\[| ===? | !==? | is |$)/.exec(
    test,
  )?.[1];
}

/** Whether it is about the time that it is. */
export function tellsTime(text: string): boolean {
  return /\bnow\b|\b(?:utc)?now\(|current_?time|\bcutoff|deadline|\bis_?(?:expired|overdue|due)\b|\.(?:is)?(?:Before|After)\(|\btime\.(?:Since|Until|time)\(/i.test(
    text,
  );
}

/** `if (exists) { ... break }`, `if len(chats) > 0 { ... break }`: what was looked for is there. */
export function isFound(test: string): boolean {
  return /(?:^|\.)\w*(?:exists?|found|match(?:es|ed)?)$|^len\([\w.]+\) (?:>|!=) 0$|\.length (?:>|!==?) 0$/i.test(test);
}

export function isFailure(test: string): boolean {
  return (
    /(?:\b[eE]|[a-z]E|_e)rr\w* !==? (?:nil|null|undefined)/.test(test) || /^(?:err|error)$|\bErrors?\.Is\(/i.test(test)
  );
}

export function isSuccess(test: string): boolean {
  return (
    /(?:\b[eE]|[a-z]E|_e)rr\w* ===? (?:nil|null)/.test(test) ||
    /^!err(?:or)?$|^(?:[\w.]+\.)?(?:ok|success|succeeded|found)$/i.test(test)
  );
}

export function isFirstRound(test: string): boolean {
  return /\b(?:i|idx|index|n) ===? 0\b|^(?:is_?)?first\w*$/i.test(test);
}

/** Looks something up where what was found out before is kept. */
export function asksMemory(test: string): boolean {
  return (
    /^!?\w*(?:ok|exists|found|seen|cached|hit|loaded|known)$/i.test(test) ||
    /\.(?:has|containsKey|contains|Contains|includes)\(|(?:^|[^\w])(?:not )?in(?: |$)|cache|memo\b|seen|loaded|initiali[sz]ed/i.test(
      test,
    )
  );
}

export function switchesOf(test: string, holds: boolean): Switch[] {
  const both = holds ? "&&" : "||";
  const other = holds ? "||" : "&&";
  if (test.includes(other) || test.endsWith("…")) return [];
  return test.split(` ${both} `).flatMap((atom) => {
    const compared = comparedWithNothing(atom);
    if (compared) {
      const { name: parameter, isMissing } = compared;
      if (parameter.includes(".")) return [];
      return holds === isMissing ? { parameter, value: false } : { parameter, value: true, isPresence: true };
    }
    // A flag, or one among the options that are given together: `opts.save`.
    const found = /^(!?)([\p{L}_$][\p{L}\p{N}_$]*(?:\??\.[\w$]+)?)(?: (?:is|==|===) (true|false))?$/iu.exec(atom);
    if (!found) return [];
    const isNegated = (found[1] === "!") !== (found[3]?.toLowerCase() === "false");
    return { parameter: (found[2] as string).replace("?.", "."), value: holds !== isNegated };
  });
}
