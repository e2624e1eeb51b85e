package io.orderly.lab.run;

import io.orderly.lab.experiment.Experiment.Load;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a run recovered from its faults.
 *
 * @param seconds from the injection of the first fault to the first moment after the injection of the last from which the goodput
 *     holds 90% of the rate before; at least what was observed if there is none
 * @param lostOrders the goodput that was lost from that injection until the rate was held: the orders between the rate before and the
 *     goodput
 */
public record Recovery(Measured seconds, double lostOrders) {

    private static final double HELD_SHARE = 0.9;

    /** From the moment of recovery on, the rate is held for so long, summed up after each second. */
    private static final int HELD_SECONDS = 5;

    /**
     * The goodput to compare with, in orders per second: that before, but no more than the load asks for. Arrivals are random, and a
     * backlog of the warm-up may end in that phase.
     */
    static double rate(Load load, double before) {
        return switch (load) {
            case Load.Open(double ordersPerSecond) -> Math.min(before, ordersPerSecond);
            case Load.Closed _ -> before;
        };
    }

    /**
     * Times are in seconds since the start of the load.
     *
     * @param ratePerSecond the goodput to compare with
     * @param injected the first injection
     * @param lastInjected the last injection
     * @param end of the load
     * @return null if there was no goodput before
     */
    static @Nullable Recovery of(
            GoodputCurve goodput, double ratePerSecond, double injected, double lastInjected, double end) {
        if (ratePerSecond <= 0) {
            return null;
        }
        int begin = GoodputCurve.tenth(injected);
        int lastMoment = GoodputCurve.tenth(end) - HELD_SECONDS * GoodputCurve.PER_SECOND;
        int moment = IntStream.rangeClosed(GoodputCurve.tenth(lastInjected), lastMoment)
                .filter(from -> isHeld(goodput, ratePerSecond, from))
                .findFirst()
                .orElse(-1);
        int until = moment < 0 ? GoodputCurve.tenth(end) : moment + HELD_SECONDS * GoodputCurve.PER_SECOND;
        double expected = ratePerSecond * (until - begin) / GoodputCurve.PER_SECOND;
        return new Recovery(
                moment < 0
                        ? Measured.atLeast(Math.max(0, seconds(lastMoment - begin)))
                        : Measured.exactly(seconds(moment - begin)),
                Math.max(0, expected - goodput.orders(begin, until)));
    }

    /** A sum over the whole time would hold early, if a backlog ends all at once. */
    private static boolean isHeld(GoodputCurve goodput, double ratePerSecond, int from) {
        return IntStream.rangeClosed(1, HELD_SECONDS)
                .allMatch(second -> goodput.orders(from, from + second * GoodputCurve.PER_SECOND)
                        >= HELD_SHARE * ratePerSecond * second);
    }

    private static double seconds(int tenths) {
        return tenths / (double) GoodputCurve.PER_SECOND;
    }
}
