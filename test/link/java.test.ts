import { describe, expect, it } from "vitest";
import { allAtOnce } from "../../server/src/core/base/turns";
import { ModelBuilder } from "../../server/src/core/engine/modelBuilder";
import { functionIds } from "../../server/src/core/model/link/links";
import { summarizeFile } from "../../server/src/core/model/summarizeFile";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { lowerSource } from "../facts/lowerSource";

/**
 * What the calls of `a.Main.m` reach, as `callee -> target`: symbols of functions with their number of parameters,
 * `module#Symbol` outside the workspace, `*` where it is decided at run time, nothing where it is open.
 *
 * @param main body of `m`, with the parameters `Object o, int n`, or a whole file
 * @param others further files by path
 */
async function callsOf(main: string, others: Readonly<Record<string, string>> = {}, head = ""): Promise<string[]> {
  const text = /\bclass Main\b/.test(main)
    ? main
    : `package a; ${head} class Main { void m(Object o, int n) throws Exception { ${main} } }`;
  const { files, functions } = await modelOf({ "a/Main.java": text, ...others });
  const names = new Map<string, string>();
  for (const file of files.values())
    functionIds(file).forEach((id, i) => {
      const fn = file.functions[i];
      names.set(id, `${fn?.symbol}/${fn?.parameters.length}`);
    });
  const file = files.get("a/Main.java");
  const index = file?.functions.findIndex(({ symbol }) => symbol === "Main.m") ?? -1;
  return (file?.functions ?? []).flatMap((fn, i) => {
    const isInside = i === index || fn.symbol.startsWith("Main.m.");
    const links = functions.get(functionIds(file as never)[i] as string)?.links;
    if (!isInside || !links) return [];
    return fn.calls.map(({ callee }, at) => {
      const target = links.calls[at];
      const outside = target?.external && `${target.external.module}#${target.external.symbol}`;
      const inside = target?.functions.map((id) => names.get(id)).join(" ") ?? "";
      return `${callee} -> ${target?.dynamic ? "*" : ""}${inside || outside || ""}`;
    });
  });
}

async function modelOf(sources: Readonly<Record<string, string>>): Promise<WorkspaceModel> {
  const builder = new ModelBuilder({});
  for (const [path, source] of Object.entries(sources)) {
    const facts = await lowerSource("java", source, path);
    expect([path, facts.hasSyntaxErrors]).toEqual([path, false]);
    builder.setFile(
      path,
      summarizeFile(facts, () => ({})),
    );
  }
  return allAtOnce(builder.build());
}

const foo = { "a/Foo.java": "package a; class Foo { Foo next; Foo() {} Foo go() { return this; } void stop() {} }" };

