package org.memloop.sim.device;

import java.util.Arrays;

/**
 * Tell where a flow along a line of equidistant points has come to after any time, in one look-up. Positions count in
 * intervals between points.
 *
 * <p>Along a stretch of points with speeds of one sign the flow passes each point at a known time; time zero is where it
 * is fastest, so that no short time is lost in a long one. Within an interval the speed is exponential,
 * {@code r exp(q x)} with {@code x} from 0 to 1; in an interval whose ends move in different directions it is linear.
 */
final class PassingTimes {
    /** An interval that takes less than this share of the time told so far begins a new stretch. */
    private static final double RESOLUTION = 1e-9;
    private static final double STRAIGHT = 1e-9;

    private final double[] speed;
    /** q of each interval. */
    private final double[] growth;
    /** For each interval, how long before or after time zero of its stretch its lower end is passed. */
    private final double[] lower;
    /** The same of its upper end. */
    private final double[] upper;
    /** For each interval, the first and the last of its stretch. */
    private final short[] first;
    private final short[] last;

    /**
     * Prepare a flow.
     *
     * @param channelsPerSecond the speed at each point
     * @param stepChannels distance of the points
     */
    PassingTimes(double[] channelsPerSecond, double stepChannels) {
        int intervals = channelsPerSecond.length - 1;
        speed = Arrays.stream(channelsPerSecond).map(r -> r / stepChannels).toArray();
        growth = new double[intervals];
        for (int i = 0; i < intervals; i++) {
            growth[i] = turns(i) ? 0 : Math.log(speed[i + 1] / speed[i]);
        }
        lower = new double[intervals];
        upper = new double[intervals];
        first = new short[intervals];
        last = new short[intervals];
        for (int from = 0; from < intervals; from++) {
            int to = from;
            while (to < intervals && !turns(to)) {
                to++;
            }
            for (int begin = from; begin < to;) {
                begin = stretch(begin, to);
            }
            from = to;
        }
    }

    /** Tell the times of a stretch around the fastest of some intervals, as far as they are resolved. */
    private int stretch(int from, int to) {
        int fastest = from;
        for (int i = from; i < to; i++) {
            fastest = Math.abs(speed[i]) > Math.abs(speed[fastest]) ? i : fastest;
        }
        int begin = fastest;
        int end = fastest;
        double time = 0;
        for (; end < to && (end == fastest || resolved(end, time)); end++) {
            lower[end] = time;
            time += timeTo(end, 1);
            upper[end] = time;
        }
        time = 0;
        for (; begin > from && resolved(begin - 1, time); begin--) {
            upper[begin - 1] = time;
            time -= timeTo(begin - 1, 1);
            lower[begin - 1] = time;
        }
        for (int i = begin; i < end; i++) {
            first[i] = (short) begin;
            last[i] = (short) (end - 1);
        }
        for (int left = from; left < begin;) {
            left = stretch(left, begin);
        }
        return end;
    }

    private boolean resolved(int interval, double time) {
        return timeTo(interval, 1) > RESOLUTION * Math.abs(time);
    }

    /** {@return how long a flow takes from the lower end of an interval to a part of it, or back} */
    private double timeTo(int interval, double part) {
        double r = Math.abs(speed[interval]);
        double q = growth[interval];
        return Math.abs(q) < STRAIGHT ? part / r : -Math.expm1(-q * part) / (q * r);
    }

    /** {@return the part of an interval that a flow from its lower end reaches in a time, or where it comes from} */
    private double partAfter(int interval, double seconds) {
        double way = Math.abs(speed[interval]) * seconds;
        double q = growth[interval];
        return Math.clamp(Math.abs(q) < STRAIGHT ? way : -Math.log1p(-q * way) / q, 0, 1);
    }

    /**
     * Follow the flow.
     *
     * @param interval where it starts
     * @param part at which part of the interval, 0 to 1
     * @param seconds for how long
     * @return the position it reaches, at most an end of the line
     */
    double after(int interval, double part, double seconds) {
        int i = interval;
        double x = part;
        double left = seconds;
        while (i >= 0 && i < growth.length) {
            boolean up;
            if (turns(i)) {
                double leaving = secondsInTurn(i, x);
                if (left <= leaving) {
                    return i + partInTurn(i, x, left);
                }
                left -= leaving;
                up = x > rest(i);
                i += up ? 1 : -1;
            } else {
                double now = lower[i] + timeTo(i, x);
                up = speed[i] > 0;
                double then = up ? now + left : now - left;
                if (then >= lower[first[i]] && then <= upper[last[i]]) {
                    return find(first[i], last[i], then);
                }
                left = up ? then - upper[last[i]] : lower[first[i]] - then;
                i = up ? last[i] + 1 : first[i] - 1;
            }
            x = up ? 0 : 1;
        }
        return i < 0 ? 0 : growth.length;
    }

    /** {@return the position passed at a time of a stretch} */
    private double find(int from, int to, double time) {
        int found = Arrays.binarySearch(lower, from, to + 1, time);
        int i = found >= 0 ? found : -found - 2;
        return i + partAfter(i, time - lower[i]);
    }

    private boolean turns(int interval) {
        return Math.signum(speed[interval]) * Math.signum(speed[interval + 1]) <= 0;
    }

    /** {@return at which part of an interval that turns a flow rests; one that does not move at all rests anywhere} */
    private double rest(int interval) {
        double change = speed[interval + 1] - speed[interval];
        return change == 0 ? 0 : -speed[interval] / change;
    }

    private double partInTurn(int interval, double part, double seconds) {
        double rest = rest(interval);
        return rest + (part - rest) * Math.exp((speed[interval + 1] - speed[interval]) * seconds);
    }

    /** {@return how long a flow stays in an interval that turns; for ever if it turns towards its point of rest} */
    private double secondsInTurn(int interval, double part) {
        double change = speed[interval + 1] - speed[interval];
        double away = part - rest(interval);
        if (change <= 0 || away == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double edge = away > 0 ? 1 : 0;
        return Math.log((edge - rest(interval)) / away) / change;
    }
}
