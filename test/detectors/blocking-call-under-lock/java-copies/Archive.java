package com.example.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** So many want the lock that what takes long holds up a whole service. */
@RestController
class Archive {
    private final Map<String, Integer> pages = new HashMap<>();

    // One file is quick, whoever waits.
    @GetMapping("/read")
    synchronized byte[] read() throws IOException {
        return Files.readAllBytes(Path.of("state.json")); // want-info "`read` holds `Archive` .* It is one file\.$"
    }

    @GetMapping("/readAll")
    synchronized void readAll() throws IOException {
        for (String name : pages.keySet()) {
            Files.readAllBytes(Path.of(name)); // want "`readAll` holds `Archive` .* wait as long\.$"
        }
    }

    @GetMapping("/copy")
    synchronized void copyAll() throws IOException {
        Files.copy(Path.of("pages"), Path.of("backup")); // want "`copyAll` holds `Archive` .* wait as long\.$"
    }

    synchronized int ash() {
        return pages.get("ash");
    }

    synchronized int bay() {
        return pages.get("bay");
    }

    synchronized int cove() {
        return pages.get("cove");
    }

    synchronized int dune() {
        return pages.get("dune");
    }

    synchronized int eddy() {
        return pages.get("eddy");
    }

    synchronized int fen() {
        return pages.get("fen");
    }

    synchronized int gull() {
        return pages.get("gull");
    }

    synchronized int hull() {
        return pages.get("hull");
    }

    synchronized int isle() {
        return pages.get("isle");
    }

    synchronized int jib() {
        return pages.get("jib");
    }

    synchronized int keel() {
        return pages.get("keel");
    }

    synchronized int lee() {
        return pages.get("lee");
    }

    synchronized int mast() {
        return pages.get("mast");
    }

    synchronized int net() {
        return pages.get("net");
    }

    synchronized int oar() {
        return pages.get("oar");
    }

    synchronized int pier() {
        return pages.get("pier");
    }

    synchronized int quay() {
        return pages.get("quay");
    }

    synchronized int reef() {
        return pages.get("reef");
    }

    synchronized int sail() {
        return pages.get("sail");
    }

    synchronized int tide() {
        return pages.get("tide");
    }
}
