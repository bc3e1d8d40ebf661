package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.CHANNELS;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.device.Technology;

/**
 * Work out what a cell with a shut gate feels of pulses on its column, without touching it: the mean flow of its state beyond
 * that at rest, at its own speed, and the strain of its oxide while it is virgin.
 */
final class Felt implements Beside.Feeling<Shut> {
    private final Technology.Forming forming;
    private final PulseEffect idle;
    private final Switching switching;
    private final Conduction conduction;
    private final Fabrication made;
    private final int cell;
    private final CellState before;
    private CellState life;
    private double channels;
    private double lifetime;

    Felt(Technology technology, PulseEffect idle, Switching switching, Conduction conduction, Fabrication made,
            CellRecords records, int cell) {
        this.forming = technology.forming();
        this.idle = idle;
        this.switching = switching;
        this.conduction = conduction;
        this.made = made;
        this.cell = cell;
        life = CellState.values()[records.get(cell, CellRecords.LIFE)];
        before = life;
        channels = records.get(cell, CHANNELS);
        lifetime = made.lifetime[cell];
    }

    /** {@return the stage of its life it is in then} */
    CellState life() {
        return life;
    }

    /** {@return whether its oxide broke down} */
    boolean broke() {
        return life != before;
    }

    /** {@return its state then} */
    double channels() {
        return channels;
    }

    /** {@return how much of its mean time to breakdown it then still withstands} */
    double lifetime() {
        return lifetime;
    }

    @Override
    public void feel(Shut drive, double seconds) {
        if (life == CellState.VIRGIN) {
            strain(drive, seconds);
        } else if (life == CellState.FORMED) {
            move(drive, seconds);
        }
    }

    private void strain(Shut drive, double seconds) {
        double volts = conduction.virginVolts(cell, drive.polarity(), drive.columnVolts(), 0);
        double perSecond = breakdownsPerSecond(volts) - breakdownsPerSecond(0);
        double left = seconds - lifetime / perSecond;
        if (!(left > 0)) {
            lifetime -= seconds * perSecond;
            return;
        }
        life = CellState.FORMED;
        channels = Math.min(switching.ceiling(cell, Polarity.SET), forming.seedChannels());
        move(drive, left);
    }

    private double breakdownsPerSecond(double volts) {
        return Math.exp(forming.breakdownSteepnessPerVolt() * (volts - made.strengthVolts[cell]))
                / forming.breakdownTimeSeconds();
    }

    private void move(Shut drive, double seconds) {
        double effective = switching.own(cell, drive.polarity()) * seconds;
        double to = channels + drive.effect().displacement(channels, effective)
                - idle.displacement(channels, effective);
        channels = switching.inRange(Math.min(to,
                Math.max(channels, switching.ceiling(cell, drive.polarity()))));
    }
}
