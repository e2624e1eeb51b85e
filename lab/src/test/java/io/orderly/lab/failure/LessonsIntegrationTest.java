package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.backends.FreePort;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.lab.fault.control.ControlServer;
import io.orderly.lab.system.IsolatedSystem;
import io.orderly.lab.system.ShortLivedJvmSettings;
import io.orderly.lab.system.SystemFolder;
import io.orderly.lab.system.SystemPlan;
import io.orderly.stack.Console;
import io.orderly.stack.OrderlyApplication;
import io.orderly.stack.Topology;
import io.orderly.stack.order.OrderClient;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lessons of the console on the real system, by the command that runs them in a terminal. It has no coordinators, which two lessons need for
 * settings and one for their leader; and the one that starts a service again takes longer than all others.
 */
@Tag("system")
@ResourceLock(SystemFolder.LOCK)
class LessonsIntegrationTest {

    private static final Duration FIRST_ORDER = Duration.ofMinutes(3);

    private static @Nullable ProxiedLinks links;
    private static @Nullable IsolatedSystem system;
    private static @Nullable FaultInjector faults;
    private static @Nullable ControlServer control;

    @BeforeAll
    static void start() throws Exception {
        int controlPort = FreePort.find();
        Map<String, Map<String, String>> settings = new HashMap<>(ShortLivedJvmSettings.with(FaultInjector.SETTINGS));
        settings.put(
                Console.NAME,
                Map.of("ORDERLY_CONSOLE_FAULTS", Topology.url(controlPort).toString()));
        links = new ProxiedLinks(1);
        system = IsolatedSystem.start(
                Path.of("..").toAbsolutePath().normalize(),
                SystemFolder.PATH,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {}
                },
                SystemPlan.SIMPLE.withLinks(links).withSettings(settings).withConsole());
        faults = new FaultInjector(system.processes(), links, system.folder()::resolve);
        control = ControlServer.start(controlPort, faults);
        // the order-service has to know the products
        new OrderClient(system.url(Topology.ORDER), FIRST_ORDER).place("ada", "PENCIL-HB");
    }

    @AfterAll
    static void stop() {
        if (control != null) {
            control.close();
        }
        if (faults != null) {
            faults.close();
        }
        if (system != null) {
            system.close();
        }
        if (links != null) {
            links.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6, 8, 9, 10})
    void whatTheLessonExplainsHappens(int lesson) {
        int port = Objects.requireNonNull(system).process(Console.NAME).plan().port();

        int exitCode = OrderlyApplication.commandLine(List.of())
                .execute("lesson", Integer.toString(lesson), "--yes", "--console-port=" + port);

        assertThat(exitCode).as("see the output").isZero();
        assertThat(Objects.requireNonNull(faults).active()).isEmpty();
    }
}
