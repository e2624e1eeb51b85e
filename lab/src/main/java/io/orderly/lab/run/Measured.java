package io.orderly.lab.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A value of a run, or of several. Where something was not observed to its end, only a bound of the value is known.
 *
 * @param samples the number of orders in each run that it is a percentile of, the least of several runs; 0 for a value that is no
 *     percentile
 */
public record Measured(double value, Bound bound, long samples) {

    /** What is known of the true value. */
    public enum Bound {
        EXACT,
        AT_LEAST,
        AT_MOST
    }

    static Measured exactly(double value) {
        return new Measured(value, Bound.EXACT, 0);
    }

    static Measured atLeast(double value) {
        return new Measured(value, Bound.AT_LEAST, 0);
    }

    /** The median, which is a bound if a value in the middle is; empty without values. None of them may be {@link Bound#AT_MOST}. */
    static Optional<Measured> median(List<Measured> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Measured> sorted = values.stream()
                .sorted(Comparator.comparingDouble(Measured::value).thenComparing(Measured::bound))
                .toList();
        Measured low = sorted.get((sorted.size() - 1) / 2);
        Measured high = sorted.get(sorted.size() / 2);
        return Optional.of(new Measured(
                (low.value + high.value) / 2,
                low.bound == Bound.EXACT ? high.bound : low.bound,
                values.stream().mapToLong(Measured::samples).min().orElse(0)));
    }

    /**
     * The ratio, which is infinite if only the other value is 0; empty if it is unknown, because both are 0 or both are at least
     * something.
     */
    Optional<Measured> dividedBy(Measured other) {
        if (value == 0 && other.value == 0 || bound != Bound.EXACT && bound == other.bound) {
            return Optional.empty();
        }
        Bound ofRatio = switch (other.bound) {
            case EXACT -> bound;
            case AT_LEAST -> Bound.AT_MOST;
            case AT_MOST -> Bound.AT_LEAST;
        };
        return Optional.of(new Measured(value / other.value, ofRatio, Math.min(samples, other.samples)));
    }

    /** The lowest value that it can be. */
    double low() {
        return bound == Bound.AT_MOST ? 0 : value;
    }

    /** The highest value that it can be. */
    double high() {
        return bound == Bound.AT_LEAST ? Double.POSITIVE_INFINITY : value;
    }
}
