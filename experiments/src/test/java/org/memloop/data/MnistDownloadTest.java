package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistDownloadTest {
    @TempDir
    private Path home;

    private final Map<String, byte[]> served = new HashMap<>();
    private HttpServer server;
    private URI mirror;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        mirror = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Map<String, String> fill(String path) throws IOException, NoSuchAlgorithmException {
        Map<String, String> sums = new HashMap<>();
        for (String name : MnistFiles.NAMES) {
            byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(content);
            }
            served.put(path + name + ".gz", packed.toByteArray());
            sums.put(name, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        }
        return sums;
    }

    private Map<String, String> environment() {
        return Map.of("XDG_CACHE_HOME", home.toString(), "LOCALAPPDATA", home.toString());
    }

    @Test
    void whatIsNowhereIsFetchedOnceFromTheFirstMirrorThatHasIt() throws IOException, NoSuchAlgorithmException {
        MnistDownload download = new MnistDownload(List.of(mirror.resolve("none/"), mirror.resolve("good/")),
                fill("/good/"));
        Map<String, Long> heard = new TreeMap<>();
        MnistFiles files = download.findOrFetch(Optional.empty(), environment(), (file, bytes, total) -> {
            assertTrue(bytes <= total);
            heard.put(file, bytes);
        });
        assertEquals(home.resolve("memloop").resolve("mnist"), files.folder());
        assertEquals(4, heard.size());
        for (String name : MnistFiles.NAMES) {
            byte[] sent = served.get("/good/" + name + ".gz");
            assertArrayEquals(sent, Files.readAllBytes(files.folder().resolve(name + ".gz")));
            assertEquals(sent.length, heard.get(name + ".gz"));
        }
        try (var kept = Files.list(files.folder())) {
            assertEquals(4, kept.count(), "nothing half-done is left");
        }
        served.clear();
        assertEquals(files.folder(), download.findOrFetch(Optional.empty(), environment(), (_, _, _) -> {}).folder());
    }

    @Test
    void aFileThatIsNotTheOriginalIsNotKept() throws IOException, NoSuchAlgorithmException {
        Map<String, String> sums = fill("/");
        sums.put(MnistFiles.NAMES.get(1), "00");
        MnistDownload download = new MnistDownload(List.of(mirror), sums);
        DatasetException thrown = assertThrows(DatasetException.class, () -> download.fetch(home, (_, _, _) -> {}));
        assertTrue(thrown.getMessage().contains("train-labels-idx1-ubyte.gz: not the original"), thrown.getMessage());
        assertFalse(Files.exists(home.resolve("train-labels-idx1-ubyte.gz")));
    }

    @Test
    void withoutANetworkEveryWayIsNamed() {
        server.stop(0);
        MnistDownload download = new MnistDownload(List.of(mirror), Map.of());
        DatasetException thrown = assertThrows(DatasetException.class,
                () -> download.findOrFetch(Optional.empty(), environment(), (_, _, _) -> {}));
        String cache = home.resolve("memloop").resolve("mnist").toString();
        for (String way : List.of("--data", "$MEMLOOP_DATA", cache, "--dataset digits")) {
            assertTrue(thrown.getMessage().contains(way), thrown.getMessage());
        }
        assertFalse(thrown.getMessage().contains("\n"));
    }
}
