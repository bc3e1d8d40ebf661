package org.memloop.sim.array;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.sim.device.HfOx1T1R;

/** Open simulated dies: {@code sim:TECHNOLOGY-ROWSxCOLUMNS?seed=...&stuck=...&threads=...}. */
public final class SimBenchProvider implements BenchProvider {
    private static final Map<String, HfOx1T1R> TECHNOLOGIES = Map.of("hfox", HfOx1T1R.FITTED);
    private static final Pattern PATH = Pattern.compile("([a-z0-9]+)-([0-9]{1,5})x([0-9]{1,5})");

    private static final int MOST_CELLS = 4 << 20;

    /** Make a provider; {@link java.util.ServiceLoader} does. */
    public SimBenchProvider() {}

    @Override
    public String scheme() {
        return "sim";
    }

    @Override
    public String summary() {
        return "a simulated die, pulsed directly (stuck= share of dead cells, threads= 1 or more): "
                + "sim:hfox-128x64?seed=7";
    }

    @Override
    public Bench open(BenchUri uri) {
        uri.allow(Set.of("seed", "stuck", "threads"));
        long threads = uri.number("threads", 1);
        if (threads < 1 || threads > 64) {
            throw new ConfigurationException("bench '" + uri + "': threads must be 1 to 64, not " + threads);
        }
        Die die = die(uri);
        return new SimBench("simulated die " + uri, die, (int) threads);
    }

    /**
     * Make the die an address describes; a virtual laboratory puts the same one behind its instruments.
     *
     * @param uri technology and shape are its path; {@code seed} and {@code stuck} are read
     * @return a virgin die
     * @throws ConfigurationException when the path or a value is wrong
     */
    public static Die die(BenchUri uri) {
        Matcher matcher = PATH.matcher(uri.path());
        if (!matcher.matches()) {
            throw new ConfigurationException("bench '" + uri
                    + "': the path must be TECHNOLOGY-ROWSxCOLUMNS, for example hfox-128x64, not '" + uri.path()
                    + "'");
        }
        HfOx1T1R technology = TECHNOLOGIES.get(matcher.group(1));
        if (technology == null) {
            throw new ConfigurationException("bench '" + uri + "': unknown technology '" + matcher.group(1)
                    + "'; known are " + String.join(", ", new TreeMap<>(TECHNOLOGIES).keySet()));
        }
        int rows = Integer.parseInt(matcher.group(2));
        int columns = Integer.parseInt(matcher.group(3));
        if (rows < 1 || columns < 1 || (long) rows * columns > MOST_CELLS) {
            throw new ConfigurationException(
                    "bench '" + uri + "': an array has at least one row and column and at most "
                            + MOST_CELLS + " cells, not " + rows + "x" + columns);
        }
        double stuck = uri.decimal("stuck", technology.defects().stuckFraction());
        if (!(stuck >= 0 && stuck <= 1)) {
            throw new ConfigurationException(
                    "bench '" + uri + "': stuck is a share of the cells from 0 to 1, not " + stuck);
        }
        return new Die(new Geometry(rows, columns), technology.withStuckFraction(stuck), uri.number("seed", 1));
    }
}
