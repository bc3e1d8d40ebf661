package org.memloop.experiments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.memloop.link.discovery.Discovery;
import org.memloop.link.discovery.Found;

/** Search for instruments and say what was found, as a table or for a program. */
public final class DiscoverInstruments {
    private static final String UNKNOWN = "(did not say who it is)";

    private final Duration limit;
    private final Console console;

    /**
     * Get ready to search.
     *
     * @param limit how long it may take
     * @param json whether standard output is for a program
     * @param console who is told
     */
    public DiscoverInstruments(Duration limit, boolean json, Console console) {
        this.limit = limit;
        this.console = console.withJson(json);
    }

    /** Search, and say what was found. */
    public void run() {
        console.remark("searching for " + Console.duration(limit.toMillis() / 1e3)
                + ": mDNS, VXI-11 broadcast, serial ports, VISA; nothing is asked but *IDN?");
        List<Found> all = new Discovery(limit).run();
        for (Found found : all) {
            say(found);
        }
        if (all.isEmpty()) {
            console.remark("nothing found; are the instruments on, and in the network of this computer? Networks with "
                    + "routers between them carry no search: write the address into the laboratory file");
        }
    }

    private void say(Found found) {
        console.result((found.identity().isEmpty() ? UNKNOWN : found.identity()) + "  [" + String.join(", ", found.by())
                + "]");
        found.resources().forEach(resource -> console.result("  " + resource));
        if (!found.page().isEmpty() && !found.resources().contains(found.page())) {
            console.result("  " + found.page());
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("identity", found.identity());
        object.put("resources", found.resources());
        object.put("by", found.by());
        object.put("page", found.page());
        console.object(object);
    }
}
