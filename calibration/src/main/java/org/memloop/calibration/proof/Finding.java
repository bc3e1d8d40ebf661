package org.memloop.calibration.proof;

/**
 * Tell one thing that a proof found out.
 *
 * @param severity how bad it is
 * @param kind what kind of thing, for programs, for example {@code line-open}
 * @param text what is so, for example {@code bit lines 12 and 13 are swapped}
 * @param advice what to do about it
 */
public record Finding(Severity severity, String kind, String text, String advice) {
    /** Tell how bad a finding is. */
    public enum Severity {
        /** As it should be. */
        GOOD,
        /** Not proved, or to be looked at; no reason to stop. */
        REMARK,
        /** Wrong: no die may go into the socket. */
        WRONG
    }

    static Finding good(String kind, String text) {
        return new Finding(Severity.GOOD, kind, text, "");
    }

    static Finding remark(String kind, String text, String advice) {
        return new Finding(Severity.REMARK, kind, text, advice);
    }

    static Finding wrong(String kind, String text, String advice) {
        return new Finding(Severity.WRONG, kind, text, advice);
    }
}
