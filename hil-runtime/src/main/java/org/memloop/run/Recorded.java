package org.memloop.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.memloop.bench.Notice;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.ReplayException;
import org.memloop.run.JournalReader.Content;
import org.memloop.run.JournalReader.Entry;

/**
 * Walk through a journal as the program that made it did: one request after the other (a program, a rest, a mark, the word
 * that pulses go unrecorded), each with all that was written down because of it.
 */
final class Recorded {
    private final Content content;
    private int at;
    private int asked;

    Recorded(Content content) {
        this.content = content;
        at = nextRequest(0);
    }

    /** One request and the records that followed from it. */
    final class Request {
        private final int from;
        private final int to;
        private final Entry head;

        private Request(int from, int to) {
            this.from = from;
            this.to = to;
            head = content.entries().get(from);
        }

        Entry head() {
            return head;
        }

        /** {@return how a person finds it} */
        String where() {
            return "request " + asked + (head instanceof Entry.Intent intent ? ", program " + intent.id() : "");
        }

        /** {@return what followed from it, as it is in the file} */
        List<Entry.Raw> rest() {
            List<Entry.Raw> rest = new ArrayList<>();
            for (int i = from + 1; i < to; i++) {
                rest.add(content.raw(i));
            }
            return rest;
        }

        private <T extends Entry> Optional<T> last(Class<T> type, Journal.Kind kind, long id) {
            for (int i = to - 1; i > from; i--) {
                if (content.kind(i) == kind.code() && content.raw(i).id() == id) {
                    return Optional.of(type.cast(content.entries().get(i)));
                }
            }
            return Optional.empty();
        }

        Optional<Readings> done(long id) {
            return last(Entry.Done.class, Journal.Kind.DONE, id).map(Entry.Done::readings);
        }

        Optional<Entry.Failed> failed(long id) {
            return last(Entry.Failed.class, Journal.Kind.FAILED, id);
        }

        Optional<Entry.Settled> settled(long id) {
            return last(Entry.Settled.class, Journal.Kind.SETTLED, id);
        }

        Optional<Notice.Loaded> lastLoad(long id) {
            return last(Entry.Loaded.class, Journal.Kind.LOADED, id).map(Entry.Loaded::loaded);
        }

        /** {@return the last program that was to complete another} */
        Optional<Entry.Intent> completing(long id) {
            for (int i = to - 1; i > from; i--) {
                if (content.kind(i) == Journal.Kind.INTENT.code()
                        && content.entries().get(i) instanceof Entry.Intent intent && intent.completes() == id) {
                    return Optional.of(intent);
                }
            }
            return Optional.empty();
        }
    }

    private boolean isRequest(int index) {
        return switch (Journal.Kind.of(content.kind(index)).orElseThrow()) {
            case REST, MARK, UNRECORDED -> true;
            case INTENT -> {
                JournalBody body = new JournalBody(content.raw(index).body());
                body.varint();
                yield body.varint() == 0;
            }
            default -> false;
        };
    }

    private int nextRequest(int from) {
        int index = from;
        while (index < content.entries().size() && !isRequest(index)) {
            index++;
        }
        return index;
    }

    /** {@return whether everything that was asked has been asked again} */
    boolean ended() {
        return at == content.entries().size();
    }

    /** {@return the records between the header and the first request} */
    List<Entry.Raw> beginning() {
        List<Entry.Raw> beginning = new ArrayList<>();
        for (int i = 1; i < nextRequest(0); i++) {
            beginning.add(content.raw(i));
        }
        return beginning;
    }

    private Request take(String actual) {
        asked++;
        if (ended()) {
            throw new ReplayException("request " + asked, "its end", actual);
        }
        int from = at;
        at = nextRequest(from + 1);
        return new Request(from, at);
    }

    private Request expect(Entry asked, String actual) {
        Request request = take(actual);
        if (!request.head().equals(asked)) {
            throw new ReplayException(request.where(), describe(request.head()), actual);
        }
        return request;
    }

    Request expectMark(String stage, long done, long of) {
        Entry.Mark mark = new Entry.Mark(stage, done, of);
        return expect(mark, describe(mark));
    }

    Request expectRest(double seconds) {
        Request request = take("a rest of " + seconds + " s");
        if (!(request.head() instanceof Entry.Rest rest) || rest.seconds() != seconds) {
            throw new ReplayException(request.where(), describe(request.head()), "a rest of " + seconds + " s");
        }
        return request;
    }

    Request expectUnrecorded() {
        Request request = take("a recording from within");
        if (!(request.head() instanceof Entry.Unrecorded)) {
            throw new ReplayException(request.where(), describe(request.head()), "a recording from within");
        }
        return request;
    }

    Request expectProgram(PulseProgram program) {
        Request request = take(program.toString());
        if (!(request.head() instanceof Entry.Intent intent)) {
            throw new ReplayException(request.where(), describe(request.head()), program.toString());
        }
        requireSame(request.where(), intent.program(), program);
        return request;
    }

    static void requireSame(String where, PulseProgram expected, PulseProgram actual) {
        if (expected.equals(actual)) {
            return;
        }
        int step = 0;
        while (step < expected.size() && step < actual.size() && step(expected, step).equals(step(actual, step))) {
            step++;
        }
        throw new ReplayException(where + ", step " + step, step(expected, step), step(actual, step));
    }

    private static String step(PulseProgram program, int step) {
        if (step >= program.size()) {
            return "no step " + step;
        }
        Pulse pulse = program.pulse(step);
        return String.format(Locale.ROOT, "cell %d, %s (%s, %s V, gate %s V, %s s%s) x %d", program.cell(step),
                pulse.name(), pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds(),
                pulse.measured() ? ", measured" : "", program.count(step));
    }

    private static String describe(Entry entry) {
        return switch (entry) {
            case Entry.Intent intent -> intent.program().toString();
            case Entry.Rest rest -> "a rest of " + rest.seconds() + " s";
            case Entry.Mark mark -> "the mark '" + mark.stage() + "' " + mark.done() + "/" + mark.of();
            case Entry.Unrecorded _ -> "pulses on a recording from within";
            default -> entry.toString();
        };
    }
}
