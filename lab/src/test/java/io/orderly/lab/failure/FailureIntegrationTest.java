package io.orderly.lab.failure;

import static java.util.Objects.requireNonNull;

import io.orderly.lab.campaign.ArmRunTests;
import io.orderly.lab.certify.ServicesTests;
import io.orderly.lab.crash.CrashPointTests;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.SharedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.system.SystemPlan;
import io.orderly.lab.torture.KillTests;
import io.orderly.stack.Topology;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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

/**
 * Failures of a system without coordinators. Uses one system for all scenarios, because its start takes longer than most of them. They have an
 * order: crashes and kills leave no dead letters, poison messages do; the metrics begin at 0 again when processes start; and the last two leave a
 * system that cannot be audited.
 */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class FailureIntegrationTest {

    /**
     * Longer than any outage of a scenario on a busy machine, so that an order times out only where a scenario lets its deadline
     * expire.
     */
    private static final Map<String, String> LONG_DEADLINES = Map.of(
            "ORDERLY_SAGA_DEADLINE_RESERVEINVENTORY", "10m",
            "ORDERLY_SAGA_DEADLINE_CHARGEPAYMENT", "10m",
            "ORDERLY_SAGA_DEADLINE_SCHEDULESHIPMENT", "10m");

    private static @Nullable SharedSystem shared;
    private static @Nullable SystemClient client;

    @BeforeAll
    static void start() throws Exception {
        Map<String, Map<String, String>> settings = new HashMap<>();
        FaultInjector.SETTINGS.forEach((service, chaos) -> settings.put(service, new HashMap<>(chaos)));
        settings.get(Topology.ORDER).putAll(LONG_DEADLINES);
        shared = SharedSystem.start(SystemPlan.SIMPLE.withSettings(ShortLivedJvmSettings.with(settings)));
        client = new SystemClient(system());
    }

    @AfterAll
    static void stop() {
        if (shared != null) {
            shared.close();
        }
    }

    private static SharedSystem shared() {
        return requireNonNull(shared);
    }

    private static IsolatedSystem system() {
        return shared().system();
    }

    private static SystemClient client() {
        return requireNonNull(client);
    }

    /** An outage must not cause the exit of any other process. */
    @AfterEach
    void assertNoUnexpectedExits() {
        Assertions.assertThat(shared().unexpectedExits()).isEmpty();
    }

    @Nested
    @Order(1)
    class CrashPoints extends CrashPointTests {
        CrashPoints() {
            super(shared());
        }
    }

    @Nested
    @Order(2)
    class Kills extends KillTests {
        Kills() {
            super(shared());
        }
    }

    @Nested
    @Order(3)
    class Backends extends BackendOutageTests {
        Backends() {
            super(system(), client());
        }
    }

    @Nested
    @Order(4)
    class Provider extends ProviderOutageTests {
        Provider() {
            super(system(), client());
        }
    }

    @Nested
    @Order(5)
    class PoisonMessageHandling extends PoisonMessageTests {
        PoisonMessageHandling() {
            super(system(), client());
        }
    }

    @Nested
    @Order(6)
    class Metrics extends MetricsTests {
        Metrics() throws IOException {
            super(system(), client(), Set.of("every order", "every period", "an outage of Kafka or PostgreSQL"));
        }
    }

    @Nested
    @Order(7)
    class Services extends ServicesTests {
        Services() {
            super(shared());
        }
    }

    @Nested
    @Order(8)
    class ArmRun extends ArmRunTests {
        ArmRun() {
            super(shared());
        }
    }
}
