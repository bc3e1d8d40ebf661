package org.memloop.bench;

/** Report that an instrument could not be reached, fell silent, or said what makes no sense on its link. */
public final class LinkException extends BenchException {
    private static final long serialVersionUID = 1;

    private final String instrument;
    private final String request;

    /**
     * Report a failed exchange.
     *
     * @param instrument who was spoken to: its role or resource name
     * @param request what was being asked, empty for none
     * @param problem what happened, including what came back
     * @param cause what revealed it, or null
     */
    public LinkException(String instrument, String request, String problem, Throwable cause) {
        this(instrument, request, instrument + (request.isEmpty() ? "" : ", asked " + quote(request)) + ": " + problem,
                Firing.NONE, cause);
    }

    private LinkException(String instrument, String request, String message, Firing firing, Throwable cause) {
        super(message, firing, cause);
        this.instrument = instrument;
        this.request = request;
    }

    /** {@return who was spoken to} */
    public String instrument() {
        return instrument;
    }

    /** {@return what was being asked, empty for none} */
    public String request() {
        return request;
    }

    @Override
    public LinkException withFiring(Firing verdict) {
        return new LinkException(instrument, request, getMessage(), verdict, this);
    }
}
