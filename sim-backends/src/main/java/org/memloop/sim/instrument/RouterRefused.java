package org.memloop.sim.instrument;

import org.memloop.instrument.router.RouterRefusal;

/** Leave the handling of a request with a refusal. */
final class RouterRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final RouterRefusal refusal;
    private final long detail;

    RouterRefused(RouterRefusal refusal, long detail) {
        super(refusal.describe(detail), null, false, false);
        this.refusal = refusal;
        this.detail = detail;
    }

    RouterRefusal refusal() {
        return refusal;
    }

    long detail() {
        return detail;
    }
}
