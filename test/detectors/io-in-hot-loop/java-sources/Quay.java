package quay;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

@Path("/quays")
public class Quay {
    private final MongoCollection<Document> crates;
    private final MongoCollection<Document> ships;

    Quay(MongoCollection<Document> crates, MongoCollection<Document> ships) {
        this.crates = crates;
        this.ships = ships;
    }

    // The query that gives the elements is asked once.
    @GET
    @Path("/weights")
    public Map<String, Integer> weights() {
        Map<String, Integer> weights = new HashMap<>();
        crates.find().forEach(crate -> weights.put(crate.getString("ship"), crate.getInteger("weight")));
        return weights;
    }

    @GET
    @Path("/loads")
    public Map<String, Document> loads() {
        Map<String, Document> loads = new HashMap<>();
        crates.find().forEach(crate -> {
            loads.put(crate.getString("id"), ships.find(Filters.eq("_id", crate.getString("ship"))).first()); // want "each of `this.crates.find\(\)` × 1 database read"
        });
        return loads;
    }

    // Two of them, as it is written.
    @GET
    @Path("/sides")
    public Map<String, Document> sides() {
        Map<String, Document> sides = new HashMap<>();
        Map.of("port", 1, "starboard", 2).entrySet().stream().forEach(side -> {
            sides.put(side.getKey(), ships.find(Filters.eq("_id", side.getValue())).first());
        });
        return sides;
    }

    // Somebody sends it, whatever it is an event for.
    @PUT
    @Path("/seen")
    @LogEvent("seen")
    public void seen(Arrivals arrivals) {
        List<Document> list = arrivals.list();
        for (Document crate : list) {
            crates.replaceOne(Filters.eq("_id", crate.getString("id")), crate); // want "each of `list` × 1 database write"
        }
    }

    // Only whether each is there.
    @PUT
    @Path("/moor")
    public void moor(Mooring mooring) {
        for (String id : mooring.shipIds()) {
            ships.find(Filters.eq("_id", id)).first(); // want-info "There are as many as whoever asks has named\.$"
        }
    }

    @interface LogEvent {
        String value();
    }

    record Arrivals(List<Document> list) {}

    record Mooring(List<String> shipIds) {}
}
