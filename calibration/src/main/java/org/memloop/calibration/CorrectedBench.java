package org.memloop.calibration;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;

/**
 * Ask a bench for pulses of such a height that the wanted ones arrive. Limits hold for what arrives and for what is asked
 * for; readings tell the volts that arrived. This stands before whatever checks and records, so that a journal holds what was asked.
 */
public final class CorrectedBench implements Bench {
    private final Bench inner;
    private final Amplitude column;
    private final Amplitude gate;

    private CorrectedBench(Bench inner, Amplitude column, Amplitude gate) {
        this.inner = inner;
        this.column = column;
        this.gate = gate;
    }

    /**
     * Correct the pulses of a bench as a card says.
     *
     * @param bench the bench
     * @param card what was found about it
     * @return the bench itself where there is nothing to correct
     */
    public static Bench of(Bench bench, CalibrationCard card) {
        return card.column().equals(Amplitude.EXACT) && card.gate().equals(Amplitude.EXACT)
                ? bench
                : new CorrectedBench(bench, card.column(), card.gate());
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        Map<Pulse, Pulse> asked = new IdentityHashMap<>();
        PulseProgram.Builder corrected = PulseProgram.builder();
        for (int step = 0; step < program.size(); step++) {
            corrected.add(program.cell(step), asked.computeIfAbsent(program.pulse(step), this::ask),
                    program.count(step));
        }
        Readings raw = inner.run(corrected.build());
        Readings.Builder readings = Readings.builder(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            readings.add(raw.step(i), column.arrives(raw.volts(i)), raw.amps(i), raw.seconds(i), raw.quality(i));
        }
        return readings.build();
    }

    private Pulse ask(Pulse wanted) {
        inner.capabilities().limits().check(wanted);
        return new Pulse(wanted.name(), wanted.polarity(), column.ask(wanted.columnVolts()),
                gate.ask(wanted.gateVolts()), wanted.widthSeconds(), wanted.measured());
    }

    @Override
    public void rest(double seconds) {
        inner.rest(seconds);
    }

    @Override
    public int exhaustedCells() {
        return inner.exhaustedCells();
    }

    @Override
    public Optional<Replay> replay() {
        return inner.replay();
    }

    @Override
    public void close() {
        inner.close();
    }
}
