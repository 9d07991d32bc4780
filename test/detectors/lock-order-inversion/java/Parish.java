package town.parish;

/** Monitors of one base class. */
abstract class Entity {
    private int saved;

    synchronized void save() {
        saved++;
    }
}

class Register {
    private int entries;
    private final Priest priest = new Priest(this);

    /** The register and then the priest. */
    synchronized void enter() {
        priest.sign();
        entries++;
    }

    synchronized int count() {
        return entries;
    }
}

class Priest extends Entity {
    private final Register register;
    private int signed;

    Priest(Register register) {
        this.register = register;
    }

    synchronized void sign() {
        signed++;
    }
}

/** Never a priest: its monitor and the one that `enter` waits for are two. */
class Chapel extends Entity {
    private final Register register;

    Chapel(Register register) {
        this.register = register;
    }

    synchronized int guests() {
        return register.count();
    }
}

/** Nor is the one around an inner object. */
class Abbey extends Entity {
    class Guest {
        private Register register;

        int guests() {
            synchronized (Abbey.this) {
                return register.count();
            }
        }
    }
}

class Ledger {
    private final Clerk clerk = new Clerk(this);
    private int sum;

    synchronized void post() {
        clerk.sign();
        sum++;
    }

    synchronized int sum() {
        return sum;
    }
}

class Clerk extends Entity {
    private final Ledger ledger;
    private int signed;

    Clerk(Ledger ledger) {
        this.ledger = ledger;
    }

    synchronized void sign() {
        signed++;
    }

    synchronized int check() {
        return ledger.sum() - signed; // want "takes `Ledger` while it holds `Entity`, and `post` takes `Entity`"
    }
}
