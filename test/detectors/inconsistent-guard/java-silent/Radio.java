package harbour;

/** What belongs to the class is not guarded by the lock of one object. */
class Radio {
    static int volume;
    private int band;

    final synchronized void tune(int at) {
        band = at;
        volume = at;
    }

    final synchronized void jump(int at) {
        band = at + 1;
        volume = at;
    }

    static void mute() {
        volume = 0;
    }
}
