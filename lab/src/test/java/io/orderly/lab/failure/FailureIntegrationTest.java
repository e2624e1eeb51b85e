package io.orderly.lab.failure;

import static java.util.Objects.requireNonNull;

import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Uses one system for all scenarios, because its start takes longer than any scenario. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class FailureIntegrationTest {

    /**
     * Longer than any outage of a scenario on a busy machine, so that an order times out only where a scenario lets its deadline
     * expire.
     */
    private static final Map<String, Map<String, String>> LONG_DEADLINES = Map.of(
            Topology.ORDER,
            Map.of(
                    "ORDERLY_SAGA_DEADLINE_RESERVEINVENTORY", "10m",
                    "ORDERLY_SAGA_DEADLINE_CHARGEPAYMENT", "10m",
                    "ORDERLY_SAGA_DEADLINE_SCHEDULESHIPMENT", "10m"));

    private static final Queue<String> unexpectedExits = new ConcurrentLinkedQueue<>();
    private static @Nullable IsolatedSystem system;
    private static @Nullable SystemClient client;

    @BeforeAll
    static void start() throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path folder = SystemFolder.PATH;
        system = IsolatedSystem.start(
                home,
                folder,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {
                        unexpectedExits.add(process.name() + explanation);
                    }
                },
                SystemPlan.SIMPLE.withSettings(ShortLivedJvmSettings.with(LONG_DEADLINES)));
        client = new SystemClient(system);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    /** An outage must not cause the exit of any other process. */
    @AfterEach
    void assertNoUnexpectedExits() {
        Assertions.assertThat(unexpectedExits).isEmpty();
    }

    @Nested
    class Backends extends BackendOutageTests {
        Backends() {
            super(requireNonNull(system), requireNonNull(client));
        }
    }

    @Nested
    class Provider extends ProviderOutageTests {
        Provider() {
            super(requireNonNull(system), requireNonNull(client));
        }
    }

    @Nested
    class PoisonMessageHandling extends PoisonMessageTests {
        PoisonMessageHandling() {
            super(requireNonNull(system), requireNonNull(client));
        }
    }

    @Nested
    @Order(Integer.MAX_VALUE)
    class Metrics extends MetricsTests {
        Metrics() throws IOException {
            super(
                    requireNonNull(system),
                    requireNonNull(client),
                    Set.of("every order", "every period", "an outage of Kafka or PostgreSQL"));
        }
    }
}
