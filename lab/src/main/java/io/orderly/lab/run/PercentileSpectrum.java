package io.orderly.lab.run;

import io.orderly.lab.run.RunResult.Percentile;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The percentile spectrum of a histogram, with a higher resolution towards the tail. */
final class PercentileSpectrum {

    private static final int TICKS_PER_HALF = 5;
    private static final double MICROS_PER_MILLI = 1_000;

    private PercentileSpectrum() {}

    static List<Percentile> of(Histogram micros) {
        List<Percentile> spectrum = new ArrayList<>();
        for (HistogramIterationValue value : micros.percentiles(TICKS_PER_HALF)) {
            spectrum.add(new Percentile(
                    value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / MICROS_PER_MILLI));
        }
        return spectrum;
    }
}