describe("receivers", () => {
  it("are parameters, locals, fields, results, casts, elements and what patterns bind", async () => {
    expect(
      await callsOf(
        `package a; import java.util.*;
         class Main { Foo field; static Foo shared; List<Foo> list; Map<String, List<Foo>> map; Foo[] array;
           void m(Foo p, Object o) throws Exception {
             p.go(); Foo local = make(); local.stop(); field.go().next.stop(); this.field.stop(); shared.go(); Main.shared.go();
             new Foo().go(); ((Foo) o).go(); array[0].go(); list.get(0).go(); map.get("k").get(1).stop();
             for (Foo each : list) each.go(); for (var each : map.values()) each.get(0).go();
             for (var e : map.entrySet()) e.getValue().get(0).stop();
             if (o instanceof Foo f) f.go();
             var v = (Foo) o; v.stop(); var w = new Foo(); w.stop(); (o == null ? p : field).stop();
           }
           Foo make() { return field; } }`,
        foo,
      ),
    ).toEqual([
      "p.go -> Foo.go/0",
      "make -> Main.make/0",
      "local.stop -> Foo.stop/0",
      "this.field.go -> Foo.go/0",
      "this.field.go().next.stop -> Foo.stop/0",
      "this.field.stop -> Foo.stop/0",
      "Main.shared.go -> Foo.go/0",
      "Main.shared.go -> Foo.go/0",
      "Foo -> Foo.Foo/0",
      "<Foo>.go -> Foo.go/0",
      "o<Foo>.go -> Foo.go/0",
      "this.array[].go -> Foo.go/0",
      "this.list.get -> java.util#List.get",
      "this.list.get().go -> Foo.go/0",
      "this.map.get -> java.util#Map.get",
      "this.map.get().get -> java.util#List.get",
      "this.map.get().get().stop -> Foo.stop/0",
      "each.go -> Foo.go/0",
      "this.map.values -> java.util#Map.values",
      "each.get -> java.util#List.get",
      "each.get().go -> Foo.go/0",
      "this.map.entrySet -> java.util#Map.entrySet",
      "e.getValue -> java.util#Map.Entry.getValue",
      "e.getValue().get -> java.util#List.get",
      "e.getValue().get().stop -> Foo.stop/0",
      "f.go -> Foo.go/0",
      "v.stop -> Foo.stop/0",
      "Foo -> Foo.Foo/0",
      "w.stop -> Foo.stop/0",
      "p.stop -> Foo.stop/0",
    ]);
  });

  it("may have methods that share the name of a field or a variable", async () => {
    expect(
      await callsOf(
        "package a; class Main { int size; String name; void m(String name) { size(); this.size(); name(); name.trim(); this.name.trim(); } int size() { return size; } String name() { return name; } }",
      ),
    ).toEqual([
      "size -> Main.size/0",
      "this.size -> Main.size/0",
      "name -> Main.name/0",
      "name.trim -> java.lang#String.trim",
      "this.name.trim -> java.lang#String.trim",
    ]);
  });

  it("are left open when their type is not known", async () => {
    const others = { ...foo, "a/Bar.java": "package a; class Bar { void unique() {} }" };
    expect(
      await callsOf("o.unique(); missing.unique(); unknown().unique(); Missing.unique(); o.go();", others),
    ).toEqual([
      "o.unique -> java.lang#Object.unique",
      "missing.unique -> ",
      "unknown -> ",
      "unknown().unique -> ",
      "Missing.unique -> ",
      "o.go -> java.lang#Object.go",
    ]);
  });
});

describe("names", () => {
  const others = {
    "b/Util.java":
      "package b; public class Util { public static void help() {} public static class In { public void go() {} } }",
    "b/Same.java": "package b; public class Same { public void b() {} }",
    "a/Same.java": "package a; class Same { void a() {} }",
    "a/Lib.java": "package a; class Lib { static void list() {} }",
  };

  it("come from the package, imports of types and members, wildcards and qualified names", async () => {
    const body =
      "Lib.list(); Util.help(); new In().go(); b.Util.help(); java.util.List.of(); List.of(); new Util.In().go();";
    expect(await callsOf(body, others, "import b.*; import b.Util.In; import java.util.List;")).toEqual([
      "Lib.list -> Lib.list/0",
      "Util.help -> Util.help/0",
      "In -> ",
      "<In>.go -> Util.In.go/0",
      "b.Util.help -> Util.help/0",
      "java.util.List.of -> java.util#List.of",
      "List.of -> java.util#List.of",
      "Util.In -> ",
      "<Util.In>.go -> Util.In.go/0",
    ]);
    for (const head of ["import static b.Util.help;", "import static b.Util.*;"])
      expect(await callsOf("help();", others, head)).toEqual(["help -> Util.help/0"]);
  });

  it("mean an imported type rather than one of the package, and that rather than one of a wildcard", async () => {
    const body = "Same s = null; s.a(); s.b();";
    expect(await callsOf(body, others, "import b.Same;")).toEqual(["s.a -> ", "s.b -> Same.b/0"]);
    expect(await callsOf(body, others, "import b.*;")).toEqual(["s.a -> Same.a/0", "s.b -> "]);
  });

  it("reach members of the types around and of their bases", async () => {
    expect(
      await callsOf(
        `package a; class Base { void inherited() {} static class Nested { Nested(int i) {} } Foo kept; }
         class Main extends Base {
           void own() {}
           void m() {
             own(); inherited(); kept.go(); super.inherited(); new Nested(1);
             new Runnable() { Foo f; public void run() { own(); local(); f.go(); this.local(); Main.this.own(); inherited(); } void local() {} };
             class Local { void l() {} } new Local().l();
             Runnable r = () -> own();
           } }`,
        foo,
      ),
    ).toEqual([
      "own -> Main.own/0",
      "inherited -> Base.inherited/0",
      "kept.go -> Foo.go/0",
      "super.inherited -> Base.inherited/0",
      "Nested -> Base.Nested.Nested/1",
      "Runnable -> java.lang#Runnable",
      "Local -> ",
      "<Local>.l -> Main.m.Local.l/0",
      "own -> Main.own/0",
      "local -> Main.m.<anonymous>.local/0",
      "this.f.go -> Foo.go/0",
      "this.local -> Main.m.<anonymous>.local/0",
      "Main.this.own -> Main.own/0",
      "inherited -> Base.inherited/0",
      "own -> Main.own/0",
    ]);
  });

  it("of constructors hand on to others of the type and of its base", async () => {
    const text = `package a; class Base { Base(String s) {} Base(int i) {} }
      class Main extends Base { Main() { this(1); } Main(int i) { super("x"); } void m() { new Main(); new Main(2); } }`;
    expect(await callsOf(text)).toEqual(["Main -> Main.Main/0", "Main -> Main.Main/1"]);
    expect(await callsOf(text.replaceAll("Main() {", "m() {").replace("void m() ", "void x() "))).toEqual([
      "this -> Main.Main/1",
    ]);
    expect(await callsOf(text.replaceAll("Main(int i) {", "m(int i) {").replace("void m() ", "void x() "))).toEqual([
      "super -> Base.Base/1",
    ]);
  });
});

