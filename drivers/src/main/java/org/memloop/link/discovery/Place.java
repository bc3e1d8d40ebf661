package org.memloop.link.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Gather what is known of one instrument while the search goes on. */
final class Place {
    private final List<String> resources = new ArrayList<>();
    private final TreeSet<String> by = new TreeSet<>();
    private Optional<String> identity = Optional.empty();
    private String page = "";

    void add(String how, String resource) {
        by.add(how);
        if (!resource.isEmpty() && !resources.contains(resource)) {
            resources.add(resource);
        }
    }

    void identity(String text) {
        if (!text.isBlank() && identity.isEmpty()) {
            identity = Optional.of(text.strip());
        }
    }

    void page(String url) {
        page = url;
    }

    boolean known() {
        return identity.isPresent();
    }

    String page() {
        return page;
    }

    /** {@return its names: those by which messages have an end first, raw sockets last} */
    List<String> resources() {
        return resources.stream().sorted((a, b) -> Integer.compare(rank(a), rank(b))).toList();
    }

    private static int rank(String resource) {
        return resource.contains("::hislip") ? 0 : resource.endsWith("::SOCKET") ? 2 : 1;
    }

    Found found() {
        List<String> names = resources();
        return new Found(identity.orElse(""), names.isEmpty() ? List.of(page) : names, List.copyOf(by), page);
    }
}
