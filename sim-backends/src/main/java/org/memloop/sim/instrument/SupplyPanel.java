package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Declare the commands that set and ask the outputs of a supply. Those of one family end with a list of channels, those
 * of the other mean the selected output:
 *
 * <pre>
 *   VOLT 1.2,(@1,3)   VOLT? (@1:3)   VOLT? MAX,(@2)          VOLT 1.2   VOLT?   VOLT? MAX
 * </pre>
 *
 * A command with a list either holds for all of its outputs or, refused for one, changes none.
 */
final class SupplyPanel {
    /** Change one output. */
    interface Setter {
        void set(SupplyOutput output, double value);
    }

    private final ScpiTable table;
    private final List<SupplyOutput> outputs;
    private final boolean lists;
    private final Runnable changed;
    private int selected;

    SupplyPanel(ScpiTable table, List<SupplyOutput> outputs, boolean lists, Runnable changed) {
        this.table = table;
        this.outputs = outputs;
        this.lists = lists;
        this.changed = changed;
        table.onReset(() -> {
            selected = 0;
            outputs.forEach(SupplyOutput::reset);
            changed.run();
        });
        table.keep(this::kept);
        selecting();
        levels();
    }

    /** Keep what {@code *SAV} keeps of the outputs; they are off after {@code *RCL}. */
    private Runnable kept() {
        List<Runnable> kept = outputs.stream().map(SupplyOutput::kept).toList();
        return () -> {
            kept.forEach(Runnable::run);
            changed.run();
        };
    }

    private void selecting() {
        table.command(":INSTrument[:SELect]", call -> {
            call.atMost(1);
            selected = outputs.indexOf(named(call.text(0)));
        });
        table.query(":INSTrument[:SELect]", _ -> outputs.get(selected).rating().name());
        table.command(":INSTrument:NSELect", call -> selected = number(call.text(0)) - 1);
        table.query(":INSTrument:NSELect", _ -> String.valueOf(selected + 1));
        table.command(":APPLy", this::apply);
        table.queryWith(":APPLy", 1, call -> {
            SupplyOutput output = call.data().isEmpty() ? outputs.get(selected) : named(call.text(0));
            return String.format(Locale.ROOT, "\"%+.6f,%+.6f\"", output.setVolts, output.limitAmps);
        });
    }

    private void levels() {
        number("[:SOURce]:VOLTage[:LEVel][:IMMediate][:AMPLitude]", "V", o -> Math.min(0, mostVolts(o)),
                o -> Math.max(0, mostVolts(o)), o -> o.setVolts, (o, volts) -> o.setVolts = volts);
        number("[:SOURce]:CURRent[:LEVel][:IMMediate][:AMPLitude]", "A", _ -> 0, SupplyPanel::mostAmps,
                o -> o.limitAmps, (o, amps) -> o.limitAmps = amps);
        measure(":MEASure[:SCALar][:VOLTage][:DC]", SupplyOutput::measuredVolts);
        measure(":MEASure[:SCALar]:CURRent[:DC]", SupplyOutput::measuredAmps);
    }

    private static double mostVolts(SupplyOutput output) {
        return output.rating().sign() * output.rating().volts() * SupplyOutput.Rating.OVERRANGE;
    }

    private static double mostAmps(SupplyOutput output) {
        return output.rating().amps() * SupplyOutput.Rating.OVERRANGE;
    }

    /** Set volts and current of one output together: both, or none. */
    private void apply(ScpiTable.Call call) throws ScpiError {
        call.atMost(3);
        SupplyOutput output = named(call.text(0));
        double most = mostVolts(output);
        double volts = call.data().size() < 2
                ? output.setVolts
                : within(call.text(1), "V", Math.min(0, most), Math.max(0, most));
        double amps = call.data().size() < 3 ? output.limitAmps : within(call.text(2), "A", 0, mostAmps(output));
        selected = outputs.indexOf(output);
        output.setVolts = volts;
        output.limitAmps = amps;
        changed();
    }

