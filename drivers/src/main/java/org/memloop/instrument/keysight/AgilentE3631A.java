package org.memloop.instrument.keysight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.Capabilities;
import org.memloop.instrument.Diagnosable;
import org.memloop.instrument.Diagnosis;
import org.memloop.instrument.PowerSupply;
import org.memloop.instrument.SupplyReading;
import org.memloop.instrument.SupplyTarget;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;

/**
 * Drive an Agilent E3631A supply: output 1 to 6 V and 5 A, output 2 to 25 V and 1 A, output 3 to -25 V and 1 A.
 *
 * <p>It has one switch for all three outputs and <b>no over-voltage or over-current protection</b>: the current limit is all
 * that protects the chip, and settings are read back before the outputs are switched on. Outputs that are not used are set to
 * 0 V before that. On its serial port it must be told to listen ({@code SYST:REM}) before anything else; 9600 baud, 8 data
 * bits, no parity, 2 stop bits unless its front panel says otherwise.
 *
 * <p>Commands: E3631A user's guide, chapter 4. Its instrument summary register has bit 0 for constant current and bit 1 for
 * constant voltage.
 */
public final class AgilentE3631A implements PowerSupply, Diagnosable {
    private static final String REMOTE = "SYST:REM";
    private static final String SET = "INST:NSEL %d;:VOLT %s;:CURR %s";
    private static final String SETTINGS = "INST:NSEL %d;:VOLT?;:CURR?";
    private static final String MEASURED = "MEAS:VOLT? %1$s;:MEAS:CURR? %1$s;:OUTP?;:STAT:QUES:INST:ISUM%2$d:COND?";
    private static final String ON = "OUTP ON";
    private static final String OFF = "OUTP OFF";

    private static final String MODEL = "E3631A";
    private static final List<SupplyRating> OUTPUTS = List.of(new SupplyRating("P6V", 6, 5, 0),
            new SupplyRating("P25V", 25, 1, 0), new SupplyRating("N25V", -25, 1, 0));
    private static final double UNUSED_AMPS = 0.01;
    private static final int CONSTANT_CURRENT = 1;
    private static final int CONSTANT_VOLTAGE = 2;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5); // 9600 baud, and a conversion for each number

    private static final long SELF_TEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final ScpiSession session;
    private final SupplySession supply;
    private final Capabilities.Identity identity;
    private final List<SupplyTarget> targets;

    /**
     * Make sure who is there. Nothing but the remote state is changed yet.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param targets what each output that is used has to give; they are switched on together
     * @throws org.memloop.bench.ConfigurationException when it is another model, or an output cannot give what is asked
     */
    public AgilentE3631A(Link link, String role, List<SupplyTarget> targets) {
        SupplyRating.check(role, targets, OUTPUTS);
        session = new ScpiSession(link, role);
        supply = new SupplySession(session, CONSTANT_VOLTAGE, CONSTANT_CURRENT);
        session.answerWithin(ANSWER_NANOS);
        this.targets = List.copyOf(targets);
        session.write(REMOTE);
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
        boolean on = session.queryNumber("OUTP?") != 0;
        if (on) {
            for (SupplyReading output : measure()) {
                SupplyRating.requireNear(session.instrument(), target(output.output()), output.volts());
            }
        } else {
            for (int output = 1; output <= OUTPUTS.size(); output++) {
                int number = output;
                if (targets.stream().noneMatch(target -> target.output() == number)) {
                    set(number, 0, UNUSED_AMPS);
                }
            }
        }
        for (SupplyTarget target : targets) {
            set(target.output(), target.volts(), target.limitAmps());
            double[][] settings = supply.numbers(String.format(Locale.ROOT, SETTINGS, target.output()), 2);
            SupplyRating.require(session.instrument(), "voltage of output " + target.output(), target.volts(),
                    settings[0][0]);
            SupplyRating.require(session.instrument(), "current limit of output " + target.output(), target.limitAmps(),
                    settings[1][0]);
        }
        if (!on) {
            session.send(ON);
            session.query("*OPC?");
        }
    }

    private void set(int output, double volts, double amps) {
        session.send(String.format(Locale.ROOT, SET, output, ScpiSession.number(volts), ScpiSession.number(amps)));
    }

    private SupplyTarget target(int output) {
        return targets.stream().filter(target -> target.output() == output).findFirst().orElseThrow();
    }

    @Override
    public List<SupplyReading> measure() {
        List<SupplyReading> outputs = new ArrayList<>();
        for (SupplyTarget target : targets) {
            double[][] numbers = supply.numbers(String.format(Locale.ROOT, MEASURED,
                    OUTPUTS.get(target.output() - 1).name(), target.output()), 4);
            outputs.add(new SupplyReading(target.output(), numbers[0][0], numbers[1][0],
                    supply.state(numbers[2][0] != 0, numbers[3][0])));
        }
        return outputs;
    }

    @Override
    public void switchOff() {
        session.send(OFF);
    }

    @Override
    public Diagnosis diagnose() {
        return session.diagnose(SELF_TEST_NANOS, false);
    }

    /** Let go of the link; outputs stay as they are, since a chip may be in the socket. */
    @Override
    public void close() {
        supply.close();
    }
}
