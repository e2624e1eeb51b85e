package io.orderly.console.audit;

import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the invariants every ten seconds. */
public final class AuditWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Supplier<List<OrderFacts>> orders;
    private final Supplier<List<String>> skus;
    private final BooleanSupplier topicsAreRead;
    private final ServiceInvariants services;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile AuditView view = AuditView.NONE;

    /**
     * @param orders the orders that are known
     * @param skus the products that are known
     * @param topicsAreRead whether the broker answers, so that the orders are of now
     */
    public AuditWatch(
            Supplier<List<OrderFacts>> orders,
            Supplier<List<String>> skus,
            BooleanSupplier topicsAreRead,
            Upstreams upstreams) {
        this.orders = orders;
        this.skus = skus;
        this.topicsAreRead = topicsAreRead;
        this.services = new ServiceInvariants(upstreams);
    }

    public void start() {
        Thread.ofVirtual().name("audit").start(this::run);
    }

    public AuditView view() {
        return view;
    }

    private void run() {
        try {
            do {
                checkAndKeep();
            } while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkAndKeep() throws InterruptedException {
        try {
            view = check();
        } catch (RuntimeException e) {
            LOG.error(
                    "The invariants could not be checked", e); // a mistake; the light shows that the last check is old
        }
    }

    private AuditView check() throws InterruptedException {
        List<OrderFacts> known = orders.get();
        List<Check> ofOrders = topicsAreRead.getAsBoolean()
                ? OrderInvariants.check(known)
                : OrderInvariants.unknown("Kafka does not answer.");
        List<Check> all = Stream.concat(ofOrders.stream(), services.check(known, skus.get()).stream())
                .toList();
        return AuditView.of(all, System.currentTimeMillis(), view.runs() + 1);
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
