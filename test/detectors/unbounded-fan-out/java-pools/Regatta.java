package regatta;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class Regatta {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @PostMapping("/boats")
    public void launch(@RequestBody List<String> boats) {
        for (String boat : boats) {
            pool.submit(() -> measure(boat)); // want-info "hands 1 task to a pool \(`this.pool.submit`\) for each of `boats`.*the others wait in its queue\.$"
        }
    }

    // Done when the request is.
    @PostMapping("/times")
    public void time(@RequestBody List<String> boats) throws Exception {
        List<Future<?>> times = new ArrayList<>();
        for (String boat : boats) {
            times.add(pool.submit(() -> measure(boat)));
        }
        for (Future<?> time : times) {
            time.get();
        }
    }

    private void measure(String boat) {
        System.out.println(boat);
    }
}
