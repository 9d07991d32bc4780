package quay;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;

@Path("/berths")
public class BerthResource {
    private final BerthDao berths;

    public BerthResource(BerthDao berths) {
        this.berths = berths;
    }

    @GET
    public List<String> owners() {
        List<String> owners = new ArrayList<>();
        for (Long berth : berths.all()) {
            owners.add(berths.ownerOf(berth)); // want "× 1 database read"
        }
        return owners;
    }
}
