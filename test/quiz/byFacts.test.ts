import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { askByFacts } from "../../server/src/core/quiz/ask/facts/askByFacts";
import type { Question } from "../../server/src/core/quiz/question";
import { newEngine, setFiles } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

async function asker(files: Files, path: string, symbol: string): Promise<(seed: number) => Question[]> {
  const engine = newEngine();
  await setFiles(engine, files);
  const text = files[path] as string;
  const { facts } = await engine.extractFacts(path, text);
  const { model } = engine.analysis();
  const summary = model.files.get(path);
  const index = facts?.functions.findIndex((fn) => fn.symbol === symbol) ?? -1;
  if (!facts || !summary || index < 0) throw new Error(`${path} has no ${symbol}`);
  return (seed) => askByFacts({ model, summary, facts, text, index }, new Random(seed));
}

/** Every question that some seed asks, and the options it ever shows as right or wrong. */
async function asked(files: Files, path: string, symbol: string, prompt: RegExp) {
  const ask = await asker(files, path, symbol);
  const [right, wrong, whys] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (let seed = 0; seed < 60; seed++) {
    for (const { prompt: text, options, answer, why } of ask(seed)) {
      if (!prompt.test(text)) continue;
      expect(new Set(options).size).toBe(4);
      for (const [i, option] of options.entries()) (i === answer ? right : wrong).add(option.replaceAll("`", ""));
      whys.add(why);
    }
  }
  return { right: [...right].sort(), wrong: [...wrong].sort(), whys: [...whys] };
}

const harbour = {
  "go.mod": "module harbour\n\ngo 1.22\n",
  "berth.go": `package harbour

import (
	"errors"
	"fmt"
	"sync"
)

type Berth struct {
	mu      sync.Mutex
	ships   map[string]int
	depth   int
	pilots  []string
	cranes  int
	lanterns int
}

var ErrFull = errors.New("full")

func (b *Berth) Moor(name string, tons int) error {
	plan, err := b.draft(tons)
	if err != nil {
		return err
	}
	if err := b.reserve(plan); err != nil {
		return ErrFull
	}
	if err := b.dredge(plan); err != nil {
		return ErrFull
	}
	if err := b.tow(name); err != nil {
		return fmt.Errorf("towing: %w", err)
	}
	if err := b.greet(name); err != nil {
		return nil
	}
	b.mu.Lock()
	b.ships[name] = tons
	b.paint(name)
	b.mu.Unlock()
	b.ring(name)
	b.sweep(name)
	return nil
}

func (b *Berth) draft(tons int) (int, error) { return tons, nil }
func (b *Berth) reserve(plan int) error { return nil }
func (b *Berth) dredge(plan int) error { return nil }
func (b *Berth) tow(name string) error { return nil }
func (b *Berth) greet(name string) error { return nil }
func (b *Berth) paint(name string) {}
func (b *Berth) ring(name string) {}
func (b *Berth) sweep(name string) {}
func (b *Berth) anchor(name string) { b.weigh(name) }
func (b *Berth) weigh(name string) {}
func (b *Berth) unload(names []string) { b.anchor("x"); b.drift() }
func (b *Berth) drift() {}
`,
};

