package io.orderly.lab.crash;

import io.orderly.stack.Topology;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of the crash-point matrix.
 *
 * @param service the service that crashes
 * @param point its crash point
 */
public record MatrixCell(String service, String point) {

    /** The crash points of every service. */
    private static final List<String> COMMON_POINTS = List.of(
            "after-commit-before-publish",
            "after-publish-before-mark",
            "before-batch-commit",
            "after-batch-commit-before-acknowledgement");

    private static final List<String> PAYMENT_POINTS =
            List.of("after-intent-before-charge", "after-charge-before-acknowledgement");

    /** The first cells, up to this number, contain each service and each point at least once. */
    static final int COVER = COMMON_POINTS.size() + PAYMENT_POINTS.size();

    private static final List<String> SERVICES =
            List.of(Topology.ORDER, Topology.PAYMENT, Topology.INVENTORY, Topology.SHIPPING);

    /**
     * All cells that the saga passes. The first {@link #COVER} contain each service and each point, for a run that is
     * too short for all.
     */
    static List<MatrixCell> all() {
        Stream<MatrixCell> diagonal = Stream.iterate(0, i -> i < COMMON_POINTS.size(), i -> i + 1)
                .map(i -> new MatrixCell(SERVICES.get(i), COMMON_POINTS.get(i)));
        Stream<MatrixCell> payment = PAYMENT_POINTS.stream().map(point -> new MatrixCell(Topology.PAYMENT, point));
        Stream<MatrixCell> rest = COMMON_POINTS.stream()
                .flatMap(point -> SERVICES.stream().map(service -> new MatrixCell(service, point)));
        return Stream.of(diagonal, payment, rest)
                .flatMap(cells -> cells)
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return service + " " + point;
    }
}
