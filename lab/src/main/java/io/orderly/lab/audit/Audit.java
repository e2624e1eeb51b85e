package io.orderly.lab.audit;

import io.orderly.contracts.OrderId;
import io.orderly.lab.evidence.ClientRequests.Request;
import io.orderly.lab.evidence.Evidence;
import io.orderly.lab.evidence.MessagingRows.DeadLetterRow;
import io.orderly.lab.evidence.OrderRows.OrderRow;
import io.orderly.lab.evidence.OrderRows.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks evidence against all invariants. */
public final class Audit {

    private static final List<Invariant> INVARIANTS = List.of(
            new AcknowledgedOrdersExist(),
            new RefusedRequestsLeaveNothing(),
            new RequestsCreateAtMostOneOrder(),
            new OrdersEndOrAreParked(),
            new OrdersAndSagasAgree(),
            new StatesAreKnown(),
            new TimelinesHaveNoGaps(),
            new TimelinesRespectCausality(),
            new CancellationsAreHonoured(),
            new StockIsConserved(),
            new CapacityIsRespected(),
            new ConfirmedOrdersAreFulfilledOnce(),
            new CompensatedOrdersKeepNothing(),
            new EffectsHaveAnOrder(),
            new LedgerBalances(),
            new NoMoneyRemainsHeld(),
            new LedgerMatchesProvider(),
            new OrdersAreChargedAtMostOnce(),
            new ChargesAreForConfirmedOrders(),
            new EventsMatchOrderStatus(),
            new OutboxesAreEmpty(),
            new RetentionIsBounded(),
            new DeadLettersArePublished(),
            new NoTransactionStaysPrepared());

    private Audit() {}

    /** All invariants. */
    static List<Invariant> invariants() {
        return INVARIANTS;
    }

    /** @param evidence of a system without pending work */
    public static AuditReport of(Evidence evidence) {
        return report(evidence, INVARIANTS);
    }

    /**
     * Checks only the invariants that hold at any time.
     *
     * @param evidence of a system that may have pending work
     */
    public static AuditReport ofRunningSystem(Evidence evidence) {
        return report(
                evidence, INVARIANTS.stream().filter(Invariant::holdsAlways).toList());
    }

    private static AuditReport report(Evidence evidence, List<Invariant> invariants) {
        List<Violation> violations = new ArrayList<>();
        for (Invariant invariant : invariants) {
            var collector = new ViolationCollector(invariant.name());
            invariant.check(evidence, collector);
            violations.addAll(collector.violations());
        }
        var requests = evidence.clients().requests().values();
        return new AuditReport(
                invariants.stream().map(Invariant::name).toList(),
                violations,
                countOf(evidence),
                requests.size(),
                requests.stream()
                        .filter(request -> !request.acknowledged().isEmpty())
                        .count(),
                requests.stream().filter(Request::isRefused).count(),
                parkedIn(evidence),
                deadLettersIn(evidence),
                evidence.deadRecords(),
                evidence.foreignRecords());
    }

    private static Map<Status, Long> countOf(Evidence evidence) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        evidence.orders().orders().values().forEach(order -> counts.merge(order.status(), 1L, Long::sum));
        return counts;
    }

    private static List<OrderId> parkedIn(Evidence evidence) {
        return evidence.orders().orders().values().stream()
                .filter(order -> order.status() == Status.PARKED)
                .map(OrderRow::id)
                .toList();
    }

    private static Map<String, List<DeadLetterRow>> deadLettersIn(Evidence evidence) {
        Map<String, List<DeadLetterRow>> letters = new TreeMap<>();
        evidence.messaging().forEach((database, rows) -> letters.put(database, rows.deadLetters()));
        return letters;
    }
}
