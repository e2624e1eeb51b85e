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
public record Cell(String service, String point) {

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
    static List<Cell> all() {
        Stream<Cell> diagonal = Stream.iterate(0, i -> i < OF_ALL.size(), i -> i + 1)
                .map(i -> new Cell(SERVICES.get(i), OF_ALL.get(i)));
        Stream<Cell> payment = OF_PAYMENT.stream().map(point -> new Cell(Topology.PAYMENT, point));
        Stream<Cell> rest =
                OF_ALL.stream().flatMap(point -> SERVICES.stream().map(service -> new Cell(service, point)));
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
    static List<Cell> takeRound(List<Cell> left, int size) {
        List<Cell> round = new ArrayList<>();
        for (Cell cell : left) {
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
