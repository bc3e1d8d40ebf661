package org.memloop.experiments.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Conditioning;
import org.memloop.calibration.Endurance;
import org.memloop.calibration.Forming;
import org.memloop.calibration.IvSweep;
import org.memloop.calibration.Observation;
import org.memloop.calibration.Potentiation;
import org.memloop.calibration.Procedure;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.calibration.Ramp;
import org.memloop.calibration.ReadMap;
import org.memloop.calibration.ReadNoise;
import org.memloop.calibration.Relaxation;
import org.memloop.calibration.Retention;
import org.memloop.calibration.SetLevel;
import org.memloop.calibration.SetReset;
import org.memloop.calibration.Site;
import org.memloop.calibration.Switching;
import org.memloop.calibration.Verdict;
import org.memloop.calibration.WriteVerify;
import org.memloop.run.Benches;

/** Hold procedures to what is known of the simulated technology (its acceptance numbers). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProceduresTest {
    private static final int[] CELLS = IntStream.range(0, 512).toArray();

    private final Bench die = prepared(21);

    private static final class Kept implements ProcedureObserver {
        final List<Observation> observations = new ArrayList<>();
        final List<Verdict> verdicts = new ArrayList<>();
        final List<CellHealth> health = new ArrayList<>();

        @Override
        public void observed(Observation observation) {
            observations.add(observation);
        }

        @Override
        public void judged(Verdict verdict) {
            verdicts.add(verdict);
        }

        @Override
        public void found(int cell, CellHealth what) {
            health.add(what);
        }

        double share(Verdict.Result result) {
            return verdicts.stream().filter(one -> one.result() == result).count() / (double) verdicts.size();
        }

        double median(Predicate<Observation> which) {
            double[] sorted = observations.stream().filter(which).mapToDouble(Observation::siemens).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    private static Kept run(Bench bench, Procedure procedure, int... cells) {
        Kept kept = new Kept();
        procedure.run(new Site(bench, ConductanceCard.WHOLE_PATH, Pulse.READ, kept, (_, _, _) -> {}), cells);
        return kept;
    }

    private static Bench virgin(int seed) {
        return Benches.open(BenchUri.parse("sim:hfox-32x16?seed=" + seed + "&stuck=0"));
    }

    private static Bench prepared(int seed) {
        Bench bench = virgin(seed);
        run(bench, Forming.USUAL, CELLS);
        run(bench, Conditioning.USUAL, CELLS);
        run(bench, Switching.SET, CELLS);
        return bench;
    }

    @AfterAll
    void close() {
        die.close();
    }

    @Test
    void formingLeavesVirginCellsFormedAndFormedCellsAlone() {
        try (Bench bench = virgin(22)) {
            Kept map = run(bench, ReadMap.USUAL, CELLS);
            assertTrue(map.median(_ -> true) < 1e-6, "virgin cells are megaohms");
            Kept first = run(bench, Forming.USUAL, CELLS);
            assertTrue(first.share(Verdict.Result.REACHED) > 0.99);
            assertEquals(1 / 28.8e3, first.verdicts.stream().mapToDouble(Verdict::siemens).sorted().toArray()[256],
                    4e-6);
            Kept again = run(bench, Forming.USUAL, CELLS);
            assertTrue(again.share(Verdict.Result.LEFT_ALONE) > 0.99);
            assertEquals(0, again.verdicts.stream().filter(one -> one.result() == Verdict.Result.LEFT_ALONE)
                    .mapToLong(Verdict::pulses).sum());
        }
    }

    @Test
    void aGateRampStopsAtTheTargetAndAtCompliance() {
        Forming ramp = new Forming(Forming.Shape.GATE, Pulse.FORMING, 1.2, 0.2, 1, 100, 10e-6, 0);
        try (Bench bench = virgin(23)) {
            Kept ramped = run(bench, ramp, CELLS);
            assertTrue(ramped.share(Verdict.Result.REACHED) > 0.98);
            double[] gates = ramped.observations.stream().filter(one -> one.applied().isPresent())
                    .mapToDouble(one -> one.applied().get().gateVolts()).distinct().sorted().toArray();
            assertTrue(gates.length > 1 && gates[0] == 1.2 && gates[gates.length - 1] <= 2.8, Arrays.toString(gates));
        }
        try (Bench bench = virgin(23)) {
            Forming watched = new Forming(Forming.Shape.AMPLITUDE, Pulse.FORMING, 1.8, 0.2, 2, 5, 1e-3, 20e-6);
            Kept limited = run(bench, watched, CELLS);
            assertTrue(limited.verdicts.stream().anyMatch(one -> one.note().contains("compliance")));
            assertTrue(limited.verdicts.stream().allMatch(one -> one.pulses() <= 5), "the budget was passed");
        }
    }

    @Test
    void bothStatesHaveTheirDistributions() {
        Kept kept = run(die, new SetReset(3, Pulse.SET, Pulse.HARD_RESET, 50e-6, 25e-6), CELLS);
        assertTrue(kept.share(Verdict.Result.REACHED) > 0.95);
        assertEquals(98.7e-6, kept.median(one -> one.applied().get().polarity() == Polarity.SET), 2e-6);
        assertEquals(1 / 300e3, kept.median(one -> one.applied().get().polarity() == Polarity.RESET), 0.5e-6);
    }

    @Test
    void theLevelOfASetFollowsItsGate() {
        Kept kept = run(die, new SetLevel(new Ramp(1.6, 2.8, 0.4), 1, Pulse.SET, Pulse.HARD_RESET), CELLS);
        double[] expected = {41e-6, 71e-6, 0, 109.7e-6};
        for (int level : new int[]{0, 1, 3}) {
            double gate = 1.6 + 0.4 * level;
            assertEquals(expected[level],
                    kept.median(one -> one.applied().get().polarity() == Polarity.SET
                            && Math.abs(one.applied().get().gateVolts() - gate) < 1e-9),
                    4e-6, "gate " + gate);
        }
    }

    @Test
    void writeVerifyComesToItsTargetFromBothSidesAndRefusesHarmfulOnes() {
        WriteVerify towards = new WriteVerify(60e-6, 3e-6, 100, WriteVerify.USUAL.set(), WriteVerify.USUAL.setGate(),
                WriteVerify.USUAL.reset(), WriteVerify.USUAL.resetColumn(), 0, 0, 300e3);
        run(die, Switching.SET, Arrays.copyOf(CELLS, 256));
        run(die, Switching.RESET, Arrays.copyOfRange(CELLS, 256, 512));
        Kept kept = run(die, towards, CELLS);
        assertTrue(kept.share(Verdict.Result.REACHED) > 0.97, "" + kept.share(Verdict.Result.REACHED));
        assertTrue(kept.verdicts.stream().filter(one -> one.result() == Verdict.Result.REACHED)
                .allMatch(one -> Math.abs(one.siemens() - 60e-6) <= 3e-6));
        assertThrows(IllegalArgumentException.class, () -> new WriteVerify(2e-6, 1e-6, 10, towards.set(),
                towards.setGate(), towards.reset(), towards.resetColumn(), 0, 0, 300e3));
    }

    @Test
    void writeVerifyGoesNowhereTheLaboratoryForbids() {
        Limits.Stress narrow = new Limits.Stress(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 1,
                Double.POSITIVE_INFINITY, 5e3, 15e3);
        Capabilities of = die.capabilities();
        Bench strict = new Bench() {
            @Override
            public Capabilities capabilities() {
                return new Capabilities(of.description(), of.geometry(), of.limits().with(narrow), of.readAccuracy(),
                        of.instruments());
            }

            @Override
            public Readings run(PulseProgram program) {
                throw new AssertionError(program + " was fired");
            }

            @Override
            public void rest(double seconds) {
                throw new AssertionError("nothing to wait for");
            }

            @Override
            public void close() {
                // the die is others'
            }
        };
        String said = assertThrows(LimitException.class, () -> run(strict, WriteVerify.USUAL, 1)).getMessage();
        assertTrue(said.contains("1.667e+04 ohm") && said.contains("nothing was fired"), said);
    }

    @Test
    void pulsesUpAndDownAreCounted() {
        Kept kept = run(die, new Potentiation(5, 7, 2, Potentiation.USUAL.up(), Pulse.WEAK_RESET), 3, 4);
        assertEquals(2 * (1 + 24), kept.observations.size());
        assertTrue(kept.verdicts.stream().allMatch(one -> one.pulses() == 24));
        Observation last = kept.observations.getLast();
        assertEquals(24, last.pulses());
        assertEquals(Pulse.WEAK_RESET, last.applied().get());
    }

    @Test
    void aLoopDrawsMoreCurrentInTheLowResistanceState() {
        Kept kept = run(die, IvSweep.USUAL, 7);
        List<Observation> loop = kept.observations.stream().filter(one -> one.measured().name().startsWith("IV"))
                .toList();
        assertEquals(2 * 59, loop.size());
        double most = loop.stream().filter(one -> one.measured().polarity() == Polarity.SET)
                .mapToDouble(Observation::amps).max().orElseThrow();
        assertTrue(most > 50e-6 && most < 200e-6, "SET is limited by the gate: " + most);
        assertEquals(0.3, loop.stream().filter(one -> one.volts() > 0.29 && one.volts() < 0.31).findFirst()
                .orElseThrow().measured().columnVolts(), 1e-9);
    }

    @Test
    void delaysAreTrueAndRestIsTaken() {
        Kept kept = run(die, new Retention(Pulse.SET, 1, 100, 1, 0.5), IntStream.range(0, 32).toArray());
        double[] delays = kept.observations.stream().filter(one -> one.delaySeconds().isPresent())
                .mapToDouble(one -> one.delaySeconds().getAsDouble()).toArray();
        assertEquals(4 * 32, delays.length);
        assertEquals(100, delays[delays.length - 1], 0.1);
        assertTrue(kept.share(Verdict.Result.REACHED) > 0.9);
        Kept relaxing = run(die, new Relaxation(Pulse.SET, 1e-3, 0.1, 2), 1, 2);
        assertEquals(0.1, relaxing.observations.getLast().delaySeconds().getAsDouble(), 1e-3);
        assertTrue(relaxing.observations.get(1).delaySeconds().getAsDouble() < 1e-4);
    }

    @Test
    void noiseIsReadInARow() {
        Kept kept = run(die, new ReadNoise(200, 0), 9);
        assertEquals(200, kept.observations.size());
        double mean = kept.observations.stream().mapToDouble(Observation::siemens).average().orElseThrow();
        double deviation = Math.sqrt(kept.observations.stream().mapToDouble(one -> Math.pow(one.siemens() - mean, 2))
                .average().orElseThrow());
        assertTrue(deviation > 0 && deviation < 0.05 * mean, deviation + " of " + mean);
    }

    @Test
    void enduranceCountsItsCycles() {
        Kept kept = run(die, new Endurance(30, 2, 3, Pulse.SET, Pulse.HARD_RESET, 50e-6, 25e-6), 11, 12);
        assertTrue(kept.verdicts.stream().allMatch(one -> one.pulses() == 60), kept.verdicts.toString());
        assertEquals(60, kept.observations.getLast().pulses());
    }

    @Test
    void equalSettingsAndSeedsGiveEqualObservations() {
        try (Bench one = virgin(30); Bench other = virgin(30)) {
            for (Procedure procedure : List.of(Forming.USUAL, Conditioning.USUAL, WriteVerify.USUAL)) {
                assertEquals(run(one, procedure, 1, 2, 3).observations, run(other, procedure, 1, 2, 3).observations);
            }
        }
    }
}
