package org.memloop.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Draw the loop of current against voltage with pulses: up and down on the bit line, then up and down on the source line,
 * the current read during every pulse. Cells are taken one after the other.
 *
 * @param setVolts highest volts on the bit line
 * @param resetVolts highest volts on the source line
 * @param stepVolts distance of two pulses
 * @param setGateVolts gate while the bit line is driven
 * @param resetGateVolts gate while the source line is driven
 * @param widthSeconds length of each pulse
 * @param loops how many, at least 1
 */
public record IvSweep(double setVolts, double resetVolts, double stepVolts, double setGateVolts, double resetGateVolts,
        double widthSeconds, int loops) implements Procedure {
    /** Loops of 1.5 V in steps of 50 mV, 100 us a pulse. */
    public static final IvSweep USUAL = new IvSweep(1.5, 1.5, 0.05, 2.5, 4.5, 100e-6, 1);

    /** Refuse a loop without points. */
    public IvSweep {
        Require.that(stepVolts > 0 && setVolts >= stepVolts && resetVolts >= stepVolts && loops >= 1,
                "a loop goes in steps of more than 0 V up to set and reset volts of at least one step");
    }

    @Override
    public String name() {
        return "iv-sweep";
    }

    private List<Pulse> loop() {
        List<Pulse> pulses = new ArrayList<>();
        leg(pulses, "IV_SET", Polarity.SET, setVolts, setGateVolts);
        leg(pulses, "IV_RESET", Polarity.RESET, resetVolts, resetGateVolts);
        return pulses;
    }

    private void leg(List<Pulse> pulses, String name, Polarity polarity, double top, double gate) {
        Ramp ramp = new Ramp(stepVolts, top, stepVolts);
        Pulse pulse = new Pulse(name, polarity, top, gate, widthSeconds, true);
        IntStream.concat(IntStream.range(0, ramp.levels()),
                IntStream.iterate(ramp.levels() - 2, level -> level >= 0, level -> level - 1))
                .forEach(level -> pulses.add(Pulses.withColumn(pulse, ramp.volts(level))));
    }

    @Override
    public void run(Site site, int... cells) {
        List<Pulse> loop = loop();
        int done = 0;
        for (int cell : cells) {
            site.progress("I-V loops", done++, cells.length);
            for (int i = 0; i < loops; i++) {
                PulseProgram.Builder program = PulseProgram.builder();
                for (int at = 0; at < loop.size(); at++) {
                    program.add(cell, loop.get(at));
                    // a program holds at most 127 different pulses
                    if (at % 100 == 99) {
                        site.run(program.build());
                        program = PulseProgram.builder();
                    }
                }
                site.run(program.build());
            }
            site.judge(cell, Verdict.Result.REACHED, site.read(cell)[0], "swept");
        }
        site.progress("I-V loops", cells.length, cells.length);
    }
}
