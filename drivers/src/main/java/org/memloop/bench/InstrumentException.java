package org.memloop.bench;

/** Report that an instrument understood a request and refused it, or answered that it failed. */
public final class InstrumentException extends BenchException {
    private static final long serialVersionUID = 1;

    private final String instrument;
    private final String request;
    private final String reply;

    /**
     * Report a refusal.
     *
     * @param instrument who refused: its role or resource name
     * @param request what was asked
     * @param reply what it answered
     * @param advice what it means and what to do, empty for none
     */
    public InstrumentException(String instrument, String request, String reply, String advice) {
        this(instrument, request, reply, instrument + " refused " + quote(request) + ": " + quote(reply)
                + (advice.isEmpty() ? "" : " (" + advice + ")"), Firing.NONE, null);
    }

    private InstrumentException(String instrument, String request, String reply, String message, Firing firing,
            Throwable cause) {
        super(message, firing, cause);
        this.instrument = instrument;
        this.request = request;
        this.reply = reply;
    }

    /** {@return who refused} */
    public String instrument() {
        return instrument;
    }

    /** {@return what was asked} */
    public String request() {
        return request;
    }

    /** {@return what came back} */
    public String reply() {
        return reply;
    }

    @Override
    public InstrumentException withFiring(Firing verdict) {
        return new InstrumentException(instrument, request, reply, getMessage(), verdict, this);
    }
}
