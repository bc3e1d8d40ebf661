package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.ARRANGEMENT;
import static org.memloop.sim.array.CellRecords.CHANNELS;
import static org.memloop.sim.array.CellRecords.DIRECTION;
import static org.memloop.sim.array.CellRecords.DRIFTED_SECONDS;
import static org.memloop.sim.array.CellRecords.PROGRAMMED_SECONDS;
import static org.memloop.sim.array.CellRecords.RECEIVED;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.SET_SPEED;
import static org.memloop.sim.array.CellRecords.SPEED;
import static org.memloop.sim.array.CellRecords.SPEED_SPREAD;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.random.CellRandom;

/** Move the state of each cell: forming, switching with its variability and wear, disturbance by readings, drift at rest. */
final class Switching {
    private static final long SPEED_TAG = 3;
    private static final long ARRANGEMENT_TAG = 4;
    private static final long RELAXATION_TAG = 5;
    private static final long WEAR_OUT_TAG = 7;
    /** Drift at rest is worked out once it may have moved a state by so many channels, and never more often than this. */
    private static final double DRIFT_CHANNELS = 1e-5;
    private static final double IDLE_SECONDS = 1;

    private final Technology technology;
    private final PulseEffect idle;
    private final CellRecords records;
    private final Fabrication made;
    private final Conduction conduction;
    private final Restlessness restlessness;
    private final double lowest;
    private final double highest;

    Switching(Technology technology, PulseEffect idle, CellRecords records, Fabrication made, Conduction conduction) {
        this.technology = technology;
        this.idle = idle;
        this.records = records;
        this.made = made;
        this.conduction = conduction;
        restlessness = new Restlessness(technology, idle);
        lowest = technology.cell().lowestState();
        highest = technology.cell().highestState();
    }

    /**
     * Apply a train of equal pulses that wear.
     *
     * @return when the last of them started, seconds
     */
    double train(int cell, Condition condition, int count, double firstSeconds, StepTiming timing) {
        double start = firstSeconds;
        int left = count;
        while (!records.is(cell, CellState.FORMED)) {
            long bits = records.receive(cell);
            if (records.is(cell, CellState.VIRGIN)) {
                strain(cell, condition, start, bits);
            }
            if (--left == 0) {
                return start;
            }
            start = condition.next(start, timing);
        }
        return program(cell, condition, left, start, timing);
    }

    /** Apply one pulse that does not wear: the mean flow without its quanta, far below one. */
    void disturb(int cell, Condition condition, double startSeconds) {
        if (records.is(cell, CellState.FORMED)) {
            double state = drifted(cell, startSeconds);
            double seconds = speed(cell, condition) * condition.widthSeconds();
            records.set(cell, CHANNELS, inRange(state + condition.effect().displacement(state, seconds)));
        }
    }

    /** Leave a cell as what it felt left it. */
    void keep(int cell, Felt felt, double nowSeconds) {
        if (felt.broke()) {
            long bits = records.event(cell, ~records.get(cell, RECEIVED)); // no pulse of its own has these
            records.live(cell, felt.life());
            drawSpeed(cell, bits);
            records.set(cell, DRIFTED_SECONDS, nowSeconds);
            records.set(cell, PROGRAMMED_SECONDS, nowSeconds);
            records.set(cell, RELAXATION, new CellRandom(bits, RELAXATION_TAG).nextGaussian());
        }
        records.set(cell, CHANNELS, felt.channels());
        made.lifetime[cell] = felt.lifetime();
    }

    /** Strain a virgin cell; if it breaks down, the rest of the pulse is an ordinary one on a thin filament. */
    private void strain(int cell, Condition condition, double startSeconds, long bits) {
        Technology.Forming forming = technology.forming();
        double excessVolts = conduction.virginVolts(cell, condition) - made.strengthVolts[cell];
        double meanSeconds = forming.breakdownTimeSeconds()
                * Math.exp(-forming.breakdownSteepnessPerVolt() * excessVolts);
        double neededSeconds = made.lifetime[cell] * meanSeconds;
        if (neededSeconds >= condition.widthSeconds()) {
            made.lifetime[cell] -= condition.widthSeconds() / meanSeconds;
            return;
        }
        records.live(cell, CellState.FORMED);
        drawSpeed(cell, bits);
        double ceiling = ceiling(cell, Polarity.SET);
        double seconds = speed(cell, condition) * (condition.widthSeconds() - neededSeconds);
        records.set(cell, CHANNELS, condition.effect()
                .after(Math.min(ceiling, forming.seedChannels()), ceiling, seconds, bits));
        records.set(cell, DRIFTED_SECONDS, startSeconds);
        programmed(cell, condition, startSeconds, bits);
    }

