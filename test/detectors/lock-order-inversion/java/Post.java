package town.clinic;

class Post {
    private final Object inbox = new Object();
    private final Object bell = new Object();
    private final boolean eager;
    private boolean ringing;
    private final Object outbox = new Object();
    private int letters;

    Post(boolean eager) {
        this.eager = eager;
    }

    public void take(Letter letter) {
        synchronized (inbox) {
            sort(letter);
        }
    }

    private void sort(Letter letter) {
        letters++;
        if (letter.isParcel()) {
            ring();
        }
    }

    private void ring() {
        synchronized (bell) {
            ringing = true;
        }
    }

    public void answer() {
        synchronized (bell) {
            synchronized (inbox) { // want-info "`answer` takes `Post.inbox` while it holds `Post.bell`.* depends on what kind of object it is given"
                letters = 0;
            }
        }
    }

    /** Wakes up at once or later, and never under the lock where it is done at once. */
    public void send() {
        synchronized (outbox) {
            letters--;
            if (!this.eager) {
                wakeUp();
            }
        }
        if (this.eager) {
            wakeUp();
        }
    }

    private void wakeUp() {
        if (eager && !ringing) {
            deliver();
        }
    }

    private void deliver() {
        synchronized (inbox) {
            synchronized (outbox) {
                letters = 0;
            }
        }
    }
}

class Letter {
    boolean isParcel() {
        return false;
    }
}

class Parcel extends Letter {
    @Override
    boolean isParcel() {
        return true;
    }
}
