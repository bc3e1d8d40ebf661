package org.memloop.experiments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Preparation;
import org.memloop.data.Splits;
import org.memloop.die.CellLedger;
import org.memloop.learn.DevicePairs;
import org.memloop.learn.Epoch;
import org.memloop.learn.IdealSynapses;
import org.memloop.learn.Ledger;
import org.memloop.learn.PairMap;
import org.memloop.learn.PairSettings;
import org.memloop.learn.Seed;
import org.memloop.learn.Synapses;
import org.memloop.learn.Trainer;
import org.memloop.report.TrainingReport;
import org.memloop.run.Environment;
import org.memloop.run.RunHeader;
import org.memloop.run.Session;

/**
 * Train a network from the beginning and leave a record. On a bench: form and condition the array, map the synapses to
 * its healthy cells, learn with weak-RESET pulses (thesis, chapter 4). On ideal synapses: only learn (chapter 3).
 */
public final class Train {
    private final TrainPlan plan;
    private final Console console;
    private final Supplier<Splits> images;
    private Optional<TrainRecord> begun = Optional.empty();
    private final ChipSession chip;

    /**
     * Get ready to train.
     *
     * @param plan every setting
     * @param console who is told
     */
    public Train(TrainPlan plan, Console console) {
        this(plan, console, () -> TrainImages.load(plan, System.getenv(), console));
    }

    /**
     * Get ready to train on images that are there already.
     *
     * @param plan every setting
     * @param console who is told
     * @param images those the plan asks for
     */
    public Train(TrainPlan plan, Console console, Supplier<Splits> images) {
        this.plan = plan;
        this.console = console.withJson(plan.output().json());
        this.images = images;
        chip = new ChipSession(plan.output().chip(), plan.bench(), this.console);
    }

    /**
     * Do it all.
     *
     * @throws org.memloop.bench.BenchException when the bench cannot be opened or fails
     * @throws CancellationException when the person stopped it; the partial run is kept
     */
    public void run() {
        Splits splits = images.get();
        requireFit(splits);
        try (Interruption interruption = new Interruption(Duration.ofSeconds(20))) {
            try {
                switch (plan.synapses()) {
                    case SynapsePlan.Ideal ideal -> onIdeal(ideal, splits, interruption);
                    case SynapsePlan.Pairs(PairSettings settings) -> {
                        try {
                            onBench(settings, splits, interruption);
                        } finally {
                            chip.close();
                        }
                    }
                }
            } catch (RuntimeException e) {
                end(e, interruption);
            }
        }
    }

    private void onBench(PairSettings settings, Splits images, Interruption interruption) {
        try (Session session = Session.open(new Session.Request(plan.bench(), plan.output().place(), this::describe,
                _ -> chip.past(), plan.output().journal(),
                Environment.detect(), Clock.systemDefaultZone()))) {
            interruption.lastResort(session::groundAtOnce);
            Bench bench = session.bench();
            begin(new TrainRecord(plan, session));
            ConductanceCard reading = chip.reading(settings.card());
            CellLedger known = chip.begin(session.run(), bench.capabilities().geometry(), Instant.now(), reading);
            Bench corrected = chip.corrected(bench);
            Preparation.Result prepared = prepare(session, corrected, reading, known, interruption);
            int[] healthy = prepared.healthyCells();
            DevicePairs pairs = new DevicePairs(corrected, settings.cellsPerSynapse() == 1
                    ? PairMap.single(plan.network(), healthy)
                    : PairMap.inOrder(plan.network(), healthy), settings.withCard(reading));
            learn(pairs, images, interruption, epoch -> session.mark("epoch", epoch, plan.epochs()),
                    () -> Optional.of(die(bench.capabilities().geometry(), prepared, pairs)));
        }
    }

