package org.memloop.sim.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.memloop.bench.Geometry;
import org.memloop.instrument.router.RouterStatus;
import org.memloop.lab.LabFile;
import org.memloop.lab.RunningLab;
import org.memloop.sim.array.CellState;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.LabDiary;
import org.memloop.sim.instrument.LineWitness;
import org.memloop.sim.server.LanInstrument;

/** Describe a virtual laboratory as it is, for programs: the die, what its lines have seen, the instruments, the diary. */
final class LabStatus {
    private static final double LRS_FROM_SIEMENS = 50e-6;

    private final LabFile lab;
    private final DeviceUnderTest device;
    private final Faults faults;
    private final VirtualLab virtual;

    LabStatus(LabFile lab, DeviceUnderTest device, Faults faults, VirtualLab virtual) {
        this.lab = lab;
        this.device = device;
        this.faults = faults;
        this.virtual = virtual;
    }

    Map<String, Object> of(List<RunningLab.Instrument> instruments) {
        synchronized (virtual.wiring()) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("laboratory", lab.name());
            status.put("simulatedSeconds", virtual.wiring().nowSeconds());
            status.put("pulses", virtual.wiring().pulses());
            status.put("grounded", virtual.wiring().grounded());
            status.put("supplyPins", virtual.wiring().powerText());
            status.put("die", die());
            status.put("lines", lines());
            status.put("router", router());
            status.put("instruments", instruments.stream().map(this::instrument).toList());
            status.put("diary", virtual.wiring().diary().entries().stream().map(LabStatus::entry).toList());
            return status;
        }
    }

    private Map<String, Object> die() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("technology", lab.technology());
        status.put("geometry", lab.geometry().toString());
        if (device instanceof SimulatedDie die) {
            int cells = lab.geometry().cells();
            for (CellState state : CellState.values()) {
                status.put(text(state), IntStream.range(0, cells).filter(cell -> die.state(cell) == state).count());
            }
            long low = IntStream.range(0, cells).filter(cell -> die.state(cell) == CellState.FORMED)
                    .filter(cell -> die.conductanceSiemens(cell) >= LRS_FROM_SIEMENS).count();
            status.put("lrs", low);
            status.put("hrs", (long) status.get("formed") - low);
            status.put("lrsFromSiemens", LRS_FROM_SIEMENS);
            status.put("pulsesReceived", IntStream.range(0, cells).mapToLong(die::pulsesReceived).sum());
            status.put("mostPulsesOfACell", IntStream.range(0, cells).mapToLong(die::pulsesReceived).max().orElse(0));
        }
        return status;
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Map<String, Object> lines() {
        LineWitness.Seen seen = virtual.wiring().witness().seen();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("pulses", seen.pulses());
        status.put("bitLineVoltsMax", seen.bitLineVolts());
        status.put("sourceLineVoltsMax", seen.sourceLineVolts());
        status.put("wordLineVoltsMax", seen.wordLineVolts());
        status.put("widthSecondsMin", seen.shortestSeconds());
        status.put("widthSecondsMax", seen.longestSeconds());
        status.put("ampsMax", seen.amps());
        status.put("joulesMax", seen.joules());
        status.put("overLimit", seen.overLimit());
        status.put("firstOverLimit", seen.firstOverLimit());
        return status;
    }

    private Map<String, Object> router() {
        RouterStatus router = virtual.router();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("boot", Integer.toUnsignedString(router.boot(), 16));
        status.put("state", router.state().toString());
        status.put("load", router.loadId());
        status.put("steps", router.steps());
        status.put("stepsDone", router.stepsDone());
        status.put("triggersSinceLoad", router.triggersSinceLoad());
        status.put("triggersSinceBoot", router.triggersSinceBoot());
        return status;
    }

    private static Map<String, Object> entry(LabDiary.Entry entry) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("number", entry.number());
        status.put("simulatedSeconds", entry.seconds());
        status.put("time", entry.time().toString());
        status.put("instrument", entry.role());
        status.put("did", entry.what());
        return status;
    }

    private Map<String, Object> instrument(RunningLab.Instrument instrument) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("role", instrument.role());
        status.put("identity", instrument.identity());
        status.put("resources", instrument.resources());
        status.put("page", instrument.page());
        LanInstrument lan = virtual.network().get(instrument.role());
        if (lan != null) {
            EmulatedInstrument itself = virtual.instruments().get(instrument.role());
            status.put("connections", lan.connections());
            status.put("errorsWaiting", itself.errorsWaiting());
            status.put("settings", ask(itself, itself.settingsQuery()));
        }
        status.put("faults", faults.rules(instrument.role()).stream().map(rule -> rule.fault().text()).toList());
        status.put("struck", faults.struck(instrument.role()));
        return status;
    }

    private static String ask(EmulatedInstrument instrument, String query) {
        return new String(instrument.handle(query.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1)
                .strip();
    }

    Map<String, List<Object>> cells() {
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        if (device instanceof SimulatedDie die) {
            for (String name : List.of("row", "column", "pulses", "state", "siemens")) {
                columns.put(name, new ArrayList<>());
            }
            Geometry geometry = lab.geometry();
            synchronized (virtual.wiring()) {
                for (int cell = 0; cell < geometry.cells(); cell++) {
                    columns.get("row").add(geometry.row(cell));
                    columns.get("column").add(geometry.column(cell));
                    columns.get("pulses").add(die.pulsesReceived(cell));
                    columns.get("state").add(text(die.state(cell)));
                    columns.get("siemens").add(die.conductanceSiemens(cell));
                }
            }
        }
        return columns;
    }
}
