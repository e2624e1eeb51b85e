package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.clock.TimestampRange;
import io.orderly.coordinator.simulation.BrokenPromise;
import io.orderly.coordinator.simulation.Figure;
import io.orderly.coordinator.simulation.workload.World;
import java.util.Map;
import java.util.TreeMap;

/** Clients that want timestamps: none twice, and each greater than all that anybody had been told of when it was asked for. */
final class TimestampClients implements Population {

    static final String ORDER = "a timestamp is greater than those told before it was asked for";
    static final String ONCE = "no timestamp is handed out twice";

    private static final long PATIENCE_MICROS = 3_000_000;
    private static final int COUNT_MAX = 2_000;

    private final World world;
    private final StoreWorkload workload;
    private final Allowance allowance = new Allowance();
    private final long thinkMicrosMax;

    /** All that was handed out, by the first of a range; the last of it. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    private long highest;

    TimestampClients(World world, StoreWorkload workload) {
        this.world = world;
        this.workload = workload;
        thinkMicrosMax = world.random().nextLong(20_000, 200_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Client("ts" + i).think();
        }
    }

    @Override
    public void allow(int moreOperations) {
        allowance.allow(moreOperations);
    }

    @Override
    public int answered() {
        return allowance.answeredCount();
    }

    @Override
    public int unanswered() {
        return allowance.unansweredCount();
    }

    @Override
    public String missing() {
        return allowance.missing("clients that want timestamps");
    }

    private void check(TimestampRange range, long floor) {
        long first = range.first().toLong();
        long last = range.last().toLong();
        if (first <= floor) {
            throw BrokenPromise.safety(
                    ORDER, "%s (%d to %d), after %d had been told".formatted(range, first, last, floor));
        }
        Map.Entry<Long, Long> before = ranges.floorEntry(last);
        if (before != null && before.getValue() >= first) {
            throw BrokenPromise.safety(
                    ONCE, "%d to %d, and %d to %d".formatted(before.getKey(), before.getValue(), first, last));
        }
        ranges.put(first, last);
        highest = Math.max(highest, last);
        world.count().accept(Figure.TIMESTAMP_RANGES, 1);
    }

    private final class Client extends StoreClient {

        Client(String name) {
            super(TimestampClients.this.workload, name, thinkMicrosMax);
        }

        @Override
        void begin() {
            if (!allowance.begin()) {
                think();
                return;
            }
            long floor = highest;
            int count = world.random().nextInt(1, COUNT_MAX);
            this.<TimestampRange>call(
                    (server, answer) -> server.timestamps(count, answer),
                    nowMicros() + PATIENCE_MICROS,
                    range -> {
                        trace(() -> "is told " + range);
                        check(range, floor);
                        allowance.answered();
                        think();
                    },
                    _ -> {
                        allowance.unanswered();
                        think();
                    });
        }
    }
}
