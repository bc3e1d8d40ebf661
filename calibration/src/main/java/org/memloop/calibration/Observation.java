package org.memloop.calibration;

import java.util.Optional;
import java.util.OptionalDouble;

import org.memloop.bench.Pulse;
import org.memloop.bench.Readings.Quality;

/**
 * Hold one measured pulse, and what was done to the cell before it.
 *
 * @param cell the cell's number
 * @param index how many measurements of this cell came before, in the same procedure
 * @param applied the last wearing pulse the cell got in the same procedure, where there was one
 * @param pulses how many wearing pulses the cell has got in the same procedure, this one included if it wears
 * @param measured the condition of the measurement itself
 * @param seconds when it began, seconds since the bench was opened
 * @param delaySeconds time from the end of the last wearing pulse to the beginning of this measurement, where the former is
 *        known: pulses that are measured themselves are timed, others are not
 * @param volts column volts that were applied
 * @param amps current that was read
 * @param siemens what that means, by the calibration card
 * @param quality how far it can be trusted
 */
public record Observation(int cell, int index, Optional<Pulse> applied, long pulses, Pulse measured, double seconds,
        OptionalDouble delaySeconds, double volts, double amps, double siemens, Quality quality) {}
