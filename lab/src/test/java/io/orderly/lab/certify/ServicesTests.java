package io.orderly.lab.certify;

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
import io.orderly.lab.system.SharedSystem;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The participants of this repository keep the contract, also across a kill. */
public abstract class ServicesTests {

    /** Includes the start of a service on a busy machine. */
    private static final Timing TIMING = new Timing(Duration.ofMinutes(3), Duration.ofSeconds(2));

    private static final Sku SCARCE = new Sku("BOOK-FIRST-EDITION");

    private final IsolatedSystem system;

    /** @param shared can be audited no more: it has effects of orders that no order-service knows */
    protected ServicesTests(SharedSystem shared) {
        system = shared.system();
    }

    /** All at once, since a certification waits most of the time. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void keepAllRules() throws Exception {
        system.process(Topology.ORDER).stop(); // it does not know the orders of the certification
        Map<String, Future<List<RuleResult>>> certifications = new LinkedHashMap<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            participants()
                    .forEach((service, subject) ->
                            certifications.put(service, all.submit(() -> certify(system.process(service), subject))));
        }
        for (Map.Entry<String, Future<List<RuleResult>>> each : certifications.entrySet()) {
            assertThat(each.getValue().get())
                    .as(each.getKey())
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(result.verdict())
                            .as(String.join("\n", ConsoleReport.of(result)))
                            .isEqualTo(new Passed()));
        }
    }

    private Map<String, Subject> participants() {
        return Map.of(
                Topology.INVENTORY, new Subject.Inventory(new Sku("PENCIL-HB"), SCARCE, scarceUnits()),
                Topology.PAYMENT, new Subject.Payment(CustomerId.of("certified"), Money.euros("600000.00")),
                Topology.SHIPPING, new Subject.Shipping("DE"));
    }

    /** What other tests have left suffices for this number once, but not twice. */
    private int scarceUnits() {
        long onHand = system.sources().gatherDatabases().stock().stock().stream()
                .filter(stock -> stock.sku().equals(SCARCE.value()))
                .findAny()
                .orElseThrow()
                .onHand();
        return Math.toIntExact(onHand / 2 + 1);
    }

    private List<RuleResult> certify(ManagedProcess process, Subject subject) {
        Restart restart = () -> {
            process.kill();
            process.start();
        };
        try (KafkaWire wire = KafkaWire.connect(system.bootstrapServers(), Map.of(), subject.topic(), restart)) {
            return new Certification(
                            subject,
                            1,
                            TIMING,
                            wire,
                            InstantSource.system(),
                            result ->
                                    ConsoleReport.of(result).forEach(line -> System.out.println(process.name() + line)))
                    .run();
        }
    }
}
