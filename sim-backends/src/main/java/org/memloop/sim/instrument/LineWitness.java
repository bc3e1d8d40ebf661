package org.memloop.sim.instrument;

import java.util.Locale;
import java.util.Optional;

import org.memloop.bench.Limits;

/**
 * See every pulse that reaches the lines of the chip, whoever gave it: how high it was on each kind of line, how long,
 * and whether it exceeded the laboratory's limits. What the drivers promise can be proved here.
 */
public final class LineWitness {
    /** What a generator's steps and noise may add to a programmed level. */
    private static final double TOLERANCE = 2e-3;

    private final Optional<Limits> limits;
    private double bitLineVolts;
    private double sourceLineVolts;
    private double wordLineVolts;
    private double shortestSeconds = Double.POSITIVE_INFINITY;
    private double longestSeconds;
    private double amps;
    private double joules;
    private long pulses;
    private long overLimit;
    private String firstOverLimit = "";

    /**
     * Begin with nothing seen.
     *
     * @param limits what counts as too much; empty when nothing does
     */
    public LineWitness(Optional<Limits> limits) {
        this.limits = limits;
    }

    /**
     * Hold what was seen so far.
     *
     * @param pulses how many pulses reached the lines
     * @param bitLineVolts highest on a bit line, volts
     * @param sourceLineVolts highest on a source line, volts
     * @param wordLineVolts highest on a word line, volts
     * @param shortestSeconds shortest pulse; 0 when there was none
     * @param longestSeconds longest pulse
     * @param amps highest mean current of a pulse, amperes
     * @param joules most energy of a pulse, joules
     * @param overLimit how many pulses exceeded a limit of the laboratory
     * @param firstOverLimit what the first of them was; empty when there was none
     */
    public record Seen(long pulses, double bitLineVolts, double sourceLineVolts, double wordLineVolts,
            double shortestSeconds, double longestSeconds, double amps, double joules, long overLimit,
            String firstOverLimit) {}

    /** {@return what was seen so far} */
    public synchronized Seen seen() {
        return new Seen(pulses, bitLineVolts, sourceLineVolts, wordLineVolts, pulses == 0 ? 0 : shortestSeconds,
                longestSeconds, amps, joules, overLimit, firstOverLimit);
    }

    /** See one pulse; volts of lines that it does not drive are 0. */
    synchronized void see(double bitVolts, double sourceVolts, double wordVolts, double seconds, double columnAmps,
            double atSeconds) {
        pulses++;
        bitLineVolts = Math.max(bitLineVolts, bitVolts);
        sourceLineVolts = Math.max(sourceLineVolts, sourceVolts);
        wordLineVolts = Math.max(wordLineVolts, wordVolts);
        shortestSeconds = Math.min(shortestSeconds, seconds);
        longestSeconds = Math.max(longestSeconds, seconds);
        amps = Math.max(amps, columnAmps);
        joules = Math.max(joules, Math.max(bitVolts, sourceVolts) * columnAmps * seconds);
        limits.ifPresent(most -> hold(most, bitVolts, sourceVolts, wordVolts, seconds, columnAmps, atSeconds));
    }

    private void hold(Limits most, double bitVolts, double sourceVolts, double wordVolts, double seconds,
            double columnAmps, double atSeconds) {
        boolean over = above(bitVolts, most.bitLineVoltsMax()) || above(sourceVolts, most.sourceLineVoltsMax())
                || above(wordVolts, most.wordLineVoltsMax()) || above(seconds, most.widthSecondsMax())
                || above(columnAmps, most.stress().ampsMax());
        if (over && overLimit++ == 0) {
            firstOverLimit = String.format(Locale.ROOT,
                    "bit line %.4g V, source line %.4g V, word line %.4g V, %.4g s, %.4g A at %.9g s", bitVolts,
                    sourceVolts, wordVolts, seconds, columnAmps, atSeconds);
        }
    }

    private static boolean above(double value, double limit) {
        return value > limit * (1 + TOLERANCE);
    }
}
