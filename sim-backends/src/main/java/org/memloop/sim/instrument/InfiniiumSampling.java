package org.memloop.sim.instrument;

/**
 * Emulate how an Infiniium oscilloscope decides on points and rate: each is AUTO or a number, and whatever is not given
 * follows from the other and the time range.
 */
final class InfiniiumSampling {
    static final double RATE_MAX = 10e9;
    static final double MEMORY_POINTS = 50e6;
    static final int POINTS_AUTO = 1000;
    private static final int POINTS_MIN = 16;

    private final ScpiSettings.Number timeRange;
    private final ScpiSettings.Number timePosition;
    private final ScpiSettings.Choice timeReference;
    private double pointsWanted; // 0 for automatic
    private double rateWanted; // 0 for automatic

    InfiniiumSampling(ScpiSettings settings, ScpiTable table) {
        timeRange = settings.number(":TIMebase:RANGe", new ScpiSettings.Range("S", 5e-12, 20, 1e-6));
        settings.derived(":TIMebase:SCALe", new ScpiSettings.Range("S", 5e-13, 2, 1e-7), _ -> timeRange.get() / 10,
                (_, seconds) -> timeRange.set(0, seconds * 10));
        timePosition = settings.number(":TIMebase:POSition", new ScpiSettings.Range("S", -20, 20, 0));
        timeReference = settings.choice(":TIMebase:REFerence", "CENTer|LEFT|RIGHt");
        settings.flag(":TIMebase:ROLL:ENABle", false);
        table.keep(() -> {
            double points = pointsWanted;
            double rate = rateWanted;
            return () -> {
                pointsWanted = points;
                rateWanted = rate;
            };
        });
        table.onReset(() -> {
            pointsWanted = 0;
            rateWanted = 0;
        });
        table.command(":ACQuire:POINts[:ANALog]",
                call -> pointsWanted = Math.rint(automatic(call, POINTS_MIN, MEMORY_POINTS, "")));
        table.query(":ACQuire:POINts[:ANALog]", _ -> String.valueOf(points()));
        table.command(":ACQuire:SRATe[:ANALog]", call -> rateWanted = automatic(call, 1, RATE_MAX, "HZ"));
        table.query(":ACQuire:SRATe[:ANALog]", _ -> ScpiData.show(1 / increment()));
    }

    private static double automatic(ScpiTable.Call call, double min, double max, String unit) throws ScpiError {
        if (ScpiData.is(call.text(0), "AUTO") || ScpiData.is(call.text(0), "MAX")) {
            return 0;
        }
        double value = ScpiData.number(call.text(0), unit);
        if (!(value >= min && value <= max)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
        }
        return value;
    }

    int points() {
        double fromRate = rateWanted > 0 ? timeRange.get() * rateWanted : POINTS_AUTO;
        return (int) Math.clamp(pointsWanted > 0 ? pointsWanted : Math.rint(fromRate), POINTS_MIN, MEMORY_POINTS);
    }

    /** {@return seconds from one point to the next} */
    double increment() {
        return Math.max(rateWanted > 0 ? 1 / rateWanted : timeRange.get() / points(), 1 / RATE_MAX);
    }

    /** {@return when the first point is taken, seconds after the trigger} */
    double origin() {
        double share = timeReference.is("LEFT") ? 0 : timeReference.is("CENT") ? 0.5 : 1;
        return timePosition.get() - share * timeRange.get();
    }
}
