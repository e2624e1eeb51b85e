package io.orderly.gossip.simulation;

/**
 * A measured quantity beside what the analysis predicts.
 *
 * @param what is measured, with its unit
 * @param measured the mean of the samples
 * @param expected by the analysis
 * @param samples how many there are
 */
public record Measurement(String what, double measured, double expected, long samples) {

    @Override
    public String toString() {
        return "%-62s %9.4f %9.4f %10d".formatted(what, measured, expected, samples);
    }
}
