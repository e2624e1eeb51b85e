package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.RunMetric;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clients of timestamps. No timestamp may be returned twice, and each must be greater than all that any client had received when it was
 * requested.
 */
final class TimestampClients implements ClientGroup {

    static final String ORDER = "a timestamp is greater than those received before its request";
    static final String ONCE = "no timestamp is returned twice";

    private static final long PATIENCE_MICROS = 3_000_000;
    private static final int COUNT_MAX = 2_000;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;

    /** All returned ranges: the last timestamp of each, by its first one. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    private long highest;

    TimestampClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(20_000, 200_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Client("ts" + i).think();
        }
    }

    @Override
    public void allow(int moreOperations) {
        budget.allow(moreOperations);
    }

    @Override
    public int answered() {
        return budget.answeredCount();
    }

    @Override
    public int unanswered() {
        return budget.unansweredCount();
    }

    @Override
    public String missing() {
        return budget.missing("clients of timestamps");
    }

    private void check(TimestampRange range, long floor) {
        long first = range.first().toLong();
        long last = range.last().toLong();
        if (first <= floor) {
            throw PropertyViolation.safety(
                    ORDER, "%s (%d to %d), after %d had been received".formatted(range, first, last, floor));
        }
        Map.Entry<Long, Long> before = ranges.floorEntry(last);
        if (before != null && before.getValue() >= first) {
            throw PropertyViolation.safety(
                    ONCE, "%d to %d, and %d to %d".formatted(before.getKey(), before.getValue(), first, last));
        }
        ranges.put(first, last);
        highest = Math.max(highest, last);
        context.count().accept(RunMetric.TIMESTAMP_RANGES, 1);
    }

    private final class Client extends StoreClient {

        Client(String name) {
            super(TimestampClients.this.workload, name, thinkMicrosMax);
        }

        @Override
        void begin() {
            if (!budget.begin()) {
                think();
                return;
            }
            long floor = highest;
            int count = context.random().nextInt(1, COUNT_MAX);
            this.<TimestampRange>call(
                    (server, answer) -> server.timestamps(count, answer),
                    nowMicros() + PATIENCE_MICROS,
                    range -> {
                        trace(() -> "receives " + range);
                        check(range, floor);
                        budget.answered();
                        think();
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }
    }
}
