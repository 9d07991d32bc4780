package station;

import java.util.HashMap;
import java.util.Map;

/** Nobody holds the lock where the class without a name is given away. */
class Sheets {
    private final Map<Integer, String> pages = new HashMap<>();
    private final org.paper.Press press;

    Sheets(org.paper.Press press) {
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

    void print() {
        press.turn().execute(new org.paper.Sheet() {
            @Override
            public void execute(StringBuilder out) {
                out.append(pages.get(1)); // want "`execute` reads `Sheets.pages` without `Sheets`"
            }
        });
    }
}
