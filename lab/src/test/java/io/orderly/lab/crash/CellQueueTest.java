package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellQueueTest {

    private static final MatrixCell ORDER = new MatrixCell("order-service", "a");
    private static final MatrixCell PAYMENT = new MatrixCell("payment-service", "a");
    private static final MatrixCell PAYMENT_AGAIN = new MatrixCell("payment-service", "b");

    @Test
    void concurrentWorkersTakeEachCellOnceAndEachServiceAtMostOnceAtATime() throws Exception {
        var queue = new CellQueue(MatrixCell.all(), List.of(), () -> false);
        Set<String> busy = ConcurrentHashMap.newKeySet();
        Callable<List<MatrixCell>> worker = () -> queue.tryAll(cell -> {
            assertThat(busy.add(cell.service())).as("%s is available", cell).isTrue();
            Thread.yield();
            busy.remove(cell.service());
            return cell;
        });
        List<MatrixCell> taken = new ArrayList<>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<MatrixCell>> each :
                    workers.invokeAll(List.of(worker, worker, worker), 10, TimeUnit.SECONDS)) {
                taken.addAll(each.get());
            }
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(MatrixCell.all());
        assertThat(queue.left()).isEmpty();
    }

    @Test
    void skipsCellsOfBusyServices() throws Exception {
        var queue = new CellQueue(List.of(PAYMENT, PAYMENT_AGAIN, ORDER), List.of(), () -> false);
        assertThat(queue.take()).contains(PAYMENT);
        assertThat(queue.take()).contains(ORDER);
        queue.release(PAYMENT);
        assertThat(queue.take()).contains(PAYMENT_AGAIN);
    }

    @Test
    void onlyRequiredCellsAreTriedWhenTheTimeIsUp() throws Exception {
        var queue = new CellQueue(List.of(ORDER, PAYMENT), List.of(PAYMENT), () -> true);
        assertThat(queue.take()).contains(PAYMENT);
        assertThat(queue.take()).isEmpty();
        assertThat(queue.left()).containsExactly(ORDER);
    }

    @Test
    void noCellIsTriedAfterAnAbort() throws Exception {
        var queue = new CellQueue(List.of(ORDER), List.of(ORDER), () -> false);
        queue.abort();
        assertThat(queue.take()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedAttemptEndsTheWorkersThatWaitForItsService(Throwable failure) throws Exception {
        var queue = new CellQueue(List.of(PAYMENT, PAYMENT_AGAIN), List.of(), () -> false);
        Set<Thread> running = ConcurrentHashMap.newKeySet();
        Callable<List<MatrixCell>> worker = () -> {
            running.add(Thread.currentThread());
            return queue.tryAll(_ -> {
                await().until(() -> running.stream().anyMatch(each -> each.getState() == Thread.State.WAITING));
                throw unchecked(failure);
            });
        };
        List<Future<List<MatrixCell>>> ended;
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            ended = workers.invokeAll(List.of(worker, worker), 10, TimeUnit.SECONDS);
        }
        assertThat(ended).extracting(Future::state).containsExactlyInAnyOrder(State.FAILED, State.SUCCESS);
        assertThat(queue.left()).containsExactly(PAYMENT_AGAIN);
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("no such crash point"), new NoClassDefFoundError("Fault"));
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
