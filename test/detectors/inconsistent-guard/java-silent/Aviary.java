package harbour;

import java.util.ArrayList;
import java.util.List;

/** What is stocked is new wherever that is done. */
class Aviary {
    private final List<String> birds = new ArrayList<>();

    synchronized void take(String bird) {
        birds.add(bird);
    }

    synchronized void free(String bird) {
        birds.remove(bird);
    }

    private void stock(String bird) {
        birds.add(bird);
    }

    static Aviary stocked(String bird) {
        Aviary aviary = new Aviary();
        aviary.stock(bird);
        return aviary;
    }
}
