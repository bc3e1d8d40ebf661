package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hold one channel of a waveform generator and fast measurement unit: its settings, its sequence, its results. */
final class WgfmuChannel {
    static final int DC = 2000;
    static final int FAST_IV = 2001;
    static final int PG = 2002;
    static final int SMU = 2003;
    static final int FORCE_AUTO = 3000;
    static final int TRIGGER_AT_EXECUTION = 8001;
    static final int TRIGGER_AT_SEQUENCE = 8002;
    static final int TRIGGER_AT_PATTERN = 8003;
    static final int TRIGGER_AT_EVENT = 8004;
    static final int MEASURE_VOLTAGE = 4000;
    static final int MEASURE_CURRENT = 4001;

    private static final Map<Integer, double[]> FORCE = Map.of(3000, new double[]{-10, 10}, 3001, new double[]{-3, 3},
            3002, new double[]{-5, 5}, 3003, new double[]{-10, 0}, 3004, new double[]{0, 10});

    /** State how well a current range measures: full scale, noise (rms) in a window, settling time. */
    record Accuracy(double fullScale, double noise, double windowSeconds, double settlingSeconds) {}

    private static final Map<Integer, Accuracy> CURRENT = Map.of(6001, new Accuracy(1e-6, 425e-12, 1.64e-6, 37e-6),
            6002, new Accuracy(10e-6, 2.5e-9, 1e-6, 5.8e-6), 6003, new Accuracy(100e-6, 47e-9, 130e-9, 820e-9), 6004,
            new Accuracy(1e-3, 280e-9, 40e-9, 200e-9), 6005, new Accuracy(10e-3, 1.9e-6, 20e-9, 125e-9));
    private static final Map<Integer, Accuracy> VOLTAGE = Map.of(5001, new Accuracy(5, 1.4e-3, 20e-9, 85e-9), 5002,
            new Accuracy(10, 1.4e-3, 20e-9, 110e-9));

    /** Hold one entry of a sequence. */
    record Entry(String pattern, double count) {}

    int mode;
    int forceRange;
    int measureMode;
    int voltageRange;
    int currentRange;
    int measureEnabled;
    int triggerMode;
    int triggerPolarity;
    double forceDelay;
    double measureDelay;
    boolean connected;
    double dcVolts;
    final List<Entry> sequence = new ArrayList<>();
    double[] times = {};
    double[] values = {};

    WgfmuChannel() {
        initialize();
    }

    void initialize() {
        mode = SMU;
        forceRange = FORCE_AUTO;
        measureMode = MEASURE_VOLTAGE;
        voltageRange = 5002;
        currentRange = 6005;
        measureEnabled = 7001;
        triggerMode = 8000;
        triggerPolarity = 8100;
        forceDelay = 0;
        measureDelay = 0;
        connected = false;
        dcVolts = 0;
    }

    boolean fits(double volts) {
        double[] ends = FORCE.get(forceRange);
        double pulse = mode == PG ? 5 : 10;
        return volts >= Math.max(ends[0], -pulse) && volts <= Math.min(ends[1], pulse);
    }

    Accuracy accuracy() {
        return accuracy(currentRange);
    }

    /** {@return how well it measures, currents in another range than the one set} */
    Accuracy accuracy(int otherCurrentRange) {
        return measureMode == MEASURE_CURRENT ? CURRENT.get(otherCurrentRange) : VOLTAGE.get(voltageRange);
    }

    boolean measures() {
        return measureEnabled == 7001;
    }
}