    private void onIdeal(SynapsePlan.Ideal ideal, Splits images, Interruption interruption) {
        Seed seed = new Seed(plan.bench().number("seed", plan.seed()));
        IdealSynapses synapses = new IdealSynapses(plan.network(), ideal.step(), seed.stream("initial weights"),
                ideal.travel());
        begun = Optional.of(new TrainRecord(plan));
        console.result("run " + begun.get().run().folder() + " on ideal synapses");
        learn(synapses, images, interruption, _ -> {}, Optional::empty);
    }

    /** What does not go together is told before anything is connected. */
    private void requireFit(Splits images) {
        int inputs = images.training().inputs();
        int outputs = plan.network().outputs(plan.network().layers() - 1);
        if (inputs != plan.network().inputs(0) || images.training().classes() != outputs) {
            throw new ConfigurationException(
                    "--layers " + plan.network() + " does not go with the images: they have " + inputs
                            + " pixels and " + images.training().classes() + " classes");
        }
        if (images.training().size() == 0) {
            throw new ConfigurationException("there are no training images");
        }
    }

    private RunHeader describe(Capabilities capabilities) {
        int cells = capabilities.geometry().cells();
        int needed = plan.synapses() instanceof SynapsePlan.Pairs(PairSettings settings)
                ? Math.multiplyExact(settings.cellsPerSynapse(), plan.network().synapses())
                : 0;
        if (needed > cells) {
            throw new ConfigurationException("a " + plan.network() + " network needs " + needed
                    + " cells, the array has " + cells + "; choose a smaller network with --layers");
        }
        chip.open(capabilities, Pulse.READ, plan.output().journal() && capabilities.operations().only().isEmpty());
        return TrainRecord.header(plan, Optional.of(capabilities));
    }

    private void begin(TrainRecord record) {
        begun = Optional.of(record);
        console.result("run " + record.run().folder() + " on " + record.on()
                + (plan.output().journal() ? "" : ", without a journal"));
    }

    private void end(RuntimeException failure, Interruption interruption) {
        boolean stopped = interruption.requested();
        begun.ifPresent(record -> {
            if (stopped) {
                record.run().abort(
                        "stopped by the user after " + record.epochs().size() + " of " + plan.epochs() + " epochs");
            } else {
                record.run().fail(String.valueOf(failure.getMessage()));
            }
        });
        if (!stopped) {
            throw failure;
        }
        // told here, while the process still waits for the run: afterwards it may be gone before a word is out
        console.remark(
                "memloop: stopped" + (plan.synapses() instanceof SynapsePlan.Ideal ? "" : "; the array is grounded")
                        + begun.map(record -> ", the partial run is in " + record.run().folder()).orElse(""));
        throw new CancellationException();
    }

    /** {@code die} tells of the array at the end, where there is one. */
    private void learn(Synapses synapses, Splits images, Interruption interruption, IntConsumer mark,
            Supplier<Optional<TrainingReport.Die>> die) {
        TrainRecord record = begun.orElseThrow();
        float[][] initial = weights(synapses);
        Ledger ledger = synapses.ledger();
        Seed seed = new Seed(plan.seed());
        Trainer trainer = new Trainer(plan.eqprop(), synapses, plan.rule().rule(seed), seed, plan.threads(),
                Clock.systemUTC());
        try (EpochLog log = new EpochLog(record.run(), ledger); Stages stages = new Stages(console)) {
            trainer.train(images.training(), images.validation(), plan.epochs(),
                    new Told(synapses, () -> trainer.accuracy(images.test()), log, stages, ledger, mark),
                    interruption::requested);
        } finally {
            OptionalDouble test = record.epochs().isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(trainer.accuracy(images.test()));
            report(record, synapses, initial, test, die);
        }
        if (interruption.requested()) {
            throw new CancellationException();
        }
        record.run().finish();
    }

    /** Tell of every epoch: the person, the tables, and the program behind the pipe. */
    private final class Told implements Trainer.Listener {
        private final Synapses synapses;
        private final DoubleSupplier testAccuracy;
        private final EpochLog log;
        private final Stages stages;
        private final IntConsumer mark;
        private Ledger ledger;
        private boolean saturationTold;

