package post;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Smithy {
    private final Object anvil = new Object();
    private final BlockingQueue<String> orders;
    private final BlockingQueue<String> shoes = new LinkedBlockingQueue<>(64);
    private final BlockingQueue<String> nails = new LinkedBlockingQueue<>();
    private final Map<String, Integer> done = new HashMap<>();

    Smithy(int places) {
        orders = new ArrayBlockingQueue<>(places);
    }

    @PostMapping("/orders")
    void order(String name) throws InterruptedException {
        synchronized (anvil) {
            orders.put(name); // want "`order` holds `Smithy.anvil` while it waits .*`work`, which takes out what is put in, needs the lock itself"
        }
    }

    @PostMapping("/nails")
    void drop(String name) throws InterruptedException {
        synchronized (anvil) {
            nails.put(name);
        }
    }

    void work() throws InterruptedException {
        while (true) {
            String name = orders.take();
            synchronized (anvil) {
                done.merge(name, 1, Integer::sum);
            }
        }
    }

    @GetMapping("/done")
    Integer done(String name) {
        synchronized (anvil) {
            return done.get(name);
        }
    }
}
