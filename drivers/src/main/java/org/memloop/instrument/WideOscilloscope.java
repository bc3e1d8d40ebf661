package org.memloop.instrument;

import org.memloop.bench.Capabilities;

/**
 * Look at more than the pulse: an oscilloscope that records for longer than each pulse lasts, so that its means tell how
 * long the pulse really was. For pulses of the width asked for, they come out smaller by the same share each time.
 *
 * <pre>
 *   a window of k widths, averaged from 10 % to 90 %, over a pulse of w' instead of w that begins within the first 10 %:
 *   mean / height = (w' - 0.1 k w) / (0.8 k w)
 * </pre>
 *
 * @param inner the oscilloscope
 * @param factor how many widths it looks at, more than 1
 */
public record WideOscilloscope(Oscilloscope inner, double factor) implements Oscilloscope {
    @Override
    public Capabilities.Identity identity() {
        return inner.identity();
    }

    @Override
    public double inputOhms() {
        return inner.inputOhms();
    }

    @Override
    public int maxSegments() {
        return inner.maxSegments();
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return inner.accuracy();
    }

    @Override
    public void arm(int segments, double widthSeconds) {
        inner.arm(segments, factor * widthSeconds);
    }

    @Override
    public Segments fetch() {
        return inner.fetch();
    }

    @Override
    public void close() {
        inner.close();
    }
}
