package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CellQueueTest {

    private static final MatrixCell ORDER = new MatrixCell("order-service", "a");
    private static final MatrixCell PAYMENT = new MatrixCell("payment-service", "a");
    private static final MatrixCell PAYMENT_AGAIN = new MatrixCell("payment-service", "b");

    @Test
    void concurrentWorkersTakeEachCellOnceAndEachServiceAtMostOnceAtATime() throws Exception {
        var queue = new CellQueue(MatrixCell.all(), List.of(), () -> false);
        Set<String> busy = ConcurrentHashMap.newKeySet();
        Callable<List<MatrixCell>> worker = () -> {
            List<MatrixCell> taken = new ArrayList<>();
            for (Optional<MatrixCell> next = queue.take(); next.isPresent(); next = queue.take()) {
                MatrixCell cell = next.get();
                assertThat(busy.add(cell.service())).as("%s is available", cell).isTrue();
                taken.add(cell);
                Thread.yield();
                busy.remove(cell.service());
                queue.release(cell);
            }
            return taken;
        };
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
}
