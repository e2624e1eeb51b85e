package io.orderly.stack;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The process with the page on which people watch the system. No other process depends on it, and it has no links that faults can affect. */
public final class Console {

    /** The name of the process and of its module. */
    public static final String NAME = RunExtension.CONSOLE;

    private final Ports ports;
    private final ServicePrograms programs;

    /**
     * @param home the root of the repository, with the module of the console built
     * @param data the data folder
     */
    public Console(Path home, DataFolder data, Ports ports) {
        this.ports = ports;
        this.programs = ServicePrograms.unpack(
                Map.of(NAME, SystemPlans.builtJar(home, NAME)),
                List.of(),
                SystemPlans.smallJvm("-XX:TieredStopAtLevel=1", "-Xmx128m"),
                SystemPlans.libraries(home),
                data.of("programs").resolve(NAME));
    }

    /**
     * @param bootstrapServers of Kafka
     * @param watched the other processes. The console starts after them, so that it takes no processor time from their starts
     * @param coordinators the base URLs of the REST API of the members of the coordinator; empty if they have none
     * @param settings further environment variables
     */
    public ProcessPlan process(
            String bootstrapServers, List<ProcessPlan> watched, List<URI> coordinators, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(Map.of(
                "SERVER_ADDRESS", SystemPlans.LOOPBACK,
                "SERVER_PORT", Integer.toString(ports.console),
                "ORDERLY_CONSOLE_KAFKA", bootstrapServers,
                "ORDERLY_CONSOLE_SERVICES_ORDER", url(ports.order),
                "ORDERLY_CONSOLE_SERVICES_INVENTORY", url(ports.inventory),
                "ORDERLY_CONSOLE_SERVICES_PAYMENT", url(ports.payment),
                "ORDERLY_CONSOLE_SERVICES_SHIPPING", url(ports.shipping),
                "ORDERLY_CONSOLE_PROVIDER", url(ports.provider),
                "ORDERLY_CONSOLE_COORDINATORS",
                        coordinators.stream().map(URI::toString).collect(Collectors.joining(","))));
        return new ProcessPlan(
                NAME,
                watched.stream().map(ProcessPlan::name).toList(),
                List.of(new ListenPort(ports.console, Ports.CONSOLE_OPTION)),
                () -> programs.command(NAME),
                Map.copyOf(environment),
                StopSignal.TERM,
                Readiness.answering(SystemPlans.url(ports.console).resolve("/actuator/health/readiness")),
                () -> {});
    }

    private static String url(int port) {
        return SystemPlans.url(port).toString();
    }
}
