package town.parish;

import java.util.Objects;

/** A ring of entries that starts with one that has no bell. */
class Bells {
    private final Ringer ringer = new Ringer();
    private Ring last;

    synchronized void hang() {
        last = new Ring(null, this);
    }

    synchronized void ring() {
        last = null;
    }

    class Ringer {
        private int pulls;

        synchronized void pull(Ring ring) {
            pulls++;
        }

        /** The bell and then the ring of bells. */
        synchronized void swing() {
            ring();
        }
    }

    static class Ring {
        Ring(Ringer ringer, Bells bells) {
            if (Objects.nonNull(ringer)) {
                ringer.pull(this);
            }
        }
    }
}

/** The same where the first entry has a chime. */
class Chimes {
    private final Striker striker = new Striker(this);
    private Strike last;

    synchronized void hang(Striker given) {
        last = new Strike(given);
    }

    synchronized void strike() {
        last = null;
    }
}

class Striker {
    private final Chimes chimes;
    private int pulls;

    Striker(Chimes chimes) {
        this.chimes = chimes;
    }

    synchronized void pull() {
        pulls++;
    }

    synchronized void swing() {
        chimes.strike(); // want "takes `Chimes` while it holds `Striker`"
    }
}

class Strike {
    Strike(Striker striker) {
        if (Objects.nonNull(striker)) {
            striker.pull();
        }
    }
}
