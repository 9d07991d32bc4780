package station;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

class Timetable {
    private final List<String> lines = new ArrayList<>();

    Timetable(Source source) throws InterruptedException {
        fill(source);
    }

    private void fill(Source source) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        source.read(new Consumer<String>() {
            @Override
            public void accept(String line) {
                lines.add(line); // want-info "`accept` changes `Timetable.lines` .* It is written in what makes the object"
                latch.countDown();
            }
        });
        latch.await();
    }

    synchronized void add(String line) {
        lines.add(line);
    }

    synchronized void drop(String line) {
        lines.remove(line);
    }

    synchronized boolean has(String line) {
        return lines.contains(line);
    }
}

interface Source {
    void read(Consumer<String> reader);
}
