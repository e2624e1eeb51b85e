package io.orderly.lab.bench.coordinator;

import io.netty.channel.EventLoop;
import io.orderly.lab.load.Latency;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A number of clients each of which sends its next request when the last one is answered. All state belongs to the thread of the event
 * loop.
 */
final class ClosedLoop {

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long RETRY_MILLIS = 20;
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final EventLoop eventLoop;
    private final Load load;
    private final int clients;
    private final Histogram micros = new Histogram(MAX_MICROS, SIGNIFICANT_DIGITS);
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private boolean isMeasuring;
    private boolean isStopping;
    private int active;
    private long failures;
    private @Nullable Throwable lastFailure;

    /**
     * @param answered requests that were answered within the time
     * @param failures requests that failed within the time
     * @param reason of the last failure; null if there was none
     */
    record Result(
            Duration time,
            long answered,
            long failures,
            @Nullable String reason,
            Latency latency) {

        double perSecond() {
            return answered * 1e9 / time.toNanos();
        }
    }

    ClosedLoop(EventLoop eventLoop, int clients, Load load) {
        this.eventLoop = eventLoop;
        this.clients = clients;
        this.load = load;
    }

    /**
     * Runs the clients.
     *
     * @param warmUp the time before the measurement
     * @param time the duration of the measurement
     * @param atEdges called at the start and at the end of the measured time
     */
    Result run(Duration warmUp, Duration time, Runnable atEdges) throws InterruptedException {
        onLoop(() -> {
            active = clients;
            for (int client = 0; client < clients; client++) {
                new Client(client).next();
            }
        });
        Thread.sleep(warmUp);
        atEdges.run();
        onLoop(() -> isMeasuring = true);
        long startNanos = System.nanoTime();
        Thread.sleep(time);
        onLoop(() -> {
            isMeasuring = false;
            isStopping = true;
        });
        long nanos = System.nanoTime() - startNanos;
        atEdges.run();
        try {
            drained.get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unanswered) {
            onLoop(() -> failures += active);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return new Result(
                Duration.ofNanos(nanos),
                micros.getTotalCount(),
                failures,
                lastFailure == null ? null : lastFailure.getMessage(),
                Latency.of(micros));
    }

    private void onLoop(Runnable task) throws InterruptedException {
        eventLoop.submit(task).sync();
    }

    private final class Client implements Load.Outcome {

        private final int number;
        private long sentNanos;

        Client(int number) {
            this.number = number;
        }

        void next() {
            if (isStopping) {
                active--;
                if (active == 0) {
                    drained.complete(null);
                }
                return;
            }
            sentNanos = System.nanoTime();
            load.send(number, this);
        }

        @Override
        public void answered() {
            if (isMeasuring) {
                micros.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - sentNanos) / 1_000));
            }
            next();
        }

        @Override
        public void failed(Throwable reason) {
            if (isMeasuring) {
                failures++;
                lastFailure = reason;
            }
            eventLoop.schedule(this::next, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
