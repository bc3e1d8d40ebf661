package org.memloop.experiments;

import java.nio.file.Path;

import org.memloop.calibration.WeakResetTraces;

/**
 * Fix every setting of a made-up recording.
 *
 * @param traces statistics of the devices
 * @param devices how many, at least 1
 * @param pulses conductances of each, at least 1
 * @param seed which ones
 * @param file the recording, a new file
 */
public record GenerateTracesPlan(WeakResetTraces traces, int devices, int pulses, long seed, Path file) {}
