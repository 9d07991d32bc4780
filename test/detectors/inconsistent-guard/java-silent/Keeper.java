package ferry;

import com.example.disk.Store;
import java.util.HashMap;
import java.util.Map;

public class Keeper {
    private Store store;
    private Map<String, Integer> cargo = new HashMap<>();

    // No collection, for all its method is called.
    public synchronized void keep(String key) {
        store.put(key);
        cargo.put(key, 1);
    }

    public synchronized void keepAll(String key) {
        store.put(key);
        cargo.put(key, 2);
    }

    public void keepLater(String key) {
        store.put(key);
    }

    public synchronized Map<String, Integer> cargo() {
        return cargo;
    }
}

class Inspector {
    // A question to the keeper.
    boolean carries(Keeper keeper, String guest) {
        return keeper.cargo().containsKey(guest);
    }
}