describe("fields", () => {
  it("of bases and of types around need no receiver", async () => {
    const { functions } = await modelOf({
      "b/Base.java":
        "package b; import java.util.concurrent.locks.*; public class Base { protected final Lock lock = new ReentrantLock(); protected int count; }",
      "a/Main.java": `package a; import b.Base; import java.util.*; import java.util.concurrent.locks.Lock;
         class Main extends Base {
           void m() { lock.lock(); count = 1; this.count = 2; lock.unlock(); }
           void handsOver(List<Lock> all) { for (var lock : all) lock.lock(); count(); int count = 3; all.forEach(lock -> lock.unlock()); }
           int count() { return 0; }
           class Inner { void m() { lock.lock(); count = 4; lock.unlock(); } }
         }`,
    });
    const fieldsIn = (id: string) => {
      const links = functions.get(`a/Main.java#${id}`)?.links;
      return { locks: [...(links?.lockOperations.values() ?? [])].map(({ lock }) => lock), writes: links?.writes };
    };
    expect(fieldsIn("Main.m")).toEqual({
      locks: ["b.Base.lock", "b.Base.lock"],
      writes: ["b.Base.count", "b.Base.count"],
    });
    expect(fieldsIn("Main.Inner.m")).toEqual({ locks: ["b.Base.lock", "b.Base.lock"], writes: ["b.Base.count"] });
    expect(fieldsIn("Main.handsOver").locks).not.toContain("b.Base.lock");
    expect(fieldsIn("Main.handsOver").writes).toEqual([]);
  });
});

