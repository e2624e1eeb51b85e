package io.orderly.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessFolder;
import io.orderly.stack.process.StubProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLossCheckTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private StubOrderService orders;
    private Supervisor system;

    @BeforeEach
    void start() throws IOException {
        orders = StubOrderService.start();
        system = new Supervisor(
                List.of(StubProcess.running(folder, "order-service-2")), ProcessFolder.under(folder), new Silent());
        system.start(TIMEOUT);
    }

    @AfterEach
    void stop() {
        system.stop();
        orders.close();
    }

    @Test
    void killsTheInstanceWhileOrdersArePlacedAndStartsItAgain() throws InterruptedException {
        ManagedProcess instance = system.process("order-service-2");
        long firstPid = instance.pid().orElseThrow();

        String found = check().run(instance, () -> {
            assertThat(instance.pid()).isEmpty();
            return "The other check.\n";
        });

        assertThat(found)
                .contains("order-service-2 was killed")
                .contains("CONFIRMED=" + orders.accepted())
                .endsWith("The other check.\n");
        assertThat(orders.accepted()).isGreaterThanOrEqualTo(40);
        assertThat(instance.pid()).isPresent().isNotEqualTo(firstPid);
    }

    @Test
    void failsIfAnOrderFailsAfterTheKill() {
        orders.failFrom(30);

        assertThatThrownBy(() -> check().run(system.process("order-service-2"), () -> ""))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("an order failed");
    }

    private InstanceLossCheck check() {
        return new InstanceLossCheck(new OrderClient(orders.url(), TIMEOUT), "ada", "PENCIL-HB");
    }

    private static final class Silent implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {}
    }
}
