/** What a comment says of a function and a lock. */
export interface Warning {
  /**
   * `hold`: the lock must be held by who calls the function. `do-not-hold`: it must not be. `one-thread`: it must not
   * run twice at a time.
   */
  kind: "hold" | "do-not-hold" | "one-thread";
  /** The lock as the comment names it, its last part: `mu`. */
  lock?: string;
  /** What the comment names in front of it: `Pool` of `Pool.mu`, `p` of `p.mu`. */
  lockOwner?: string;
  /** The function it is about, when it is not the one below the comment. */
  callee?: string;
  /** The sentence. */
  quote: string;
}

const lockWord = "(?:[\\w$.>-]*(?:mu|mutex|mtx|lock|monitor|semaphore)\\w*)";
const holding = "(?:held|holding|hold|locked|locking|acquired|owned|taken)";
const call = "(?:called|invoked|used|run|executed|accessed)";

const forms: readonly [Warning["kind"], RegExp][] = [
  [
    "do-not-hold",
    new RegExp(
      `\\b(?:must|should|may|can)\\s*(?:not|never)\\s+be\\s+${call}\\b.*\\b(?:while|with|when|under|if|from)\\b.*(?:\\b${holding}\\b|\\block\\b)`,
      "i",
    ),
  ],
  [
    "do-not-hold",
    new RegExp(
      `\\b(?:do not|don't|never)\\s+call\\b.*\\b(?:while|with|when|under|if)\\b.*(?:\\b${holding}\\b|\\block\\b)`,
      "i",
    ),
  ],
  ["do-not-hold", new RegExp(`\\b${call}\\s+without\\s+(?:\\w+\\s+){0,3}?${holding}\\b`, "i")],
  ["do-not-hold", new RegExp(`\\b${lockWord}\\s+(?:must|should)\\s+not\\s+be\\s+${holding}\\b`, "i")],
  [
    "do-not-hold",
    new RegExp(
      `\\bcallers?\\s+(?:must|should)\\s*(?:not|never)\\s+(?:\\w+\\s+)?(?:hold|own|have|be holding)\\b.*\\b${lockWord}\\b`,
      "i",
    ),
  ],
  [
    "do-not-hold",
    new RegExp(
      `\\b(?:would|will|could|can|may)\\s+(?:self-)?deadlock\\s+(?:if|when|while)\\b.*(?:\\b${holding}\\b|\\block\\b)`,
      "i",
    ),
  ],
  [
    "do-not-hold",
    new RegExp(
      `\\b(?:calling|awaiting|invoking)\\s+(?:it|this)\\b.*\\b(?:while|with|when|under)\\b.*(?:\\b${holding}\\b|\\block\\b).*\\b(?:deadlocks?|hangs?|(?:blocks?|waits?) for ?ever|never returns?)\\b`,
      "i",
    ),
  ],
  [
    "hold",
    new RegExp(
      `\\bcallers?\\s+(?:must|should|needs? to|ha(?:s|ve) to|(?:is|are) (?:expected|required|supposed) to)\\s+(?:already\\s+)?(?:hold|have|own|acquire|take|lock|be holding)\\b.*\\b${lockWord}\\b`,
      "i",
    ),
  ],
  [
    "hold",
    new RegExp(
      `\\b(?:must|should|may)\\s+(?:only\\s+|always\\s+)?(?:only\\s+)?be\\s+${call}\\s+(?:only\\s+)?(?:with|while|under|when|after)\\b.*\\b${lockWord}\\b.*\\b${holding}\\b`,
      "i",
    ),
  ],
  [
    "hold",
    new RegExp(
      `\\b(?:must|should|may)\\s+(?:only\\s+)?be\\s+${call}\\s+(?:with|while|under|when)\\s+(?:the\\s+)?(?:${holding}|lock on)\\b.*\\b${lockWord}\\b`,
      "i",
    ),
  ],
  [
    "hold",
    new RegExp(
      `\\b${lockWord}\\s+(?:must|should|needs to|has to|is (?:expected|required|assumed) to)\\s+(?:already\\s+)?be\\s+${holding}\\b`,
      "i",
    ),
  ],
  [
    "hold",
    new RegExp(
      `\\b(?:assumes|requires|expects)\\b(?:\\s+that)?(?:\\s+the)?\\s+(?:caller\\s+)?(?:\\w+\\s+){0,2}?${lockWord}\\b.*\\b${holding}\\b`,
      "i",
    ),
  ],
  ["hold", new RegExp(`(?:^|\\bis\\s+)called\\s+(?:with|while|under)\\b.*\\b${lockWord}\\b.*\\b${holding}\\b`, "i")],
  [
    "one-thread",
    /\b(?:not|isn't|never)\s+(?:thread|goroutine|concurrency)[- ]?safe\b|\bnot\s+(?:be\s+)?(?:safe|suitable)\s+(?:for|to)\s+(?:use\s+)?(?:concurrent|concurrently|multiple\s+(?:threads|goroutines))/i,
  ],
];

/** What the comment above a function with this name says of it, or of another that it names. */
export function warningsAbove(text: string, name: string): Warning[] {
  if (!/lock|held|hold|mutex|\bmu\b|concurren|thread|goroutine/i.test(text)) return [];
  return sentencesOf(text).flatMap((quote) => {
    const form = forms.find(([, pattern]) => pattern.test(quote));
    if (!form) return [];
    const named = lockNamed(quote);
    const callee = calleeNamed.exec(quote)?.[1]?.split(".").at(-1);
    const isOther = callee !== undefined && callee !== name;
    return [{ kind: form[0], quote, ...named, ...(isOther && { callee }) }];
  });
}

/** `when calling handleArrival`: a word of two or more, as code writes them. */
const calleeNamed =
  /\b(?:when|while|before|after)\s+calling\s+[`'"]?((?:[\w$]+\.)*[a-zA-Z$]\w*(?:[a-z][A-Z]|_[a-z])\w*)/;

const deadlocks =
  /\bcall(?:s|ing)?\s+(?:to\s+)?[`'"]?((?:[\w$]+\.)*[\w$]+)[`'"]?(?:\(\))?[`'"]?\s+(?:\w+\s+){0,4}?(?:would|will|could|can|may|might)\s+(?:(?:also|then|cause|result in)\s+)?(?:a\s+|self-)?(?:deadlock|hang|block forever)/i;

/** What a comment anywhere says of a function that it names: `calling Close here would deadlock`. */
export function warningsInside(text: string): Warning[] {
  if (!/deadlock|hang|forever/i.test(text)) return [];
  return sentencesOf(text).flatMap((quote) => {
    const callee = deadlocks.exec(quote)?.[1]?.split(".").at(-1);
    return callee === undefined ? [] : [{ kind: "do-not-hold" as const, callee, quote }];
  });
}

const maxSentence = 300;

function sentencesOf(text: string): string[] {
  return text
    .replace(/\s+/g, " ")
    .split(/(?<=[.!])\s+(?=[A-Z"`(])|(?<=;)\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 0 && sentence.length <= maxSentence);
}

/** A lock by its name, and not `the lock`, with what stands in front of it. */
function lockNamed(sentence: string): Pick<Warning, "lock" | "lockOwner"> | undefined {
  const quoted = /(?:[`']|\{@code |<code>)((?:[\w$]+(?:\.|->))*\w*(?:mu|mutex|mtx|lock))(?:[`'}]|<\/code>)/i.exec(
    sentence,
  )?.[1];
  if (quoted !== undefined) return inParts(quoted);
  for (const [word] of sentence.matchAll(/(?:[\w$]+(?:\.|->))*[\w$]+/g)) {
    const named = inParts(word);
    const { lock, lockOwner } = named;
    if (!/(?:mu|mutex|mtx|lock)$/i.test(lock)) continue;
    const isName = /^mu$|^mtx$|[a-z](?:Mu|Mutex|Mtx|Lock)$|_(?:mu|mutex|mtx|lock)$/.test(lock);
    if (lockOwner !== undefined || isName) return named;
  }
  return undefined;
}

function inParts(word: string): { lock: string; lockOwner?: string } {
  const [lock = "", lockOwner] = word.split(/\.|->/).reverse();
  return { lock, ...(lockOwner !== undefined && { lockOwner }) };
}
