package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Tell where a task spends its time, from samples that the Java virtual machine takes (Flight Recorder). */
final class Profile {
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final String OURS = "org.memloop.";
    private static final double LEAST_SHARE = 0.01;

    private Profile() {}

    /**
     * State the share of one method.
     *
     * @param method class and method; what it calls of the Java library counts as its own
     * @param share part of all samples, 0 to 1
     */
    record Part(String method, double share) {}

    /** Run a task. {@return its methods with at least one sample of a hundred, the greatest share first} */
    static List<Part> of(Runnable task) {
        try {
            Path file = Files.createTempFile("memloop", ".jfr");
            try (Recording recording = new Recording()) {
                recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
                recording.start();
                task.run();
                recording.stop();
                recording.dump(file);
                return parts(RecordingFile.readAllEvents(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record a profile", e);
        }
    }

    private static List<Part> parts(List<RecordedEvent> samples) {
        List<String> methods = samples.stream().map(Profile::method).flatMap(Optional::stream).toList();
        Map<String, Long> counts = methods.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> new Part(count.getKey(), count.getValue() / (double) methods.size()))
                .filter(part -> part.share >= LEAST_SHARE)
                .sorted((a, b) -> Double.compare(b.share, a.share)).toList();
    }

    private static Optional<String> method(RecordedEvent sample) {
        if (sample.getStackTrace() == null) {
            return Optional.empty();
        }
        return sample.getStackTrace().getFrames().stream().map(RecordedFrame::getMethod)
                .filter(method -> method.getType().getName().startsWith(OURS)).findFirst().map(method -> {
                    String type = method.getType().getName();
                    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + method.getName();
                });
    }
}
