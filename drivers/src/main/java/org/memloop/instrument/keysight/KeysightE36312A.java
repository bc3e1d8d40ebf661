package org.memloop.instrument.keysight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.memloop.bench.Capabilities;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.Diagnosable;
import org.memloop.instrument.Diagnosis;
import org.memloop.instrument.PowerSupply;
import org.memloop.instrument.SupplyReading;
import org.memloop.instrument.SupplyTarget;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;

/**
 * Drive a Keysight E36312A supply: output 1 to 6 V and 5 A, outputs 2 and 3 to 25 V and 1 A, each with over-voltage and
 * over-current protection.
 *
 * <pre>
 *   off   VOLT 0   VOLT:PROT   VOLT   CURR   CURR:PROT:DEL   CURR:PROT:STAT ON     read back     OUTP ON
 *   on    measured at its target? then only protection and limits are set again; otherwise it is refused
 * </pre>
 *
 * Voltage goes to 0 first, because a protection level below a voltage that was left over would trip. The delay lets the
 * chip's capacitors charge. An output that has tripped is never switched on again by this driver.
 *
 * <p>Commands: E36300 series programming guide, E36311-90008. Its instrument summary register has bit 0 for constant voltage
 * and bit 1 for constant current, the other way round than the E3631A's.
 */
public final class KeysightE36312A implements PowerSupply, Diagnosable {
    private enum Command {
        VOLTS("VOLT %2$s,(@%1$d)"),
        PROTECT_VOLTS("VOLT:PROT %2$s,(@%1$d)"),
        LIMIT("CURR %2$s,(@%1$d)"),
        PROTECT_DELAY("CURR:PROT:DEL %2$s,(@%1$d)"),
        PROTECT_CURRENT("CURR:PROT:STAT ON,(@%1$d)"),
        ON("OUTP ON,(@%1$d)"),
        OFF("OUTP OFF,(@%1$d)");

        private final String form;

        Command(String form) {
            this.form = form;
        }

        String of(int output) {
            return String.format(Locale.ROOT, form, output);
        }

        String of(int output, double value) {
            return String.format(Locale.ROOT, form, output, ScpiSession.number(value));
        }
    }

    private static final String TRIPPED = "VOLT:PROT:TRIP? (@%1$s);:CURR:PROT:TRIP? (@%1$s);:OUTP? (@%1$s)";
    private static final String SETTINGS = "VOLT? (@%1$d);:VOLT:PROT? (@%1$d);:CURR? (@%1$d);:CURR:PROT:STAT? (@%1$d)";
    private static final String MEASURED = "MEAS:VOLT? (@%1$s);:MEAS:CURR? (@%1$s)";
    private static final String CONDITION = ":STAT:QUES:INST:ISUM%d:COND?";

    private static final String MODEL = "E36312A";
    private static final List<SupplyRating> OUTPUTS = List.of(new SupplyRating("P6V", 6, 5, 6.6),
            new SupplyRating("P25V", 25, 1, 27.5), new SupplyRating("N25V", 25, 1, 27.5));
    private static final double TRIP_DELAY_SECONDS = 0.05;
    private static final int CONSTANT_VOLTAGE = 1;
    private static final int CONSTANT_CURRENT = 2;
    private static final long OUTPUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long SELF_TEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final ScpiSession session;
    private final SupplySession supply;
    private final Capabilities.Identity identity;
    private final List<SupplyTarget> targets;
    private final String list;

    /**
     * Make sure who is there. Nothing is changed yet.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param targets what each output that is used has to give, in the order in which they are switched on
     * @throws org.memloop.bench.ConfigurationException when it is another model, or an output cannot give what is asked
     */
    public KeysightE36312A(Link link, String role, List<SupplyTarget> targets) {
        SupplyRating.check(role, targets, OUTPUTS);
        session = new ScpiSession(link, role);
        supply = new SupplySession(session, CONSTANT_VOLTAGE, CONSTANT_CURRENT);
        this.targets = List.copyOf(targets);
        list = targets.stream().map(target -> String.valueOf(target.output())).collect(Collectors.joining(","));
        identity = session.identify(MODEL);
        session.write("*CLS");
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public List<SupplyTarget> targets() {
        return targets;
    }

    @Override
    public void switchOn() {
        double[][] states = supply.numbers(String.format(Locale.ROOT, TRIPPED, list), 3);
        for (int i = 0; i < targets.size(); i++) {
            int output = targets.get(i).output();
            if (states[0][i] != 0 || states[1][i] != 0) {
                throw new InstrumentException(session.instrument(), "output " + output, "its protection has tripped",
                        "find out why before it is cleared at the instrument");
            }
        }
        for (int i = 0; i < targets.size(); i++) {
            switchOn(targets.get(i), states[2][i] != 0);
        }
    }

    private void switchOn(SupplyTarget target, boolean alreadyOn) {
        int output = target.output();
        List<String> commands = new ArrayList<>();
        if (alreadyOn) {
            SupplyRating.requireNear(session.instrument(), target,
                    session.queryNumber("MEAS:VOLT? (@" + output + ")"));
        } else {
            commands.add(Command.VOLTS.of(output, 0));
        }
        commands.addAll(List.of(Command.PROTECT_VOLTS.of(output, target.protectionVolts()),
                Command.VOLTS.of(output, target.volts()), Command.LIMIT.of(output, target.limitAmps()),
                Command.PROTECT_DELAY.of(output, TRIP_DELAY_SECONDS), Command.PROTECT_CURRENT.of(output)));
        commands.forEach(session::send);
        double[][] settings = supply.numbers(String.format(Locale.ROOT, SETTINGS, output), 4);
        double[] wanted = {target.volts(), target.protectionVolts(), target.limitAmps(), 1};
        String[] names = {"voltage", "over-voltage protection", "current limit", "over-current protection"};
        for (int i = 0; i < wanted.length; i++) {
            SupplyRating.require(session.instrument(), names[i] + " of output " + output, wanted[i], settings[i][0]);
        }
        if (!alreadyOn) {
            session.send(Command.ON.of(output));
            session.query("*OPC?", OUTPUT_NANOS);
        }
    }

    @Override
    public List<SupplyReading> measure() {
        StringBuilder message = new StringBuilder(String.format(Locale.ROOT, MEASURED + ";:" + TRIPPED, list));
        targets.forEach(target -> message.append(';').append(String.format(Locale.ROOT, CONDITION, target.output())));
        double[][] numbers = supply.numbers(message.toString(), 5 + targets.size());
        List<SupplyReading> outputs = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            if (numbers[0].length != targets.size() || numbers[1].length != targets.size()) {
                throw new LinkException(session.instrument(), message.toString(), "answered for other outputs", null);
            }
            boolean tripped = numbers[2][i] != 0 || numbers[3][i] != 0;
            SupplyReading.State state = tripped
                    ? SupplyReading.State.TRIPPED
                    : supply.state(numbers[4][i] != 0, numbers[5 + i][0]);
            outputs.add(new SupplyReading(targets.get(i).output(), numbers[0][i], numbers[1][i], state));
        }
        return outputs;
    }

    @Override
    public void switchOff() {
        session.send(targets.reversed().stream().map(target -> Command.OFF.of(target.output()))
                .collect(Collectors.joining(";:")));
    }

    @Override
    public Diagnosis diagnose() {
        return session.diagnose(SELF_TEST_NANOS, true);
    }

    /** Let go of the link; outputs stay as they are, since a chip may be in the socket. */
    @Override
    public void close() {
        supply.close();
    }
}
