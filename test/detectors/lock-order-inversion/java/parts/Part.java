package parts;

public abstract class Part {
    private int worn;

    public synchronized void wear() {
        worn++;
    }
}
