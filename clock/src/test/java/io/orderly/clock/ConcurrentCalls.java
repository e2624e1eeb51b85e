package io.orderly.clock;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Runs the same calls in several threads that start at the same time. */
final class ConcurrentCalls {

    private ConcurrentCalls() {}

    /**
     * @return the results of each thread's {@code calls} calls, in the order of the calls; the argument is the number of the
     *     call
     */
    static List<List<Long>> run(int threads, int calls, IntToLongFunction call) {
        var barrier = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<Long>>> runs = IntStream.range(0, threads)
                    .mapToObj(_ -> pool.submit(() -> {
                        barrier.await();
                        return IntStream.range(0, calls).mapToLong(call).boxed().toList();
                    }))
                    .toList();
            return runs.stream().map(ConcurrentCalls::result).toList();
        }
    }

    static long distinct(List<List<Long>> values) {
        return values.stream()
                .flatMapToLong(own -> own.stream().flatMapToLong(LongStream::of))
                .distinct()
                .count();
    }

    private static <T> T result(Future<T> run) {
        try {
            return run.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
