package bank;

/** Something that is asked of one of two, or of neither, does not put them in order. */
class Purse {
    private final int number;
    private int coins;

    Purse(int number) {
        this.number = number;
    }

    Integer coins() {
        return coins;
    }

    static void pay(Purse from, Purse to, int sum) {
        synchronized (from) {
            if (sum < 0 || from.coins().compareTo(sum) < 0) {
                return;
            }
            synchronized (to) { // want "`pay` takes `Purse` of `from` and then of `to`"
                from.coins -= sum;
                to.coins += sum;
            }
        }
    }

    static void swap(Purse one, Purse other) {
        int order = one.coins().compareTo(other.coins());
        if (order > 0) {
            swap(other, one);
            return;
        }
        synchronized (one) {
            synchronized (other) {
                one.coins = other.coins;
            }
        }
    }

    static void merge(Purse one, Purse other) {
        int apart = one.number - other.number;
        if (apart > 0) {
            merge(other, one);
            return;
        }
        synchronized (one) {
            synchronized (other) {
                one.coins = other.coins;
            }
        }
    }
}
