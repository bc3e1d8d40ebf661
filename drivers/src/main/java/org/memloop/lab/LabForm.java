package org.memloop.lab;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Hold a laboratory file as it is written, before anything in it is looked at. {@code lab.schema.json} describes the same
 * keys; a test holds the two to one another.
 */
record LabForm(Integer format, String name, String die, Array array, Instruments instruments, Wires wiring,
        Timing timing, Limiting limits, List<Fault> faults, String notes, List<String> tags) {

    record Array(String technology, Integer rows, Integer columns, Board board) {}

    record Board(String map, String least, String most) {}

    record Instruments(Instrument router, Instrument generator, Instrument oscilloscope,
            @JsonProperty("pulse-measure-unit") Instrument pulseMeasureUnit,
            @JsonProperty("source-measure-unit") Instrument sourceMeasureUnit, List<Supply> supplies) {}

    record Instrument(String driver, String resource, Options options) {}

    record Options(String library, @JsonProperty("core-port") Integer corePort, String timeout, Integer baud) {}

    record Supply(String role, String driver, String resource, Options options, Boolean on,
            Map<Integer, List<String>> feeds, Map<Integer, Output> outputs) {}

    record Output(List<String> feeds, String volts, String tolerance, String current,
            @JsonProperty("over-voltage") String overVoltage) {}

    record Wires(GeneratorWires generator, OscilloscopeWires oscilloscope,
            @JsonProperty("pulse-measure-unit") UnitWires pulseMeasureUnit,
            @JsonProperty("source-measure-unit") UnitWires sourceMeasureUnit) {}

    record GeneratorWires(Integer column, Integer gate) {}

    record OscilloscopeWires(Integer current, String input, String shunt, String trigger) {}

    record UnitWires(Integer column, Integer gate) {}

    record Timing(String settle, String recovery) {}

    record Limiting(@JsonProperty("bit-line") String bitLine, @JsonProperty("source-line") String sourceLine,
            @JsonProperty("word-line") String wordLine, @JsonProperty("shortest-pulse") String shortestPulse,
            @JsonProperty("longest-pulse") String longestPulse, @JsonProperty("pulses-per-cell") Long pulsesPerCell,
            String current, @JsonProperty("least-path") String leastPath, String energy, Double duty,
            @JsonProperty("pulses-per-second") Double pulsesPerSecond, @JsonProperty("least-target") String leastTarget,
            @JsonProperty("most-target") String mostTarget) {}

    record Fault(String instrument, String fault, String wiring, Double probability, Long occasion, String from,
            String delay) {}
}
