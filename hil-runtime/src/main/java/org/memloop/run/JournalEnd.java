package org.memloop.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Load;
import org.memloop.run.JournalReader.Content;
import org.memloop.run.JournalReader.Entry;

/**
 * Hold the end of a journal to what others know of it, before a run goes on on matter: a disk that said it had records and
 * had not, or a person with an editor, may have taken whole records off it, and what they told of would be fired again.
 *
 * <p>The router knows its last load since its start; {@code run.json} knows how long the journal was when the run was
 * left in order, and which load the router had when each session of the run began.
 */
final class JournalEnd {
    private static final String ROUTER = "router";
    private static final String JOURNAL_BYTES = "journalBytes";

    private final RunRecord run;
    private final Content content;

    private JournalEnd(RunRecord run, Content content) {
        this.run = run;
        this.content = content;
    }

    /** Say in a session's part of {@code run.json} which load the router had when it began. */
    static void putRouter(Map<String, Object> session, Load load) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("boot", Integer.toUnsignedLong(load.boot()));
        said.put("load", Integer.toUnsignedLong(load.id()));
        session.put(ROUTER, said);
    }

    /** Say in {@code run.json} how long the journal is. */
    static void putBytes(Map<String, Object> run, long bytes) {
        run.put(JOURNAL_BYTES, bytes);
    }

    /** Take back how long the journal is, since it is about to grow. */
    static void removeBytes(Map<String, Object> run) {
        run.remove(JOURNAL_BYTES);
    }

    /**
     * Refuse to go on when pulses may have been fired that are not in the journal.
     *
     * @param run what {@code run.json} says
     * @param content what the journal says
     * @param router what the router fired last, empty when it does not remember
     * @throws ConfigurationException when the journal may have lost its end
     */
    static void requireThere(RunRecord run, Content content, Optional<Load> router) {
        new JournalEnd(run, content).require(router);
    }

    private void require(Optional<Load> router) {
        Optional<Long> left = number(run.content(), JOURNAL_BYTES);
        if (left.isPresent() && left.get() == content.bytes()) {
            return; // it is as the run left it; whatever the router did since was for somebody else
        }
        List<Load> begins = begins();
        boolean cut = left.isPresent() && content.bytes() < left.get() || begins.size() > sessions();
        if (router.isEmpty()) {
            requireUncut(cut, "the router does not remember what it fired");
            return;
        }
        Load last = router.get();
        Optional<Integer> known = known(begins, last.boot());
        if (known.isPresent() || begins.isEmpty() || begins.stream().anyMatch(load -> load.boot() == last.boot())) {
            requireNoneAfter(known.orElse(0), last);
        }
        if (known.isEmpty()) {
            requireUncut(cut, "the router has started anew since");
        }
    }

    private void requireUncut(boolean cut, String why) {
        if (cut) {
            throw refused("is shorter than it was when the run last wrote to it, by what run.json says, and " + why
                    + ": pulses that were fired are missing from it");
        }
    }

    private void requireNoneAfter(int known, Load last) {
        if (Integer.compareUnsigned(last.id(), known) > 0) {
            throw refused((known == 0
                    ? "knows of no load of this start of the router"
                    : "knows the router's loads up to number " + Integer.toUnsignedString(known))
                    + ", and the router has fired number " + Integer.toUnsignedString(last.id())
                    + " since: the journal has lost its end, or something else used the router after this run had"
                    + " broken off. Nobody can tell which");
        }
    }

    private ConfigurationException refused(String why) {
        return new ConfigurationException(run.journal() + " " + why + ". Going on could fire pulses a second time:"
                + " nothing was fired, and the record is as it was. Put a whole copy of the journal in its place and"
                + " resume again; without one, begin a new run, which measures the cells anew: "
                + String.join(" ", run.commandLine()));
    }

    /** {@return the last load of a start of the router that this run can account for} */
    private Optional<Integer> known(List<Load> begins, int boot) {
        Optional<Integer> known = Optional.empty();
        for (int i = 0; i < content.entries().size(); i++) {
            if (content.kind(i) == Journal.Kind.LOADED.code()
                    && content.entries().get(i) instanceof Entry.Loaded loaded) {
                known = later(known, loaded.loaded().load(), boot);
            }
        }
        for (int i = 0; i < Math.min(begins.size(), sessions()); i++) {
            known = later(known, begins.get(i), boot);
        }
        return known;
    }

    private static Optional<Integer> later(Optional<Integer> known, Load load, int boot) {
        boolean counts = load.boot() == boot
                && (known.isEmpty() || Integer.compareUnsigned(load.id(), known.get()) > 0);
        return counts ? Optional.of(load.id()) : known;
    }

    /** {@return how many sessions of the run the journal knows of} */
    private int sessions() {
        int sessions = 1;
        for (int i = 0; i < content.entries().size(); i++) {
            sessions += content.kind(i) == Journal.Kind.RESUMED.code() ? 1 : 0;
        }
        return sessions;
    }

    /** {@return the router's last load when each session began, in their order; empty when one of them does not say} */
    private List<Load> begins() {
        List<Load> begins = new ArrayList<>();
        List<Object> sessions = new ArrayList<>(List.of(run.content()));
        sessions.addAll(run.resumptions());
        for (Object session : sessions) {
            if (!(session instanceof Map<?, ?> map) || !(map.get(ROUTER) instanceof Map<?, ?> router)) {
                return List.of();
            }
            begins.add(new Load(number(router, "boot").orElse(0L).intValue(),
                    number(router, "load").orElse(0L).intValue(), 0));
        }
        return begins;
    }

    private static Optional<Long> number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }
}
