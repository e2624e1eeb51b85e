package io.orderly.stack;

import io.orderly.stack.coordinator.CoordinatorCluster;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The processes of {@code ./run} with two instances of each service, and so with a gateway, for comparisons with other ways to run them. There,
 * the instances of a service have one description.
 *
 * @param all with the console, at the default ports
 * @param services the names of the services, by the names of the processes that are instances of them
 * @param seeds the members by which others are found, each by the name of its service and the port of that
 */
public record RunProcesses(List<ProcessPlan> all, Map<String, String> services, String seeds) {

    /** Within a network, a container has its own name and its own port. */
    private static final Map<String, String> IN_NETWORK = Map.ofEntries(
            Map.entry("127.0.0.1:15432", "postgresql:5432"),
            Map.entry("127.0.0.1:9092", "kafka:19092"),
            Map.entry("127.0.0.1:8080", "gateway:8080"),
            Map.entry("127.0.0.1:8081", "gateway:8081"),
            Map.entry("127.0.0.1:8082", "gateway:8082"),
            Map.entry("127.0.0.1:8083", "gateway:8083"),
            Map.entry("127.0.0.1:8084", "payment-provider:8084"),
            Map.entry("127.0.0.1:2379", "coordinator-1:2379"),
            Map.entry("127.0.0.1:2479", "coordinator-2:2379"),
            Map.entry("127.0.0.1:2579", "coordinator-3:2379"),
            Map.entry("127.0.0.1:8085", "coordinator-1:8085"),
            Map.entry("127.0.0.1:8086", "coordinator-2:8085"),
            Map.entry("127.0.0.1:8087", "coordinator-3:8085"),
            Map.entry("127.0.0.1:2380", "coordinator-1:2380"),
            Map.entry("127.0.0.1:2480", "coordinator-2:2380"),
            Map.entry("127.0.0.1:2580", "coordinator-3:2380"));

    /** @param folder an empty one */
    public static RunProcesses in(Path folder) throws IOException {
        Ports ports = CommandLine.populateCommand(new Ports());
        Path home = StubServices.builtIn(folder.resolve("home"));
        try (DataFolder data = DataFolder.take(folder.resolve("data"))) {
            CoordinatorCluster coordinators = new CoordinatorCluster(home, data, ports.coordinators);
            Topology topology = new Topology(
                    home,
                    data,
                    ports,
                    Map.of(),
                    Links.DIRECT,
                    Topology.OPTIONAL_MODULES,
                    Optional.of(coordinators),
                    Replicas.ofServices(2));
            List<ProcessPlan> watched = Stream.of(topology.processes(), coordinators.processes())
                    .flatMap(List::stream)
                    .toList();
            ProcessPlan console = new Console(home, data, ports)
                    .process(topology.brokers().bootstrapServers(), watched, coordinators.restUrls(), Map.of());
            return new RunProcesses(
                    Stream.concat(watched.stream(), Stream.of(console)).toList(),
                    topology.instances().stream()
                            .collect(Collectors.toMap(
                                    ServiceInstance::processName,
                                    instance -> instance.service().name())),
                    topology.instances().stream()
                            .map(ServiceInstance::service)
                            .distinct()
                            .map(service -> service.name() + ":" + service.port(ports))
                            .collect(Collectors.joining(",")));
        }
    }

    /** Whether it is an instance of one of the services. */
    public boolean isService(ProcessPlan process) {
        return services.containsKey(process.name());
    }

    /** The name of the service, or that of the process if it is an instance of none. */
    public String nameOf(ProcessPlan process) {
        return services.getOrDefault(process.name(), process.name());
    }

    /** A value of an environment variable, with the addresses that containers of Compose have. */
    public static String inNetwork(String value) {
        for (Map.Entry<String, String> address : IN_NETWORK.entrySet()) {
            value = value.replace(address.getKey(), address.getValue());
        }
        return value;
    }
}
