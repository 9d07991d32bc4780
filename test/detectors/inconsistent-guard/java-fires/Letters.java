package station;

import java.util.HashMap;
import java.util.Map;

class Letters {
    private final Printer printer = new Printer();
    private final Map<Integer, String> pages = new HashMap<>();

    synchronized void put(int key, String page) {
        pages.put(key, page);
    }

    synchronized String get(int key) {
        return pages.get(key);
    }

    synchronized void drop(int key) {
        pages.remove(key);
    }

    synchronized int count() {
        return pages.size();
    }

    /** What is printed is more than a message. */
    public void print() {
        printer.print("all " + pages); // want "reads `Letters.pages` without `Letters`: .* half a change is seen\.$"
    }
}

class Printer {
    void print(String text) {
        System.out.println(text);
    }
}