    /** Give a formed cell pulses that wear. */
    private double program(int cell, Condition condition, int count, double firstSeconds, StepTiming timing) {
        double start = firstSeconds;
        long number = records.get(cell, RECEIVED);
        if (records.get(cell, DIRECTION) != condition.direction()) {
            turn(cell, condition, records.event(cell, number + 1));
            if (!records.is(cell, CellState.FORMED)) {
                return train(cell, condition, count, firstSeconds, timing);
            }
        }
        double seconds = speed(cell, condition) * condition.widthSeconds();
        double ceiling = ceiling(cell, condition.polarity());
        double state = drifted(cell, start);
        PulseEffect effect = condition.effect();
        long bits = 0;
        long arranging = 0;
        boolean arranged = false;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                start = condition.next(start, timing);
                if (start - records.get(cell, DRIFTED_SECONDS) > IDLE_SECONDS) {
                    records.set(cell, CHANNELS, state);
                    state = drifted(cell, start);
                }
            }
            bits = records.event(cell, ++number);
            state = effect.after(state, ceiling, seconds, bits);
            if ((bits & 2047) < condition.redraws()) {
                arranging = bits;
                arranged = true;
            }
        }
        records.set(cell, CHANNELS, state);
        records.set(cell, RECEIVED, number);
        if (arranged) {
            records.set(cell, ARRANGEMENT, new CellRandom(arranging, ARRANGEMENT_TAG).nextGaussian());
        }
        programmed(cell, condition, start, bits);
        return start;
    }

    /** Turn the direction of switching: the filament is another one, and a SET draws on a larger reservoir. */
    private void turn(int cell, Condition condition, long bits) {
        records.set(cell, DIRECTION, condition.direction());
        drawSpeed(cell, bits);
        if (condition.polarity() == Polarity.SET) {
            made.reservoir[cell] = (float) Math.min(highest,
                    made.reservoir[cell] * technology.forming().reservoirGrowth());
            if (++made.cycles[cell] > made.enduranceCycles[cell]) {
                Technology.Defects defects = technology.defects();
                boolean low = new CellRandom(bits, WEAR_OUT_TAG).nextDouble() < defects.wornLowShare();
                records.live(cell, low ? CellState.STUCK_LOW : CellState.STUCK_HIGH);
                records.set(cell, CHANNELS, defects.stuckChannels());
            }
        }
    }

    /** {@return the highest state that a polarity brings a cell to} */
    double ceiling(int cell, Polarity polarity) {
        return polarity == Polarity.SET
                ? Math.min(highest, made.reservoir[cell])
                : highest;
    }

    private double drifted(int cell, double nowSeconds) {
        double channels = records.get(cell, CHANNELS);
        double passed = nowSeconds - records.get(cell, DRIFTED_SECONDS);
        if (passed <= IDLE_SECONDS || passed * restlessness.perSecond(channels) < DRIFT_CHANNELS) {
            return channels;
        }
        records.set(cell, DRIFTED_SECONDS, nowSeconds);
        return inRange(channels + idle.displacement(channels, passed));
    }

    private void drawSpeed(int cell, long bits) {
        made.draw[cell] = (float) new CellRandom(bits, SPEED_TAG).nextGaussian();
        records.set(cell, SPEED_SPREAD, -1);
    }

    private double speed(int cell, Condition condition) {
        if (!condition.wears()) {
            return own(cell, condition.polarity());
        }
        if (records.get(cell, SPEED_SPREAD) != condition.speedSpread()) {
            double own = own(cell, condition.polarity());
            records.set(cell, SPEED, own * Math.exp(condition.speedSpread() * made.draw[cell]));
            records.set(cell, SPEED_SPREAD, condition.speedSpread());
        }
        return records.get(cell, SPEED);
    }

    /** {@return a cell's own factor on the speed of its state} */
    double own(int cell, Polarity polarity) {
        return polarity == Polarity.SET ? records.get(cell, SET_SPEED) : made.resetSpeed[cell];
    }

    private void programmed(int cell, Condition condition, double startSeconds, long bits) {
        records.set(cell, PROGRAMMED_SECONDS, startSeconds + condition.widthSeconds());
        records.set(cell, RELAXATION, new CellRandom(bits, RELAXATION_TAG).nextGaussian());
    }

    /** Branches that are always taken the same way cost less than a comparison of numbers that may be none. */
    double inRange(double state) {
        return state < lowest ? lowest : state > highest ? highest : state;
    }
}
