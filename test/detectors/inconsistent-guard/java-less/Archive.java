package station;

import java.util.HashMap;
import java.util.Map;

class Archive {
    private static final Logger logger = new Logger();
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

    public String find(int key) {
        String page = get(key);
        if (page == null) {
            logger.error("no " + key + " in " + pages); // want-info "reads `Archive.pages` .* only read for what is logged or thrown"
            throw new IllegalStateException("no page");
        }
        return page;
    }
}

class Logger {
    void error(String text) {
        System.err.println(text);
    }
}

class Reading {
    private final Archive archive = new Archive();

    String read(int key) {
        archive.put(key, "blank");
        archive.drop(key - 1);
        return archive.find(key);
    }
}
