package org.memloop.sim.device;

/**
 * Model pulses of one polarity that move a conductance towards a limit, each by the same part of what is left:
 * potentiation (LTP) towards the largest, depression (LTD) towards the smallest conductance.
 *
 * <pre>
 *   G(n) = Glim + b exp(-a n)                              eqs 9 and 10; b is -beta_P or beta_D
 *   dG   = (Glim - G) (1 - exp(-a dn))                     eq 13
 *   dn   = -ln(1 - dG / (Glim - G)) / a                    eqs 14 and 15
 *   dn   ~ dG / (a (Glim - G))                             eqs 16 and 17, for dG much smaller than Glim - G
 * </pre>
 *
 * <p>Numbers of pulses are real: a part of a pulse is a narrower one.
 *
 * <p>Source: M. E. Fouda et al., sections 3.5 and 3.5.2. Written with the limit, both polarities are one; the printed
 * eq 11 lacks the minus sign of its exponents.
 *
 * @param limitSiemens Glim, which infinitely many pulses reach
 * @param perPulse a, the part of the way that a weak pulse goes, above 0
 * @param spanSiemens b, from the limit to where the first pulse starts; negative for potentiation
 */
public record ExponentialBranch(double limitSiemens, double perPulse, double spanSiemens) {

    /** Refuse a branch that does not move. */
    public ExponentialBranch {
        if (!(perPulse > 0 && perPulse < Double.POSITIVE_INFINITY && Double.isFinite(limitSiemens + spanSiemens))) {
            throw new IllegalArgumentException("limit " + limitSiemens + " S, " + perPulse + " for each pulse, span "
                    + spanSiemens + " S: need finite numbers, and more than 0 for each pulse");
        }
    }

    /**
     * Tell the conductance after pulses on a device that begins where this branch does.
     *
     * @param pulses n, 0 or more
     * @return siemens
     */
    public double siemens(double pulses) {
        return limitSiemens + spanSiemens * Math.exp(-perPulse * pulses);
    }

    /**
     * Tell the slope of {@link #siemens}: eq 11.
     *
     * @param pulses n, 0 or more
     * @return siemens for each pulse, above 0 for potentiation
     */
    public double slopeSiemens(double pulses) {
        return -perPulse * spanSiemens * Math.exp(-perPulse * pulses);
    }

    /**
     * Apply pulses to a device in any state.
     *
     * @param siemens its conductance
     * @param pulses how many, 0 or more
     * @return its conductance afterwards, siemens
     */
    public double after(double siemens, double pulses) {
        return siemens - (limitSiemens - siemens) * Math.expm1(-perPulse * pulses);
    }

    /**
     * Find the pulses for a wanted change.
     *
     * @param siemens the conductance before
     * @param changeSiemens how much it shall change, towards the limit
     * @return pulses; 0 for no change or one away from the limit, infinitely many for one up to the limit or beyond
     */
    public double pulsesFor(double siemens, double changeSiemens) {
        double part = part(siemens, changeSiemens);
        return part < 1 ? -Math.log1p(-part) / perPulse : Double.POSITIVE_INFINITY;
    }

    /**
     * Find about the pulses for a wanted small change, without a logarithm.
     *
     * @param siemens the conductance before
     * @param changeSiemens how much it shall change, towards the limit
     * @return pulses, too few of them; 0 for no change or one away from the limit, infinitely many at the limit
     */
    public double pulsesForSmall(double siemens, double changeSiemens) {
        return part(siemens, changeSiemens) / perPulse;
    }

    /** {@return which part a change is of the way to the limit, 0 or more} */
    private double part(double siemens, double changeSiemens) {
        double left = limitSiemens - siemens;
        if (changeSiemens == 0 || changeSiemens > 0 != spanSiemens < 0) {
            return 0;
        }
        return left == 0 || left > 0 != changeSiemens > 0 ? Double.POSITIVE_INFINITY : changeSiemens / left;
    }
}
