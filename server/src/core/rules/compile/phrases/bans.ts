import { listed } from "./listed";

/** What is said of what is forbidden, alone and after "not": `force` reads these too. */
export const REFUSED = listed(
  "forbidden | banned | prohibited | disallowed | off limits | off-limits | unacceptable | verboten",
);
export const UNWELCOME = listed("allowed | permitted | acceptable | accepted | ok | okay | fine | welcome | tolerated");
const WRONG = listed(`
  an error | a lint error | an eslint error | a compile error | errors | lint errors | eslint errors |
  an anti-pattern | anti-patterns | an antipattern | a smell | a code smell | a no-go`);
export const REJECTED = listed(`
  has no place | have no place | does not belong | do not belong | will be rejected | gets rejected | get rejected`);

/** The ways to forbid. */
export const bans = {
  not: listed(`
    never | never ever | do not | do not ever | must not | must never | should not | should never | shall not |
    may not | can not | avoid | no | not | not to | zero | stop | ban | forbid | forbidden to |
    it is forbidden to | refrain from | try to avoid | under no circumstances | absolutely no | strictly no |
    never do | do not directly | never directly | must not directly | try hard to avoid | try not to | do not try to | never try to | do not attempt to |
    never attempt to | do not rush to | there must be no | there should be no | not allowed | forbidden |
    disallowed | prohibited | never under any circumstances | never proactively | steer clear of |
    stay away from | hands off | hands off of | we do not | do not proactively`),
  mustnot: listed(`
    must not | must never | should not | should never | may not | shall not | can not | do not | does not |
    never | is not to | are not to | will not | is never to | should no longer | must no longer | may no longer`),
  forbidden: [
    ...REFUSED.flatMap((word) =>
      ["is", "are", "is strictly", "are strictly", "is explicitly", ""].map((be) => `${be} ${word}`),
    ),
    ...UNWELCOME.flatMap((word) =>
      ["is not", "are not", "is never", "are never", "is no longer", "are no longer", "not", "never"].map(
        (be) => `${be} ${word}`,
      ),
    ),
    ...WRONG.flatMap((word) => [`is ${word}`, `are ${word}`]),
    ...REJECTED,
  ].map((phrase) => phrase.trim()),
  deprecated: listed(`
    is dead code | are dead code | is deprecated | are deprecated | is obsolete | are obsolete | is gone |
    are gone | is legacy | are legacy | is dead | has been removed | was removed | is removed |
    path is dead code | no longer exists | are no longer needed | is no longer needed | is no longer used |
    are no longer used | is no longer supported | are no longer supported | is deprecated and |
    is a deprecated alias | is a deprecated wrapper | is a deprecated name | is a legacy alias | is a legacy wrapper |
    is deprecated and must not be used | are deprecated and must not be used | is deprecated and should not be used |
    are deprecated and should not be used | is deprecated and must never be used | is deprecated and must not be called |
    is deprecated and should never be used | is deprecated and should no longer be used |
    is kept only for compatibility | is only kept for compatibility | is kept for backward compatibility only`),
  nay: listed(`
    not | never | never use | do not use | not use | and not | no | avoid | never call | never import | not raw |
    over | must not use | do not call | do not reach for`),
};
