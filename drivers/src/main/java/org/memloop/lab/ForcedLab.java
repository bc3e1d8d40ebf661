package org.memloop.lab;

import java.util.Map;
import java.util.Optional;

import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Limits;
import org.memloop.bench.Quantity;
import org.memloop.instrument.ForcedPulses;

/** Let the source-measure units of a laboratory take the place of what pulses, where the address of a bench asks for it. */
public final class ForcedLab {
    private static final String PULSES = "pulses";
    private static final String COMPLIANCE = "compliance";

    private ForcedLab() {}

    /**
     * Heed what an address says of who pulses: {@code pulses=source-measure-unit}, and {@code compliance=} for the most current
     * that may flow, otherwise 1 mA or what the file allows, whichever is less. The file's limits of width are of pulses; a
     * forced point lasts {@value ForcedPulses#SECONDS_MIN} to {@value ForcedPulses#SECONDS_MAX} s, its current limited while
     * it flows. All other limits hold.
     *
     * @param lab what a file says
     * @param uri address of a bench
     * @return the laboratory, or the same with source-measure units in place of what pulses
     * @throws ConfigurationException naming the key that is wrong, or when there is no such unit
     */
    public static LabFile of(LabFile lab, BenchUri uri) {
        Map<String, String> said = uri.parameters();
        if (!said.containsKey(PULSES) && !said.containsKey(COMPLIANCE)) {
            return lab;
        }
        if (!said.containsKey(PULSES)) {
            throw wrong(uri, "compliance is of a source-measure unit; add pulses=" + LabFile.SOURCE_MEASURE_UNIT);
        }
        if (!said.get(PULSES).equals(LabFile.SOURCE_MEASURE_UNIT)) {
            throw wrong(uri, "pulses must be " + LabFile.SOURCE_MEASURE_UNIT + " or be left out, not '"
                    + said.get(PULSES) + "'");
        }
        LabFile.SourceMeasure unit = lab.requireSourceMeasure();
        Limits of = lab.limits();
        double most = of.stress().ampsMax();
        double amps = said.containsKey(COMPLIANCE)
                ? amps(uri, said.get(COMPLIANCE))
                : Math.min(ForcedPulses.USUAL_COMPLIANCE_AMPS, most);
        if (!(amps > 0 && amps <= most)) {
            throw wrong(uri, "compliance must be more than 0 A"
                    + (Double.isFinite(most) ? " and at most " + Quantity.text(most, "A") + ", the file's limit" : "")
                    + ", not " + Quantity.text(amps, "A"));
        }
        Limits slow = new Limits(of.bitLineVoltsMax(), of.sourceLineVoltsMax(), of.wordLineVoltsMax(),
                ForcedPulses.SECONDS_MIN, ForcedPulses.SECONDS_MAX, of.pulsesPerCellMax(), of.stress());
        return new LabFile(lab.name(), lab.die(), lab.technology(), lab.board(), lab.geometry(), lab.router(),
                new LabFile.Forced(unit, amps), Optional.of(unit), lab.supplies(), lab.timing(), slow, lab.faults(),
                lab.wiringFaults(), lab.notes(), lab.tags());
    }

    private static double amps(BenchUri uri, String text) {
        try {
            return Quantity.parse(text, "A");
        } catch (IllegalArgumentException e) {
            throw wrong(uri, "compliance: " + e.getMessage());
        }
    }

    private static ConfigurationException wrong(BenchUri uri, String what) {
        return new ConfigurationException("bench '" + uri + "': " + what);
    }
}
