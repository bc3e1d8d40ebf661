package org.memloop.recording;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.memloop.bench.ConfigurationException;

/**
 * Hold the conductances of some devices as they were pulsed, all with equal pulses: column {@code t} of a device's row is
 * its conductance after {@code t} pulses.
 */
public final class Recording {
    /** No memristor of any technology conducts like this; a number beyond it is in another unit. */
    private static final float MOST_SIEMENS = 1;

    private final String source;
    private final int devices;
    private final int pulses;
    private final float[] siemens;
    private final Map<String, String> about;

    private Recording(String source, int devices, int pulses, float[] siemens, Map<String, String> about) {
        this.source = source;
        this.devices = devices;
        this.pulses = pulses;
        this.siemens = siemens;
        this.about = Collections.unmodifiableMap(new TreeMap<>(about));
    }

    /**
     * Make a recording.
     *
     * @param source where it comes from, for a person: a file, perhaps with its data set
     * @param devices number of rows, at least 1
     * @param pulses number of columns, at least 1
     * @param siemens conductances, row after row; the caller gives the array away
     * @return the recording
     * @throws ConfigurationException naming source, row and column when a number cannot be a conductance in siemens
     */
    public static Recording of(String source, int devices, int pulses, float[] siemens) {
        if (devices < 1 || pulses < 1 || (long) devices * pulses != siemens.length) {
            throw new IllegalArgumentException(
                    source + ": " + devices + "x" + pulses + " conductances cannot be " + siemens.length + " numbers");
        }
        for (int i = 0; i < siemens.length; i++) {
            if (!(Math.abs(siemens[i]) < MOST_SIEMENS)) {
                throw new ConfigurationException(source + ": row " + i / pulses + ", column " + i % pulses
                        + " (counted from 0) is " + siemens[i]
                        + ", which is no conductance in siemens; is it in another unit, or is the value missing?");
            }
        }
        return new Recording(source, devices, pulses, siemens, Map.of());
    }

    /**
     * Say something about the recording that is to be kept with it.
     *
     * @param key what is said
     * @param value for a person, with its unit
     * @return the same recording, with the remark
     */
    public Recording with(String key, String value) {
        Map<String, String> more = new TreeMap<>(about);
        more.put(key, value);
        return new Recording(source, devices, pulses, siemens, more);
    }

    /** {@return where it comes from, for a person} */
    public String source() {
        return source;
    }

    /** {@return the number of devices, the rows} */
    public int devices() {
        return devices;
    }

    /** {@return the number of conductances of each device, the columns; one more than the pulses between them} */
    public int pulses() {
        return pulses;
    }

    /** {@return remarks kept with it, in alphabetical order} */
    public Map<String, String> about() {
        return about;
    }

    /**
     * Tell a conductance.
     *
     * @param device the row, from 0
     * @param pulse how many pulses before it, from 0
     * @return siemens
     */
    public float siemens(int device, int pulse) {
        if (pulse < 0 || pulse >= pulses) {
            throw new IndexOutOfBoundsException(source + ": no column " + pulse + " of " + pulses);
        }
        return siemens[device * pulses + pulse];
    }

    /** {@return all conductances in siemens, row after row; a copy} */
    public float[] table() {
        return siemens.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording that && devices == that.devices && Arrays.equals(siemens, that.siemens);
    }

    @Override
    public int hashCode() {
        return 31 * devices + Arrays.hashCode(siemens);
    }

    @Override
    public String toString() {
        return source + " (" + devices + " devices, " + pulses + " pulses)";
    }
}
