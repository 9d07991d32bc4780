import MiniSearch from "minisearch";
import type { Rule } from "../rule";

/** Words that a rule and a function share. */
export interface Topic {
  rule: Rule;
  /** As the function has them, the most telling first. */
  words: readonly string[];
}

/** Fewer shared words than this are chance. */
const leastWords = 2;
/** A rule that is about this has at least this part of its telling words in common with the function. */
const leastPart = 1 / 3;
/** A word of more than this part of the rules tells nothing about which one is meant. */
const telling = 0.05;
/** A word in the names of more of the functions than this is what the whole workspace is about. */
const commonInCode = 0.005;
const leastFunctions = 20;
const maxQuery = 40;
const maxTopics = 3;

/** Finds rules by what they are about, ranked by BM25. */
export class TopicIndex {
  private readonly index: MiniSearch<{ id: number; text: string }>;
  /** In how many rules a word stands. */
  private readonly frequency = new Map<string, number>();

  /** @param names of the functions it will be asked for: what many of them share is no topic */
  constructor(
    private readonly rules: readonly Rule[],
    names: Iterable<string>,
  ) {
    this.index = new MiniSearch({ fields: ["text"], tokenize: wordsOf, processTerm: (term) => term });
    this.index.addAll(rules.map(({ text }, id) => ({ id, text })));
    for (const { text } of rules)
      for (const word of new Set(wordsOf(text))) this.frequency.set(word, (this.frequency.get(word) ?? 0) + 1);
    this.dropCommon(names);
  }

  private dropCommon(names: Iterable<string>): void {
    const counts = new Map<string, number>();
    let functions = 0;
    for (const name of names) {
      functions++;
      for (const word of wordsOf(name)) if (this.frequency.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const most = Math.max(leastFunctions, functions * commonInCode);
    for (const [word, count] of counts) if (count > most) this.frequency.delete(word);
  }

  /**
   * The rules about what a function is about, best first: its name shares a telling word with the rule, its name and
   * comment together at least two and a third of those that the rule has.
   */
  about(name: string, comment: string, isAsked: (rule: Rule) => boolean): Topic[] {
    const ofName = this.telling(wordsOf(name));
    if (ofName.length === 0) return [];
    const words = [...new Set([...ofName, ...this.telling(wordsOf(comment))])].slice(0, maxQuery);
    if (words.length < leastWords) return [];
    const found = this.index.search(words.join(" "), { combineWith: "OR" });
    return found
      .flatMap(({ id, terms }): Topic[] => {
        const rule = this.rules[id as number];
        const shared = new Set(terms);
        const own = this.telling(wordsOf(rule?.text ?? ""));
        const isAbout =
          shared.size >= Math.max(leastWords, own.length * leastPart) && ofName.some((word) => shared.has(word));
        return rule && isAbout && isAsked(rule) ? [{ rule, words: words.filter((word) => shared.has(word)) }] : [];
      })
      .slice(0, maxTopics);
  }

  private telling(words: readonly string[]): string[] {
    const most = Math.max(2, this.rules.length * telling);
    return [...new Set(words)].filter((word) => {
      const count = this.frequency.get(word) ?? 0;
      return count > 0 && count <= most;
    });
  }
}

/** Words of prose and of names, in one form: `handleSoftDeaths` is `handle`, `soft`, `death`. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const [name] of text.matchAll(/[\p{L}\p{N}]+/gu))
    for (const part of name.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)) {
      const word = part.toLowerCase().replace(/(?<=..[^s])s$/, "");
      if (word.length > 3 && !common.has(word)) found.push(word);
    }
  return found;
}

const common = new Set(
  `the and for not with that this from are use used using must never alway always should when only any all don its can
  will into new get set add has have make run code file files function method type name value data test call return one
  two each other than then them they also before after instead avoid prefer ensure keep create update delete handle
  handler error check read write list item object class module import export string number true false null default
  config util helper service component request response param option result process init start stop main`.split(/\s+/),
);
