package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.check.Check;
import org.memloop.check.Checks;

/** Run every group of checks there is. */
class ChecksTest {
    static Stream<Checks> groups() {
        return ServiceLoader.load(Checks.class).stream().map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void everyNumberIsHit(Checks group) {
        List<Check> checks = group.run(7);
        assertTrue(!checks.isEmpty() && group.subject().matches("[a-z0-9]+(-[a-z0-9]+)*"), group.subject());
        List<Check> failed = checks.stream().filter(check -> !check.passed()).toList();
        assertTrue(failed.isEmpty(), () -> group.subject() + ": " + failed);
    }
}
