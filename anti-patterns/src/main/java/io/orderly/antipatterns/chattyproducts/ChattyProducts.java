package io.orderly.antipatterns.chattyproducts;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Sku;
import io.orderly.order.participants.ParticipantClients;
import io.orderly.order.products.ProductDetails;
import io.orderly.order.products.ProductDetailsPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/**
 * Loads the details of products with three remote calls per product: product data, stock and reviews. Each call is
 * small. Together they take as long as their sum, or as the slowest of them; the request fails if one call fails; and
 * the results need not be consistent with each other.
 */
final class ChattyProducts implements AutoCloseable {

    private static final int CALLS_PER_PRODUCT = 3;

    private final InventoryProductApi inventory;
    private final JdbcClient jdbc;
    private final ChattyProperties properties;
    private final Counter calls;
    private final ExecutorService threads = ContextExecutorService.wrap(
            Executors.newVirtualThreadPerTaskExecutor(),
            ContextSnapshotFactory.builder().build()::captureAll);

    ChattyProducts(ParticipantClients clients, JdbcClient jdbc, ChattyProperties properties, MeterRegistry meters) {
        this.inventory = clients.inventory(InventoryProductApi.class);
        this.jdbc = jdbc;
        this.properties = properties;
        this.calls = Counter.builder("orderly.product-details.remote-calls")
                .description("Calls to the inventory-service for product details")
                .tag("way", "chatty")
                .register(meters);
    }

    /** How the calls of a request are ordered. */
    enum Mode {
        SEQUENTIAL,
        PARALLEL
    }

    ProductDetails details(Sku sku, Mode mode) throws InterruptedException {
        return all(List.of(sku), mode).getFirst();
    }

    /**
     * The skus come from the local catalogue, everything else from remote calls.
     *
     * @param after null for the first page
     */
    ProductDetailsPage page(@Nullable Sku after, int limit, Mode mode) throws InterruptedException {
        List<Sku> found = jdbc.sql("select sku from catalogue_products where sku > ? order by sku limit ?")
                .params(after == null ? "" : after.value(), limit + 1)
                .query((row, _) -> new Sku(row.getString("sku")))
                .list();
        List<Sku> page = found.subList(0, Math.min(limit, found.size()));
        return new ProductDetailsPage(all(page, mode), found.size() > limit ? page.getLast() : null);
    }

    private List<ProductDetails> all(List<Sku> skus, Mode mode) throws InterruptedException {
        List<RemoteCall> remoteCalls = skus.stream()
                .flatMap(sku -> Stream.<RemoteCall>of(
                        () -> inventory.product(sku), () -> inventory.stock(sku), () -> inventory.reviews(sku)))
                .toList();
        List<JsonNode> answers = switch (mode) {
            case SEQUENTIAL -> callSequentially(remoteCalls);
            case PARALLEL -> callInParallel(remoteCalls);
        };
        List<ProductDetails> details = new ArrayList<>(skus.size());
        for (int i = 0; i < answers.size(); i += CALLS_PER_PRODUCT) {
            details.add(new ProductDetails(answers.get(i), answers.get(i + 1), answers.get(i + 2)));
        }
        return details;
    }

    private List<JsonNode> callSequentially(List<RemoteCall> remoteCalls) {
        long deadlineNanos = System.nanoTime() + properties.timeout().toNanos();
        List<JsonNode> answers = new ArrayList<>(remoteCalls.size());
        for (RemoteCall call : remoteCalls) {
            if (System.nanoTime() >= deadlineNanos) {
                throw tooSlow();
            }
            answers.add(execute(call));
        }
        return answers;
    }

    private List<JsonNode> callInParallel(List<RemoteCall> remoteCalls) throws InterruptedException {
        var free = new Semaphore(properties.maxCallsAtOnce());
        List<Future<JsonNode>> answers = threads.invokeAll(
                remoteCalls.stream()
                        .<Callable<JsonNode>>map(call -> () -> {
                            free.acquire();
                            try {
                                return execute(call);
                            } finally {
                                free.release();
                            }
                        })
                        .toList(),
                properties.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        List<JsonNode> found = new ArrayList<>(answers.size());
        for (Future<JsonNode> answer : answers) {
            found.add(resultOf(answer));
        }
        return found;
    }

    private static JsonNode resultOf(Future<JsonNode> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException _) {
            throw tooSlow();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private JsonNode execute(RemoteCall call) {
        calls.increment();
        return call.execute();
    }

    private static RuntimeException tooSlow() {
        return new ResourceAccessException("The remote calls of one request timed out", new IOException("timeout"));
    }

    @FunctionalInterface
    private interface RemoteCall {
        JsonNode execute();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
