package org.memloop.experiments.thesis;

import java.util.List;
import org.memloop.experiments.TraceFigures;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;

/** Draw how conductances fall pulse by pulse: figures 4.9 and 4.17. */
enum TracePlots implements Drawing {
    /** One device that falls almost linearly, one that reaches the noisy regime, and all. */
    EXAMPLES {
        @Override
        public int columnsOfPanels() {
            return 3;
        }

        @Override
        public List<Figure> panels(Material material) {
            return TraceFigures.examples(material.recording().get());
        }
    },
    /** All devices, in proportion and in proportion to the logarithm. */
    SCALES {
        @Override
        public List<Figure> panels(Material material) {
            Recording all = material.recording().get();
            return List.of(TraceFigures.all(all, Axis.of("conductance (µS)"), siemens -> 1e6 * siemens),
                    TraceFigures.all(all, Axis.of("log₁₀(conductance / S)"), Math::log10));
        }
    };

    @Override
    public List<Experiment> experiments() {
        return List.of();
    }
}
