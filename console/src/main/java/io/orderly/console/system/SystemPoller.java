package io.orderly.console.system;

import io.orderly.console.audit.AuditView;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.system.SystemView.CoordinatorState;
import io.orderly.console.system.SystemView.Gauges;
import io.orderly.console.system.SystemView.MemberState;
import io.orderly.console.system.SystemView.ServiceState;
import io.orderly.console.topics.ConsumerLag;
import io.orderly.console.topics.TopicState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks services, payment provider and coordinators for their state, all at the same time, again and again. */
public final class SystemPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemPoller.class);

    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(1_500);

    /** A longer answer counts as none. */
    private static final int MAX_ANSWER_BYTES = 256 << 10;

    private static final String JSON = "application/json";
    private static final String METRICS = "/actuator/prometheus?includedNames=" + String.join(",", Answers.GAUGES);

    private final Map<String, URI> services;
    private final @Nullable URI provider;
    private final List<URI> coordinators;
    private final Supplier<TopicState> topics;
    private final Supplier<List<ConsumerLag>> lags;
    private final Supplier<FaultsView> faults;
    private final Supplier<AuditView> audit;
    private final Duration interval;
    private final Consumer<SystemView> listener;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable SystemView last;

    /**
     * @param services their base URLs, by their names in the order in which they are shown
     * @param provider the base URL of the payment provider; null if not known
     * @param coordinators the base URLs of the REST API of the members; empty if there are none
     * @param interval between two looks
     * @param listener called by one thread with each state
     */
    public SystemPoller(
            Map<String, URI> services,
            @Nullable URI provider,
            List<URI> coordinators,
            Supplier<TopicState> topics,
            Supplier<List<ConsumerLag>> lags,
            Supplier<FaultsView> faults,
            Supplier<AuditView> audit,
            Duration interval,
            Consumer<SystemView> listener) {
        this.services = services;
        this.provider = provider;
        this.coordinators = coordinators;
        this.topics = topics;
        this.lags = lags;
        this.faults = faults;
        this.audit = audit;
        this.interval = interval;
        this.listener = listener;
    }

    public void start() {
        Thread.ofVirtual().name("system").start(this::run);
    }

    /** The last state; empty before the first look. */
    public Optional<SystemView> last() {
        return Optional.ofNullable(last);
    }

    private void run() {
        try {
            do {
                lookAndTell();
            } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAndTell() throws InterruptedException {
        try {
            tell(look());
        } catch (RuntimeException e) {
            LOG.error("The state of the system is not known", e); // a mistake; the next look may succeed
        }
    }

    private synchronized void tell(SystemView seen) {
        if (stopped.getCount() > 0) {
            last = seen;
            listener.accept(seen);
        }
    }

    /** Asks all processes. Takes no longer than two timeouts. */
    SystemView look() throws InterruptedException {
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ServiceState>> healths = services.entrySet().stream()
                    .map(service -> parallel.submit(() -> service(service.getKey(), service.getValue())))
                    .toList();
            List<Future<ServiceState>> providers = Stream.ofNullable(provider)
                    .map(url -> parallel.submit(() -> health("payment-provider", url, "/health")))
                    .toList();
            List<Future<CoordinatorState>> states = coordinators.stream()
                    .map(url -> parallel.submit(() -> coordinator(url)))
                    .toList();
            List<Future<List<MemberState>>> views = services.values().stream()
                    .map(url -> parallel.submit(() -> members(url)))
                    .toList();
            List<CoordinatorState> seen = results(states).toList();
            TopicState kafka = topics.get();
            return new SystemView(
                    results(healths).toList(),
                    results(providers).findFirst().orElse(null),
                    results(views).filter(each -> !each.isEmpty()).findFirst().orElse(List.of()),
                    seen,
                    Answers.leader(seen),
                    kafka.reachable(),
                    kafka.missing(),
                    lags.get(),
                    faults.get(),
                    audit.get());
        }
    }

    private static <T> Stream<T> results(List<Future<T>> tasks) {
        return tasks.stream().map(SystemPoller::result);
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private ServiceState service(String name, URI url) throws InterruptedException {
        ServiceState state = health(name, url, "/actuator/health");
        return state.health().equals(Answers.AWAY) ? state : state.with(gauges(url));
    }

    private ServiceState health(String name, URI url, String path) throws InterruptedException {
        try {
            return Answers.health(name, url.toString(), get(url, path, JSON));
        } catch (IOException e) {
            return Answers.away(name, url.toString(), e.toString());
        }
    }

    private Gauges gauges(URI url) throws InterruptedException {
        try {
            return Answers.gauges(get(url, METRICS, "text/plain"));
        } catch (IOException e) {
            return Gauges.UNKNOWN;
        }
    }

    private List<MemberState> members(URI url) throws InterruptedException {
        try {
            return Answers.members(get(url, "/actuator/members", JSON));
        } catch (IOException e) {
            return List.of();
        }
    }

    private CoordinatorState coordinator(URI url) throws InterruptedException {
        try {
            return Answers.coordinator(url.toString(), get(url, "/v1/cluster", JSON));
        } catch (IOException e) {
            return Answers.coordinatorAway(url.toString(), e.toString());
        }
    }

    private String get(URI base, String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", accept)
                .build();
        return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES))
                .body();
    }

    /** The listener is not called any more. */
    @Override
    public synchronized void close() {
        stopped.countDown();
        http.shutdownNow();
    }
}
