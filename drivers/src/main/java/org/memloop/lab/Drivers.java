package org.memloop.lab;

import java.util.Map;
import java.util.TreeSet;

import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.PowerSupply;
import org.memloop.instrument.PulseGenerator;
import org.memloop.instrument.PulseMeasureUnit;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.instrument.keysight.AgilentE3631A;
import org.memloop.instrument.SourceMeasureUnit;
import org.memloop.instrument.keysight.KeysightB1500A;
import org.memloop.instrument.keysight.KeysightB1530A;
import org.memloop.instrument.keysight.KeysightE36312A;
import org.memloop.instrument.keysight.KeysightMsos204A;
import org.memloop.instrument.keysight.Wgfmu;
import org.memloop.instrument.raspberry.RaspberryRouter;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.lab.LabFile.Station;
import org.memloop.link.Link;

/**
 * Know every driver by the name that laboratory files call it. A new driver is one line here.
 *
 * @param <T> the interface of the role
 */
final class Drivers<T extends AutoCloseable> {
    private static final int USUAL_BAUD = 9600;

    /** Say who is to be driven, and how it is reached. */
    record Call(LabFile lab, String role, Station station, Outside outside) {
        Link link(int usualBaud) {
            return outside.link(station.resource(), station.options(), usualBaud);
        }
    }

    /** Make a driver. */
    interface Maker<T> {
        T make(Call call);
    }

    /** Make a driver that speaks over a link. */
    private interface Speaker<T> {
        T speak(Link link, Call call);
    }

    static final Drivers<PulseGenerator> GENERATORS = new Drivers<>("generator", Map.of("agilent-81160a",
            over(USUAL_BAUD, (link, call) -> new Agilent81160A(link, call.role(), call.lab().limits(),
                    two(call).outputs()))));

    static final Drivers<Oscilloscope> OSCILLOSCOPES = new Drivers<>("oscilloscope", Map.of("keysight-msos204a",
            over(USUAL_BAUD, (link, call) -> new KeysightMsos204A(link, call.role(), two(call).input()))));

    static final Drivers<PulseMeasureUnit> PULSE_MEASURE_UNITS = new Drivers<>("pulse-measure-unit",
            Map.of("keysight-b1530a", Drivers::b1530a));

    static final Drivers<ArrayRouter> ROUTERS = new Drivers<>("router", Map.of("nucleo-router",
            over(RouterFrames.BAUD, (link, call) -> new NucleoRouter(link, call.lab().timing(), call.role())),
            "raspberry-router",
            call -> new RaspberryRouter(call.outside().pins(call.station().resource()), call.lab().geometry(),
                    call.lab().timing(), call.role(), call.station().resource())));

    static final Drivers<PowerSupply> SUPPLIES = new Drivers<>("supply", Map.of(
            "keysight-e36312a", over(USUAL_BAUD, (link, call) -> new KeysightE36312A(link, call.role(),
                    supply(call).targets())),
            "agilent-e3631a", over(USUAL_BAUD, (link, call) -> new AgilentE3631A(link, call.role(),
                    supply(call).targets()))));

    static final Drivers<SourceMeasureUnit> SOURCE_MEASURE_UNITS = new Drivers<>("source-measure-unit",
            Map.of("keysight-b1500a", over(USUAL_BAUD, (link, call) -> new KeysightB1500A(link, call.role(),
                    call.lab().sourceMeasure().orElseThrow().channels(), call.lab().limits()))));

    private final String kind;
    private final Map<String, Maker<T>> makers;

    private Drivers(String kind, Map<String, Maker<T>> makers) {
        this.kind = kind;
        this.makers = makers;
    }

    /** Open the link first; a driver that cannot be made gives it back. */
    private static <T> Maker<T> over(int usualBaud, Speaker<T> speaker) {
        return call -> {
            Link link = call.link(usualBaud);
            try {
                return speaker.speak(link, call);
            } catch (RuntimeException e) {
                closeAfter(e, link);
                throw e;
            }
        };
    }

    private static void closeAfter(RuntimeException cause, Link link) {
        try {
            link.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static PulseMeasureUnit b1530a(Call call) {
        LabFile.PulseMeasure pulsing = (LabFile.PulseMeasure) call.lab().pulsing();
        Wgfmu library = new Wgfmu(call.outside().wgfmu(call.station().options()),
                call.role() + " at " + call.station().resource());
        return new KeysightB1530A(library, call.station().resource(), call.role(), pulsing.channels(),
                call.lab().limits());
    }

    private static LabFile.GeneratorAndOscilloscope two(Call call) {
        return (LabFile.GeneratorAndOscilloscope) call.lab().pulsing();
    }

    private static LabFile.Supply supply(Call call) {
        return call.lab().supplies().stream().filter(supply -> supply.role().equals(call.role())).findFirst()
                .orElseThrow();
    }

    /** Make the driver that a station names. */
    T open(Call call) {
        Maker<T> maker = makers.get(call.station().driver());
        if (maker == null) {
            throw new ConfigurationException(call.lab().name() + ": " + call.role() + ": there is no " + kind
                    + " driver '" + call.station().driver() + "'; there are "
                    + String.join(", ", new TreeSet<>(makers.keySet())));
        }
        return maker.make(call);
    }
}
