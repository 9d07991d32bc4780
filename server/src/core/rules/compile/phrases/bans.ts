import { listed } from "./listed";

/** The ways to forbid. */
export const bans = {
  not: listed(`
    never | never ever | do not | do not ever | must not | must never | should not | should never | shall not |
    may not | can not | avoid | no | not | not to | zero | stop | ban | forbid | forbidden to |
    it is forbidden to | refrain from | try to avoid | under no circumstances | absolutely no | strictly no |
    never do | try hard to avoid | try not to | do not try to | never try to | do not attempt to |
    never attempt to | do not rush to | there must be no | there should be no | not allowed | forbidden |
    disallowed | prohibited | never under any circumstances | never proactively | steer clear of |
    stay away from | hands off | hands off of | we do not | do not proactively`),
  mustnot: listed(`
    must not | must never | should not | should never | may not | shall not | can not | do not | does not |
    never | is not to | are not to | will not | is never to | should no longer | must no longer | may no longer`),
  forbidden: listed(`
    is forbidden | are forbidden | is banned | are banned | is prohibited | are prohibited | is disallowed |
    are disallowed | is not allowed | are not allowed | is never allowed | are never allowed | is not permitted |
    are not permitted | is off limits | are off limits | is off-limits | are off-limits | is an error |
    is a lint error | is an eslint error | is a compile error | are errors | are lint errors | are eslint errors |
    is an anti-pattern | are anti-patterns | is an antipattern | is not acceptable |
    are not acceptable | is unacceptable | are unacceptable | not allowed | disallowed | not permitted | forbidden | banned | prohibited`),
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
