package org.memloop.lab;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

import org.memloop.instrument.keysight.Wgfmu;
import org.memloop.instrument.raspberry.Pi4jPins;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;
import org.memloop.link.Links;

/**
 * Reach what is outside of this program: instruments over links, and instruments behind a native library. A virtual
 * laboratory puts its own in the place of those that a link cannot be led to.
 */
public interface Outside {
    /**
     * Open a link.
     *
     * @param resource VISA resource name
     * @param options what the name leaves open
     * @param usualBaud speed of a serial line when the options name none, bits per second
     * @return the link
     * @throws org.memloop.bench.BenchException when there is none
     */
    Link link(String resource, LinkOptions options, int usualBaud);

    /**
     * Load the B1530A's library.
     *
     * @param options may name its file
     * @return where its functions are found, for as long as this program runs
     * @throws org.memloop.bench.ConfigurationException when there is none
     */
    SymbolLookup wgfmu(LinkOptions options);

    /**
     * Take the pins of a Raspberry Pi that lead to the chip's line registers.
     *
     * @param resource which, as {@link Pi4jPins} says
     * @return the pins
     * @throws org.memloop.bench.BenchException when there are none
     */
    RegisterPins pins(String resource);

    /**
     * Keep the transcript of every link in a file for each instrument, after what the file holds from before.
     *
     * @param folder where the files go
     * @return the same outside, recorded
     */
    default Outside recorded(Path folder) {
        return new RecordedOutside(this, folder, System.nanoTime());
    }

    /** {@return what is really there, for this program alone: a second one is told who has an instrument} */
    static Outside owned() {
        return OwnedOutside.usual(real());
    }

    /** {@return what is really there} */
    static Outside real() {
        return over(new Links());
    }

    /**
     * Reach what is really there over given links.
     *
     * @param links opens whichever link a resource name asks for
     * @return the outside
     */
    static Outside over(Links links) {
        return new Outside() {
            @Override
            public Link link(String resource, LinkOptions options, int usualBaud) {
                return links.open(resource, options, usualBaud);
            }

            @Override
            public SymbolLookup wgfmu(LinkOptions options) {
                return Wgfmu.load(options.library(), Arena.global());
            }

            @Override
            public RegisterPins pins(String resource) {
                return Pi4jPins.open(resource);
            }
        };
    }
}
