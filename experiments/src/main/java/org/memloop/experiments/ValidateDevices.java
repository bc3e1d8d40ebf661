package org.memloop.experiments;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.memloop.bench.ConfigurationException;
import org.memloop.check.Check;
import org.memloop.check.Checks;

/** Hold the simulated devices against every number they have to hit, and say target, simulated value and verdict. */
public final class ValidateDevices {
    private final ValidatePlan plan;
    private final Console console;

    /**
     * Get ready to validate.
     *
     * @param plan every setting
     * @param console who is told
     */
    public ValidateDevices(ValidatePlan plan, Console console) {
        this.plan = plan;
        this.console = console.withJson(plan.json());
    }

    /**
     * Run the checks, and draw the figures if they are wanted.
     *
     * @return whether every check passed
     * @throws ConfigurationException when there is no group of a wanted name
     * @throws java.io.UncheckedIOException when a figure cannot be written
     */
    public boolean run() {
        int failed = 0;
        int passed = 0;
        for (Checks group : groups()) {
            console.result(group.subject() + ": " + group.about());
            for (Check check : group.run(plan.seed())) {
                tell(group, check);
                failed += check.passed() ? 0 : 1;
                passed += check.passed() ? 1 : 0;
            }
        }
        console.result(passed + " of " + (passed + failed) + " checks passed" + (failed > 0
                ? ", " + failed
                        + " FAILED"
                : ""));
        plan.figures().ifPresent(folder -> new DeviceFigures(plan.seed(), console).write(folder));
        return failed == 0;
    }

    private List<Checks> groups() {
        List<Checks> all = ServiceLoader.load(Checks.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Checks::subject)).toList();
        TreeSet<String> unknown = new TreeSet<>(plan.subjects());
        all.forEach(group -> unknown.remove(group.subject()));
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("nothing is known about '" + unknown.first() + "'; there are "
                    + all.stream().map(Checks::subject).collect(Collectors.joining(", ")));
        }
        return all.stream().filter(group -> plan.subjects().isEmpty() || plan.subjects().contains(group.subject()))
                .toList();
    }

    private void tell(Checks group, Check check) {
        console.result(String.format(Locale.ROOT, "  %-10s %-66s %20s  %12s %-8s %s", check.name(), check.what(),
                check.target(), Check.text(check.value()), check.unit(), check.passed() ? "ok" : "FAILED"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("subject", group.subject());
        object.put("name", check.name());
        object.put("what", check.what());
        object.put("unit", check.unit());
        object.put("target", check.target());
        object.put("value", check.value());
        object.put("passed", check.passed());
        console.object(object);
    }
}
