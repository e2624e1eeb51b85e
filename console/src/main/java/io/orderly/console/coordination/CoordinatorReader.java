package io.orderly.console.coordination;

import io.orderly.console.coordination.CoordinatorView.Lease;
import io.orderly.console.coordination.CoordinatorView.Queue;
import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads leases, locks and elections from the first member that answers. Each answer is for all pages that ask within two seconds, so that pages put no
 * load on the coordinator.
 */
@Component
class CoordinatorReader {

    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_LEASES = 50;
    private static final int MAX_QUEUES = 50;

    private final List<Upstream> members;
    private @Nullable CoordinatorView last;
    private long lastNanos;

    CoordinatorReader(Upstreams upstreams) {
        this.members = upstreams.coordinators();
    }

    synchronized CoordinatorView view() throws InterruptedException {
        if (last == null || System.nanoTime() - lastNanos > MAX_AGE.toNanos()) {
            last = look();
            lastNanos = System.nanoTime();
        }
        return last;
    }

    private CoordinatorView look() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Upstream member : members) {
            try {
                return look(member);
            } catch (IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return CoordinatorView.unknown(
                members.isEmpty()
                        ? "The system has no members of a coordinator that the console knows."
                        : "No member answers: " + String.join("; ", problems),
                System.currentTimeMillis());
    }

    /** Takes no longer than four timeouts. */
    private CoordinatorView look(Upstream member) throws IOException, InterruptedException {
        byte[] cluster = member.read("/v1/cluster", ANSWER_TIMEOUT);
        byte[] page = member.read("/v1/leases?limit=" + MAX_LEASES, ANSWER_TIMEOUT);
        List<String> ids =
                CoordinatorAnswers.leases(page).stream().limit(MAX_LEASES).toList();
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Found> found =
                    all(parallel, ids, id -> new Found(id, member.read("/v1/leases/" + id, ANSWER_TIMEOUT)));
            List<Lease> leases = found.stream()
                    .map(lease -> CoordinatorAnswers.lease(lease.id(), lease.state()))
                    .toList();
            List<String> names = found.stream()
                    .flatMap(lease -> CoordinatorAnswers.queues(lease.id(), lease.state()))
                    .distinct()
                    .sorted()
                    .limit(MAX_QUEUES)
                    .toList();
            List<Queue> queues = all(
                    parallel,
                    names,
                    name -> CoordinatorAnswers.queue(
                            name, member.read("/v1/elections/" + segment(name), ANSWER_TIMEOUT)));
            return new CoordinatorView(
                    null,
                    member.url().toString(),
                    System.currentTimeMillis(),
                    CoordinatorAnswers.members(cluster),
                    CoordinatorAnswers.alarms(cluster),
                    leases,
                    CoordinatorAnswers.hasMore(page),
                    queues);
        }
    }

    /** @param state as the coordinator answers it */
    private record Found(String id, byte[] state) {}

    private interface Reading<T, R> {

        R of(T what) throws IOException, InterruptedException;
    }

    /** Reads all at the same time; what cannot be read, such as a lease that has just ended, is left out. */
    private static <T, R> List<R> all(ExecutorService parallel, List<T> each, Reading<T, R> reading)
            throws InterruptedException {
        List<Future<R>> tasks = each.stream()
                .map(one -> parallel.submit((Callable<R>) () -> reading.of(one)))
                .toList();
        List<R> results = new ArrayList<>();
        for (Future<R> task : tasks) {
            try {
                results.add(task.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        }
        return results;
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
