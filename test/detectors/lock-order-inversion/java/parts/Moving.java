package parts;

public abstract class Moving extends Part {
    public int speed;
}
