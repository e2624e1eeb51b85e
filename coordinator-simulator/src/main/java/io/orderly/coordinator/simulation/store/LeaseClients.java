package io.orderly.coordinator.simulation.store;

import io.orderly.coordinator.simulation.PropertyViolation;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.StoreCommand;
import io.orderly.coordinator.store.StoreRefusal;
import io.orderly.coordinator.store.StoreResponse;

/**
 * Clients that request a lease, attach keys to it, renew it for a while, and then revoke it or let it expire. While a client relies on its
 * lease, its keys must exist.
 */
final class LeaseClients implements ClientGroup {

    private static final String ATTACHED = "keys exist as long as their lease";
    private static final String PREFIX = "l/";
    private static final long PATIENCE_MICROS = 2_000_000;

    /** One in this many operations pauses the renewals, for at most the time to live of the lease. */
    private static final int PAUSE_ONE_IN = 5;

    private final SimulationContext context;
    private final StoreWorkload workload;
    private final OperationBudget budget = new OperationBudget();
    private final long thinkMicrosMax;

    LeaseClients(SimulationContext context, StoreWorkload workload) {
        this.context = context;
        this.workload = workload;
        thinkMicrosMax = context.random().nextLong(50_000, 400_000);
    }

    @Override
    public void start(int clients) {
        for (int i = 1; i <= clients; i++) {
            new Client(i).take();
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
        return budget.missing("clients with leases");
    }

    private final class Client extends StoreClient {

        private final int id;
        private long lease;
        private long ttlMillis;
        private LeaseHolder holder;
        private int writesLeft;
        private int values;

        Client(int id) {
            super(LeaseClients.this.workload, "le" + id, thinkMicrosMax);
            this.id = id;
            holder = new LeaseHolder(workload, "", 0, 1, () -> {});
        }

        void take() {
            lease = context.random().nextLong(1, Long.MAX_VALUE);
            writesLeft = context.random().nextInt(1, 8);
            ttlMillis = context.random().nextInt(3) == 0
                    ? context.random().nextLong(5_000, 8_000)
                    : context.random().nextLong(1_000, 3_000);
            holder = new LeaseHolder(workload, "le" + id, lease, ttlMillis, () -> writesLeft = 0);
            holder.grant(this::think);
        }

        @Override
        void begin() {
            if (writesLeft == 0) {
                if (context.random().nextBoolean()) {
                    holder.revoke();
                } else {
                    holder.stop();
                }
                take();
                return;
            }
            if (!budget.begin()) {
                think();
                return;
            }
            writesLeft--;
            if (context.random().nextInt(PAUSE_ONE_IN) == 0) {
                holder.pauseFor(context.random().nextLong(1_000 * ttlMillis));
            }
            Bytes key = Bytes.utf8(PREFIX + id + "/" + context.random().nextInt(3));
            this.<StoreResponse>call(
                    (server, answer) -> server.execute(
                            StoreCommand.Put.of(key, Bytes.utf8(Integer.toString(++values)), lease), answer),
                    nowMicros() + PATIENCE_MICROS,
                    answer -> {
                        check(key, answer);
                        budget.answered();
                        think();
                    },
                    _ -> {
                        budget.unanswered();
                        think();
                    });
        }

        private void check(Bytes key, StoreResponse answer) {
            boolean isGone = answer instanceof StoreResponse.Refused(long _, StoreRefusal.LeaseNotFound _);
            if (isGone) {
                writesLeft = 0;
            }
            if (holder.isValid() && (isGone || checker().at(checker().revision(), key) == null)) {
                throw PropertyViolation.safety(ATTACHED, "%s of lease %d is gone: %s".formatted(key, lease, answer));
            }
        }
    }
}
