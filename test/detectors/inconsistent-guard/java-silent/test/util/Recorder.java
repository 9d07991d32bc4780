package util;

import java.util.ArrayList;
import java.util.List;

/** Helps tests, which run one after the other. */
class Recorder {
    private final List<String> seen = new ArrayList<>();

    synchronized void add(String name) {
        seen.add(name);
    }

    synchronized String first() {
        return seen.get(0);
    }

    void clear() {
        seen.clear();
    }
}
