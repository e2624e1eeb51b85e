package io.orderly.coordinator.client;

import io.orderly.clock.HybridTimestamp;
import io.orderly.coordinator.clock.TimestampRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Timestamps that no other client gets. Thread-safe; requests that wait at the same time share one request to the cluster.
 *
 * <p><b>Order.</b> Without a reserve, a timestamp is greater than every timestamp that any client received before this one was requested.
 * With a reserve of age <i>a</i>, this holds for timestamps that other clients received more than <i>a</i> before; timestamps of this
 * object still increase from each call to one that begins after it has returned. In return most calls need no request.
 *
 * <p>All clients of a cluster have to use the same source: the timestamp service if the cluster has it, otherwise the key.
 */
public final class Timestamps {

    private static final int MOST_IN_ONE_REQUEST = 60_000;

    private final TimestampSource source;
    private final Loop loop;
    private final Environment environment;
    private final int block;
    private final TimestampReserve reserve;
    private List<Waiting> waiting = new ArrayList<>();
    private boolean allocating;

    /**
     * @param maxAge of the reserve; zero for none
     * @param block how many are reserved with each request, 0 for none
     */
    Timestamps(TimestampSource source, Loop loop, Environment environment, Duration maxAge, int block) {
        this.source = source;
        this.loop = loop;
        this.environment = environment;
        this.block = block;
        reserve = new TimestampReserve(maxAge);
    }

    /** @throws CoordinatorException if none was allocated until the timeout */
    public HybridTimestamp next() {
        return next(1).first();
    }

    /**
     * Consecutive timestamps.
     *
     * @param count from 1 to 60,000
     * @throws IllegalArgumentException if the count is out of its range
     * @throws CoordinatorException if they were not allocated until the timeout
     */
    public TimestampRange next(int count) {
        if (count < 1 || count > MOST_IN_ONE_REQUEST) {
            throw new IllegalArgumentException("%d timestamps, not from 1 to %d".formatted(count, MOST_IN_ONE_REQUEST));
        }
        Waiting request = new Waiting(count, new CompletableFuture<>());
        synchronized (this) {
            Optional<TimestampRange> reserved = waiting.isEmpty()
                    ? reserve.take(count, environment.nanoTime().getAsLong())
                    : Optional.empty();
            if (reserved.isPresent()) {
                return reserved.get();
            }
            waiting.add(request);
            if (!allocating) {
                if (!loop.fork(this::allocate)) {
                    throw new CoordinatorException("the client is closed");
                }
                allocating = true;
            }
        }
        try {
            return request.range.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CoordinatorException failure
                    ? failure
                    : new CoordinatorException(String.valueOf(e.getCause().getMessage()));
        }
    }

    /** Serves all waiting calls with one request, which is sent after all of them began. */
    private void allocate() {
        while (true) {
            List<Waiting> batch;
            synchronized (this) {
                batch = nextBatch();
                if (batch.isEmpty()) {
                    allocating = false;
                    return;
                }
            }
            serve(batch);
        }
    }

    private List<Waiting> nextBatch() {
        int total = 0;
        int size = 0;
        while (size < waiting.size() && total + waiting.get(size).count <= MOST_IN_ONE_REQUEST) {
            total += waiting.get(size++).count;
        }
        List<Waiting> batch = List.copyOf(waiting.subList(0, size));
        waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
        return batch;
    }

    private void serve(List<Waiting> batch) {
        int wanted = batch.stream().mapToInt(Waiting::count).sum();
        int total = Math.min(MOST_IN_ONE_REQUEST, wanted + block);
        try {
            long asked = environment.nanoTime().getAsLong();
            long next = source.allocate(total);
            synchronized (this) {
                reserve.refill(next + wanted, total - wanted, asked);
            }
            for (Waiting one : batch) {
                one.range.complete(new TimestampRange(HybridTimestamp.fromLong(next), one.count));
                next += one.count;
            }
        } catch (RuntimeException e) {
            batch.forEach(one -> one.range.completeExceptionally(e));
        }
    }

    private record Waiting(int count, CompletableFuture<TimestampRange> range) {}
}