    /** Declare a number of every output. */
    void number(String pattern, String unit, ToDoubleFunction<SupplyOutput> min, ToDoubleFunction<SupplyOutput> max,
            ToDoubleFunction<SupplyOutput> getter, Setter setter) {
        table.setting(pattern, List.of(), unit);
        table.command(pattern, call -> {
            List<SupplyOutput> chosen = chosen(call, 1);
            double[] values = new double[chosen.size()];
            for (int i = 0; i < values.length; i++) {
                SupplyOutput output = chosen.get(i);
                values[i] = within(call.text(0), unit, min.applyAsDouble(output), max.applyAsDouble(output));
            }
            for (int i = 0; i < values.length; i++) {
                setter.set(chosen.get(i), values[i]);
            }
            changed();
        });
        table.queryWith(pattern, 2, call -> {
            boolean limit = !call.data().isEmpty() && !call.text(0).startsWith("(");
            StringJoiner answer = new StringJoiner(",");
            for (SupplyOutput output : chosen(call, limit ? 1 : 0)) {
                answer.add(show(limit
                        ? within(call.text(0), unit, min.applyAsDouble(output), max.applyAsDouble(output))
                        : getter.applyAsDouble(output)));
            }
            return answer.toString();
        });
    }

    /** Declare a switch of every output. */
    void flag(String pattern, ToDoubleFunction<SupplyOutput> getter, Setter setter) {
        table.setting(pattern, List.of("0", "1"), "");
        table.command(pattern, call -> {
            double value = ScpiData.flag(call.text(0)) ? 1 : 0;
            chosen(call, 1).forEach(output -> setter.set(output, value));
            changed();
        });
        state(pattern, getter);
    }

    /** Declare a query of a state of every output, 0 or 1. */
    void state(String pattern, ToDoubleFunction<SupplyOutput> getter) {
        table.queryWith(pattern, 1, call -> {
            StringJoiner answer = new StringJoiner(",");
            chosen(call, 0).forEach(output -> answer.add(String.valueOf((int) getter.applyAsDouble(output))));
            return answer.toString();
        });
    }

    /** Declare something done to outputs. */
    void action(String pattern, Setter action) {
        table.command(pattern, call -> {
            chosen(call, 0).forEach(output -> action.set(output, 0));
            changed();
        });
    }

    private void measure(String pattern, ToDoubleFunction<SupplyOutput> measured) {
        table.queryWith(pattern, 1, call -> {
            List<SupplyOutput> chosen = !lists && !call.data().isEmpty()
                    ? List.of(named(call.text(0)))
                    : chosen(call, 0);
            StringJoiner answer = new StringJoiner(",");
            chosen.forEach(output -> answer.add(show(measured.applyAsDouble(output))));
            return answer.toString();
        });
    }

    private void changed() {
        outputs.forEach(SupplyOutput::protect);
        changed.run();
    }

    private String show(double value) {
        return String.format(Locale.ROOT, lists ? "%+.5E" : "%+.8E", value);
    }

    private static double within(String text, String unit, double min, double max) throws ScpiError {
        double value = ScpiData.is(text, "MINimum")
                ? min
                : ScpiData.is(text, "MAXimum") ? max : ScpiData.number(text, unit);
        if (!(value >= min - 1e-9 && value <= max + 1e-9)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, text);
        }
        return value;
    }

    private SupplyOutput named(String text) throws ScpiError {
        for (int i = 0; i < outputs.size(); i++) {
            if (text.equalsIgnoreCase(outputs.get(i).rating().name())
                    || lists && text.equalsIgnoreCase("CH" + (i + 1))) {
                return outputs.get(i);
            }
        }
        throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
    }

    private int number(String text) throws ScpiError {
        double number = ScpiData.number(text, "");
        if (!(number >= 1 && number <= outputs.size()) || number != Math.rint(number)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, text);
        }
        return (int) number;
    }

    /** {@return the outputs of the list at an index of the data; the selected one when there is none} */
    private List<SupplyOutput> chosen(ScpiTable.Call call, int index) throws ScpiError {
        if (!lists || call.data().size() <= index) {
            call.atMost(index);
            return List.of(outputs.get(selected));
        }
        call.atMost(index + 1);
        String text = call.text(index).replace(" ", "");
        if (!text.startsWith("(@") || !text.endsWith(")")) {
            throw new ScpiError(ScpiError.DATA_TYPE, text);
        }
        List<SupplyOutput> chosen = new ArrayList<>();
        for (String part : text.substring(2, text.length() - 1).split(",")) {
            int[] ends = Arrays.stream(part.split(":", 2)).mapToInt(SupplyPanel::digits).toArray();
            for (int i = ends[0]; i <= ends[ends.length - 1]; i++) {
                chosen.add(outputs.get(number(String.valueOf(i)) - 1));
            }
        }
        return chosen;
    }

    private static int digits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    }
}
