import type { Sentence } from "./tokens";

/** Whether a clause takes back part of what was said before it, or says when it holds. */
export function restricts(clause: Sentence): boolean {
  return clause.some(({ kind, text }) => kind === "word" && RESTRICTING.has(text));
}

const RESTRICTING = new Set("unless except only but not if when where while until without".split(" "));

/** "without a comment that says why", "unless justified": what a comment beside the place can show. */
const EXPLAINED =
  /^(?:without|unless|except with) (?:(?:there is|you have|it has|accompanied by|with) )?(?:an? |the |any )?(?:(?:good|valid|clear|explicit|explanatory|inline|short|brief|documented|written|strong|code|linked),? ){0,3}(?:comments?|justification|justified|explanation|reason|rationale|explained|documented|(?:issue|ticket) (?:numbers?|references?|links?|ids?)|an? (?:issue|ticket)|(?:linked )?issues?|tickets)\b(?! (?:from|by) )/;

/** Whether a condition asks for no more than that a comment says why. */
export function isExplanation(condition: string): boolean {
  return EXPLAINED.test(condition);
}
