package org.memloop.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.memloop.lab.LabCheck;
import org.memloop.lab.Outside;

/** Look at every instrument of a laboratory and tell how each is. Nothing is pulsed. */
public final class CheckLab {
    private CheckLab() {}

    /**
     * Do it.
     *
     * @param plan which laboratory
     * @param json whether standard output is for a program
     * @param console who is told
     * @return whether nothing speaks against using the laboratory
     * @throws org.memloop.bench.BenchException when the file is wrong; failures of instruments are told in the table
     */
    public static boolean run(LabSession.Plan plan, boolean json, Console console) {
        return run(plan, json, console, UnaryOperator.identity());
    }

    /**
     * Do it, and keep a transcript of every link.
     *
     * @param plan which laboratory
     * @param folder where the transcripts go
     * @param console who is told
     * @return whether nothing speaks against using the laboratory
     * @throws org.memloop.bench.BenchException when the file is wrong
     */
    public static boolean record(LabSession.Plan plan, Path folder, Console console) {
        boolean good = run(plan, false, console, outside -> outside.recorded(folder));
        console.result("transcripts: " + folder);
        return good;
    }

    private static boolean run(LabSession.Plan plan, boolean json, Console console, UnaryOperator<Outside> seen) {
        Console told = console.withJson(json);
        try (LabSession session = LabSession.open(plan, UnaryOperator.identity())) {
            List<LabCheck.Row> rows = LabCheck.of(session.lab(), seen.apply(session.outside()));
            TextTable table = new TextTable("role", "verdict", "instrument");
            for (LabCheck.Row row : rows) {
                String who = row.identity().isEmpty() ? "nobody" : row.identity();
                table.add(row.role(), text(row), who + "\nby " + row.driver() + " at " + row.resource() + "\n"
                        + String.join("\n", row.found()));
                told.object(object(row));
            }
            table.lines().forEach(told::result);
            long bad = rows.stream().filter(row -> row.verdict() == LabCheck.Verdict.BAD).count();
            told.result(bad == 0
                    ? session.lab().name() + ": " + rows.size() + " instruments answer as they should"
                    : session.lab().name() + ": " + bad + " of " + rows.size() + " instruments must not be used so");
            return bad == 0;
        }
    }

    private static String text(LabCheck.Row row) {
        return row.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> object(LabCheck.Row row) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("role", row.role());
        object.put("driver", row.driver());
        object.put("resource", row.resource());
        object.put("identity", row.identity());
        object.put("verdict", text(row));
        object.put("found", row.found());
        return object;
    }
}
