package org.memloop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Hold the plan of the modules (docs/decisions/0001-house.md): who may know whom, and what no class may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseTest {
    private static final String[] DRIVERS = {"org.memloop.bench..", "org.memloop.link..", "org.memloop.scpi..",
            "org.memloop.instrument..", "org.memloop.lab..", "org.memloop.recording..", "org.memloop.check.."};
    private static final String[] CALIBRATION = {"org.memloop.calibration.."};
    private static final String[] SIMULATION = {"org.memloop.sim.."};
    private static final String[] PHYSICS = {"org.memloop.sim.device..", "org.memloop.sim.crossbar..",
            "org.memloop.sim.ica..", "org.memloop.sim.random.."};
    private static final String[] RUNTIME = {"org.memloop.run..", "org.memloop.learn..", "org.memloop.die..",
            "org.memloop.campaign.."};
    private static final String[] EXPERIMENTS = {"org.memloop.experiments..", "org.memloop.cli..",
            "org.memloop.report..", "org.memloop.data..", "org.memloop.dashboard.."};

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.memloop");

    @Test
    void every_module_is_looked_at() {
        for (String name : List.of("bench", "recording", "calibration", "sim.array", "sim.replay", "run", "learn",
                "die", "campaign",
                "cli", "experiments")) {
            assertTrue(house.containPackage("org.memloop." + name), name);
        }
        classes().should().resideInAnyPackage(all(DRIVERS, CALIBRATION, SIMULATION, RUNTIME, EXPERIMENTS))
                .because("a new package needs a place in the plan").check(house);
    }

    @Test
    void the_bench_knows_nothing_of_ours() {
        knowsOnly(new String[]{"org.memloop.bench.."});
    }

    @Test
    void recordings_know_the_bench_alone_and_alone_know_hdf5() {
        knowsOnly(new String[]{"org.memloop.recording.."}, new String[]{"org.memloop.bench.."});
        noClasses().that().resideOutsideOfPackage("org.memloop.recording..").should().dependOnClassesThat()
                .resideInAPackage("io.jhdf..").check(house);
    }

    @Test
    void drivers_know_no_other_module() {
        knowsOnly(DRIVERS);
    }

    @Test
    void calibration_knows_drivers() {
        knowsOnly(CALIBRATION, DRIVERS);
    }

    @Test
    void simulation_knows_drivers() {
        knowsOnly(SIMULATION, DRIVERS);
    }

    @Test
    void the_loop_knows_calibration_and_drivers_and_no_simulation() {
        knowsOnly(RUNTIME, CALIBRATION, DRIVERS);
    }

    @Test
    void experiments_meet_simulated_arrays_only_through_a_bench() {
        knowsOnly(EXPERIMENTS, PHYSICS, RUNTIME, CALIBRATION, DRIVERS);
    }

    @Test
    void physics_knows_no_simulated_array() {
        knowsOnly(PHYSICS, DRIVERS);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("org.memloop.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void pictures_stay_in_experiments() {
        noClasses().that().resideOutsideOfPackages(EXPERIMENTS).should().dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..", "org.knowm..", "me.tongfei..")
                .check(house);
    }

    @Test
    void only_the_command_line_reads_command_lines() {
        noClasses().that().resideOutsideOfPackage("org.memloop.cli..").should().dependOnClassesThat()
                .resideInAPackage("picocli..").check(house);
    }

    @Test
    void a_name_says_what_a_class_is() {
        noClasses().should()
                .haveNameMatching(".*[.$](\\w*(Impl|Manager|Helper|Util(s|ity|ities)?)|(Abstract|Base)[A-Z]\\w*"
                        + "|\\w*[a-z]Base)")
                .check(house);
    }

    @Test
    void libraries_do_not_print() {
        noClasses().that().resideOutsideOfPackages(EXPERIMENTS).should(ACCESS_STANDARD_STREAMS).check(house);
    }

    @Test
    void nothing_static_changes() {
        fields().that().areStatic().should().beFinal().check(house);
    }

    @Test
    void randomness_is_an_input() {
        noClasses().should().callMethod(Math.class, "random").orShould().callConstructor(Random.class).orShould()
                .dependOnClassesThat().areAssignableTo(ThreadLocalRandom.class).check(house);
    }

    private void knowsOnly(String[] packages, String[]... below) {
        String[] known = all(packages, all(below));
        noClasses().that().resideInAnyPackage(packages).should().dependOnClassesThat(
                resideInAPackage("org.memloop..")
                        .and(resideOutsideOfPackages(known)))
                .check(house);
    }

    private static String[] all(String[]... groups) {
        return Stream.of(groups).flatMap(Stream::of).toArray(String[]::new);
    }
}
