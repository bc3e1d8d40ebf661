package org.memloop.instrument;

/** Tell the time of a bench, and let it pass. */
public interface BenchClock {
    /** {@return seconds since the bench was opened} */
    double nowSeconds();

    /**
     * Let time pass, by waiting for it or by moving it on.
     *
     * @param seconds how long, not negative
     * @throws InterruptedException when whoever waits is to wait no longer
     */
    void pass(double seconds) throws InterruptedException;

    /** {@return the clock on the wall, which begins now} */
    static BenchClock real() {
        long start = System.nanoTime();
        return new BenchClock() {
            @Override
            public double nowSeconds() {
                return (System.nanoTime() - start) * 1e-9;
            }

            @Override
            public void pass(double seconds) throws InterruptedException {
                Thread.sleep((long) (seconds * 1e3), (int) (seconds * 1e9 % 1e6));
            }
        };
    }
}
