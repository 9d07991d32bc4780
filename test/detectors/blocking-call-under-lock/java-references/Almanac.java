package tides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

interface Source {
    String ask(String port);
}

class Wire implements Source {
    @Override
    public String ask(String port) {
        try (var in = URI.create("http://tides/" + port).toURL().openStream()) {
            return new String(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

interface Guess {
    String guess(String port);
}

class Moon implements Guess {
    @Override
    public String guess(String port) {
        return port.toLowerCase();
    }
}

@RestController
class Almanac {
    private final ReentrantLock clasp = new ReentrantLock();
    private final Map<String, String> known = new HashMap<>();
    private final Source source;
    private final Guess guess;

    Almanac(Source source, Guess guess) {
        this.source = source;
        this.guess = guess;
    }

    @GetMapping("/tide")
    String tide(String port) {
        clasp.lock();
        try {
            return known.computeIfAbsent(port, source::ask); // want "`tide` holds `Almanac.clasp` while it goes to the network"
        } finally {
            clasp.unlock();
        }
    }

    @GetMapping("/guess")
    String guessed(String port) {
        clasp.lock();
        try {
            return known.computeIfAbsent(port, guess::guess);
        } finally {
            clasp.unlock();
        }
    }

    @PostMapping("/forget")
    void forget(String port) {
        clasp.lock();
        try {
            known.remove(port);
        } finally {
            clasp.unlock();
        }
    }

    @GetMapping("/count")
    int count() {
        clasp.lock();
        try {
            return known.size();
        } finally {
            clasp.unlock();
        }
    }
}
