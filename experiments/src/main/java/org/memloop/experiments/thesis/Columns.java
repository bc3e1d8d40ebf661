package org.memloop.experiments.thesis;

/** Name the columns of {@code metrics.csv} that figures and tables are made of. */
final class Columns {
    static final String TRAINING = "trainAccuracy";
    static final String VALIDATION = "validationAccuracy";
    static final String TEST = "testAccuracy";
    static final String PULSES = "pulses";
    /** Of {@code timing.csv}. */
    static final String SECONDS = "seconds";
    static final String SATURATED = "saturated";

    private Columns() {}
}
