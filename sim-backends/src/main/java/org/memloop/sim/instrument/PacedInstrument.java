package org.memloop.sim.instrument;

/**
 * Let an instrument take its time: simulated time passes before commands take effect and while answers are made and
 * sent, and with {@link Latency#REAL} answers are late by as much on the wall. Commands are taken at once, as by the input
 * buffer of a real instrument; who wants to know when they are done asks.
 */
public final class PacedInstrument implements EmulatedInstrument {
    private final EmulatedInstrument instrument;
    private final Wiring wiring;
    private final Latency latency;

    /**
     * Give an instrument its pace.
     *
     * @param instrument which
     * @param wiring the laboratory, whose clock passes
     * @param latency whether somebody waits
     */
    public PacedInstrument(EmulatedInstrument instrument, Wiring wiring, Latency latency) {
        this.instrument = instrument;
        this.wiring = wiring;
        this.latency = latency;
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
        return latency == Latency.OFF ? instrument.open(listener) : new Paced(instrument.open(listener));
    }

    /** Pass everything on to a session, and let time pass. */
    private final class Paced implements Session {
        private final Session session;
        private long busyUntilNanos = System.nanoTime();

        Paced(Session session) {
            this.session = session;
        }

        @Override
        public synchronized void write(byte[] message) {
            int commands = 1;
            for (byte next : message) {
                commands += next == ';' ? 1 : 0;
            }
            take(commands * pace().commandSeconds());
            session.write(message);
        }

        @Override
        public synchronized Reply read() {
            boolean answered = session.available();
            Reply reply = session.read();
            if (!answered) {
                return reply;
            }
            take(pace().answerSeconds() + reply.bytes().length * pace().byteSeconds());
            double late = latency == Latency.REAL ? Math.max(0, busyUntilNanos - System.nanoTime()) * 1e-9 : 0;
            return new Reply(reply.bytes(), reply.complete(), reply.delaySeconds() + late, reply.hangsUp());
        }

        private void take(double seconds) {
            wiring.advance(seconds);
            busyUntilNanos = Math.max(busyUntilNanos, System.nanoTime()) + (long) (seconds * 1e9);
        }

        @Override
        public boolean available() {
            return session.available();
        }

        @Override
        public int poll() {
            return session.poll();
        }

        @Override
        public void trigger() {
            session.trigger();
        }

        @Override
        public void clear() {
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
