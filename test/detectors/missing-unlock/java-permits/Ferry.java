package ferry;

import java.util.List;
import java.util.concurrent.Semaphore;

public class Ferry {
    private final Semaphore gangway = new Semaphore(1, true);
    private final Semaphore seats;
    private final Semaphore bell;

    public Ferry(int places) {
        seats = new Semaphore(places);
        this.bell = new Semaphore(1);
    }

    public int board(List<String> names) throws InterruptedException {
        gangway.acquire();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("nobody"); // want "Throws here with `Ferry.gangway` still locked"
            }
        }
        gangway.release();
        return names.size();
    }

    // Those who have a seat keep it.
    public int seat(List<String> names) throws InterruptedException {
        seats.acquire();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("nobody");
            }
        }
        seats.release();
        return names.size();
    }

    public int ring(List<String> names) throws InterruptedException {
        bell.acquire();
        if (names.isEmpty()) {
            return 0; // want "Returns here with `Ferry.bell` still locked"
        }
        bell.release();
        return names.size();
    }
}
