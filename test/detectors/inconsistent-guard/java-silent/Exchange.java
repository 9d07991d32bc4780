package ferry;

import java.util.HashSet;
import java.util.Set;

/** More kinds of calls than are followed; the class above them takes the lock. */
public class Exchange {
    private final Set<String> waiting = new HashSet<>();

    public synchronized void add(String name) {
        waiting.add(name);
    }

    public synchronized void drop(String name) {
        waiting.remove(name);
    }

    public synchronized boolean has(String name) {
        return waiting.contains(name);
    }

    public synchronized void clear() {
        waiting.clear();
    }

    abstract class Call {
        void complete(String name) {
            synchronized (Exchange.this) {
                handle(name);
            }
        }

        abstract void handle(String name);
    }

    class Call1 extends Call {
        @Override
        void handle(String name) {
            waiting.remove(name);
        }
    }

    class Call2 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call3 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call4 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call5 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call6 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call7 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call8 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call9 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call10 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call11 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }

    class Call12 extends Call {
        @Override
        void handle(String name) {
            System.out.println(name);
        }
    }
}
