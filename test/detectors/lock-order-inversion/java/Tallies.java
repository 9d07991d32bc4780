package town.shop;

/** Others of its methods are called here, this one by nobody. */
class Tally {
    private int count;

    public synchronized void add(int more) {
        count += more;
    }

    public synchronized void addAll(Tally other) {
        synchronized (other) { // want-info "`addAll` takes `Tally` of `this` and then of `other`.* Only a note: Nothing outside tests calls it\.$"
            count += other.count;
        }
    }
}

/** Nothing of it is called here: others do. */
class Score {
    private int count;

    public synchronized void add(int more) {
        count += more;
    }

    public synchronized void addAll(Score other) {
        synchronized (other) { // want "`addAll` takes `Score` of `this` and then of `other`.* for ever\.$"
            count += other.count;
        }
    }
}

class Till {
    private final Tally tally = new Tally();

    public void sell() {
        tally.add(1);
    }
}
