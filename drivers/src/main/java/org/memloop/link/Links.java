package org.memloop.link;

import java.util.Optional;
import java.util.function.Supplier;

import org.memloop.link.visa.VisaLibrary;

/** Open whichever link a resource name asks for. The VISA library is looked for at the first name that needs one. */
public final class Links {
    private static final int BAUD = 9600;

    private final Supplier<VisaLibrary> library;
    private final Patience patience;
    private Optional<VisaLibrary> loaded = Optional.empty();

    /** Use the VISA library that is installed. */
    public Links() {
        this(VisaLibrary::installed, Patience.USUAL);
    }

    /**
     * Use another VISA library, or other time limits.
     *
     * @param library tells the library when one is needed
     * @param patience how long links wait for a connection, and for each operation
     */
    public Links(Supplier<VisaLibrary> library, Patience patience) {
        this.library = library;
        this.patience = patience;
    }

    /**
     * Open a link to an instrument; a serial port at 9600 baud.
     *
     * @param resource its resource name
     * @return the open link; a {@link MessageLink} where the name asks for VXI-11, HiSLIP or VISA
     * @throws org.memloop.bench.ConfigurationException when it is no resource name, or needs a VISA library and there is
     *         none
     * @throws org.memloop.bench.LinkException when nobody answers there
     */
    public Link open(String resource) {
        return open(resource, BAUD);
    }

    /**
     * Open a link to an instrument.
     *
     * @param resource its resource name
     * @param baud bits per second, should it be a serial port
     * @return the open link; a {@link MessageLink} where the name asks for VXI-11, HiSLIP or VISA
     * @throws org.memloop.bench.ConfigurationException when it is no resource name, or needs a VISA library and there is
     *         none
     * @throws org.memloop.bench.LinkException when nobody answers there
     */
    public Link open(String resource, int baud) {
        return open(resource, LinkOptions.USUAL, baud);
    }

    /**
     * Open a link to an instrument.
     *
     * @param resource its resource name
     * @param options what the name leaves open; a core port that the name itself has counts more
     * @param usualBaud bits per second, should it be a serial port and the options name none
     * @return the open link; a {@link MessageLink} where the name asks for VXI-11, HiSLIP or VISA
     * @throws org.memloop.bench.ConfigurationException when it is no resource name, or needs a VISA library and there is
     *         none
     * @throws org.memloop.bench.LinkException when nobody answers there
     */
    public Link open(String resource, LinkOptions options, int usualBaud) {
        Patience patient = options.timeoutSeconds().isPresent()
                ? new Patience(patience.connectNanos(), (long) (options.timeoutSeconds().getAsDouble() * 1e9))
                : patience;
        return switch (ResourceName.parse(resource)) {
            case ResourceName.Socket socket -> new SocketLink(socket, patient);
            case ResourceName.Vxi11 vxi11 -> new Vxi11Link(vxi11.corePort().isPresent()
                    ? vxi11
                    : new ResourceName.Vxi11(vxi11.board(), vxi11.host(), vxi11.device(), options.corePort()), patient);
            case ResourceName.Hislip hislip -> new HislipLink(hislip, patient);
            case ResourceName.Serial serial -> SerialLink.open(serial.port(), options.baud().orElse(usualBaud),
                    SerialLink.WRITE_TIMEOUT);
            case ResourceName.Gpib gpib -> new VisaLink(gpib, library(options), patient);
            case ResourceName.Usb usb -> new VisaLink(usb, library(options), patient);
            case ResourceName.Pxi pxi -> new VisaLink(pxi, library(options), patient);
        };
    }

    private synchronized VisaLibrary library(LinkOptions options) {
        if (options.library().isPresent()) {
            return VisaLibrary.load(options.library().get());
        }
        VisaLibrary found = loaded.orElseGet(library);
        loaded = Optional.of(found);
        return found;
    }
}
