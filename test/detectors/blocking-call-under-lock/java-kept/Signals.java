package signals;

import java.sql.*;
import java.util.*;
import java.util.concurrent.locks.*;
import java.util.function.*;
import org.springframework.web.bind.annotation.*;

@RestController
public class Signals {
    private final Lock lock = new ReentrantLock();
    private final List<Consumer<String>> heard = new ArrayList<>();
    private final Board board = new Board(() -> 1);
    private int count;

    public Signals(Connection connection) {
        listen(text -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO signals (text) VALUES ('up')");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    public void listen(Consumer<String> hear) {
        lock.lock();
        try {
            heard.add(hear);
        } finally {
            lock.unlock();
        }
    }

    @PostMapping("/signals")
    public void send(@RequestBody String text) {
        lock.lock();
        try {
            count++;
            for (Consumer<String> hear : heard) hear.accept(text); // want "`send` holds `Signals.lock` while it .*database"
        } finally {
            lock.unlock();
        }
    }

    @GetMapping("/count")
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    @GetMapping("/last")
    public int last() {
        lock.lock();
        try {
            return count - 1;
        } finally {
            lock.unlock();
        }
    }

    @GetMapping("/board")
    public int board() {
        return board.first() + board.next();
    }
}

interface TideListener {
    void kept(int at) throws SQLException;
}

class Harbour {
    final Board board = new Board(() -> 2);

    Harbour(Connection connection) {
        board.setListener(at -> connection.createStatement().executeUpdate("UPDATE boards SET at = 1"));
    }
}

class Board {
    private final Lock lock = new ReentrantLock();
    private final Supplier<Integer> start;
    private TideListener listener;
    private int at;

    void setListener(TideListener listener) {
        this.listener = listener;
    }

    void keep() throws SQLException {
        lock.lock();
        try {
            listener.kept(at); // want "`keep` holds `Board.lock` while it .*database"
        } finally {
            lock.unlock();
        }
    }

    Board(Supplier<Integer> start) {
        this.start = start;
    }

    int first() {
        lock.lock();
        try {
            at = start.get();
            return at;
        } finally {
            lock.unlock();
        }
    }

    int next() {
        lock.lock();
        try {
            return ++at;
        } finally {
            lock.unlock();
        }
    }
}
