package quay;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

class Winches {
    private static final Map<String, Object> WINCH_INSTANCE = new ConcurrentHashMap<>();
    private static final Map<String, Object> DRUM_INSTANCE = new ConcurrentHashMap<>();

    // What a map is called says nothing against a key that whoever asks puts together.
    @GetMapping("/winch/{kind}/{rope}")
    String winch(@PathVariable String kind, @PathVariable String rope) {
        WINCH_INSTANCE.putIfAbsent(kind + "-" + rope, new Object()); // want "`Winches.WINCH_INSTANCE` only ever grows: .* as they like\.$"
        DRUM_INSTANCE.putIfAbsent(drumOf(kind), new Object()); // want-info "There are few keys, by their name\.$"
        return rope;
    }

    private String drumOf(String kind) {
        return "drum";
    }
}
