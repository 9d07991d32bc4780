import { beforeAll, describe, expect, it } from "vitest";
import { resolveSettings } from "../../server/src/core/base/settings";
import { Engine } from "../../server/src/core/engine/engine";
import { FileExtractor } from "../../server/src/core/engine/extractor";
import { type Settings, settingDefinitions } from "../../server/src/core/engine/settings";
import { functionIds } from "../../server/src/core/model/link/links";
import { syntaxHost } from "../support/workspaces";

let extractor: FileExtractor;

beforeAll(async () => {
  extractor = await FileExtractor.create(syntaxHost);
});

/**
 * What the calls of the function `use` reach: `callee -> functions` of the workspace, `callee => module.symbol`
 * outside, `callee ?` when nothing is known.
 */
async function reached(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const engine = new Engine(async () => extractor, values as Settings);
  engine.setConfigurations(new Map(Object.entries(files).filter(([path]) => path.endsWith("go.mod"))));
  for (const [path, text] of Object.entries(files)) if (path.endsWith(".go")) await engine.setFile(path, text);
  const { model } = engine.analysis();
  const found: string[] = [];
  for (const file of model.files.values()) {
    expect(file.hasSyntaxErrors).toBe(false);
    file.functions.forEach((fn, index) => {
      if (fn.name !== "use" && fn.parent === undefined) return;
      const links = model.functions.get(functionIds(file)[index] as string)?.links;
      fn.calls.forEach(({ callee }, i) => {
        const { functions = [], external } = links?.calls[i] ?? {};
        if (functions.length > 0)
          found.push(`${callee} -> ${functions.map((id) => shorten(id, file.path)).join(", ")}`);
        else found.push(external ? `${callee} => ${external.module}.${external.symbol}` : `${callee} ?`);
      });
    });
  }
  return found;
}

function shorten(id: string, path: string): string {
  return id.startsWith(`${path}#`) ? id.slice(path.length + 1) : id;
}

const inFile = (source: string) => reached({ "go.mod": "module m", "a.go": `package p\n${source}` });

describe("files for different systems", () => {
  const files = {
    "go.mod": "module m",
    "tide_linux.go": "package p\ntype Tide struct{}\nfunc use(t Tide) { level(); t.rise() }\n",
    "level_unix.go": "//go:build unix\n\npackage p\nfunc level() {}\n",
    "level_windows.go": "package p\nfunc level() {}\n",
    "rise.go": "//go:build !linux\n\npackage p\nfunc (Tide) rise() {}\n",
    "rise_linux.go": "package p\nfunc (Tide) rise() {}\n",
  };

  it("call what is in the same program", async () => {
    expect(await reached(files)).toEqual(["level -> level_unix.go#level", "t.rise -> rise_linux.go#Tide.rise"]);
  });

  it("may all be meant where the file that calls is part of all programs", async () => {
    const { "tide_linux.go": tide, ...others } = files;
    expect(await reached({ ...others, "tide.go": tide })).toEqual([
      "level -> level_unix.go#level, level_windows.go#level",
      "t.rise -> rise.go#Tide.rise, rise_linux.go#Tide.rise",
    ]);
  });
});

