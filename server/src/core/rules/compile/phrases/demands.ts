import { listed } from "./listed";

/** The ways to ask for something, and what is done with names. */
export const demands = {
  must: listed(`
    must | must always | should | should always | shall | has to | have to | need to | needs to | always | is to |
    are to`),
  useit: listed(`
    use | uses | using | always use | only use | use only | must use | should use | we use | we always use |
    you must use | utilize | employ | adopt | favor | favour | prefer | prefer to use | prefer using | call | always call | import | go through | write |
    run | always run | throw | return | create`),
  throw: listed("throw | throws | throwing | raise | raises | raising"),
  looking: listed(
    "checking | reading | asserting on | inspecting | accessing | looking at | attempting to call | trying to call",
  ),
  call: listed("call | calls | calling | invoke | invokes | invoking"),
  use: listed(`
    use | uses | using | be using | resort to | rely on | relying on | reach for | employ | utilize | fall back to |
    switch to | emit | emitting | write | writing | add | adding | introduce | introducing | leave | leaving | leave in | commit |
    have | allow | put | do | do any | make | insert | create | creating | define | declare | reintroduce |
    mix in | specify | set | pass | patterns that require | patterns that use | code that uses |
    code that requires | code that calls`),
  import: listed(`
    import | import from | imports | importing | importing from | import directly from | import anything from |
    import from anything in | depend on | depending on | require | pull in | add a dependency on |
    introduce a dependency on | take a dependency on | import or use | use or import | import or depend on |
    import or reference | import or call | depend on or import`),
  name: listed(`
    reference | reference the | referencing | mention | access | accessing | read | read from | reading |
    refer to | build on | touch | call or reference`),
  run: listed("run | running | execute | executing | launch | invoke | start | use | using | call"),
  used: listed("be used | be called | be invoked | be referenced | be imported | be accessed | appear | be present"),
  add: listed(`
    add | create | introduce | write | generate | make | proactively create | install | adding | creating |
    introducing`),
  partof: listed(`
    anything from | anything in | any packages in | any package in | any package from | any code from |
    code from | packages from | packages in | modules from | types from | anything under | directly from | from |
    internals from | internals of`),
  like: listed(`
    e.g | like | such as | i.e | including | notably | eg | for example | especially | e.g , | i.e , |
    for example ,`),
};
