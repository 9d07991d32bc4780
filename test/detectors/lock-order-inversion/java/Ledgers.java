package bank;

/** What closes one of many is no end of all. */
class Ledgers {
    private final Object index = new Object();
    private final Object audit = new Object();
    private int count;

    public void close(int id) {
        synchronized (index) {
            synchronized (audit) {
                count -= id;
            }
        }
    }

    public void compact() {
        synchronized (audit) {
            synchronized (index) { // want "`compact` takes `Ledgers.index` while it holds `Ledgers.audit`"
                count = 0;
            }
        }
    }
}
