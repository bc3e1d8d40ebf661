package org.memloop.sim.instrument;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterGreeting;
import org.memloop.instrument.router.RouterStatus;

/** Answer a person who types at the router's serial port. Nothing here can change a line, let alone fire. */
final class RouterConsole {
    private static final int LINE_BYTES = 80;

    private final Geometry geometry;
    private final StringBuilder line = new StringBuilder();
    private boolean tooLong;

    RouterConsole(Geometry geometry) {
        this.geometry = geometry;
    }

    /** Take one byte; return the line it ends, if it ends one that is not empty. */
    Optional<String> accept(byte next) {
        if (next == '\r' || next == '\n') {
            String typed = line.toString().strip();
            boolean usable = !tooLong && !typed.isEmpty();
            line.setLength(0);
            tooLong = false;
            return usable ? Optional.of(typed) : Optional.empty();
        }
        if (line.length() == LINE_BYTES || next < ' ' || next > '~') {
            tooLong = true; // no person typed this
        } else {
            line.append((char) next);
        }
        return Optional.empty();
    }

    byte[] answer(String typed, RouterGreeting greeting, RouterStatus status, long damagedFrames) {
        String[] words = typed.toLowerCase(Locale.ROOT).split("\\s+");
        String text = switch (words[0]) {
            case "help" -> """
                    memloop array router. This console looks, it cannot fire. Commands:
                      version               board, firmware and protocol
                      status                what the router is doing
                      map                   how lines map to bits of the register
                      map ROW COLUMN set    the bits for one cell; also: map ROW COLUMN reset
                    """;
            case "version" -> greeting.board() + ", serial " + greeting.serial() + ", firmware "
                    + greeting.firmware() + ", protocol " + RouterFrames.VERSION + "\n";
            case "status" -> status(status, damagedFrames);
            case "map" -> words.length == 1 ? map() : map(words);
            default -> "unknown command '" + words[0] + "'; type help\n";
        };
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String status(RouterStatus status, long damagedFrames) {
        return "state      " + status.state()
                + "\nprogram    " + (status.loadId() == 0 ? "none" : "load " + status.loadId())
                + "\nsteps      " + status.stepsDone() + " of " + status.steps() + " done"
                + "\ntriggers   " + status.triggersSinceLoad() + " since load, " + status.triggersSinceBoot()
                + " since start\ndamaged    " + damagedFrames + " frames\n";
    }

    private String map() {
        int bitLines = geometry.rows();
        int sourceLines = bitLines + geometry.columns();
        return "bit %d..%d    word lines     0 = ground, 1 = gate pulse%n".formatted(0, bitLines - 1)
                + "bit %d..%d  bit lines      0 = ground, 1 = column pulse%n".formatted(bitLines, sourceLines - 1)
                + "bit %d..%d  source lines   0 = ground, 1 = column pulse%n".formatted(sourceLines,
                        sourceLines + geometry.columns() - 1)
                + "SET drives word line and bit line, RESET word line and source line of the cell\n";
    }

    private String map(String[] words) {
        String usage = "write: map ROW COLUMN set, with rows 0.." + (geometry.rows() - 1) + " and columns 0.."
                + (geometry.columns() - 1) + ", or reset instead of set\n";
        if (words.length != 4 || !words[1].matches("\\d{1,4}") || !words[2].matches("\\d{1,4}")
                || !words[3].matches("set|reset")) {
            return usage;
        }
        int row = Integer.parseInt(words[1]);
        int column = Integer.parseInt(words[2]);
        if (row >= geometry.rows() || column >= geometry.columns()) {
            return usage;
        }
        BitSet register = new BitSet();
        RouterProgram.select(geometry, row, column, Pulse.Polarity.valueOf(words[3].toUpperCase(Locale.ROOT)),
                register);
        return "bits " + register + " of " + (geometry.rows() + 2 * geometry.columns()) + "\n";
    }
}
