package roads;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Intel {
  private final Map<String, Integer> prices = new HashMap<>(); // want-step unbounded-growth

  @PostMapping("/report")
  void report(String harbour, int price) { // want-step unbounded-growth
    synchronized (this) {
      prices.put(harbour, price); // want unbounded-growth "`Intel\.prices` only ever grows", want-step guarded-value-escapes-lock
    }
  }

  @GetMapping("/intel")
  Map<String, Integer> intel() {
    synchronized (this) {
      return prices; // want guarded-value-escapes-lock "`intel` returns `Intel\.prices` itself"
    }
  }
}