describe("names", () => {
  it("are looked for in the package, in imports, and in the builtin names", async () => {
    expect(
      await reached({
        "go.mod": "module example.com/m",
        "a.go":
          'package p\nimport (\n\t"example.com/m/db"\n\tother "example.com/m/go-odd"\n\t"example.com/m/go-odd/v2"\n\t"example.com/elsewhere"\n\t"fmt"\n\t. "example.com/m/dot"\n)\nfunc use() { near(); db.Open(); other.F(); odd2.F(); elsewhere.F(); fmt.Println(); Dotted(); len(x); missing() }\n',
        "b.go": "package p\nfunc near() {}\n",
        "db/db.go": "package db\nfunc Open() {}\n",
        "go-odd/odd.go": "package odd\nfunc F() {}\n",
        "go-odd/v2/odd.go": "package odd2\nfunc F() {}\n",
        "dot/dot.go": "package dot\nfunc Dotted() {}\n",
      }),
    ).toEqual([
      "near -> b.go#near",
      "db.Open -> db/db.go#Open",
      "other.F -> go-odd/odd.go#F",
      "odd2.F -> go-odd/v2/odd.go#F",
      "elsewhere.F => example.com/elsewhere.F",
      "fmt.Println => fmt.Println",
      "Dotted -> dot/dot.go#Dotted",
      "len => builtin.len",
      "missing ?",
    ]);
  });

  it("of packages that an import names anew are left to others", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a.go": 'package p\nimport (\n\tnear "m/near/web"\n\t"m/far/web"\n)\nfunc use() { near.F(); web.F() }\n',
        "near/web/web.go": "package web\nfunc F() {}\n",
        "far/web/web.go": "package web\nfunc F() {}\n",
      }),
    ).toEqual(["near.F -> near/web/web.go#F", "web.F -> far/web/web.go#F"]);
  });

  it("never match by themselves", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a.go":
          'package p\nimport "m/db"\nfunc use(x unknown.T, y any) { x.Close(); y.Close(); Close(); db.Missing(); z.Close() }\n',
        "db/db.go": "package db\ntype DB struct{}\nfunc (d *DB) Close() {}\nfunc Close() {}\n",
      }),
    ).toEqual(["x.Close ?", "y.Close => builtin.any.Close", "Close ?", "db.Missing ?", "z.Close ?"]);
  });

  it("are those of the own module where two have one name", async () => {
    expect(
      await reached({
        "one/go.mod": "module example",
        "one/main.go": 'package main\nimport "example/db"\nfunc use() { db.Open() }\n',
        "one/db/db.go": "package db\nfunc Open() {}\n",
        "two/go.mod": "module example",
        "two/main.go": 'package main\nimport "example/db"\nfunc use() { db.Open() }\n',
        "two/db/db.go": "package db\nfunc Open() {}\n",
      }),
    ).toEqual(["db.Open -> one/db/db.go#Open", "db.Open -> two/db/db.go#Open"]);
  });

  it("survive packages that import each other", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a/a.go": 'package a\nimport "m/b"\ntype A struct { b *b.B }\nfunc (a *A) use() { a.b.Other().b.Run() }\n',
        "b/b.go":
          'package b\nimport "m/a"\ntype B struct{}\nfunc (b *B) Other() *a.A { return nil }\nfunc (b *B) Run() {}\n',
      }),
    ).toEqual(["a.b.Other -> b/b.go#(*B).Other", "a.b.Other().b.Run -> b/b.go#(*B).Run"]);
  });
});