describe("Go", () => {
  test("what becomes of failures", async () => {
    const of = (prompt: RegExp) => asked(harbour, "berth.go", "(*Berth).Moor", prompt);
    expect((await of(/same failure, unchanged/)).right).toEqual(["b.draft"]);
    expect((await of(/more words around/)).right).toEqual(["b.tow"]);
    expect((await of(/no longer holds the first/)).right).toEqual(["b.dredge", "b.reserve"]);
    expect((await of(/without the caller of this function seeing/)).right).toEqual(["b.greet"]);
    const alike = await of(/a failure of which other call looks the same as one of `b\.reserve`/);
    expect(alike.right).toEqual(["b.dredge"]);
    expect(alike.wrong).not.toContain("b.dredge");
    expect(alike.whys[0]).toContain("berth.go:26");
  });

  test("which call is made with the lock, and which without", async () => {
    const inside = await asked(harbour, "berth.go", "(*Berth).Moor", /between taking the lock `Berth\.mu`/);
    expect(inside.right).toEqual(["b.paint"]);
    expect(inside.wrong).toContain("b.ring");
    expect(inside.whys[0]).toContain("`Berth.mu` is taken in line 37 (berth.go:37)");
    const outside = await asked(harbour, "berth.go", "(*Berth).Moor", /before that or after giving it back/);
    expect(outside.right).not.toContain("b.paint");
    expect(outside.right).toContain("b.sweep");
  });

  test("a lock that somebody else has taken is not asked for", async () => {
    const lent = {
      ...harbour,
      "berth.go": harbour["berth.go"].replace(
        "\tb.mu.Lock()\n\tb.ships",
        "\tb.mu.Unlock()\n\tb.ring(name)\n\tb.mu.Lock()\n\tb.ships",
      ),
    };
    const { right } = await asked(lent, "berth.go", "(*Berth).Moor", /lock/);
    expect(right).toEqual([]);
  });

  test("an embedded lock is not among what it does not change", async () => {
    const embedded = {
      ...harbour,
      "berth.go": harbour["berth.go"].replace("mu      sync.Mutex", "sync.Mutex").replaceAll("b.mu.", "b."),
    };
    const { right, wrong } = await asked(embedded, "berth.go", "(*Berth).Moor", /does it change itself/);
    expect(right).toEqual(["Berth.ships"]);
    expect(wrong).not.toContain("Berth.Mutex");
  });

  test("what it changes", async () => {
    const { right, wrong } = await asked(harbour, "berth.go", "(*Berth).Moor", /does it change itself/);
    expect(right).toEqual(["Berth.ships"]);
    expect(wrong).toEqual(["Berth.cranes", "Berth.depth", "Berth.lanterns", "Berth.pilots"]);
  });

  test("order", async () => {
    const ask = await asker(harbour, "berth.go", "(*Berth).Moor");
    const order = ["draft", "reserve", "dredge", "tow", "greet", "paint", "ring", "sweep"];
    let count = 0;
    for (let seed = 0; seed < 60; seed++) {
      for (const { prompt, options, answer } of ask(seed)) {
        const isLast = /which comes last\?$/.test(prompt);
        if (!isLast && !/which comes first\?$/.test(prompt)) continue;
        const places = options.map((option) => order.indexOf(option.replace(/`|b\./g, "")));
        expect(places[answer]).toBe(isLast ? Math.max(...places) : Math.min(...places));
        count++;
      }
    }
    expect(count).toBeGreaterThan(5);
  });

  test("the same seed asks the same, another one something else", async () => {
    const ask = await asker(harbour, "berth.go", "(*Berth).Moor");
    expect(ask(7)).toEqual(ask(7));
    expect(new Set([1, 2, 3, 4].map((seed) => JSON.stringify(ask(seed)))).size).toBeGreaterThan(1);
    for (const { id, kind } of ask(7)) expect([kind, id]).toEqual(["facts", expect.stringMatching(/^[0-9a-f]{12}$/)]);
  });
});

const library = {
  "desk.py": `import shelf

class Desk:
    def lend(self, reader, books):
        card = self.card_of(reader)
        if card.blocked:
            self.refuse(card)
            return None
        if reader.is_child:
            self.call_parent(reader)
        for book in books:
            self.stamp(book)
            if book.rare:
                self.photograph(book)
        try:
            self.post(card)
        except Exception:
            return None
        self.file_away(card)
        shelf.tidy(card, 3)
        return card

    def card_of(self, reader):
        return reader.card

    def refuse(self, card):
        pass

    def call_parent(self, reader):
        pass

    def stamp(self, book):
        pass

    def photograph(self, book):
        pass

    def post(self, card):
        pass

    def file_away(self, card):
        pass

    def mend(self, book):
        self.glue(book)
        self.press(book)
        self.weigh(book)

    def glue(self, book):
        self.warm()

    def press(self, book):
        pass

    def weigh(self, book):
        pass

    def warm(self):
        pass
`,
  "shelf.py": `def tidy(card, rows):
    return dust(card)

def dust(card):
    return card
`,
  "cellar.py": "def pump(hose):\n    return hose\n",
  "roof.py": "def patch(tile):\n    return tile\n",
  "attic.py": "def air(window):\n    return window\n",
  "yard.py": "def rake(leaves):\n    return leaves\n",
};

describe("Python", () => {
  test("which calls a condition decides about", async () => {
    const always = await asked(library, "desk.py", "Desk.lend", /make every time/);
    expect(always.right).toEqual(["self.card_of"]);
    const sometimes = await asked(library, "desk.py", "Desk.lend", /in some cases only/);
    expect(sometimes.right.length).toBeGreaterThan(0);
    for (const one of ["self.card_of", "self.stamp", "self.glue"]) expect(sometimes.right).not.toContain(one);
  });

  test("which calls a loop multiplies", async () => {
    const { right, wrong } = await asked(library, "desk.py", "Desk.lend", /`books` has 200 elements.* made 200 times/);
    expect(right).toEqual(["self.stamp"]);
    expect(wrong).toContain("self.card_of");
    expect(wrong).not.toContain("self.photograph");
  });

  test("a loop that may stop has no certain number of rounds", async () => {
    const stopping = { ...library, "desk.py": library["desk.py"].replace("self.photograph(book)\n", "break\n") };
    expect((await asked(stopping, "desk.py", "Desk.lend", /made 200 times/)).right).toEqual([]);
  });

  test("which failure is never seen", async () => {
    const { right } = await asked(library, "desk.py", "Desk.lend", /without the caller of this function seeing/);
    expect(right).toEqual(["self.post"]);
  });

  test("who calls it, and which file has to change with it", async () => {
    const direct = await asked(library, "shelf.py", "tidy", /calls it directly/);
    expect(direct.right).toEqual(["Desk.lend"]);
    expect(direct.whys[0]).toContain("desk.py:20");
    const files = await asked(library, "shelf.py", "tidy", /parameters get another order/);
    expect(files.right).toEqual(["desk.py"]);
    expect(files.wrong).toEqual(["attic.py", "cellar.py", "roof.py", "yard.py"]);
  });

  test("a caller whose name says so is no option", async () => {
    const telling = { ...library, "desk.py": library["desk.py"].replace("def lend(", "def tidy_and_lend(") };
    expect((await asked(telling, "shelf.py", "tidy", /calls it directly/)).right).toEqual([]);
  });
});

const clinic = {
  "ward.ts": `import { Pool } from "pg";

const pool = new Pool();

export class Ward {
  private beds = 0;

  async admit(name: string, notes?: { print(): string }) {
    const bed = this.choose(name);
    notes?.print(
      this.label(name),
    );
    try {
      await this.record(name, bed);
      await this.notify(name);
    } catch (error) {
      console.error(error);
      return null;
    }
    await this.inform(name);
    this.wash(bed);
    if (bed > 3) this.call(name);
    return bed;
  }

  choose(name: string) {
    return this.count(name);
  }

  count(name: string) {
    return name.length;
  }

  async record(name: string, bed: number) {
    await this.store(name, bed);
  }

  async store(name: string, bed: number) {
    await pool.query("insert into stays values ($1, $2)", [name, bed]);
  }

  async notify(name: string) {
    return name;
  }

  async inform(name: string) {
    return name;
  }

  label(name: string) {
    return name;
  }

  wash(bed: number) {
    return bed;
  }

  call(name: string) {
    return name;
  }

  discharge(name: string) {
    this.paint(name);
    this.heal(name);
    this.feed(name);
  }

  paint(name: string) {
    this.dress(name);
  }

  heal(name: string) {
    this.cool(name);
  }

  feed(name: string) {
    return name;
  }

  dress(name: string) {
    return name;
  }

  cool(name: string) {
    return name;
  }
}
`,
};

describe("TypeScript", () => {
  test("which call leads to the database, and how", async () => {
    const { right, wrong, whys } = await asked(clinic, "ward.ts", "Ward.admit", /goes to the database, through/);
    expect(right).toEqual(["this.record"]);
    expect(wrong).not.toContain("this.record");
    expect(whys[0]).toMatch(/`Ward\.record`.* → calls `Ward\.store`.* → .*insert stays/s);
  });

  test("what may be left out by `?.` is not made every time, nor is its order asked for", async () => {
    const { right, wrong } = await asked(clinic, "ward.ts", "Ward.admit", /every time|which comes/);
    expect(right.length).toBeGreaterThan(0);
    expect([...right, ...wrong]).not.toContain("notes.print");
    expect([...right, ...wrong]).not.toContain("this.label");
  });

  test("failures that a catch makes the same", async () => {
    const { right } = await asked(clinic, "ward.ts", "Ward.admit", /looks the same as one of `this\.record`/);
    for (const one of right) expect(one).toBe("this.notify");
    const unseen = await asked(clinic, "ward.ts", "Ward.admit", /without the caller of this function seeing/);
    expect(unseen.right).toEqual(["this.notify", "this.record"]);
    expect(unseen.wrong).toContain("this.inform");
  });
});

const orchard = {
  "Press.java": `package orchard;

class Press {
  private int litres;
  private int bottles;
  private int corks;
  private int crates;
  private int labels;
  private final Object gate = new Object();

  int run(int apples) {
    check(apples);
    synchronized (gate) {
      litres = squeeze(apples);
      filter(litres);
    }
    rinse();
    if (apples > 400) {
      throw new OverflowException();
    }
    return store(apples);
  }

  void check(int apples) { }
  int squeeze(int apples) { return apples / 2; }
  void filter(int litres) { }
  void rinse() { }
  int store(int apples) { return apples; }
  void ferment(int days) { if (days > 90) { throw new SpoiledException(); } heat(days); }
  void heat(int days) { if (days > 30) { throw new ScorchedException(); } boil(days); }
  void boil(int days) { if (days > 7) { throw new BurntException(); } cool(); }
  void cool() { }
}
`,
};

describe("Java", () => {
  test("which call is made inside a synchronized block", async () => {
    const { right, wrong } = await asked(orchard, "Press.java", "Press.run", /between taking the lock/);
    expect(right).toEqual(["filter", "squeeze"]);
    expect(wrong).toContain("rinse");
  });

  test("what it raises, compares with and changes", async () => {
    const of = (prompt: RegExp) => asked(orchard, "Press.java", "Press.run", prompt);
    expect((await of(/errors does it raise/)).right).toEqual(["OverflowException"]);
    expect((await of(/compare something with/)).right).toEqual(["400"]);
    expect((await of(/does it change itself/)).right).toEqual(["Press.litres"]);
  });
});

describe("round trips", () => {
  const market = (body: string) => ({
    "go.mod": "module market\n\ngo 1.22\n",
    "stall.go": `package market

import "database/sql"

type Stall struct{ db *sql.DB }

func (s *Stall) Restock(crates []int) error {
${body}
}

func (s *Stall) open() error { return s.note(0) }

func (s *Stall) put(crate int) error { return s.note(crate) }

func (s *Stall) note(crate int) error {
	_, err := s.db.Exec("insert into crates values ($1)", crate)
	return err
}
`,
  });
  const loop =
    "\tfor _, crate := range crates {\n\t\tif err := s.put(crate); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil";
  const opened = `\tif err := s.open(); err != nil {\n\t\treturn err\n\t}\n${loop}`;
  const trips = (body: string) => asked(market(body), "stall.go", "(*Stall).Restock", /How many round trips/);

  test("are counted outside and inside of the loop", async () => {
    const { right, whys } = await trips(opened);
    expect(right).toEqual(["201"]);
    expect(whys[0]).toContain("1 + 200 × 1 = 201");
    expect((await trips(loop)).right).toEqual(["200"]);
  });

  test("are not asked for where a condition decides", async () => {
    const filtered =
      "\tfor _, crate := range crates {\n\t\tif crate > 3 {\n\t\t\ts.put(crate)\n\t\t}\n\t}\n\treturn nil";
    expect((await trips(filtered)).right).toEqual([]);
    expect((await trips(`\tif len(crates) > 9 {\n\t\treturn nil\n\t}\n${loop}`)).right).toEqual([]);
    expect((await trips(loop.replace("\treturn nil", "\treturn lost(crates)"))).right).toEqual([]);
  });
});

test("a function that nobody can follow is not asked about", async () => {
  const steps = Array.from({ length: 4000 }, (_, i) => `    step_${i}(load_${i}())`).join("\n");
  const ask = await asker({ "mill.py": `def grind():\n${steps}\n` }, "mill.py", "grind");
  expect(ask(1)).toEqual([]);
});

test("text of a repository does not leave the code it is shown in", async () => {
  const path = "odd `name`](x)/berth.go";
  const files = { "go.mod": "module harbour\n\ngo 1.22\n", [path]: harbour["berth.go"] };
  const ask = await asker(files, path, "(*Berth).Moor");
  for (let seed = 0; seed < 10; seed++)
    for (const { prompt, options, why } of ask(seed))
      for (const text of [prompt, ...options, why]) expect(text).not.toContain("](");
});