describe("overloads", () => {
  const overloaded = {
    "a/Over.java": `package a; import java.util.*; class Over {
      static void f(int a) {} static void f(String a, int b) {} static void f(String a, String b) {}
      static void g(Object a) {} static void g(String a, String... more) {}
      static void h(List<String> a) {} static void h(Map<String, String> a) {} static void h(Runnable a) {}
      static void i(long a) {} static void i(Integer a) {} static void i(Object a) {}
      static void j(Base a) {} static void j(Derived a) {}
      static void k(char a) {} static void k(String a) {} }
      class Base {} class Derived extends Base {}`,
  };
  /** Parameter types of the chosen overloads. */
  async function chosen(body: string): Promise<string[]> {
    const facts = await lowerSource("java", overloaded["a/Over.java"] as string);
    const types = facts.functions.map(({ name, parameters }) => `${name}(${parameters.map(({ type }) => type)})`);
    const builder = new ModelBuilder({});
    const main = `package a; import java.util.*; class Main { void m(Object o, Derived d, Base b, String s, int n) { ${body} } }`;
    for (const [path, source] of Object.entries({ "a/Main.java": main, ...overloaded }))
      builder.setFile(
        path,
        summarizeFile(await lowerSource("java", source, path), () => ({})),
      );
    const { files, functions } = allAtOnce(builder.build());
    const ids = functionIds(files.get("a/Over.java") as never);
    const caller = functionIds(files.get("a/Main.java") as never)[0] as string;
    return (functions.get(caller)?.links.calls ?? []).flatMap(({ functions: targets }, i) => {
      const callee = files.get("a/Main.java")?.functions[0]?.calls[i]?.callee ?? "";
      if (!callee.startsWith("Over.")) return [];
      return targets.length === 0
        ? `${callee.slice(5)} open`
        : targets.map((id) => types[ids.indexOf(id)] as string).join(" ");
    });
  }

  it("are told apart by the number and the types of arguments", async () => {
    expect(await chosen('Over.f(1); Over.f("a", 1); Over.f(s, s + 1); Over.f(s, n); Over.f("a", "b");')).toEqual([
      "f(int)",
      "f(String,int)",
      "f(String,String)",
      "f(String,int)",
      "f(String,String)",
    ]);
    expect(await chosen('Over.g("long"); Over.g(o); Over.g("a", "b"); Over.g(s, s, s); Over.g(d);')).toEqual([
      "g(Object)",
      "g(Object)",
      "g(String,String)",
      "g(String,String)",
      "g(Object)",
    ]);
    expect(
      await chosen("Over.h(new ArrayList<>()); Over.h(new HashMap<String, String>()); Over.h(() -> {}); Over.h(null);"),
    ).toEqual(["h(List<String>)", "h(Map<String, String>)", "h(Runnable)", "h open"]);
    expect(await chosen("Over.i(n); Over.i(1L); Over.i(d); Over.i(Integer.valueOf(1)); Over.i((Object) n);")).toEqual([
      "i(long)",
      "i(long)",
      "i(Object)",
      "i(Integer)",
      "i(Object)",
    ]);
    expect(await chosen("Over.j(d); Over.j(b); Over.j((Base) d); Over.j(new Derived());")).toEqual([
      "j(Derived)",
      "j(Base)",
      "j(Base)",
      "j(Derived)",
    ]);
  });

  it("are left open where what is known of the arguments does not decide", async () => {
    expect(
      await chosen('Over.j(unknown()); Over.i(unknown()); Over.f(s, unknown()); Over.k("c"); Over.k("text");'),
    ).toEqual(["j open", "i open", "f open", "k(String)", "k(String)"]);
    expect(await chosen("Over.k('c'); Over.i('c');")).toEqual(["k(char)", "i(long)"]);
  });

  it("of a type stand beside those it inherits", async () => {
    expect(
      await callsOf(
        `package a; class Base { void f(int i) {} void f(String s) {} void g(Object o) {} }
         class Main extends Base { void f(String s) {} void m() { f(1); f("text"); g("text"); new Main().f(2); } }`,
      ),
    ).toEqual(["f -> Base.f/1", "f -> Main.f/1", "g -> Base.g/1", "Main -> ", "<Main>.f -> Base.f/1"]);
  });
});

