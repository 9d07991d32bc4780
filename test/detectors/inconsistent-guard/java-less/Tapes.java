package ferry;

import java.io.IOException;
import java.io.InputStream;

/** Synchronised as the methods of the class above are. */
class TapeInputStream extends InputStream {
    private final InputStream source;
    private int read;
    private int marked;

    TapeInputStream(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        int next = source.read();
        read++; // want-info "`read` writes `TapeInputStream.read` .* A stream is mostly used by one."
        return next;
    }

    @Override
    public synchronized void mark(int limit) {
        marked = read;
    }

    @Override
    public synchronized void reset() {
        read = marked;
    }
}
