package org.memloop.sim.array;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.StepTiming;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Blueprint;
import org.memloop.bench.Geometry;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.Fidelity;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

/**
 * Open simulated dies: {@code sim:TECHNOLOGY-ROWSxCOLUMNS?seed=...}, or {@code sim:CARD.yaml?rows=...&columns=...} with a
 * technology card of one's own.
 */
public final class SimBenchProvider implements BenchProvider {
    /** What every address of a simulated die understands, whatever bench is around the die. */
    public static final Set<String> DIE_KEYS = Set.of("seed", "stuck", "broken", "fidelity");

    private static final Pattern PATH = Pattern.compile("(.+)-([0-9]{1,5})x([0-9]{1,5})");
    private static final Pattern CARD = Pattern.compile(".+\\.ya?ml");
    /** Short names. */
    private static final Map<String, String> ALIASES = Map.of("hfox", "hfox-leti");
    private static final int MOST_CELLS = 4 << 20;

    /** Make a provider; {@link java.util.ServiceLoader} does. */
    public SimBenchProvider() {}

    @Override
    public String scheme() {
        return "sim";
    }

    @Override
    public String summary() {
        return "a simulated die, pulsed directly (stuck= share of dead cells, broken= of lines, fidelity= ideal, static or full,"
                + " threads= 1 or more): sim:hfox-128x64?seed=7; with a technology card of your own:"
                + " sim:my-card.yaml?rows=128&columns=64";
    }

    @Override
    public Blueprint describe(BenchUri uri) {
        Matcher matcher = PATH.matcher(uri.path());
        if (!isCard(uri.path()) && !matcher.matches()) {
            throw noPath(uri);
        }
        Geometry geometry = isCard(uri.path())
                ? geometry(uri, uri.number("rows", 128), uri.number("columns", 64))
                : geometry(uri, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
        String technology = isCard(uri.path()) ? uri.path() : matcher.group(1);
        String name = ALIASES.getOrDefault(technology, technology);
        boolean abrupt = TechnologyCard.parseAbrupt(name, text(uri, name, Path.of(""))).isPresent();
        return new Blueprint(
                new Capabilities("simulated die " + uri, geometry, abrupt ? DirectBench.LIMITS : SimBench.LIMITS,
                        new Capabilities.ReadAccuracy(0, 0), List.of()),
                StepTiming.USUAL.settleSeconds(), StepTiming.USUAL.recoverySeconds(), 0, 0,
                List.of("a simulated die takes no time on the wall beyond its computation"));
    }

    private static ConfigurationException noPath(BenchUri uri) {
        return new ConfigurationException("bench '" + uri
                + "': the path must be TECHNOLOGY-ROWSxCOLUMNS, for example hfox-128x64, or a technology card"
                + " that ends in .yaml, not '" + uri.path() + "'");
    }

    @Override
    public Bench open(BenchUri uri) {
        Set<String> known = new HashSet<>(DIE_KEYS);
        known.add("threads");
        if (isCard(uri.path())) {
            known.addAll(Set.of("rows", "columns"));
        }
        uri.allow(known);
        long threads = uri.number("threads", 1);
        if (threads < 1 || threads > 64) {
            throw new ConfigurationException("bench '" + uri + "': threads must be 1 to 64, not " + threads);
        }
        return new SimBench("simulated die " + uri, die(uri), (int) threads);
    }

    /**
     * Make the die that the path of an address describes.
     *
     * @param uri its path and the keys {@link #DIE_KEYS} are read, and rows and columns with a card
     * @return a virgin die
     * @throws ConfigurationException when the path or a value is wrong
     */
    public static SimulatedDie die(BenchUri uri) {
        Path here = Path.of("");
        if (isCard(uri.path())) {
            return die(uri, uri.path(), here, geometry(uri, uri.number("rows", 128), uri.number("columns", 64)));
        }
        Matcher matcher = PATH.matcher(uri.path());
        if (!matcher.matches()) {
            throw noPath(uri);
        }
        return die(uri, matcher.group(1), here,
                geometry(uri, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }

    private static boolean isCard(String path) {
        return CARD.matcher(path).matches();
    }

    private static Geometry geometry(BenchUri uri, long rows, long columns) {
        if (rows < 1 || columns < 1 || rows > MOST_CELLS || columns > MOST_CELLS || rows * columns > MOST_CELLS) {
            throw new ConfigurationException(
                    "bench '" + uri + "': an array has at least one row and column and at most "
                            + MOST_CELLS + " cells, not " + rows + "x" + columns);
        }
        return new Geometry((int) rows, (int) columns);
    }

    /**
     * Make the die an address describes; a virtual laboratory puts the same one behind its instruments.
     *
     * @param uri its keys {@link #DIE_KEYS} are read
     * @param technology name of a built-in technology, or path of a card, which ends in {@code .yaml}
     * @param folder what the path of a card is relative to
     * @param geometry shape of the array
     * @return a virgin die
     * @throws ConfigurationException when the technology or a value is wrong
     */
    public static SimulatedDie die(BenchUri uri, String technology, Path folder, Geometry geometry) {
        String name = ALIASES.getOrDefault(technology, technology);
        String source = isCard(name) ? folder.resolve(name).toString() : name + ".yaml";
        String text = text(uri, name, folder);
        Optional<AbruptFilament> abrupt = TechnologyCard.parseAbrupt(source, text);
        return abrupt.isPresent()
                ? die(uri, abrupt.get(), geometry)
                : die(uri, TechnologyCard.parse(source, text), geometry);
    }

    private static String text(BenchUri uri, String technology, Path folder) {
        try {
            return TechnologyCard.text(technology, folder);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("bench '" + uri + "': " + e.getMessage(), e);
        }
    }

    private static Die die(BenchUri uri, Technology cells, Geometry geometry) {
        Technology.Defects defects = cells.defects();
        return new Die(geometry, cells.withStuckFraction(share(uri, "stuck", "cells", defects.stuckFraction()))
                .withBrokenLines(share(uri, "broken", "lines", defects.brokenLines())).at(fidelity(uri)),
                uri.number("seed", 1), fidelity(uri) != Fidelity.IDEAL);
    }

    private static AbruptDie die(BenchUri uri, AbruptFilament cells, Geometry geometry) {
        AbruptFilament.Defects d = cells.defects();
        AbruptFilament.Defects defects = new AbruptFilament.Defects(share(uri, "stuck", "cells", d.stuckFraction()),
                d.stuckLowShare(), d.stuckSiemens(), share(uri, "broken", "lines", d.brokenLines()),
                d.enduranceCycles(), d.enduranceShape(), d.wornLowShare());
        return new AbruptDie(geometry, cells.with(defects).at(fidelity(uri)), uri.number("seed", 1),
                fidelity(uri) != Fidelity.IDEAL);
    }

    private static double share(BenchUri uri, String key, String of, double otherwise) {
        double share = uri.decimal(key, otherwise);
        if (!(share >= 0 && share <= 1)) {
            throw new ConfigurationException(
                    "bench '" + uri + "': " + key + " is a share of the " + of + " from 0 to 1, not " + share);
        }
        return share;
    }

    private static Fidelity fidelity(BenchUri uri) {
        String text = uri.parameters().getOrDefault("fidelity", "full");
        return Arrays.stream(Fidelity.values()).filter(f -> f.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "bench '" + uri + "': fidelity must be ideal, static or full, not '" + text + "'"));
    }
}
