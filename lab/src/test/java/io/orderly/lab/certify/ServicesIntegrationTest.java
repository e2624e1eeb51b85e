package io.orderly.lab.certify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.Sku;
import io.orderly.lab.conformance.Certification;
import io.orderly.lab.conformance.RuleResult;
import io.orderly.lab.conformance.Subject;
import io.orderly.lab.conformance.Timing;
import io.orderly.lab.conformance.Verdict.Passed;
import io.orderly.lab.report.ConsoleReport;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The participants of this repository keep the contract, also across a kill. */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class ServicesIntegrationTest {

    /** Includes the start of a service on a busy machine. */
    private static final Timing TIMING = new Timing(Duration.ofMinutes(3), Duration.ofSeconds(2));

    private static @Nullable IsolatedSystem system;

    /** Without the order-service, to which the orders of the certification are unknown. */
    @BeforeAll
    static void start() {
        system = IsolatedSystem.start(
                Path.of("..").toAbsolutePath().normalize(),
                SystemFolder.PATH,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {}
                },
                SystemPlan.SIMPLE.withSettings(ShortLivedJvmSettings.with(Map.of())));
        system.process(Topology.ORDER).stop();
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    static Stream<Arguments> participants() {
        return Stream.of(
                Arguments.of(
                        Topology.INVENTORY,
                        new Subject.Inventory(new Sku("PENCIL-HB"), new Sku("BOOK-FIRST-EDITION"), 6)),
                Arguments.of(
                        Topology.PAYMENT, new Subject.Payment(CustomerId.of("certified"), Money.euros("600000.00"))),
                Arguments.of(Topology.SHIPPING, new Subject.Shipping("DE")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("participants")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void keepsAllRules(String service, Subject subject) {
        IsolatedSystem running = requireNonNull(system);
        ManagedProcess process = running.process(service);
        Restart restart = () -> {
            process.kill();
            process.start();
        };
        try (KafkaWire wire = KafkaWire.connect(running.bootstrapServers(), Map.of(), subject.topic(), restart)) {
            List<RuleResult> results = new Certification(
                            subject,
                            1,
                            TIMING,
                            wire,
                            InstantSource.system(),
                            result -> ConsoleReport.of(result).forEach(System.out::println))
                    .run();
            assertThat(results)
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(result.verdict())
                            .as(String.join("\n", ConsoleReport.of(result)))
                            .isEqualTo(new Passed()));
        }
    }
}
