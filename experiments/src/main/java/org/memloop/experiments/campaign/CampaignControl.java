package org.memloop.experiments.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.memloop.bench.ConfigurationException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Let a campaign be watched and steered from another shell, through two files in its folder: {@code status.json} says how
 * far it is, {@code control} holds the last order. Orders are looked for between two programs.
 */
public final class CampaignControl {
    private static final String CONTROL = "control";
    private static final String STATUS = "status.json";
    private static final long PAUSED_MILLIS = 200;
    private static final long STATUS_MILLIS = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final BooleanSupplier interrupted;
    private final InstantSource clock;
    private final Map<String, Object> status = new LinkedHashMap<>();
    private long writtenMillis;

    /** Say what a person wants of a campaign. */
    public enum Order {
        /** Wait after the present program. */
        PAUSE,
        /** Go on. */
        RESUME,
        /** End after the present program. */
        ABORT
    }

    CampaignControl(Path folder, BooleanSupplier interrupted, InstantSource clock) {
        this.folder = folder;
        this.interrupted = interrupted;
        this.clock = clock;
        status.put("process", ProcessHandle.current().pid());
        say("state", "running");
    }

    /** Wait while the campaign is to pause; throw when it is to end. */
    void obey() {
        Optional<Order> order = obeyOnce();
        if (order.filter(Order.PAUSE::equals).isEmpty()) {
            return;
        }
        say("state", "paused");
        while (obeyOnce().filter(Order.PAUSE::equals).isPresent()) {
            try {
                Thread.sleep(PAUSED_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
        say("state", "running");
    }

    private Optional<Order> obeyOnce() {
        if (interrupted.getAsBoolean()) {
            throw new CancellationException();
        }
        Optional<Order> order = order();
        if (order.filter(Order.ABORT::equals).isPresent()) {
            throw new CancellationException("aborted by memloop campaign abort");
        }
        return order;
    }

    private Optional<Order> order() {
        try {
            return Optional.of(Order.valueOf(Files.readString(folder.resolve(CONTROL)).strip()
                    .toUpperCase(Locale.ROOT)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            // half a word, or none of ours: whoever writes it will be done by the next program
            return Optional.empty();
        }
    }

    /** Keep a value for whoever asks, and write the file at once. */
    void say(String key, Object value) {
        status.put(key, value);
        writtenMillis = 0;
        write();
    }

    /** Keep values for whoever asks; the file is written twice a second at most. */
    void reach(String stage, String part, int done, int of, int pass, int passes) {
        status.put("stage", stage);
        status.put("part", part);
        status.put("done", done);
        status.put("of", of);
        status.put("pass", pass);
        status.put("passes", passes);
        write();
    }

    private void write() {
        long now = clock.millis();
        if (now - writtenMillis < STATUS_MILLIS) {
            return;
        }
        writtenMillis = now;
        status.put("updated", clock.instant().toString());
        replace(folder.resolve(STATUS), JSON.writeValueAsString(status) + "\n");
    }

    private static void replace(Path file, String text) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ask how far a campaign is.
     *
     * @param run folder of its run
     * @return what it says of itself, and whether its process is there ({@code alive})
     * @throws ConfigurationException when the folder holds no campaign
     */
    public static Map<String, Object> status(Path run) {
        try {
            Map<String, Object> said = JSON.readValue(Files.readString(run.resolve(STATUS)),
                    new TypeReference<LinkedHashMap<String, Object>>() {
                    });
            said.put("alive", said.get("process") instanceof Number process
                    && ProcessHandle.of(process.longValue()).isPresent());
            return said;
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(run + " is not the folder of a campaign", e);
        } catch (IOException | JacksonException e) {
            throw new ConfigurationException(run + ": its status cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Order a running campaign to do something.
     *
     * @param run folder of its run
     * @param order what
     * @throws ConfigurationException when no campaign runs there
     */
    public static void order(Path run, Order order) {
        Map<String, Object> said = status(run);
        String state = String.valueOf(said.get("state"));
        if (!(boolean) said.get("alive") || !(state.equals("running") || state.equals("paused"))) {
            throw new ConfigurationException(run + ": the campaign is " + (state.equals("running")
                    || state.equals("paused") ? "cut off; go on with memloop resume" : state) + ", it takes no orders");
        }
        replace(run.resolve(CONTROL), order.name().toLowerCase(Locale.ROOT) + "\n");
    }
}