describe("values", () => {
  it("have the types of receivers, parameters, results and fields", async () => {
    expect(
      await inFile(`
type Server struct { db *DB; inner struct { db DB }; handlers map[string][]*Handler }
type DB struct{}
type Handler struct{}
func (d *DB) Query() (*Rows, error) { return nil, nil }
func (h *Handler) Run() {}
type Rows struct{}
func (r *Rows) Next() bool { return false }
func (s *Server) use(given *DB, more ...*Handler) (out *Rows, err error) {
	s.db.Query()
	s.inner.db.Query()
	s.handlers["a"][0].Run()
	given.Query()
	more[0].Run()
	out.Next()
	rows, err := s.db.Query()
	rows.Next()
	return
}
`),
    ).toEqual([
      "s.db.Query -> (*DB).Query",
      "s.inner.db.Query -> (*DB).Query",
      "s.handlers[][].Run -> (*Handler).Run",
      "given.Query -> (*DB).Query",
      "more[].Run -> (*Handler).Run",
      "out.Next -> (*Rows).Next",
      "s.db.Query -> (*DB).Query",
      "rows.Next -> (*Rows).Next",
    ]);
  });

  it("come from constructors, literals, conversions, assertions, loops and channels", async () => {
    expect(
      await inFile(`
type T struct{}
func (t *T) M() {}
type List []*T
func (l List) Len() int { return 0 }
func New() (*T, error) { return nil, nil }
var shared = &T{}
var typed map[string]T
func use(ch chan *T, v any) {
	a := &T{}
	a.M()
	b, _ := New()
	b.M()
	c := make(map[string]*T)
	c["x"].M()
	for _, d := range c { d.M() }
	for e := range ch { e.M() }
	(<-ch).M()
	v.(*T).M()
	if f, ok := v.(*T); ok { f.M() }
	switch g := v.(type) {
	case *T: g.M()
	case *T, List: g.M()
	}
	List(nil).Len()
	(&T{}).M()
	shared.M()
	typed["x"].M()
	new(T).M()
	append(List{}, a).Len()
	var h struct{ t *T }
	h.t.M()
	for _, i := range []struct{ t T }{{}} { i.t.M() }
}
`),
    ).toEqual([
      "a.M -> (*T).M",
      "New -> New",
      "b.M -> (*T).M",
      "make ?",
      "c[].M -> (*T).M",
      "d.M -> (*T).M",
      "e.M -> (*T).M",
      "ch[each].M -> (*T).M",
      "v<*T>.M -> (*T).M",
      "f.M -> (*T).M",
      "g.M -> (*T).M",
      "g.M => builtin.any.M",
      "List ?",
      "List().Len -> List.Len",
      "<T>.M -> (*T).M",
      "shared.M -> (*T).M",
      "typed[].M -> (*T).M",
      "new ?",
      "<T>.M -> (*T).M",
      "append ?",
      "<List>.Len -> List.Len",
      "h.t.M -> (*T).M",
      "i.t.M -> (*T).M",
    ]);
  });

  it("are told apart by scope", async () => {
    expect(
      await inFile(`
type A struct{}
func (A) M() {}
type B struct{}
func (B) M() {}
func a() (A, error) { return A{}, nil }
func b() (B, error) { return B{}, nil }
func use() {
	x, err := a()
	if x, err := b(); err == nil { x.M() }
	x.M()
	for x := (B{}); ; { x.M() }
	{
		y := B{}
		y.M()
	}
	z := A{}
	z, err = a()
	z, other := a()
	z.M()
	func() { x.M() }()
	A := 1
	_ = A
}
`),
    ).toEqual([
      "a -> a",
      "b -> b",
      "x.M -> B.M",
      "x.M -> A.M",
      "x.M -> B.M",
      "y.M -> B.M",
      "a -> a",
      "a -> a",
      "z.M -> A.M",
      "<func#5> -> use.<anonymous>",
      "x.M -> A.M",
    ]);
  });

  it("have the methods of what they embed, the outermost first", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a.go": `package p
import (
	"m/base"
	"sync"
)
type Outer struct { *Middle; sync.RWMutex }
type Middle struct { base.Base }
func (m *Middle) Both() {}
func (o *Outer) use() {
	o.Deep()
	o.Both()
	o.Base.Both()
	o.Middle.Both()
	o.Name.Trim()
	o.RLock()
	o.Missing()
}
`,
        "base/base.go":
          "package base\ntype Base struct { Name Text }\nfunc (Base) Deep() {}\nfunc (Base) Both() {}\ntype Text string\nfunc (Text) Trim() {}\n",
      }),
    ).toEqual([
      "o.Deep -> base/base.go#Base.Deep",
      "o.Both -> (*Middle).Both",
      "o.Base.Both -> base/base.go#Base.Both",
      "o.Middle.Both -> (*Middle).Both",
      "o.Name.Trim -> base/base.go#Text.Trim",
      "o.RLock => sync.RWMutex.RLock",
      "o.Missing => sync.RWMutex.Missing",
    ]);
  });
});

describe("functions as values", () => {
  it("are followed through methods, variables and results", async () => {
    expect(
      await inFile(`
type S struct { hook func() }
func (s *S) run() {}
func (s *S) make() func() *S { return nil }
func (s *S) use(given func()) {
	f := s.run
	f()
	g := func() { s.run() }
	g()
	(*S).run(s)
	s.make()().run()
	s.hook()
	given()
	defer func() { s.run() }()
}
`),
    ).toEqual([
      "f -> (*S).run",
      "g -> (*S).use.<anonymous>",
      "S.run -> (*S).run",
      "s.make -> (*S).make",
      "s.make() ?",
      "s.make()().run -> (*S).run",
      "s.hook ?",
      "given ?",
      "<func#4> -> (*S).use.<anonymous>~2",
      "s.run -> (*S).run",
      "s.run -> (*S).run",
    ]);
  });
});

describe("interfaces", () => {
  it("lead to the types that have all their methods with these types", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a.go": `package p
import "m/store"
type Store interface { Loader; Save(item *store.Item) error }
type Loader interface { Load(id int) (*store.Item, error) }
func use(s Store, l Loader) { s.Save(nil); s.Load(1); l.Load(1) }
`,
        "store/types.go":
          "package store\ntype Item struct{}\ntype File struct { base }\ntype Memory struct{}\ntype Other struct{}\ntype base struct{}\n",
        "store/methods.go": `package store
func (f *File) Save(item *Item) error { return nil }
func (b *base) Load(id int) (*Item, error) { return nil, nil }
func (m Memory) Save(*Item) error { return nil }
func (m Memory) Load(int) (*Item, error) { return nil, nil }
func (o Other) Save(item Item) error { return nil }
func (o Other) Load(id string) (*Item, error) { return nil, nil }
`,
      }),
    ).toEqual([
      "s.Save -> store/methods.go#(*File).Save, store/methods.go#Memory.Save",
      "s.Load -> store/methods.go#(*base).Load, store/methods.go#Memory.Load",
      "l.Load -> store/methods.go#(*base).Load, store/methods.go#Memory.Load",
    ]);
  });

  it("are left alone when too many types have them", async () => {
    const types = Array.from(
      { length: 9 },
      (_, i) => `type T${i} struct{}\nfunc (T${i}) Do() Result { return Result{} }\n`,
    );
    expect(
      await inFile(
        `type Doer interface { Do() Result }\ntype Result struct{}\nfunc (Result) Ok() {}\n${types.join("")}\nfunc use(d Doer) { d.Do().Ok() }`,
      ),
    ).toEqual(["d.Do => m.Doer.Do", "d.Do().Ok -> Result.Ok"]);
  });
});

describe("generics", () => {
  it("are known by what their parameters must be", async () => {
    expect(
      await inFile(`
type Runner interface { Run() }
type Job struct{}
func (j *Job) Run() {}
type Queue[T Runner] struct { items []T; byKey map[string]*T }
func (q *Queue[E]) use(extra E) {
	q.items[0].Run()
	extra.Run()
	for _, item := range q.items { item.Run() }
	var local []E
	local[0].Run()
}
func first[T any](items []T) T { return items[0] }
func other[T Runner, U any](items map[string]T, rest U) {
	use := func() { items["a"].Run(); rest.Run() }
	use()
}
`),
    ).toEqual([
      "q.items[].Run -> (*Job).Run",
      "extra.Run -> (*Job).Run",
      "item.Run -> (*Job).Run",
      "local[].Run -> (*Job).Run",
      "items[].Run -> (*Job).Run",
      "rest.Run => builtin.any.Run",
    ]);
  });

  it("keep their arguments where they are written", async () => {
    expect(
      await inFile(`
type T struct{}
func (t *T) M() {}
type Box[V any] struct { value V; list List[V] }
func (b *Box[V]) Get() V { return b.value }
type List[V any] struct { items []V }
func (l *List[V]) First() V { return l.items[0] }
func NewBox[V any](v V) *Box[V] { return nil }
type S struct { box Box[*T] }
func (s *S) use(given *Box[*T]) {
	s.box.value.M()
	s.box.Get().M()
	s.box.list.First().M()
	given.Get().M()
	made := &Box[*T]{}
	made.Get().M()
	NewBox[*T](nil).Get()
}
`),
    ).toEqual([
      "s.box.value.M -> (*T).M",
      "s.box.Get -> (*Box).Get",
      "s.box.Get().M -> (*T).M",
      "s.box.list.First -> (*List).First",
      "s.box.list.First().M -> (*T).M",
      "given.Get -> (*Box).Get",
      "given.Get().M -> (*T).M",
      "made.Get -> (*Box).Get",
      "made.Get().M -> (*T).M",
      "NewBox -> NewBox",
      "NewBox().Get -> (*Box).Get",
    ]);
  });
});

describe("libraries", () => {
  it("are followed through what the catalog knows", async () => {
    expect(
      await reached({
        "go.mod": "module m",
        "a.go": `package p
import (
	"context"
	"database/sql"
	"net/http"
	"sync/atomic"
	"time"
	"github.com/go-chi/chi/v5"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)
type S struct { db *sql.DB; orm *gorm.DB; cache *redis.Client; latest atomic.Pointer[S] }
func (s *S) use(ctx context.Context, r chi.Router, req *http.Request) {
	rows, err := s.db.QueryContext(ctx, "SELECT 1")
	rows.Next()
	err.Error()
	tx, _ := s.db.Begin()
	tx.Commit()
	s.orm.Where("a").Find(nil)
	s.cache.Get(ctx, "k")
	time.NewTicker(time.Second).C
	(2 * time.Second).Seconds()
	req.Context().Done()
	req.URL.Query().Get("a")
	r.Route("/x", func(r chi.Router) { r.Get("/y", s.handle) })
	s.latest.Load().use(ctx, r, req)
}
func (s *S) handle(w http.ResponseWriter, r *http.Request) {}
`.replace("\ttime.NewTicker(time.Second).C\n", "\t<-time.NewTicker(time.Second).C\n"),
      }),
    ).toEqual([
      "s.db.QueryContext => database/sql.DB.QueryContext",
      "rows.Next => database/sql.Rows.Next",
      "err.Error => builtin.error.Error",
      "s.db.Begin => database/sql.DB.Begin",
      "tx.Commit => database/sql.Tx.Commit",
      "s.orm.Where => gorm.io/gorm.DB.Where",
      "s.orm.Where().Find => gorm.io/gorm.DB.Find",
      "s.cache.Get => github.com/redis/go-redis/v9.Cmdable.Get",
      "time.NewTicker => time.NewTicker",
      "time.Second.Seconds => time.Duration.Seconds",
      "req.Context => net/http.Request.Context",
      "req.Context().Done => context.Context.Done",
      "req.URL.Query => net/url.URL.Query",
      "req.URL.Query().Get => net/url.Values.Get",
      "r.Route => github.com/go-chi/chi/v5.Router.Route",
      "s.latest.Load => sync/atomic.Pointer.Load",
      "s.latest.Load().use -> (*S).use",
      "r.Get => github.com/go-chi/chi/v5.Router.Get",
    ]);
  });
});
