package orchard;

import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tk.mybatis.mapper.common.Mapper;

interface Store<T> {
    List<T> all();

    void keep(T row);
}

abstract class TableStore<T> implements Store<T> {
    protected Mapper<T> table;

    public List<T> all() {
        return table.selectAll();
    }

    public void keep(T row) {
        table.insert(row);
    }
}

abstract class MemoryStore<T> implements Store<T> {
    private final List<T> rows = List.of();

    public List<T> all() {
        return rows;
    }

    public void keep(T row) {
        rows.add(row);
    }
}

interface Seedlings extends Store<Seedling> {}

interface Waterings extends Store<Watering> {}

interface Sketches extends Store<Watering> {}

class Seedling {
    String id;
}

class Watering {
    Watering(String seedling) {}
}

class SeedlingTable extends TableStore<Seedling> implements Seedlings {}

class WateringTable extends TableStore<Watering> implements Waterings {}

class SketchPad extends MemoryStore<Watering> implements Sketches {}

@RestController
class NurseryController {
    private Seedlings seedlings;
    private Waterings waterings;
    private Sketches sketches;

    @PostMapping("/water")
    public void water() {
        List<Seedling> growing = seedlings.all();
        // What a class inherits from another implements what its interface asks for.
        for (Seedling seedling : growing) {
            waterings.keep(new Watering(seedling.id)); // want "Each request to `/water` makes 1 row \(`this.table.insert`\) for each of `growing`"
        }
    }

    @PostMapping("/sketch")
    public void sketch() {
        List<Seedling> growing = seedlings.all();
        for (Seedling seedling : growing) {
            sketches.keep(new Watering(seedling.id));
        }
    }
}
