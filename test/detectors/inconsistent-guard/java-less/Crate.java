package harbour;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Packed until somebody closes it first, and by that one alone afterwards. */
public class Crate {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<String> goods = new ArrayList<>();

    public boolean pack(String good) {
        synchronized (closed) {
            if (closed.get()) {
                return false;
            }
            goods.add(good);
            return true;
        }
    }

    public boolean unpack(String good) {
        synchronized (closed) {
            return !closed.get() && goods.remove(good);
        }
    }

    public int size() {
        synchronized (closed) {
            return goods.size();
        }
    }

    public void send(Quayside quayside) {
        synchronized (closed) {
            if (closed.getAndSet(true)) {
                return;
            }
        }
        quayside.load(all());
    }

    private String all() {
        return String.join(",", goods); // want-info "reads `Crate.goods` .* Only whoever sets a flag first gets there"
    }
}

interface Quayside {
    void load(String goods);
}

class Packer {
    private final Crate crate = new Crate();

    public void turn(String in, String out) {
        if (crate.pack(in)) {
            crate.unpack(out);
        }
    }
}
