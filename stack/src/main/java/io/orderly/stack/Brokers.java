package io.orderly.stack;

import io.orderly.backends.EmbeddedKafka.Detour;
import io.orderly.backends.EmbeddedKafka.Node;
import io.orderly.backends.FreePort;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The brokers of Kafka: one, or three that replicate each other's partitions. Each of three is a controller, too. A record that was acknowledged
 * is on two of them at least, so none is lost with one of them, and with one alone the cluster stops.
 */
final class Brokers {

    /** The number of brokers that replicate each other. */
    static final int REPLICATED = 3;

    private static final int CLUSTER_TIMEOUT_MILLIS = 2_000;

    private final List<Broker> all;
    private final List<Integer> controllerPorts;

    /** @param detours additional listeners, one for each client that connects through a proxy; empty if all links are direct */
    private record Broker(String name, ListenPort port, List<Detour> detours) {

        /** The port that a client connects to. */
        int portFor(String client) {
            return detours.stream()
                    .filter(detour -> detour.name().equals(client))
                    .findAny()
                    .map(Detour::advertisedPort)
                    .orElse(port.number());
        }
    }

    private Brokers(List<Broker> all) {
        this.all = all;
        controllerPorts = all.stream().map(_ -> FreePort.find()).toList();
    }

    /**
     * @param number 1 or {@link #REPLICATED}
     * @param links how the clients connect to the brokers
     * @param clients the names of the processes whose links may not be direct
     * @throws ProcessFailure if the data folder was used with another number
     */
    static Brokers of(int number, DataFolder data, Ports ports, Links links, List<String> clients) {
        List<ListenPort> listening = ports.brokers(number);
        List<Broker> all = IntStream.range(0, number)
                .mapToObj(index -> {
                    String name = name(index);
                    List<Detour> detours = links.areDirect()
                            ? List.of()
                            : clients.stream()
                                    .map(client -> detour(client, name, links))
                                    .toList();
                    return new Broker(name, listening.get(index), detours);
                })
                .toList();
        requireSameNumber(number, data);
        return new Brokers(all);
    }

    private static Detour detour(String client, String broker, Links links) {
        int port = FreePort.find();
        return new Detour(client, port, links.portOf(new Link(client, broker), port));
    }

    /** The first one has the name of a single one. */
    private static String name(int index) {
        return index == 0 ? SystemPlans.KAFKA : SystemPlans.KAFKA + "-" + (index + 1);
    }

    /** The names of the brokers, which are those of their processes, in the order of their ids. */
    List<String> names() {
        return all.stream().map(Broker::name).toList();
    }

    /** Where clients reach the brokers directly, as {@code host:port,host:port}. */
    String bootstrapServers() {
        return listed(all.stream().map(broker -> broker.port().number()));
    }

    /** Where a client reaches the brokers, as {@code host:port,host:port}. */
    String bootstrapServers(String client) {
        return listed(all.stream().map(broker -> broker.portFor(client)));
    }

    private static String listed(Stream<Integer> ports) {
        return ports.map(port -> SystemPlans.LOOPBACK + ":" + port).collect(Collectors.joining(","));
    }

    List<ProcessPlan> processes(SystemPlans plans) {
        if (all.size() == 1) {
            return List.of(plans.kafka(all.getFirst().detours()));
        }
        return IntStream.rangeClosed(1, all.size())
                .mapToObj(id -> {
                    Broker broker = all.get(id - 1);
                    return plans.broker(
                            broker.name(),
                            broker.port(),
                            new Node(id, controllerPorts),
                            broker.detours(),
                            () -> isInCluster(id, broker.port().number()));
                })
                .toList();
    }

    /** Whether the controller has admitted a broker, so that it can have replicas of topics. */
    private static boolean isInCluster(int id, int port) throws Exception {
        if (!Readiness.accepting(port).isReady()) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                SystemPlans.LOOPBACK + ":" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                CLUSTER_TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CLUSTER_TIMEOUT_MILLIS))) {
            return admin.describeCluster().nodes().get(CLUSTER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .anyMatch(node -> node.id() == id);
        }
    }

    /** A node keeps the voters of its cluster, and the topics their number of replicas. */
    private static void requireSameNumber(int number, DataFolder data) {
        boolean isUsed = Files.exists(data.of(name(0)));
        boolean isReplicated = Files.exists(data.of(name(1)));
        if (number == 1 && isReplicated) {
            throw ofOtherNumber(data, REPLICATED);
        }
        if (number > 1 && isUsed && !isReplicated) {
            throw ofOtherNumber(data, 1);
        }
    }

    private static ProcessFailure ofOtherNumber(DataFolder data, int number) {
        return new ProcessFailure(
                "%s was used with --brokers %d; add that option, delete all data with --fresh, or use another --data folder"
                        .formatted(data.root(), number));
    }
}
