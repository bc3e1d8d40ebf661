package org.memloop.instrument;

/**
 * Say which outputs of a pulse generator feed the chip's two driven inputs.
 *
 * @param columnOutput output on Vin2_col, the pulse on bit and source lines; counted from 1
 * @param gateOutput output on Vin2_row, the pulse on word lines; counted from 1
 */
public record GeneratorWiring(int columnOutput, int gateOutput) {
    /** Column on output 1, gate on output 2. */
    public static final GeneratorWiring USUAL = new GeneratorWiring(1, 2);

    /** Refuse one output for both. */
    public GeneratorWiring {
        if (columnOutput < 1 || gateOutput < 1 || columnOutput == gateOutput) {
            throw new IllegalArgumentException("column and gate need an output each, counted from 1, not "
                    + columnOutput + " and " + gateOutput);
        }
    }
}
