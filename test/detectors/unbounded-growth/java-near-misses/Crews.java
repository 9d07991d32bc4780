package harbour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

interface Crew {
    void join(String name);
}

// Each request has its own.
class PlainCrew implements Crew {
    private final List<String> names = new ArrayList<>();

    PlainCrew() {}

    public void join(String name) {
        names.add(name);
    }
}

class CrewDesk {
    private static final Map<String, Long> RECENT = new ConcurrentReferenceHashMap<>(16);
    private static final Set<Object> MET = Collections.newSetFromMap(new WeakHashMap<>());
    private Crew last;

    @PostMapping("/signals")
    void signal(@RequestParam String name) {
        RECENT.put(name, 1L);
        MET.add(new Object());
    }

    @PostMapping("/crews")
    void crew(@RequestParam String name) {
        last = new PlainCrew();
        last.join(name);
    }
}
