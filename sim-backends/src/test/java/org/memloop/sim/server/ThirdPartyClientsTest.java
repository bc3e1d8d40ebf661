package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Geometry;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.AgilentE3631AEmulator;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.KeysightB1500AEmulator;
import org.memloop.sim.instrument.KeysightE36312AEmulator;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.Net;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;

/**
 * Let programs of others use the emulated instruments: pyvisa with pyvisa-py, lxi-tools, pyserial, zeroconf, all of them
 * Debian packages. They look at port 111, which is for root. Where something is missing the tests are skipped, unless
 * the variable {@code MEMLOOP_CLIENTS} is {@code required}.
 */
@Timeout(120)
class ThirdPartyClientsTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final LanPorts PORTS = new LanPorts(Vxi11Server.Ports.REAL, 0, 0, 0);

    @TempDir
    Path folder;

    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final List<AutoCloseable> running = new ArrayList<>();
    private LanInstrument generator;
    private LanInstrument oscilloscope;

    @BeforeEach
    void switchOn() {
        try {
            Agilent81160AEmulator pulses = new Agilent81160AEmulator(wiring);
            KeysightMsos204AEmulator scope = new KeysightMsos204AEmulator(wiring, 1);
            wiring.connect((Wiring.Source) pulses);
            wiring.connect((Wiring.Recorder) scope);
            generator = serve(pulses, "127.0.42.2");
            oscilloscope = serve(scope, "127.0.42.3");
            running.add(new LoopbackDiscovery(List.of(generator, oscilloscope)));
        } catch (RuntimeException e) {
            missing("port 111 cannot be served here: " + e.getMessage());
        }
    }

    private LanInstrument serve(EmulatedInstrument instrument, String address, String... others) {
        LanInstrument lan = new LanInstrument(instrument, InetAddress.ofLiteral(address), PORTS, true,
                List.of(others));
        running.add(lan);
        return lan;
    }

    @AfterEach
    void switchOff() throws Exception {
        for (AutoCloseable one : running.reversed()) {
            one.close();
        }
    }

    static void missing(String what) {
        if ("required".equals(System.getenv("MEMLOOP_CLIENTS"))) {
            fail(what);
        }
        abort(what);
    }

    private static void requirePython(String module) throws Exception {
        if (!Files.isExecutable(Path.of(PYTHON))
                || new ProcessBuilder(PYTHON, "-c", "import " + module).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            missing("needs " + PYTHON + " with " + module + " (Debian: python3-" + module.replace('_', '-') + ")");
        }
    }

    private static void requireLxi() {
        if (!Files.isExecutable(Path.of("/usr/bin/lxi"))) {
            missing("needs /usr/bin/lxi (Debian: lxi-tools)");
        }
    }

    private Process script(String name, String... arguments) throws IOException {
        Path script = folder.resolve(name);
        try (InputStream in = getClass().getResourceAsStream(name)) {
            Files.copy(in, script);
        }
        List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return output(process);
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), text);
        assertEquals(0, process.exitValue(), text);
        return text;
    }

    private void pyvisa(String generatorResource, String oscilloscopeResource) throws Exception {
        requirePython("pyvisa_py");
        Process process = script("visa_client.py", generatorResource, oscilloscopeResource);
        StringBuilder told = new StringBuilder();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(),
                StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                told.append(line).append('\n');
                if (line.equals("armed")) {
                    wiring.trigger();
                    process.getOutputStream().write('\n');
                    process.getOutputStream().flush();
                }
            }
        }
        assertEquals(0, process.waitFor(), told.toString());
        assertEquals("""
                generator Agilent Technologies,81160A,MY00000001,1.0.3.0-2.6
                oscilloscope KEYSIGHT TECHNOLOGIES,MSOS204A,MY00000002,06.70.00901
                width 6e-07 high 0.9
                armed event +1
                armed
                points 1000
                """, told.substring(0, told.indexOf("error")));
        String errors = told.substring(told.indexOf("error"));
        assertTrue(errors.matches("error -113,\"Undefined header.*\"\nerror \\+0,\"No error\"\n"), errors);
    }

    @Test
    void pyvisaOverVxi11() throws Exception {
        pyvisa("TCPIP0::127.0.42.2::inst0::INSTR", "TCPIP0::127.0.42.3::inst0::INSTR");
    }

    @Test
    void pyvisaOverASocket() throws Exception {
        pyvisa(generator.socket().resource(), oscilloscope.socket().resource());
    }

    /** Serve what the other tests do not need: the analyzer, as behind a gateway, and both supplies. */
    private List<LanInstrument> others() {
        KeysightB1500AEmulator analyzer = new KeysightB1500AEmulator(wiring, 1);
        analyzer.connect(1, Net.COLUMN);
        analyzer.connect(2, Net.GATE);
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
        return List.of(serve(analyzer, "127.0.42.4", "gpib0,17"),
                serve(new KeysightE36312AEmulator(wiring, "supply-5v", 1), "127.0.42.5"),
                serve(new AgilentE3631AEmulator(wiring, "supply-1v2", 1), "127.0.42.6", "gpib0,5"));
    }

    private void analyzerAndSupplies(String... resources) throws Exception {
        requirePython("pyvisa_py");
        assertEquals("""
                idn Agilent Technologies,B1500A,0,A.04.03.2010.0130
                idn Keysight Technologies,E36312A,MY00000003,2.1.0-1.0.4-1.12
                idn HEWLETT-PACKARD,E3631A,0,2.1-5.0-1.0
                errors +0,"No Error."
                done 1
                items 22 NAI EAV 50 uA at 0.5 V
                error +100,"Undefined GPIB command."
                error +0,"No Error."
                volts 5.0
                error -222
                error +0,"No error"
                applied "+1.200000,+0.100000"
                volts 1.2
                error -113
                """, output(script("visa_others.py", resources)));
    }

    @Test
    void pyvisaUsesAnalyzerAndSuppliesOverVxi11() throws Exception {
        others();
        analyzerAndSupplies("TCPIP0::127.0.42.4::gpib0,17::INSTR", "TCPIP0::127.0.42.5::inst0::INSTR",
                "TCPIP0::127.0.42.6::gpib0,5::INSTR");
    }

    @Test
    void pyvisaUsesAnalyzerAndSuppliesOverASocket() throws Exception {
        analyzerAndSupplies(others().stream().map(lan -> lan.socket().resource()).toArray(String[]::new));
    }

    @Test
    void lxiIdentifiesAnalyzerAndSupplies() throws Exception {
        requireLxi();
        others();
        assertEquals("Agilent Technologies,B1500A,0,A.04.03.2010.0130", ask(new String[]{"-a", "127.0.42.4"}, "*IDN?"));
        assertTrue(ask(new String[]{"-a", "127.0.42.5"}, "*IDN?").contains("E36312A"));
        assertTrue(ask(new String[]{"-a", "127.0.42.6"}, "*IDN?").contains("E3631A"));
    }

    @Test
    void lxiDiscoversByBroadcast() throws Exception {
        requireLxi();
        String found = run("/usr/bin/lxi", "discover");
        assertTrue(found.contains("81160A") && found.contains("127.0.42.2"), found);
        assertTrue(found.contains("MSOS204A") && found.contains("127.0.42.3"), found);
    }

    @Test
    void lxiSpeaksVxi11() throws Exception {
        lxi("-a", "127.0.42.2");
    }

    @Test
    void lxiSpeaksOverASocket() throws Exception {
        lxi("-a", "127.0.42.2", "-r", "-p", String.valueOf(generator.socket().port()));
    }

    private static String ask(String[] where, String message) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/lxi", "scpi"));
        command.addAll(Arrays.asList(where));
        command.add(message);
        return run(command.toArray(String[]::new)).strip();
    }

    private static void lxi(String... where) throws Exception {
        requireLxi();
        assertEquals("Agilent Technologies,81160A,MY00000001,1.0.3.0-2.6", ask(where, "*IDN?"));
        ask(where, "*RST;*CLS;:PULS:WIDT1 600NS;:VOLT1:HIGH 0.9");
        assertEquals(0.9, Double.parseDouble(ask(where, ":VOLT1:HIGH?")), 1e-9);
        ask(where, ":NONSENSE 1");
        assertTrue(ask(where, ":SYST:ERR?").startsWith("-113,\"Undefined header"));
        assertEquals("+0,\"No error\"", ask(where, ":SYST:ERR?"));
    }

    @Test
    void zeroconfHearsTheAnnouncement() throws Exception {
        requirePython("zeroconf");
        String heard = output(script("mdns_client.py", "127.0.0.1", "127.0.42.2"));
        for (String service : List.of("_lxi._tcp", "_http._tcp", "_vxi-11._tcp", "_scpi-raw._tcp", "_hislip._tcp")) {
            // a name that another laboratory on this machine has already gets a number
            assertTrue(Pattern.compile("Agilent Technologies 81160A MY00000001( \\(\\d+\\))?\\." + service
                    + "\\.local\\. 127\\.0\\.42\\.2 Manufacturer=Agilent Technologies Model=81160A "
                    + "SerialNumber=MY00000001").matcher(heard).find(), service + ": " + heard);
        }
    }

    @Test
    void aPersonMayTypeAtTheRouterWithPyserial() throws Exception {
        requirePython("serial");
        try (RouterServer router = new RouterServer(
                new RouterEmulator(wiring, new Geometry(128, 64), System::nanoTime, 4), new Faults(1),
                wiring::nowSeconds, 3, 0)) {
            String told = output(script("serial_client.py", router.devicePath()));
            assertTrue(told.contains("protocol 1") && told.contains("state      idle\n")
                    && told.contains("bits {2, 133} of 256") && told.contains("unknown command 'burn'"), told);
        }
    }
}
