package org.memloop.sim.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Declare settings: each has a command, a query, limits, and a value for every channel that {@code *RST} restores. */
final class ScpiSettings {
    private static final double SLACK = 1e-9; // limits that are computed are not exact

    /** Take a new value, or refuse it because of other settings. */
    interface Setter {
        void set(int channel, double value) throws ScpiError;
    }

    /** Hold a number for every channel. */
    static final class Number {
        private final double[] values;

        private Number(int channels) {
            values = new double[channels];
        }

        double get(int channel) {
            return values[channel];
        }

        double get() {
            return values[0];
        }

        void set(int channel, double value) {
            values[channel] = value;
        }
    }

    /** Hold a switch for every channel. */
    static final class Flag {
        private final boolean[] values;
        private final Switched listener;

        private Flag(int channels, Switched listener) {
            values = new boolean[channels];
            this.listener = listener;
        }

        boolean get(int channel) {
            return values[channel];
        }

        boolean get() {
            return values[0];
        }

        void set(int channel, boolean value) {
            boolean changes = values[channel] != value;
            values[channel] = value;
            if (changes) {
                listener.to(channel, value);
            }
        }
    }

    /** Hold one of several words, in its short form, for every channel. */
    static final class Choice {
        private final String[] values;

        private Choice(int channels) {
            values = new String[channels];
        }

        boolean is(int channel, String shortForm) {
            return values[channel].equals(shortForm);
        }

        boolean is(String shortForm) {
            return is(0, shortForm);
        }

        String get() {
            return values[0];
        }

        String get(int channel) {
            return values[channel];
        }

        void set(int channel, String shortForm) {
            values[channel] = shortForm;
        }
    }

    /** Describe what a number may be. */
    record Range(String unit, IntToDoubleFunction min, IntToDoubleFunction max, double reset) {
        Range(String unit, double min, double max, double reset) {
            this(unit, _ -> min, _ -> max, reset);
        }
    }

    private final ScpiTable table;

    ScpiSettings(ScpiTable table) {
        this.table = table;
    }

    /** Declare a number that any value within its range may replace. */
    Number number(String pattern, Range range) {
        return number(pattern, range, 0, (_, _) -> {});
    }

    /**
     * Declare a number.
     *
     * @param step what it is rounded to, 0 for nothing
     * @param check what refuses a value that does not go with other settings
     */
    Number number(String pattern, Range range, double step, Setter check) {
        Number number = new Number(table.channels());
        table.keep(number.values);
        table.onReset(() -> Arrays.fill(number.values, range.reset()));
        derived(pattern, range, number::get, (channel, value) -> {
            double rounded = step == 0 ? value : Math.round(value / step) * step;
            check.set(channel, rounded);
            number.set(channel, rounded);
        });
        return number;
    }

    /** Declare a number that is kept elsewhere, or computed. */
    void derived(String pattern, Range range, IntToDoubleFunction getter, Setter setter) {
        table.setting(pattern, List.of(), range.unit());
        table.command(pattern, call -> {
            call.atMost(1);
            double min = range.min().applyAsDouble(call.channel());
            double max = range.max().applyAsDouble(call.channel());
            double value = value(call.text(0), range, min, max);
            if (!(value >= min - SLACK * Math.abs(min) && value <= max + SLACK * Math.abs(max))) {
                throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
            }
            setter.set(call.channel(), value);
        });
        table.queryWith(pattern, 1, call -> {
            double min = range.min().applyAsDouble(call.channel());
            double max = range.max().applyAsDouble(call.channel());
            return ScpiData.show(call.data().isEmpty()
                    ? getter.applyAsDouble(call.channel())
                    : value(call.text(0), range, min, max));
        });
        table.query(pattern + ":TESTLIMITS",
                call -> String.format(Locale.ROOT, "1,<numeric>%s:%s",
                        ScpiData.show(range.min().applyAsDouble(call.channel())),
                        ScpiData.show(range.max().applyAsDouble(call.channel()))));
    }

    private static double value(String text, Range range, double min, double max) throws ScpiError {
        if (ScpiData.is(text, "MINimum")) {
            return min;
        }
        if (ScpiData.is(text, "MAXimum")) {
            return max;
        }
        return ScpiData.is(text, "DEFault") ? range.reset() : ScpiData.number(text, range.unit());
    }

    Flag flag(String pattern, boolean reset) {
        return flag(pattern, reset, (_, _) -> {});
    }

    /** Be told of a switch that has changed. */
    interface Switched {
        void to(int channel, boolean on);
    }

    Flag flag(String pattern, boolean reset, Switched listener) {
        Flag flag = new Flag(table.channels(), listener);
        table.keep(flag.values);
        table.setting(pattern, List.of("0", "1"), "");
        table.onReset(() -> {
            for (int channel = 0; channel < flag.values.length; channel++) {
                flag.set(channel, reset);
            }
        });
        table.command(pattern, call -> {
            call.atMost(1);
            flag.set(call.channel(), ScpiData.flag(call.text(0)));
        });
        table.query(pattern, call -> ScpiData.show(flag.get(call.channel())));
        return flag;
    }

    /**
     * Declare a word.
     *
     * @param choices the words, separated by bars, the short form of each in capitals; the first is the one after reset
     */
    Choice choice(String pattern, String choices) {
        String[] words = choices.split("\\|");
        Choice choice = new Choice(table.channels());
        table.setting(pattern, List.of(words), "");
        table.keep(() -> {
            String[] kept = choice.values.clone();
            return () -> System.arraycopy(kept, 0, choice.values, 0, kept.length);
        });
        table.onReset(() -> Arrays.fill(choice.values, ScpiData.shortForm(words[0])));
        table.command(pattern, call -> {
            call.atMost(1);
            choice.values[call.channel()] = ScpiData.choice(call.text(0), words);
        });
        table.query(pattern, call -> choice.values[call.channel()]);
        return choice;
    }
}