        Told(Synapses synapses, DoubleSupplier testAccuracy, EpochLog log, Stages stages, Ledger ledger,
                IntConsumer mark) {
            this.mark = mark;
            this.synapses = synapses;
            this.testAccuracy = testAccuracy;
            this.log = log;
            this.stages = stages;
            this.ledger = ledger;
        }

        @Override
        public void epoch(Epoch epoch) {
            stages.close();
            EpochRow row = new EpochRow(epoch, testAccuracy.getAsDouble(), ledger, synapses.ledger());
            begun.orElseThrow().epochs().add(epoch);
            log.add(row);
            mark.accept(epoch.epoch());
            console.epoch(row, plan.epochs());
            if (row.after().saturated() > 0 && !saturationTold) {
                saturationTold = true;
                console.remark("in epoch " + epoch.epoch() + " the first of the recordings came to their end ("
                        + row.after().saturated()
                        + " cells): from this epoch on, results say nothing about an array");
            }
            ledger = row.after();
        }

        @Override
        public void miniBatch(int epoch, int done, int batches) {
            stages.reach("epoch " + epoch + "/" + plan.epochs(), done, batches);
        }
    }

    /** What was found of the cells before is trusted; what is found now is kept for the next run. */
    private Preparation.Result prepare(Session session, Bench bench, ConductanceCard reading, CellLedger known,
            Interruption interruption) {
        Preparation.Result result;
        try (Stages stages = new Stages(console)) {
            result = Preparation.USUAL.with(reading).prepare(bench, ChipSession.health(known), (stage, done, of) -> {
                if (interruption.requested()) {
                    throw new CancellationException();
                }
                session.mark(stage, done, of);
                stages.reach(stage, done, of);
            });
        }
        console.result(
                String.format(Locale.ROOT, "%,d cells: %,d healthy, %d not formed, %d stuck in LRS, %d stuck in HRS",
                        result.health().length, result.count(CellHealth.HEALTHY), result.count(CellHealth.NOT_FORMED),
                        result.count(CellHealth.STUCK_LRS),
                        result.count(CellHealth.STUCK_HRS)));
        for (int cell = 0; cell < result.health().length; cell++) {
            chip.found(cell, result.health()[cell]);
        }
        return result;
    }

    private float[][] weights(Synapses synapses) {
        float[][] copy = new float[plan.network().layers()][];
        Arrays.setAll(copy, layer -> synapses.weights(layer).clone());
        return copy;
    }

    private void report(TrainRecord record, Synapses synapses, float[][] initial, OptionalDouble test,
            Supplier<Optional<TrainingReport.Die>> die) {
        Ledger ledger = synapses.ledger();
        record.synapses(initial, synapses);
        test.ifPresent(accuracy -> console
                .result(String.format(Locale.ROOT, "test accuracy %.1f %%, %,d pulses%s", 100 * accuracy,
                        ledger.pulses(), ledger.energyJoules().isEmpty()
                                ? ""
                                : String.format(Locale.ROOT, ", about %.2g J", ledger.energyJoules().getAsDouble()))));
        if (!record.epochs().isEmpty() && plan.output().report()) {
            console.result("report " + record.report(test, initial, weights(synapses), die.get()));
        }
    }

    private static TrainingReport.Die die(Geometry geometry, Preparation.Result prepared, DevicePairs pairs) {
        int cells = geometry.cells();
        double[] siemens = prepared.conductanceSiemens().clone();
        long[] pulses = new long[cells];
        boolean[] used = new boolean[cells];
        boolean[] bad = new boolean[cells];
        for (int cell : pairs.map().cells()) {
            used[cell] = true;
            siemens[cell] = pairs.siemensOf(cell);
            pulses[cell] = pairs.pulsesOf(cell);
        }
        for (int cell = 0; cell < cells; cell++) {
            bad[cell] = prepared.health()[cell] != CellHealth.HEALTHY;
        }
        return new TrainingReport.Die(geometry, siemens, pulses, used, bad);
    }
}
