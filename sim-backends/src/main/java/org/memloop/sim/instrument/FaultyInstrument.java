package org.memloop.sim.instrument;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Put what can go wrong on the way between a server and an instrument: time-outs, garbage, truncated, lost, late and
 * wrong answers, dropped connections. Occasions are messages; for what happens to answers, messages that have one.
 */
public final class FaultyInstrument implements EmulatedInstrument {
    private static final byte[] NOISE = {(byte) 0xff, 0x13, (byte) 0xfe, 0x00, '?', (byte) 0x80, '\n'};
    private static final Identity STRANGER = new Identity("Unknown Maker", "UM-1", "0", "0.0");

    private final EmulatedInstrument instrument;
    private final String role;
    private final Faults faults;
    private final DoubleSupplier clockSeconds;

    /**
     * Let faults come between.
     *
     * @param instrument what works
     * @param role under which its faults are kept
     * @param faults what is wrong
     * @param clockSeconds the laboratory's simulated clock
     */
    public FaultyInstrument(EmulatedInstrument instrument, String role, Faults faults, DoubleSupplier clockSeconds) {
        this.instrument = instrument;
        this.role = role;
        this.faults = faults;
        this.clockSeconds = clockSeconds;
    }

    @Override
    public Identity identity() {
        return instrument.identity();
    }

    @Override
    public Pace pace() {
        return instrument.pace();
    }

    @Override
    public boolean errorsWaiting() {
        return instrument.errorsWaiting();
    }

    @Override
    public String settingsQuery() {
        return instrument.settingsQuery();
    }

    @Override
    public Session open(Session.Listener listener) {
        return new Faulty(listener);
    }

    private boolean strikes(Fault fault) {
        return faults.strikes(role, fault, clockSeconds.getAsDouble());
    }

    /** Stand between one session and its server. What is wrong with an answer is decided when it is read. */
    private final class Faulty implements Session {
        private final Listener listener;
        private final Session session;
        private Optional<Reply> instead = Optional.empty();
        private boolean askedWho;

        Faulty(Listener listener) {
            this.listener = listener;
            session = instrument.open(listener);
        }

        @Override
        public synchronized void write(byte[] message) {
            if (strikes(Fault.SILENT)) {
                return;
            }
            if (strikes(Fault.HANG_UP)) {
                answer(new Reply(new byte[0], false, 0, true));
            } else if (strikes(Fault.GARBAGE)) {
                answer(Reply.of(NOISE.clone()));
            } else {
                askedWho = new String(message, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT).contains("*IDN?");
                session.write(message);
                if (session.available() && strikes(Fault.DROP_REPLY)) {
                    session.read();
                }
            }
        }

        private void answer(Reply reply) {
            instead = Optional.of(reply);
            listener.onReply();
        }

        @Override
        public synchronized boolean available() {
            return instead.isPresent() || session.available();
        }

        @Override
        public synchronized Reply read() {
            if (instead.isPresent()) {
                Reply reply = instead.get();
                instead = Optional.empty();
                return reply;
            }
            boolean answered = session.available();
            Reply reply = session.read();
            return answered ? spoilt(reply) : reply;
        }

        private Reply spoilt(Reply sound) {
            byte[] bytes = sound.bytes();
            if (askedWho && strikes(Fault.WRONG_IDENTITY)) {
                bytes = (STRANGER + "\n").getBytes(StandardCharsets.ISO_8859_1);
            }
            boolean cut = strikes(Fault.TRUNCATED);
            double late = faults.strike(role, Fault.DELAYED, clockSeconds.getAsDouble())
                    .map(FaultRule::delaySeconds).orElse(0.0);
            return new Reply(cut ? Arrays.copyOf(bytes, bytes.length / 2) : bytes, sound.complete() && !cut,
                    sound.delaySeconds() + late, sound.hangsUp());
        }

        @Override
        public synchronized int poll() {
            return session.poll() | (instead.isPresent() ? MESSAGE_AVAILABLE : 0);
        }

        @Override
        public void trigger() {
            session.trigger();
        }

        @Override
        public synchronized void clear() {
            instead = Optional.empty();
            session.clear();
        }

        @Override
        public void remote(RemoteState state) {
            session.remote(state);
        }

        @Override
        public RemoteState remote() {
            return session.remote();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