describe("interfaces", () => {
  const shapes = `package a; interface Shape { double area(); default void draw() { area(); } }
    class Square implements Shape { public double area() { return 1; } }
    abstract class Round implements Shape {} class Circle extends Round { public double area() { return 2; } }
    enum Unit implements Shape { ONE { public double area() { return 3; } }; }`;

  it("stand for the few classes that implement them", async () => {
    expect(
      await callsOf("Shape s = null; s.area(); s.draw(); Round r = null; r.area();", { "a/Shape.java": shapes }),
    ).toEqual([
      "s.area -> *Square.area/0 Circle.area/0 Unit.ONE.area/0",
      "s.draw -> Shape.draw/0",
      "r.area -> *Circle.area/0",
    ]);
  });

  it("stand for themselves when many classes implement them", async () => {
    const many = Array.from(
      { length: 7 },
      (_, i) => `class S${i} implements Shape { public double area() { return 1; } }`,
    );
    expect(await callsOf("Shape s = null; s.area();", { "a/Shape.java": `${shapes} ${many.join(" ")}` })).toEqual([
      "s.area -> *Shape.area/0",
    ]);
  });

  it("are implemented by anonymous classes, not by methods that happen to have the name", async () => {
    const text = `package a; interface Task { void go(int i); }
      class Other { public void go(int i) {} } class Overloaded implements Task { public void go(String s) {} public void go(int i) {} }`;
    expect(
      await callsOf("Task t = new Task() { public void go(int i) { } }; t.go(1);", { "a/Task.java": text }),
    ).toEqual(["Task -> ", "t.go -> *Main.m.<anonymous>.go/1 Overloaded.go/1"]);
  });

  it("of other repositories stand for the only class that implements them", async () => {
    const calls = (...types: string[]) =>
      callsOf("org.port.Crane c = null; c.lift(1); c.rest();", {
        "a/Yard.java": `package a; import org.port.Crane; ${types.join(" ")}`,
      });
    const one = "class Tall implements Crane { public void lift(int i) { help(); } }";
    const [lift, rest] = await calls(one);
    expect(lift).toBe("c.lift -> *Tall.lift/1");
    expect(rest).not.toContain("*");
    expect((await calls(one, "class Low implements Crane { public void lift(int i) {} }"))[0]).not.toContain("Tall");
    expect((await calls("class Mobile extends Crane { public void lift(int i) {} }"))[0]).not.toContain("Mobile");
  });
});

describe("generics", () => {
  it("are what they are given, or what they must at least be", async () => {
    const others = {
      ...foo,
      "a/Box.java": `package a; import java.util.*; class Box<T extends Foo> { T value; T get() { return value; } void use() { value.go(); }
        List<T> all() { return null; } static <U> Box<U> of(U u) { return null; } }
        class Named extends Box<Foo> {} class Pair<A, B> { A a; B b; B second() { return b; } }`,
    };
    expect(
      await callsOf(
        "Box<Foo> b = null; b.get().go(); b.value.stop(); b.all().get(0).go(); new Named().get().stop(); Pair<Box<Foo>, Foo> p = null; p.second().go(); p.a.get().go(); Box raw = null; raw.get().go();",
        others,
      ),
    ).toEqual([
      "b.get -> Box.get/0",
      "b.get().go -> Foo.go/0",
      "b.value.stop -> Foo.stop/0",
      "b.all -> Box.all/0",
      "b.all().get -> java.util#List.get",
      "b.all().get().go -> Foo.go/0",
      "Named -> ",
      "<Named>.get -> Box.get/0",
      "<Named>.get().stop -> Foo.stop/0",
      "p.second -> Pair.second/0",
      "p.second().go -> Foo.go/0",
      "p.a.get -> Box.get/0",
      "p.a.get().go -> Foo.go/0",
      "raw.get -> Box.get/0",
      "raw.get().go -> Foo.go/0",
    ]);
  });
});

describe("closures", () => {
  it("get what the method they are given to hands them", async () => {
    expect(
      await callsOf(
        `package a; import java.util.*; import java.util.function.*;
         interface Visitor { void visit(Foo f, int depth); }
         class Main {
           void walk(Visitor v) {} void each(Consumer<Foo> c) {} List<Foo> list; Map<String, Foo> map;
           void m() {
             walk((f, i) -> f.go()); each(f -> f.stop()); list.forEach(f -> f.go());
             list.stream().filter(f -> f.next != null).forEach(f -> f.stop()); map.forEach((k, v) -> v.go());
             map.computeIfAbsent("k", k -> new Foo()).go();
             Runnable later = () -> list.get(0).stop();
           } }`,
        foo,
      ),
    ).toEqual([
      "walk -> Main.walk/1",
      "each -> Main.each/1",
      "this.list.forEach -> java.lang#Iterable.forEach",
      "this.list.stream -> java.util#Collection.stream",
      "this.list.stream().filter -> java.util.stream#Stream.filter",
      "this.list.stream().filter().forEach -> java.util.stream#Stream.forEach",
      "this.map.forEach -> java.util#Map.forEach",
      "this.map.computeIfAbsent -> java.util#Map.computeIfAbsent",
      "this.map.computeIfAbsent().go -> Foo.go/0",
      "f.go -> Foo.go/0",
      "f.stop -> Foo.stop/0",
      "f.go -> Foo.go/0",
      "f.stop -> Foo.stop/0",
      "v.go -> Foo.go/0",
      "Foo -> Foo.Foo/0",
      "this.list.get -> java.util#List.get",
      "this.list.get().stop -> Foo.stop/0",
    ]);
  });
});

