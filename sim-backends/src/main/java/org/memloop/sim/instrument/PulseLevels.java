package org.memloop.sim.instrument;

import java.util.function.IntToDoubleFunction;

/**
 * Keep the levels of a pulse generator's outputs, the loads it was told of, and the limits it was given.
 *
 * <p>Inside, a level is the open-circuit voltage of its source. What is programmed and shown refers to the load the
 * instrument was told of, what the chip gets to the load that is there:
 *
 * <pre>
 *   shown = source * Ztold / (Ztold + 50)        chip = source * Zchip / (Zchip + 50)
 * </pre>
 *
 * An instrument that still believes in 50 ohm thus puts twice the programmed volts on the gates. Ranges are those of
 * the user's guide into 50 ohm, and grow with the load told, to twice as much into an open circuit.
 */
final class PulseLevels {
    private static final double SOURCE_OHMS = 50;
    private static final double HIGH_MIN = -4.95;
    private static final double HIGH_MAX = 5;
    private static final double LOW_MIN = -5;
    private static final double LOW_MAX = 4.95;
    private static final double AMPLITUDE_MIN = 0.05;
    private static final double AMPLITUDE_MAX = 5;

    private final double stepVolts;
    private final double[] highSource;
    private final double[] lowSource;
    private final double[] toldOhms;
    private final ScpiSettings.Number limitHigh;
    private final ScpiSettings.Number limitLow;
    private final ScpiSettings.Flag limiting;

    PulseLevels(ScpiSettings settings, ScpiTable table, double stepVolts) {
        this.stepVolts = stepVolts;
        highSource = new double[table.channels()];
        lowSource = new double[table.channels()];
        toldOhms = new double[table.channels()];
        limitHigh = settings.number(":VOLTage<n>:LIMit:HIGH", new ScpiSettings.Range("V", -9.99, 10, 10), 0,
                (i, volts) -> allows(i, high(i) <= volts + 1e-9));
        limitLow = settings.number(":VOLTage<n>:LIMit:LOW", new ScpiSettings.Range("V", -10, 9.99, -10), 0,
                (i, volts) -> allows(i, low(i) >= volts - 1e-9));
        limiting = limiting(table);
        declare(settings, table);
    }

    /** {@return the open-circuit volts of an output's high level} */
    double highSource(int i) {
        return highSource[i];
    }

    /** {@return the open-circuit volts of an output's low level} */
    double lowSource(int i) {
        return lowSource[i];
    }

    /** {@return the least difference of an output's levels, into the load told} */
    double leastAmplitude(int i) {
        return AMPLITUDE_MIN * 2 * share(toldOhms[i]);
    }

    private void declare(ScpiSettings settings, ScpiTable table) {
        table.keep(toldOhms);
        table.keep(highSource);
        table.keep(lowSource);
        table.onReset(() -> {
            for (int i = 0; i < toldOhms.length; i++) {
                toldOhms[i] = SOURCE_OHMS;
                highSource[i] = 1;
                lowSource[i] = -1;
            }
        });
        for (String pattern : new String[]{":OUTPut<n>:IMPedance:EXTernal", ":OUTPut<n>:LOAD"}) {
            settings.derived(pattern, new ScpiSettings.Range("OHM", 0.3, 1e6, SOURCE_OHMS), i -> toldOhms[i],
                    (i, ohms) -> toldOhms[i] = ohms);
        }
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:HIGH", range(HIGH_MIN, HIGH_MAX, 0.5), this::high,
                (i, volts) -> set(i, low(i), volts));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:LOW", range(LOW_MIN, LOW_MAX, -0.5), this::low,
                (i, volts) -> set(i, volts, high(i)));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate][:AMPLitude]", range(AMPLITUDE_MIN, AMPLITUDE_MAX, 1),
                i -> high(i) - low(i),
                (i, volts) -> set(i, (high(i) + low(i) - volts) / 2, (high(i) + low(i) + volts) / 2));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:OFFSet", range(-4.995, 4.995, 0),
                i -> (high(i) + low(i)) / 2,
                (i, volts) -> set(i, volts - (high(i) - low(i)) / 2, volts + (high(i) - low(i)) / 2));
    }

    private ScpiSettings.Flag limiting(ScpiTable table) {
        ScpiSettings.Flag flag = new ScpiSettings(table).flag(":VOLTage<n>:LIMit[:STATe]", false);
        table.command(":VOLTage<n>:LIMit[:STATe]", call -> {
            call.atMost(1);
            boolean on = ScpiData.flag(call.text(0));
            int i = call.channel();
            if (on && outside(i, low(i), high(i))) {
                throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "levels are outside the limits");
            }
            flag.set(i, on);
        });
        return flag;
    }

    private void allows(int i, boolean inside) throws ScpiError {
        if (limiting.get(i) && !inside) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "levels are outside the limit");
        }
    }

    private ScpiSettings.Range range(double min, double max, double reset) {
        IntToDoubleFunction low = i -> min * 2 * share(toldOhms[i]);
        IntToDoubleFunction high = i -> max * 2 * share(toldOhms[i]);
        return new ScpiSettings.Range("V", low, high, reset);
    }

    static double share(double ohms) {
        return ohms / (ohms + SOURCE_OHMS);
    }

    double high(int i) {
        return highSource[i] * share(toldOhms[i]);
    }

    double low(int i) {
        return lowSource[i] * share(toldOhms[i]);
    }

    private boolean outside(int i, double lowVolts, double highVolts) {
        return highVolts > limitHigh.get(i) + 1e-9 || lowVolts < limitLow.get(i) - 1e-9;
    }

    void set(int i, double lowVolts, double highVolts) throws ScpiError {
        double scale = 2 * share(toldOhms[i]);
        double amplitude = highVolts - lowVolts;
        if (amplitude < AMPLITUDE_MIN * scale - 1e-9 || amplitude > AMPLITUDE_MAX * scale + 1e-9
                || highVolts > HIGH_MAX * scale + 1e-9 || lowVolts < LOW_MIN * scale - 1e-9) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "HIGH and LOW");
        }
        if (limiting.get(i) && outside(i, lowVolts, highVolts)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, "output limit");
        }
        highSource[i] = rounded(highVolts) / share(toldOhms[i]);
        lowSource[i] = rounded(lowVolts) / share(toldOhms[i]);
    }

    private double rounded(double volts) {
        return Math.round(volts / stepVolts) * stepVolts;
    }
}
