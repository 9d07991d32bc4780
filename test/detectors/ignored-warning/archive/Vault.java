package archive;

import java.util.HashMap;
import java.util.Map;

class Vault {
    private final Object vaultLock = new Object();
    private final Map<String, Integer> boxes = new HashMap<>();

    // Not thread-safe: the caller synchronizes on vaultLock.
    private void empty() {
        boxes.clear();
    }

    void move() {
        synchronized (vaultLock) {
            empty();
        }
    }

    void flood() {
        empty(); // want "`flood` calls `Vault.empty` without holding `Vault.vaultLock`"
    }
}
