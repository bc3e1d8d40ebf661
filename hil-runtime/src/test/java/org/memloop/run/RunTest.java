package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneId.of("Europe/Paris"));
    private static final Environment ENVIRONMENT = new Environment("1.2.3", Optional.of("abc123"), true, "25",
            "Linux, amd64", "bench-pc", "ada", 42);

    @TempDir
    Path runs;

    private static RunHeader header(String kind) {
        Capabilities capabilities = new Capabilities("a die", new Geometry(128, 64),
                new Limits(2.5, 2.1, 5, 1e-7, 1e-3, 5000), new Capabilities.ReadAccuracy(1e-9, 2e-9),
                List.of(new Capabilities.Identity("router", "ACME,ROUTER,1,2", "ASRL1::INSTR")));
        return new RunHeader(kind, List.of("train", "--seed", "7"), Map.of("epochs", "3"), 7, "sim:die", capabilities,
                List.of("after lunch"));
    }

    private Run start(String kind) {
        return Run.create(runs, header(kind), ENVIRONMENT, UUID.randomUUID(), CLOCK);
    }

    private static JsonNode json(Run run) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(run.folder().resolve("run.json")));
    }

    @Test
    void tells_from_the_start_what_was_started() throws IOException {
        Run run = start("train");
        JsonNode json = json(run);
        assertEquals("0001-train", run.folder().getFileName().toString());
        assertEquals(1, json.get("format").asInt());
        assertEquals(run.id().toString(), json.get("id").asString());
        assertEquals("running", json.get("status").asString());
        assertEquals("2026-03-01T09:00:00+01:00", json.get("started").asString());
        assertEquals("Europe/Paris", json.get("zone").asString());
        assertEquals("--seed", json.get("commandLine").get(1).asString());
        assertEquals("3", json.get("configuration").get("epochs").asString());
        assertEquals("abc123", json.get("software").get("commit").asString());
        assertTrue(json.get("software").get("modified").asBoolean());
        assertEquals(42, json.get("machine").get("process").asInt());
        assertEquals("ACME,ROUTER,1,2", json.get("bench").get("instruments").get(0).get("idn").asString());
        assertEquals(2.1, json.get("bench").get("limits").get("sourceLineVoltsMax").asDouble());
        assertEquals("after lunch", json.get("notes").get(0).asString());
        assertFalse(json.has("ended"));
    }

    @Test
    void tells_how_it_ended_and_stays_that_way() throws IOException {
        Run run = start("train");
        run.abort("stopped by Ctrl-C");
        run.finish();
        run.close();
        assertEquals(Run.Status.ABORTED, run.status());
        assertEquals("aborted", json(run).get("status").asString());
        assertEquals("stopped by Ctrl-C", json(run).get("reason").asString());
        assertTrue(json(run).has("ended"));
    }

    @Test
    void has_failed_when_it_is_left_without_an_end() throws IOException {
        Run run = start("train");
        run.close();
        assertEquals("failed", json(run).get("status").asString());
        assertFalse(json(run).get("reason").asString().isEmpty());
    }

    @Test
    void numbers_grow_across_kinds_and_after_a_run_was_deleted() throws IOException {
        start("train");
        Run second = start("bench");
        assertEquals("0002-bench", second.folder().getFileName().toString());
        Files.createDirectory(runs.resolve("0041-train"));
        assertEquals(42, start("train").number());
    }

    @Test
    void runs_started_at_once_get_folders_of_their_own() throws IOException {
        List<Integer> numbers = IntStream.range(0, 24).parallel()
                .mapToObj(i -> start(i % 2 == 0 ? "train" : "bench").number()).sorted().toList();
        assertEquals(numbers.stream().distinct().toList(), numbers);
        try (var files = Files.list(runs)) {
            assertEquals(24, files.count());
        }
    }

    @Test
    void a_table_is_on_disk_line_by_line_and_never_written_over() throws IOException {
        Run run = start("train");
        try (CsvLog table = run.table("metrics.csv", "epoch", "accuracy_fraction")) {
            table.line(1, 0.8125);
            assertEquals("epoch,accuracy_fraction\n1,0.8125\n",
                    Files.readString(run.folder().resolve("metrics.csv")));
            assertThrows(IllegalArgumentException.class, () -> table.line(1));
            assertThrows(IllegalArgumentException.class, () -> table.line(1, "a,b"));
        }
        assertThrows(UncheckedIOException.class, () -> run.table("metrics.csv", "epoch"));
    }

    @Test
    void the_environment_is_found_without_a_checkout(@TempDir Path nowhere) {
        Environment found = Environment.detect(Optional.of(nowhere));
        assertTrue(found.memloop().matches("\\d+\\.\\d+.*"), found.memloop());
        assertFalse(found.modified());
        assertTrue(found.java().startsWith(Runtime.version().toString()));
    }

    private static void git(Path folder, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString(), "-c", "user.name=t", "-c",
                "user.email=t@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        assertEquals(0, new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(), command.toString());
    }

    @Test
    void a_page_is_no_change_of_the_program_but_a_source_is(@TempDir Path checkout) throws Exception {
        Path source = Files.writeString(checkout.resolve("A.java"), "class A {}\n");
        Path page = Files.writeString(Files.createDirectory(checkout.resolve("docs")).resolve("a.md"), "# A\n");
        git(checkout, "init", "-q");
        git(checkout, "add", "-A");
        git(checkout, "commit", "-qm", "begin");
        assertTrue(Environment.detect(Optional.of(checkout)).commit().isPresent());
        Files.writeString(page, "# B\n");
        assertFalse(Environment.detect(Optional.of(checkout)).modified());
        Files.writeString(source, "class B {}\n");
        assertTrue(Environment.detect(Optional.of(checkout)).modified());
    }

    @Test
    void a_kind_that_makes_no_folder_name_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> header("../train"));
    }
}
