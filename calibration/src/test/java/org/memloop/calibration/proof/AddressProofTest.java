package org.memloop.calibration.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.Geometry;
import org.memloop.lab.ResistorBoard;

class AddressProofTest {
    private static final Geometry GEOMETRY = new Geometry(128, 64);
    private static final int BIT = 128;
    private static final int SOURCE = 192;

    static final List<Arguments> FAULTS = List.of(
            fault(b -> b.swap(BIT + 12, BIT + 13), "bit lines 12 and 13 are swapped"),
            fault(b -> b.swap(SOURCE + 3, SOURCE + 40), "source lines 3 and 40 are swapped"),
            fault(b -> b.swap(5, 77), "word lines 5 and 77 are swapped"),
            fault(b -> b.swap(5, 77).swap(BIT, BIT + 63), "word lines 5 and 77 are swapped",
                    "bit lines 0 and 63 are swapped"),
            fault(b -> b.reverse(0, 128), "word lines are reversed: bit 0 selects word line 127"),
            fault(b -> b.reverse(0, 128).swap(0, 1), "word lines are reversed: bit 0 selects word line 127",
                    "word lines 126 and 127 are swapped"),
            fault(b -> b.reverse(BIT, 64).reverse(SOURCE, 64), "bit lines are reversed: bit 0 selects bit line 63",
                    "source lines are reversed: bit 0 selects source line 63"),
            fault(b -> {
                for (int i = 0; i < 64; i++) {
                    b.swap(BIT + i, SOURCE + i);
                }
                return b;
            }, "the polarity is reversed: SET drives source lines, RESET drives bit lines"),
            fault(b -> b.swap(BIT + 9, SOURCE + 9), "bit line and source line of column 9 are exchanged"),
            fault(b -> b.open(7), "word line 7 is open, or never driven"),
            fault(b -> b.open(BIT + 7), "bit line 7 is open"),
            fault(b -> b.open(SOURCE + 7), "source line 7 is open"),
            fault(b -> b.stuck(BIT + 7), "bit line 7 is never driven; it stays on ground"),
            fault(b -> b.stuck(SOURCE + 7), "source line 7 is never driven; it stays on ground"),
            fault(b -> b.open(SOURCE + 7).swap(BIT + 12, BIT + 13).open(100), "bit lines 12 and 13 are swapped",
                    "word line 100 is open, or never driven", "source line 7 is open"),
            fault(b -> b.shift(1), "the whole register is shifted by one bit"),
            fault(b -> b.shift(-1), "the whole register is shifted back by one bit"));

    private static Arguments fault(UnaryOperator<WiredBoard> wiring, String... said) {
        return Arguments.of(wiring, List.of(said));
    }

    private static List<String> wrongs(WiredBoard wired, ResistorBoard board) {
        return AddressProof.of(board, wired.read(3)).stream()
                .filter(finding -> finding.severity() == Finding.Severity.WRONG).map(Finding::text).toList();
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void everyFaultIsNamedAndNothingElse(UnaryOperator<WiredBoard> wiring, List<String> said) {
        ResistorBoard board = ResistorBoard.coded(GEOMETRY, 10e3, 100e3);
        WiredBoard wired = wiring.apply(new WiredBoard(GEOMETRY, board));
        List<String> wrongs = wrongs(wired, board);
        if (said.getFirst().contains("shifted")) { // at both ends of a block, lines then belong to the neighbour
            assertEquals(said.getFirst(), wrongs.getFirst());
        } else {
            assertEquals(said, wrongs);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0.4, 1.8})
    void rightWiringIsFoundRightAtAnyPulseHeight(double gain) {
        ResistorBoard board = ResistorBoard.coded(GEOMETRY, 10e3, 100e3);
        List<Finding> findings = AddressProof.of(board, new WiredBoard(GEOMETRY, board).gain(gain).read(1));
        assertEquals(List.of("address-map"), findings.stream().map(Finding::kind).toList(), findings.toString());
    }

    @Test
    void anEntirelyDifferentBoardIsNotTakenForThisOne() {
        ResistorBoard board = ResistorBoard.coded(GEOMETRY, 10e3, 100e3);
        ResistorBoard other = ResistorBoard.coded(GEOMETRY, 9e3, 400e3);
        List<Finding> findings = AddressProof.of(other, new WiredBoard(GEOMETRY, board).read(1));
        assertEquals(Finding.Severity.WRONG, findings.getFirst().severity(), findings.toString());
    }

    @Test
    void smallArraysAreProvedAsWell() {
        Geometry small = new Geometry(8, 8);
        ResistorBoard board = ResistorBoard.coded(small, 10e3, 100e3);
        assertEquals(List.of(), wrongs(new WiredBoard(small, board), board));
        assertEquals(List.of("bit lines 2 and 3 are swapped"),
                wrongs(new WiredBoard(small, board).swap(10, 11), board));
        assertEquals(List.of("word lines are reversed: bit 0 selects word line 7"),
                wrongs(new WiredBoard(small, board).reverse(0, 8), board));
    }
}