describe("what is outside", () => {
  it("is followed through the libraries that the catalog knows", async () => {
    expect(
      await callsOf(
        `package a; import java.sql.*; import javax.sql.DataSource; import java.util.concurrent.locks.*; import org.springframework.jdbc.core.JdbcTemplate;
         class Main { DataSource source; ReadWriteLock lock; JdbcTemplate jdbc; Repo repo;
           void m() throws Exception {
             try (Connection c = source.getConnection(); var s = c.prepareStatement("x")) { ResultSet r = s.executeQuery(); r.next(); }
             lock.readLock().lock(); jdbc.update("y"); repo.findById(1L).get().go(); repo.findByName("z").stop();
           } }`,
        {
          ...foo,
          "a/Repo.java":
            "package a; interface Repo extends org.springframework.data.jpa.repository.JpaRepository<Foo, Long> { Foo findByName(String n); }",
        },
      ),
    ).toEqual([
      "this.source.getConnection -> javax.sql#DataSource.getConnection",
      "c.prepareStatement -> java.sql#Connection.prepareStatement",
      "s.executeQuery -> java.sql#PreparedStatement.executeQuery",
      "r.next -> java.sql#ResultSet.next",
      "this.lock.readLock -> java.util.concurrent.locks#ReadWriteLock.readLock",
      "this.lock.readLock().lock -> java.util.concurrent.locks#ReentrantReadWriteLock.ReadLock.lock",
      "this.jdbc.update -> org.springframework.jdbc.core#JdbcTemplate.update",
      "this.repo.findById -> org.springframework.data.repository#CrudRepository.findById",
      "this.repo.findById().get -> java.util#Optional.get",
      "this.repo.findById().get().go -> Foo.go/0",
      "this.repo.findByName -> *Repo.findByName/1",
      "this.repo.findByName().stop -> Foo.stop/0",
    ]);
  });

  it("does not hide what is inside", async () => {
    const text = `package a; class Main extends java.util.ArrayList<Foo> implements unknown.Thing {
      void m() { add(null); get(0).go(); helper(); Foo f = new Foo(); mystery(); size(); toString(); }
      void helper() {} int size(int i) { return i; } }`;
    expect(await callsOf(text, foo)).toEqual([
      "add -> java.util#Collection.add",
      "get -> java.util#List.get",
      "get().go -> Foo.go/0",
      "helper -> Main.helper/0",
      "Foo -> Foo.Foo/0",
      "mystery -> java.util#ArrayList.mystery",
      "size -> java.util#Collection.size",
      "toString -> java.lang#Object.toString",
    ]);
  });

  it("includes what the language and Lombok add to a type", async () => {
    const others = {
      ...foo,
      "a/Data.java":
        "package a; record P(Foo x) {} enum E { A; Foo f; } @lombok.Data class D { Foo item; } @Slf4j class L { void l() {} }",
    };
    expect(
      await callsOf(
        "P p = null; p.x().go(); E.A.f.go(); E.values()[0].f.stop(); D d = null; d.getItem().go(); E.A.name().trim(); d.getOther();",
        others,
      ),
    ).toEqual([
      "p.x -> a#P.x",
      "p.x().go -> Foo.go/0",
      "E.A.f.go -> Foo.go/0",
      "E.values -> a#E.values",
      "E.values()[].f.stop -> Foo.stop/0",
      "d.getItem -> a#D.getItem",
      "d.getItem().go -> Foo.go/0",
      "E.A.name -> java.lang#Enum.name",
      "E.A.name().trim -> java.lang#String.trim",
      "d.getOther -> ",
    ]);
  });
});
