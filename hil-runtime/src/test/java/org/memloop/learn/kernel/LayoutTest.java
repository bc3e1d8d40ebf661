package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LayoutTest {
    @Test
    void numbersOfSynapsesAreTheSameForGood() {
        Layout layout = new Layout(784, 512, 10);
        assertEquals(4, layout.number(0, layout.at(0, 0, 0)));
        assertEquals(5, layout.number(0, layout.at(0, 1, 0)));
        assertEquals(4 + 64, layout.number(0, layout.at(0, 0, 1)));
        assertEquals(4 + 64 * 784, layout.number(0, layout.at(0, 64, 0)));
        assertEquals(512 + 7, layout.number(1, layout.at(1, 1, 7)));
    }
}
