package ferry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

interface Order {
    void run(String passenger);
}

@RestController
class Ferry {
    private final List<String> boarded = new ArrayList<>();
    private final List<String> landed = new ArrayList<>();
    private final List<String> drilled = new ArrayList<>();
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, Order> drills = new HashMap<>();
    private final Map<String, Consumer<String>> calls = Map.of("land", this::land);

    Ferry() {
        orders.put("board", this::board);
        drills.put("boats", this::boats);
    }

    @PostMapping("/orders/{name}")
    void order(@PathVariable String name, @RequestBody String passenger) {
        Order order = orders.get(name);
        if (order != null) {
            order.run(passenger);
        }
        calls.get(name).accept(passenger);
    }

    // Nobody outside names a drill.
    void practise(String name) {
        drills.get(name).run("crew");
    }

    private void board(String passenger) {
        boarded.add(passenger); // want "`Ferry.boarded` only ever grows"
    }

    private void land(String passenger) {
        landed.add(passenger); // want "`Ferry.landed` only ever grows"
    }

    private void boats(String passenger) {
        drilled.add(passenger);
    }
}
