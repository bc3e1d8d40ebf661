package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.experiments.Console;
import org.memloop.lab.LabFile;
import picocli.CommandLine;

/** Check and prove a small virtual laboratory from the command line, as it should be and with every fault. */
class LabProofTest {
    private static final String SUPPLIES = """
            instruments:
              supplies:
                - { role: supply-5v, driver: keysight-e36312a, resource: "TCPIP0::h::inst0::INSTR", on: true, feeds: { 1: [VDD5] } }
                - { role: supply-1v2, driver: agilent-e3631a, resource: "GPIB0::5::INSTR", on: true, feeds: { 1: [VDD, VDDR, VDDC] } }
            """;

    @TempDir
    private Path folder;

    private record Said(int exitCode, String out, String err) {}

    private Said run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, InstantSource.system());
        CommandLine line = Memloop.commandLine(console, new CommandLine(new LabCommand(console))
                .addSubcommand(new LabProofCommands.Check(console)).addSubcommand(new LabProofCommands.Prove(console))
                .addSubcommand(new LabProofCommands.Schema(console)));
        int code = line.execute(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String lab() throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LabFile.builtInText().replace("instruments:\n", SUPPLIES)
                .replace("technology: hfox-leti",
                        "technology: resistor-board\n  board: { least: 10 kohm, most: 100 kohm }")
                .replace("rows: 128", "rows: 32").replace("columns: 64", "columns: 16"));
        return file.toString();
    }

    private Said prove(String... more) throws Exception {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(new String[]{"lab", "prove", lab(), "--virtual", "--out", folder + "/proof"}, 0, arguments, 0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return run(arguments);
    }

    @Test
    void aLaboratoryThatIsAsItShouldBeIsProvedAndGetsACard() throws Exception {
        Said said = prove();
        assertEquals(0, said.exitCode, said.out + said.err);
        assertTrue(said.out.contains("all 32 word lines, 16 bit lines and 16 source lines are where they belong"),
                said.out);
        assertTrue(said.out.contains("a pulse of 1.00 us lasts"), said.out);
        CalibrationCard card = CalibrationFile.read(folder.resolve("proof/calibration.yaml"));
        assertEquals(1, card.column().gain(), 0.01);
        assertEquals(170, card.reading().seriesOhms(), 60);
        assertEquals(0, card.reading().offsetAmps(), 20e-9);
        assertEquals(5, card.instruments().size());
        assertTrue(Files.exists(folder.resolve("proof/reset-measured.csv")));
        Said again = prove();
        assertEquals(1, again.exitCode);
        assertTrue(again.err.contains("calibration.yaml: exists already"), again.err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --wiring=swap-bit-lines-12-13        | bit lines 12 and 13 are swapped
            --wiring=rows-reversed               | word lines are reversed: bit 0 selects word line 31
            --wiring=columns-reversed            | source lines are reversed: bit 0 selects source line 15
            --wiring=polarity-reversed           | the polarity is reversed
            --wiring=open-word-line-7            | word line 7 is open
            --wiring=open-bit-line-7             | bit line 7 is open
            --wiring=open-source-line-7          | source line 7 is open
            --wiring=stuck-source-line-3         | source line 3 is never driven
            --wiring=register-shifted            | the whole register is shifted by one bit
            --wiring=generator-channels-swapped  | column and gate outputs are exchanged
            --wiring=column-terminated           | pulses arrive at 0.50
            --fault=generator:missed-trigger:0.01 | pulses did not come, each at a cell that conducts
            --fault=generator:unplugged          | no current flows through any of the 512 cells
            --fault=oscilloscope:unplugged       | no current flows through any of the 512 cells
            --fault=oscilloscope:missed-trigger:0.01 | is the trigger cable at AUX
            --fault=supply-1v2:supply-trip       | supply-1v2
            """)
    void everyFaultIsFoundAndNamed(String option, String found) throws Exception {
        Said said = prove(option);
        assertEquals(1, said.exitCode, said.out + said.err);
        String joined = said.out.replaceAll("\\s+", " ");
        assertTrue(joined.contains(found), joined + said.err);
        assertFalse(Files.exists(folder.resolve("proof/calibration.yaml")));
    }

    @Test
    void nothingIsFiredWhileADieMayBeThere() {
        Said said = run("lab", "prove", "--out", folder.toString());
        assertEquals(1, said.exitCode);
        assertTrue(said.err.contains("a die may be in the socket"), said.err);
        assertTrue(run("lab", "prove", "--virtual", "--out", folder.toString()).err
                .contains("a die may be in the socket"));
    }

    @Test
    void anEmptySocketConductsNowhere() throws Exception {
        Said said = prove("--socket", "empty", "--json");
        assertEquals(0, said.exitCode, said.out + said.err);
        assertTrue(said.out.contains("\"kind\":\"no-short\""), said.out);
    }

    @Test
    void aDryRunTellsThePulsesAndTheLimitsTheyBreak() throws Exception {
        Said said = prove("--dry-run");
        assertEquals(0, said.exitCode, said.err);
        assertTrue(
                said.out.contains("READ") && said.out.contains("all 512") && said.out.contains("nothing was touched"),
                said.out);
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, Files.readString(file).replace("word-line: 5 V", "word-line: 2 V"));
        Said broken = run("lab", "prove", file.toString(), "--virtual", "--dry-run");
        assertEquals(1, broken.exitCode);
        assertTrue(broken.out.contains("word line 3.000 V is above the limit of 2.000 V"), broken.out);
    }

    @Test
    void aCheckTellsEveryFailureTogether() throws Exception {
        Said well = run("lab", "check", lab(), "--virtual");
        assertEquals(0, well.exitCode, well.out + well.err);
        assertTrue(well.out.contains("output 1 (VDD5): "), well.out);
        Said ill = run("lab", "check", lab(), "--virtual", "--json", "--fault",
                "generator:wrong-identity,router:silent,supply-5v:silent");
        assertEquals(1, ill.exitCode, ill.out + ill.err);
        assertEquals(5, ill.out.lines().count(), ill.out);
        assertEquals(3, ill.out.lines().filter(line -> line.contains("\"verdict\":\"bad\"")).count(), ill.out);
        assertTrue(ill.out.contains("should be a '81160A' but answered"), ill.out);
    }

    @Test
    void theSchemaIsPrinted() {
        assertEquals(LabFile.schema().strip(), run("lab", "schema").out.strip());
    }
}
