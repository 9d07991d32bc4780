package station;

import java.util.HashMap;
import java.util.Map;

/** What is read under the lock is read by a class without a name, which the library runs at once. */
class Pages {
    private final Map<Integer, String> pages = new HashMap<>();
    private final org.paper.Press press;

    Pages(org.paper.Press press) {
        this.press = press;
    }

    synchronized void put(int key, String page) {
        pages.put(key, page);
    }

    synchronized String get(int key) {
        return pages.get(key);
    }

    synchronized void drop(int key) {
        pages.remove(key);
    }

    synchronized void print() {
        press.turn().execute(new org.paper.Sheet() {
            @Override
            public void execute(StringBuilder out) {
                out.append(pages.get(1));
            }
        });
    }
}
