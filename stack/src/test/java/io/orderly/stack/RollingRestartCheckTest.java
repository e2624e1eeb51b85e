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

class RollingRestartCheckTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private StubOrderService orders;
    private Supervisor system;

    @BeforeEach
    void start() throws IOException {
        orders = StubOrderService.start();
        system = new Supervisor(
                List.of(StubProcess.running(folder, "one"), StubProcess.running(folder, "two")),
                ProcessFolder.under(folder),
                new Silent());
        system.start(TIMEOUT);
    }

    @AfterEach
    void stop() {
        system.stop();
        orders.close();
    }

    @Test
    void restartsEachProcessWhileOrdersArePlaced() throws InterruptedException {
        List<ManagedProcess> processes = List.of(system.process("one"), system.process("two"));
        List<Long> pids = pids(processes);

        String found = check().run(processes);

        assertThat(found).contains("2 processes were restarted", "CONFIRMED=" + orders.accepted());
        assertThat(pids(processes)).doesNotContainAnyElementsOf(pids);
    }

    @Test
    void failsIfAnOrderFails() {
        orders.failFrom(12);

        assertThatThrownBy(() -> check().run(List.of(system.process("one"), system.process("two"))))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("an order failed");
    }

    private RollingRestartCheck check() {
        return new RollingRestartCheck(new OrderClient(orders.url(), TIMEOUT), "ada", "PENCIL-HB");
    }

    private static List<Long> pids(List<ManagedProcess> processes) {
        return processes.stream().map(process -> process.pid().orElseThrow()).toList();
    }

    private static final class Silent implements Supervisor.Listener {

        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {}
    }
}
