package station;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Tracks {
    private final Map<String, Integer> keys;
    private final List<String> wagons = new ArrayList<>();

    Tracks() {
        this.keys = new HashMap<>(16);
    }

    synchronized void give(String name) {
        keys.put(name, 1);
        wagons.add(name);
    }

    synchronized void take(String name) {
        keys.remove(name);
        wagons.remove(name);
    }

    synchronized boolean has(String name) {
        return keys.containsKey(name) && wagons.contains(name);
    }

    void show() {
        for (String name : keys.keySet()) System.out.println(name); // want "`show` reads `Tracks.keys` .* When `give` changes it meanwhile, going over it may throw"
    }

    synchronized void turn() {
        java.util.Collections.reverse(wagons);
    }

    List<String> getWagons() {
        return wagons; // want "`getWagons` reads `Tracks.wagons` .* half a change is seen"
    }
}

class Guard {
    private final Tracks tracks;

    Guard(Tracks tracks) {
        this.tracks = tracks;
    }

    void walk() {
        tracks.show();
        tracks.give("a");
        tracks.take("b");
        if (tracks.getWagons().isEmpty()) return;
        System.out.println(tracks.getWagons().get(0));
    }
}
