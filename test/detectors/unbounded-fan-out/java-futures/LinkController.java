package dev.harbour;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

@RestController
public class LinkController {
    private final RestTemplate rest = new RestTemplate();

    @PostMapping("/links/check")
    public void check(@RequestBody List<String> urls) {
        for (String url : urls) {
            CompletableFuture.runAsync(() -> rest.headForHeaders(url)); // want-info "Each request to `/links/check` hands 1 task to a pool .* How many run at a time is up to the pool"
        }
    }

    @PostMapping("/links/wait")
    public void checkAll(@RequestBody List<String> urls) {
        List<CompletableFuture<Void>> checks = new ArrayList<>();
        for (String url : urls) {
            checks.add(CompletableFuture.runAsync(() -> rest.headForHeaders(url)));
        }
        CompletableFuture.allOf(checks.toArray(new CompletableFuture[0])).join();
    }
}
