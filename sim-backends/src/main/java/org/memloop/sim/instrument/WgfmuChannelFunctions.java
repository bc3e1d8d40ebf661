package org.memloop.sim.instrument;

import org.memloop.sim.instrument.WgfmuChannel.Accuracy;

/** Set channels up, and use them for direct current. Every method is {@code WGFMU_} its name. */
final class WgfmuChannelFunctions {
    private static final double DC_SECONDS = 10e-6;
    private static final double ADC_SECONDS = 5e-9;
    private static final double DELAY_STEP_SECONDS = 625e-12;

    private final WgfmuUnit unit;

    WgfmuChannelFunctions(WgfmuUnit unit) {
        this.unit = unit;
    }

    int setOperationMode(int id, int mode) {
        return unit.runLive("setOperationMode", () -> unit.channel(id).mode = WgfmuUnit.oneOf(mode, 2000, 2003));
    }

    int getOperationMode(int id, int[] mode) {
        return unit.runLive("getOperationMode", () -> mode[0] = unit.channel(id).mode);
    }

    int setForceVoltageRange(int id, int range) {
        return unit.runLive("setForceVoltageRange",
                () -> unit.channel(id).forceRange = WgfmuUnit.oneOf(range, 3000, 3004));
    }

    int getForceVoltageRange(int id, int[] range) {
        return unit.runLive("getForceVoltageRange", () -> range[0] = unit.channel(id).forceRange);
    }

    int setMeasureMode(int id, int mode) {
        return unit.runLive("setMeasureMode", () -> {
            WgfmuChannel channel = unit.channel(id);
            channel.measureMode = WgfmuUnit.oneOf(mode, 4000, 4001);
            channel.voltageRange = mode == WgfmuChannel.MEASURE_CURRENT ? 5001 : channel.voltageRange;
        });
    }

    int getMeasureMode(int id, int[] mode) {
        return unit.runLive("getMeasureMode", () -> mode[0] = unit.channel(id).measureMode);
    }

    int setMeasureVoltageRange(int id, int range) {
        return unit.runLive("setMeasureVoltageRange",
                () -> unit.channel(id).voltageRange = WgfmuUnit.oneOf(range, 5001, 5002));
    }

    int getMeasureVoltageRange(int id, int[] range) {
        return unit.runLive("getMeasureVoltageRange", () -> range[0] = unit.channel(id).voltageRange);
    }

    int setMeasureCurrentRange(int id, int range) {
        return unit.runLive("setMeasureCurrentRange",
                () -> unit.channel(id).currentRange = WgfmuUnit.oneOf(range, 6001, 6005));
    }

    int getMeasureCurrentRange(int id, int[] range) {
        return unit.runLive("getMeasureCurrentRange", () -> range[0] = unit.channel(id).currentRange);
    }

    int setMeasureEnabled(int id, int status) {
        return unit.runLive("setMeasureEnabled",
                () -> unit.channel(id).measureEnabled = WgfmuUnit.oneOf(status, 7000, 7001));
    }

    int isMeasureEnabled(int id, int[] status) {
        return unit.runLive("isMeasureEnabled", () -> status[0] = unit.channel(id).measureEnabled);
    }

    int setForceDelay(int id, double seconds) {
        return unit.runLive("setForceDelay", () -> unit.channel(id).forceDelay = delay(seconds));
    }

    int getForceDelay(int id, double[] seconds) {
        return unit.runLive("getForceDelay", () -> seconds[0] = unit.channel(id).forceDelay);
    }

    int setMeasureDelay(int id, double seconds) {
        return unit.runLive("setMeasureDelay", () -> unit.channel(id).measureDelay = delay(seconds));
    }

    int getMeasureDelay(int id, double[] seconds) {
        return unit.runLive("getMeasureDelay", () -> seconds[0] = unit.channel(id).measureDelay);
    }

    private static double delay(double seconds) throws WgfmuFailure {
        WgfmuPatterns.require(Math.abs(seconds) <= 50e-9, "a delay is -50 ns to 50 ns, not " + seconds + " s");
        return Math.round(seconds / DELAY_STEP_SECONDS) * DELAY_STEP_SECONDS;
    }

    int setTriggerOutMode(int id, int mode, int polarity) {
        return unit.runLive("setTriggerOutMode", () -> {
            int wanted = WgfmuUnit.oneOf(mode, 8000, 8004);
            unit.channel(id).triggerPolarity = WgfmuUnit.oneOf(polarity, 8100, 8101);
            unit.channel(id).triggerMode = wanted;
        });
    }

    int getTriggerOutMode(int id, int[] mode, int[] polarity) {
        return unit.runLive("getTriggerOutMode", () -> {
            mode[0] = unit.channel(id).triggerMode;
            polarity[0] = unit.channel(id).triggerPolarity;
        });
    }

    int connect(int id) {
        return unit.runLive("connect", () -> {
            unit.channel(id).connected = true;
            unit.wiring.note(WgfmuUnit.ROLE, "channel " + id + " connected");
        });
    }

    int disconnect(int id) {
        return unit.runLive("disconnect", () -> {
            unit.channel(id).connected = false;
            unit.wiring.note(WgfmuUnit.ROLE, "channel " + id + " disconnected");
        });
    }

    int dcforceVoltage(int id, double volts) {
        return unit.runLive("dcforceVoltage", () -> {
            WgfmuChannel channel = dc(id);
            WgfmuPatterns.require(channel.fits(volts), volts + " V is outside the force range");
            channel.dcVolts = volts;
        });
    }

    int dcmeasureValue(int id, double[] value) {
        return dcmeasureAveragedValue(id, 1, 1, value);
    }

    int dcmeasureAveragedValue(int id, int points, int interval, double[] value) {
        return unit.runLive("dcmeasureAveragedValue", () -> {
            WgfmuChannel channel = dc(id);
            WgfmuUnit.oneOf(points, 1, 65535);
            WgfmuUnit.oneOf(interval, 1, 65535);
            double seconds = Math.max(DC_SECONDS, points * interval * ADC_SECONDS);
            double amps = unit.wiring.drive(dcVolts(Net.COLUMN) - dcVolts(Net.RETURN),
                    dcVolts(Net.GATE) - dcVolts(Net.RETURN), seconds);
            unit.wiring.advance(seconds);
            Net net = unit.nets.get(id);
            double current = net == Net.COLUMN ? amps : net == Net.RETURN ? -amps : 0;
            Accuracy accuracy = channel.accuracy();
            double noise = accuracy.noise() * Math.sqrt(accuracy.windowSeconds() / (points * ADC_SECONDS));
            double actual = channel.measureMode == WgfmuChannel.MEASURE_CURRENT ? current : channel.dcVolts;
            value[0] = Math.clamp(actual + noise * unit.random.nextGaussian(), -accuracy.fullScale(),
                    accuracy.fullScale());
        });
    }

    private WgfmuChannel dc(int id) throws WgfmuFailure {
        WgfmuChannel channel = unit.channel(id);
        if (channel.mode != WgfmuChannel.DC && channel.mode != WgfmuChannel.FAST_IV || !channel.connected) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "channel " + id + " is not connected in DC or fast IV mode");
        }
        return channel;
    }

    private double dcVolts(Net net) {
        return unit.channels.entrySet().stream()
                .filter(e -> e.getValue().connected && unit.nets.get(e.getKey()) == net)
                .mapToDouble(e -> e.getValue().dcVolts).sum();
    }
}
