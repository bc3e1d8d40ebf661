package org.memloop.experiments;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;
import org.memloop.bench.Capabilities;
import org.memloop.learn.Epoch;
import org.memloop.learn.Ledger;
import org.memloop.learn.Synapses;
import org.memloop.recording.SynapseFile;
import org.memloop.report.TrainingReport;
import org.memloop.run.Environment;
import org.memloop.run.Run;
import org.memloop.run.RunHeader;
import org.memloop.run.Session;

/** Keep the record of a training run that has begun: its folder, its epochs, and the page at the end. */
final class TrainRecord {
    private final TrainPlan plan;
    private final Environment environment;
    private final Optional<Capabilities> bench;
    private final Run run;
    private final List<Epoch> epochs = new ArrayList<>();

    /** Keep the record of learning on ideal synapses. */
    TrainRecord(TrainPlan plan) {
        this.plan = plan;
        this.bench = Optional.empty();
        this.environment = Environment.detect();
        this.run = Run.create(plan.output().runs(), header(plan, bench), environment, UUID.randomUUID(),
                Clock.systemDefaultZone());
    }

    /** Keep the record of learning on a bench. */
    TrainRecord(TrainPlan plan, Session session) {
        this.plan = plan;
        this.bench = Optional.of(session.bench().capabilities());
        this.environment = session.environment();
        this.run = session.run();
    }

    static RunHeader header(TrainPlan plan, Optional<Capabilities> bench) {
        return new RunHeader("train", plan.output().commandLine(), plan.settings(), plan.seed(),
                plan.bench().toString(), bench, plan.output().notes());
    }

    /** {@return what it learns on} */
    String on() {
        return bench.map(Capabilities::description).orElse("ideal synapses");
    }

    Run run() {
        return run;
    }

    List<Epoch> epochs() {
        return epochs;
    }

    /** Write what became of every synapse. */
    void synapses(float[][] initial, Synapses synapses) {
        Ledger ledger = synapses.ledger();
        List<SynapseFile.Layer> layers = IntStream.range(0, plan.network().layers())
                .mapToObj(layer -> new SynapseFile.Layer(plan.network().inputs(layer), plan.network().outputs(layer),
                        initial[layer], synapses.weights(layer), ledger.positive()[layer], ledger.negative()[layer],
                        synapses.travel(layer)))
                .toList();
        SynapseFile.write(layers, run.folder().resolve("synapses.h5"));
    }

    /** Write the page and tell where it is. */
    Path report(OptionalDouble test, float[][] initial, float[][] learnt, Optional<TrainingReport.Die> die) {
        Path file = run.folder().resolve("report.html");
        Map<String, String> about = new LinkedHashMap<>();
        about.put("run", run.folder().getFileName().toString());
        about.put("id", run.id().toString());
        about.put("seed", String.valueOf(plan.seed()));
        about.put("command", String.join(" ", plan.output().commandLine()));
        String how = epochs.size() < plan.epochs()
                ? "stopped after " + epochs.size() + " of " + plan.epochs() + " epochs"
                : plan.epochs() + " epochs";
        TrainingReport.write(file, new TrainingReport.Content("Run " + run.number() + ": "
                + plan.images().source().name().toLowerCase(Locale.ROOT) + " on " + plan.bench(),
                plan.network() + " network, " + how + ", seed " + plan.seed(), epochs, test, initial, learnt, die,
                new TrainingReport.Origin(plan.settings(), environment, about, bench)));
        return file;
    }
}
