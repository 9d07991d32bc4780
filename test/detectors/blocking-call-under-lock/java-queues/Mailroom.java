package post;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class Mailroom {
    private final Object lock = new Object();
    private final BlockingQueue<String> letters = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();

    @GetMapping("/next")
    String next() throws InterruptedException {
        synchronized (lock) {
            String letter = letters.take(); // want "`next` holds `Mailroom.lock` while it waits \(`java.util.concurrent.BlockingQueue.take`\)"
            seen.add(letter);
            return letter;
        }
    }

    @GetMapping("/try")
    String tryNext() {
        synchronized (lock) {
            return letters.poll();
        }
    }

    @PostMapping("/letters")
    boolean post(String letter) {
        synchronized (lock) {
            return letters.offer(letter);
        }
    }

    @GetMapping("/seen")
    boolean isSeen(String letter) {
        synchronized (lock) {
            return seen.contains(letter);
        }
    }

    @DeleteMapping("/letters")
    void forget(String letter) {
        synchronized (lock) {
            seen.remove(letter);
        }
    }
}
