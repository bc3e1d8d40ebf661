package org.memloop.sim.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import org.memloop.bench.ConfigurationException;
import org.memloop.recording.CardFitter;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.CardText;
import org.memloop.sim.device.TechnologyCard;

/** Fit the cards of filaments that break abruptly, stage after stage, each to the measurements that tell about it. */
public final class FilamentFitter implements CardFitter {
    /** Cells that stand for each measured one in comparisons. */
    private static final int COPIES = 8;

    /** Make a fitter; {@link java.util.ServiceLoader} does. */
    public FilamentFitter() {}

    @Override
    public Fitted fit(String card, List<Path> recordings, Choice choice, long seed, Consumer<String> progress) {
        List<Stage> stages = stages(choice.parts());
        String text = TechnologyCard.text(card, Path.of(""));
        AbruptFilament technology = technology(card, text);
        Measured measured = read(recordings);
        LongPredicate fitted = Measured.chosen(choice.share(), seed);
        Measured some = measured.of(fitted);
        List<String> done = new ArrayList<>();
        for (Stage stage : stages) {
            if (stage.concerns(some)) {
                progress.accept(stage.name());
                technology = stage.fit(technology, some, seed);
                done.add(stage.name());
            }
        }
        if (done.isEmpty()) {
            throw new ConfigurationException("too little was measured to fit anything: " + measured.summary()
                    + "; give sweeps, cycles, traces or relaxation with --recording");
        }
        Measured others = measured.of(fitted.negate());
        return new Fitted(CardText.with(card, text, technology),
                String.join(", ", done) + " fitted to " + some.summary() + "; compared with " + others.summary(),
                Comparisons.of(others, new Simulation(technology, seed + 1, COPIES).of(others)));
    }

    private static List<Stage> stages(List<String> parts) {
        List<String> names = Stages.all().stream().map(Stage::name).toList();
        for (String part : parts) {
            if (!names.contains(part)) {
                throw new ConfigurationException(
                        "a card has no part '" + part + "' to fit; name some of " + String.join(", ", names));
            }
        }
        return Stages.all().stream().filter(stage -> parts.isEmpty() || parts.contains(stage.name())).toList();
    }

    @Override
    public List<Comparison> compare(String card, List<Path> recordings, long seed) {
        AbruptFilament technology = technology(card, TechnologyCard.text(card, Path.of("")));
        Measured measured = read(recordings);
        return Comparisons.of(measured, new Simulation(technology, seed, COPIES).of(measured));
    }

    private static AbruptFilament technology(String card, String text) {
        return TechnologyCard.parseAbrupt(card, text).orElseThrow(() -> new ConfigurationException("technology card "
                + card + ": only cards that say 'physics: abrupt-filament' can be fitted; begin with rram-64k"));
    }

    private static Measured read(List<Path> recordings) {
        return recordings.stream().map(MeasuredFiles::read).reduce(Measured.NOTHING, Measured::and);
    }
}
