package library;

import com.example.crafts.Bindery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

class Shelf {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Book> books = new ArrayList<>();

    /** What comes between only looks into the list. */
    int pages(int index) {
        lock.lock(); // want-info "`Shelf.lock` stays locked when `this.books.get` throws, which it seldom does"
        Book book = books.get(index);
        int pages = book.pages();
        lock.unlock();
        return pages;
    }

    /** What comes between only calculates. */
    double weight(Book book) {
        lock.lock(); // want-info "`Shelf.lock` stays locked when `book.weight` throws, which it seldom does"
        double weight = book.weight();
        lock.unlock();
        return weight;
    }

    /** What another library makes of it is not known to fail. */
    void bind(Book book) {
        lock.lock(); // want-info "`Shelf.lock` stays locked when `Bindery.sew` throws, which it seldom does"
        book.bound(Bindery.sew(book));
        lock.unlock();
    }

    double price(Book book) {
        lock.lock(); // want "`Shelf.lock` stays locked when `book.price` throws: it is unlocked without `finally`"
        double price = book.price();
        lock.unlock();
        return price;
    }

    int read(int index) {
        lock.lock(); // want "`Shelf.lock` stays locked when `book.open` throws: it is unlocked without `finally`"
        Book book = books.get(index);
        int pages = book.open();
        lock.unlock();
        return pages;
    }
}

class Book {
    private int pages;
    private String cover;

    void bound(String cover) {
        this.cover = cover;
    }

    int pages() {
        return pages;
    }

    double weight() {
        return Math.max(1, pages() * 0.1);
    }

    double price() {
        return open() * 0.1;
    }

    int open() {
        if (pages == 0) throw new IllegalStateException("empty");
        return pages;
    }
}
