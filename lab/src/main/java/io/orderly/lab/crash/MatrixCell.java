package io.orderly.lab.crash;

import io.orderly.stack.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of the matrix.
 *
 * @param service that dies
 * @param point where
 */
public record MatrixCell(String service, String point) {

    /** Passed by each service that sends and receives messages. */
    private static final List<String> OF_ALL = List.of(
            "after-commit-before-publish",
            "after-publish-before-mark",
            "before-batch-commit",
            "after-batch-commit-before-acknowledgement");

    private static final List<String> OF_PAYMENT =
            List.of("after-intent-before-charge", "after-charge-before-acknowledgement");

    /** So many of the first have each service and each point at least once. */
    static final int COVER = OF_ALL.size() + OF_PAYMENT.size();

    private static final List<String> SERVICES =
            List.of(Topology.ORDER, Topology.PAYMENT, Topology.INVENTORY, Topology.SHIPPING);

    /**
     * All that orders pass on their way through the saga. The first {@link #COVER} have something of each, for a run that has no
     * time for all.
     */
    static List<MatrixCell> all() {
        Stream<MatrixCell> diagonal = Stream.iterate(0, i -> i < OF_ALL.size(), i -> i + 1)
                .map(i -> new MatrixCell(SERVICES.get(i), OF_ALL.get(i)));
        Stream<MatrixCell> payment = OF_PAYMENT.stream().map(point -> new MatrixCell(Topology.PAYMENT, point));
        Stream<MatrixCell> rest =
                OF_ALL.stream().flatMap(point -> SERVICES.stream().map(service -> new MatrixCell(service, point)));
        return Stream.of(diagonal, payment, rest)
                .flatMap(cells -> cells)
                .distinct()
                .toList();
    }

    /**
     * Takes the next cells off a list, each of another service.
     *
     * @param size how many at most
     */
    static List<MatrixCell> takeRound(List<MatrixCell> left, int size) {
        List<MatrixCell> round = new ArrayList<>();
        for (MatrixCell cell : left) {
            if (round.size() < size
                    && round.stream().noneMatch(each -> each.service().equals(cell.service()))) {
                round.add(cell);
            }
        }
        left.removeAll(round);
        return round;
    }

    @Override
    public String toString() {
        return service + " " + point;
    }
}
