package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.contracts.OrderId;
import io.orderly.lab.fault.Fault;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Outages of coordinators. The services need them for their leases only. */
@Tag("system")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock(SystemFolder.LOCK)
class CoordinatorOutageIntegrationTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration WAITING = Duration.ofSeconds(2);
    private static final int PARTITIONS = 64;

    /**
     * The lease is long enough for some orders after the coordinators have been killed, and the deadline is longer than any outage, both on a
     * busy machine.
     */
    private static final Map<String, String> SETTINGS =
            Map.of("ORDERLY_PARTITIONS_LEASETTL", "20s", "ORDERLY_SAGA_DEADLINE_RESERVEINVENTORY", "10m");

    private final Queue<String> unexpectedExits = new ConcurrentLinkedQueue<>();
    private IsolatedSystem system;
    private SystemClient client;

    @BeforeAll
    void start() throws Exception {
        Map<String, Map<String, String>> settings =
                SystemClient.SERVICES.stream().collect(Collectors.toMap(service -> service, _ -> SETTINGS));
        system = IsolatedSystem.start(
                Path.of("..").toAbsolutePath().normalize(),
                SystemFolder.PATH,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {
                        unexpectedExits.add(process.name() + explanation);
                    }
                },
                SystemPlan.SIMPLE.withCoordinators().withSettings(ShortLivedJvmSettings.with(settings)));
        client = new SystemClient(system);
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    @AfterEach
    void assertNoUnexpectedExits() {
        assertThat(unexpectedExits).isEmpty();
    }

    /** The last outage, because a counter begins at 0 again when its process is started. */
    @Test
    @Order(2)
    void withoutTheLeaderOrdersContinue() throws Exception {
        try (ProxiedLinks none = new ProxiedLinks(1);
                FaultInjector faults = new FaultInjector(system.processes(), none, system.folder()::resolve)) {
            awaitOwned(PARTITIONS);
            InjectedFault kill = faults.inject(new Fault.Kill(FaultInjector.COORDINATOR_LEADER));
            client.place(3).forEach(order -> client.awaitStatus(order, "CONFIRMED"));
            kill.heal();
            client.place(3).forEach(order -> client.awaitStatus(order, "CONFIRMED"));
        }
        client.audit();
    }

    @Test
    @Order(1)
    void withoutCoordinatorsOrdersEndDuringTheLeasesThenWaitForAQuorum() throws Exception {
        List<ManagedProcess> coordinators =
                CoordinatorCluster.MEMBERS.stream().map(system::process).toList();
        awaitOwned(PARTITIONS);
        coordinators.parallelStream().forEach(ManagedProcess::kill);
        List<OrderId> duringTheLeases = client.place(3);
        duringTheLeases.forEach(order -> client.awaitStatus(order, "CONFIRMED"));

        awaitOwned(0);
        List<OrderId> waiting = client.place(3);
        await().during(WAITING)
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(waiting)
                        .allSatisfy(order -> assertThat(client.order(order)
                                        .path("saga")
                                        .path("awaiting")
                                        .stringValue())
                                .isEqualTo("RESERVE_INVENTORY")));
        SystemClient.SERVICES.forEach(service -> client.getOk(service, "/actuator/health/liveness"));

        List<ManagedProcess> quorum = coordinators.subList(0, 2);
        quorum.forEach(ManagedProcess::start);
        waiting.forEach(order -> client.awaitStatus(order, "CONFIRMED"));
        coordinators.getLast().start();
        for (ManagedProcess coordinator : coordinators) {
            coordinator.awaitReady(TIMEOUT);
        }
        awaitOwned(PARTITIONS);
        client.audit();
    }

    @Nested
    class Metrics extends MetricsTests {
        Metrics() throws IOException {
            super(
                    system,
                    client,
                    Set.of("every order", "every period", "every write", "every start", "the loss of a leader"));
        }
    }

    private void awaitOwned(int partitions) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(SystemClient.SERVICES)
                        .allSatisfy(service -> assertThat(client.getOk(service, "/actuator/partitions")
                                        .path("owned")
                                        .size())
                                .as(service)
                                .isEqualTo(partitions)));
    }
}
