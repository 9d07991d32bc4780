package ferries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls whoever listens while it holds its own monitor. */
public class Ferry {
    public interface Listener {
        void departed(int trip);
    }

    private final List<Listener> listeners = new ArrayList<>();
    private int trips;

    public synchronized void addListener(Listener listener) {
        listeners.add(listener);
    }

    public synchronized void depart() {
        trips++;
        for (Listener listener : listeners) {
            listener.departed(trips); // want "holds `Ferry` while it calls what others have put into `Ferry.listeners`.* What `addListener` is handed takes as long as it likes"
        }
    }

    public synchronized int trips() {
        return trips;
    }
}

class Barge {
    private final Map<String, Consumer<Integer>> byName = new HashMap<>();
    private int trips;

    public synchronized void tell(String name, Consumer<Integer> consumer) {
        byName.put(name, consumer);
    }

    public synchronized void depart() {
        trips++;
        byName.values().forEach(consumer -> consumer.accept(trips)); // want "others have put into `Barge.byName`"
    }

    public synchronized int trips() {
        return trips;
    }
}

class Raft {
    private final List<Ferry.Listener> listeners = new ArrayList<>();
    private int trips;

    public synchronized void addListener(Ferry.Listener listener) {
        listeners.add(listener);
    }

    public void depart() {
        List<Ferry.Listener> told;
        synchronized (this) {
            trips++;
            told = new ArrayList<>(listeners);
        }
        for (Ferry.Listener listener : told) {
            listener.departed(1);
        }
    }
}
