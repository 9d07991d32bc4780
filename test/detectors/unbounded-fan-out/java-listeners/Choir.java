package choir;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class ConcertMovedEvent {}

class ContextRefreshedEvent {}

interface Business<E> {
    void onBusinessEvent(E event);
}

class Letter {
    String singer;

    static Letter to(String singer) {
        Letter letter = new Letter();
        letter.singer = singer;
        return letter;
    }
}

interface Letters extends JpaRepository<Letter, Long> {}

interface Singers extends JpaRepository<String, Long> {
    List<String> findByConcert(String concert);
}

class LetterDesk {
    private final Letters letters;

    LetterDesk(Letters letters) {
        this.letters = letters;
    }

    void createLetter(Letter letter) {
        letters.saveAndFlush(letter);
    }

    void keepLetter(Letter letter) {
        letters.saveAndFlush(letter);
    }
}

class Pages<T> implements Iterable<T> {
    private final Function<Integer, List<T>> ask;

    Pages(Function<Integer, List<T>> ask) {
        this.ask = ask;
    }

    public Iterator<T> iterator() {
        return ask.apply(0).iterator();
    }
}

// Registered by reflection: nothing here leads to it.
class TellSingers implements Business<ConcertMovedEvent> {
    private final Letters letters;
    private final Singers singers;

    TellSingers(Letters letters, Singers singers) {
        this.letters = letters;
        this.singers = singers;
    }

    public void onBusinessEvent(ConcertMovedEvent event) {
        List<String> subscribers = singers.findByConcert("tonight");
        for (String subscriber : subscribers) {
            Letter letter = Letter.to(subscriber);
            letters.save(letter); // want "Each call of `TellSingers\.onBusinessEvent` makes 1 row .*for each of `subscribers`"
        }
    }
}

// What happens to the program itself.
class Warm implements Business<ContextRefreshedEvent> {
    private final Letters letters;
    private final Singers singers;

    Warm(Letters letters, Singers singers) {
        this.letters = letters;
        this.singers = singers;
    }

    public void onBusinessEvent(ContextRefreshedEvent event) {
        for (String subscriber : singers.findByConcert("tonight")) {
            Letter letter = Letter.to(subscriber);
            letters.save(letter);
        }
    }
}

@RestController
class ConcertController {
    private final LetterDesk desk;
    private final Singers singers;

    ConcertController(LetterDesk desk, Singers singers) {
        this.desk = desk;
        this.singers = singers;
    }

    @PostMapping("/concerts/move")
    public void move(String concert) {
        for (String subscriber : singers.findByConcert(concert)) {
            desk.createLetter(Letter.to(subscriber)); // want "Each request to `/concerts/move` makes 1 row"
        }
    }

    @PostMapping("/concerts/all")
    public void all(String concert) {
        Pages<String> subscribers = new Pages<>(page -> singers.findByConcert(concert));
        for (String subscriber : subscribers) {
            desk.createLetter(Letter.to(subscriber)); // want "Each request to `/concerts/all` makes 1 row"
        }
    }

    // What is saved may have been there before.
    @PostMapping("/concerts/keep")
    public void keep(String concert) {
        for (String subscriber : singers.findByConcert(concert)) {
            desk.keepLetter(letterOf(subscriber));
        }
    }

    private Letter letterOf(String singer) {
        return null;
    }
}
