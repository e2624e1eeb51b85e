package io.orderly.lab.failure;

import static java.util.Objects.requireNonNull;

import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** One system for all scenarios: a start costs more than any of them. */
@Tag("system")
class FailureIntegrationTest {

    /** Two deadlines are made so short that one can wait for them; that of the first step stays as it is, 30 s. */
    private static final Map<String, Map<String, String>> IMPATIENT = Map.of(
            Topology.ORDER,
            Map.of("ORDERLY_SAGA_DEADLINE_CHARGEPAYMENT", "10s", "ORDERLY_SAGA_DEADLINE_SCHEDULESHIPMENT", "10s"));

    private static final Queue<String> deaths = new ConcurrentLinkedQueue<>();
    private static @Nullable IsolatedSystem system;
    private static @Nullable SystemClient shop;

    @BeforeAll
    static void start() throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        Path folder = Path.of("target", "system").toAbsolutePath();
        system = IsolatedSystem.start(
                home,
                folder,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {
                        deaths.add(process.name() + explanation);
                    }
                },
                ShortLivedJvmSettings.with(IMPATIENT));
        shop = new SystemClient(system);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    /** Whatever is away: nobody else ends because of it. */
    @AfterEach
    void nobodyHasDied() {
        Assertions.assertThat(deaths).isEmpty();
    }

    @Nested
    class Backends extends BackendOutageTests {
        Backends() {
            super(requireNonNull(system), requireNonNull(shop));
        }
    }

    @Nested
    class Provider extends ProviderOutageTests {
        Provider() {
            super(requireNonNull(system), requireNonNull(shop));
        }
    }

    @Nested
    class PoisonMessageHandling extends PoisonMessageTests {
        PoisonMessageHandling() {
            super(requireNonNull(system), requireNonNull(shop));
        }
    }
}
