package io.orderly.stack.coordinator;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of the coordinator of this repository. */
public final class CoordinatorCluster implements Coordinators {

    /** The names of the members, which are those of their processes. */
    public static final List<String> MEMBERS = List.of("coordinator-1", "coordinator-2", "coordinator-3");

    private static final String MODULE = "coordinator-server";

    /** A sixth of the heap. Another value makes another cluster, which refuses the data folders of this one. */
    private static final String STORE_MAX_BYTES = "32MB";

    private final DataFolder data;
    private final CoordinatorPorts ports;
    private final Links links;
    private final ServicePrograms programs;

    /**
     * @param home the root of the repository, with the module of the coordinator built
     * @param data the data folder, in which each member has a folder of its own
     */
    public CoordinatorCluster(Path home, DataFolder data, CoordinatorPorts ports) {
        this(home, data, ports, Links.DIRECT);
    }

    /** @param links how the members connect to each other, and their clients to them */
    public CoordinatorCluster(Path home, DataFolder data, CoordinatorPorts ports, Links links) {
        this(home, data, ports, links, List.of());
    }

    /**
     * @param links how the members connect to each other, and their clients to them
     * @param modules additional jars at the end of each member's class path
     */
    public CoordinatorCluster(Path home, DataFolder data, CoordinatorPorts ports, Links links, List<Path> modules) {
        this.data = data;
        this.ports = ports;
        this.links = links;
        Map<String, Path> jars = new LinkedHashMap<>();
        MEMBERS.forEach(member -> jars.put(member, SystemPlans.builtJar(home, MODULE)));
        this.programs = ServicePrograms.unpack(
                jars,
                modules,
                SystemPlans.smallJvm("-XX:TieredStopAtLevel=1", "-Xms24m", "-Xmx192m"),
                SystemPlans.libraries(home),
                data.of("programs").resolve("coordinator"));
    }

    @Override
    public Optional<ServicePrograms> programs() {
        return Optional.of(programs);
    }

    @Override
    public List<String> members() {
        return MEMBERS;
    }

    /** All links between members. */
    public static List<Link> peerLinks() {
        return MEMBERS.stream()
                .flatMap(from -> others(from).map(to -> new Link(from, to)))
                .toList();
    }

    private static Stream<String> others(String member) {
        return MEMBERS.stream().filter(other -> !other.equals(member));
    }

    /** Deletes the members' data. The unpacked programs are kept. */
    public void deleteData() {
        MEMBERS.forEach(data::delete);
    }

    @Override
    public List<ProcessPlan> processes() {
        return IntStream.range(0, MEMBERS.size()).mapToObj(this::process).toList();
    }

    @Override
    public List<URI> clientUrls() {
        return ports.clientUrls();
    }

    @Override
    public List<URI> restUrls() {
        return ports.httpUrls();
    }

    @Override
    public String addresses() {
        return """
                coordinator        %s
                  for etcd clients, as gRPC and as JSON; for people, with health and metrics: %s
                """.formatted(Coordinators.listed(clientUrls()), Coordinators.listed(restUrls()));
    }

    @Override
    public List<String> clientAddresses(String client) {
        return ports.clientAddresses(client, MEMBERS, links);
    }

    private static String address(int port) {
        return SystemPlans.LOOPBACK + ":" + port;
    }

    private ProcessPlan process(int member) {
        String name = MEMBERS.get(member);
        return new ProcessPlan(
                name,
                List.of(),
                List.of(
                        new ListenPort(ports.client(member), CoordinatorPorts.CLIENT_OPTION),
                        new ListenPort(ports.peer(member), CoordinatorPorts.PEER_OPTION),
                        new ListenPort(ports.http(member), CoordinatorPorts.HTTP_OPTION)),
                () -> programs.command(name),
                environment(member),
                StopSignal.TERM,
                Readiness.answering(SystemPlans.url(ports.http(member)).resolve("/actuator/health/readiness")),
                () -> {});
    }

    private Map<String, String> environment(int member) {
        String name = MEMBERS.get(member);
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_ADDRESS",
                SystemPlans.LOOPBACK,
                "SERVER_PORT",
                Integer.toString(ports.http(member)),
                "ORDERLY_COORDINATOR_ID",
                Integer.toString(member + 1),
                "ORDERLY_COORDINATOR_NAME",
                name,
                "ORDERLY_COORDINATOR_DATA",
                data.of(name).toString(),
                "ORDERLY_COORDINATOR_API_HOST",
                SystemPlans.LOOPBACK,
                "ORDERLY_COORDINATOR_API_PORT",
                Integer.toString(ports.client(member)),
                "ORDERLY_COORDINATOR_PEER_ADDRESS",
                address(ports.peer(member)),
                "ORDERLY_COORDINATOR_MEMBERS",
                membersWithUrls(),
                "ORDERLY_COORDINATOR_STORE_MAX_BYTES",
                STORE_MAX_BYTES));
        if (!links.areDirect()) {
            environment.put("ORDERLY_COORDINATOR_PEER_ROUTES", routesFrom(name));
        }
        return environment;
    }

    /** The ids of the other members, with the addresses at which this member reaches them. */
    private String routesFrom(String member) {
        return others(member)
                .map(to -> {
                    int index = MEMBERS.indexOf(to);
                    return (index + 1) + "=" + address(links.portOf(new Link(member, to), ports.peer(index)));
                })
                .collect(Collectors.joining(","));
    }

    /** The ids of all members, with the URLs at which they reach each other. */
    private String membersWithUrls() {
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(member -> "%d=%s".formatted(member + 1, SystemPlans.url(ports.peer(member))))
                .collect(Collectors.joining(","));
    }
}
