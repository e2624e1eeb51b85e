package io.orderly.stack.coordinator;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of three members on the loopback interface. No other process waits for it. */
public final class CoordinatorCluster {

    /** The names of the members, which are those of their processes. */
    public static final List<String> MEMBERS = List.of("coordinator-1", "coordinator-2", "coordinator-3");

    private static final String MODULE = "coordinator-server";

    /** A sixth of the heap. Another value makes another cluster, which refuses the data folders of this one. */
    private static final String STORE_MAX_BYTES = "32MB";

    private final DataFolder data;
    private final CoordinatorPorts ports;
    private final ServicePrograms programs;

    /**
     * @param home the root of the repository, with the module of the coordinator built
     * @param data the data folder, in which each member has a folder of its own
     */
    public CoordinatorCluster(Path home, DataFolder data, CoordinatorPorts ports) {
        this.data = data;
        this.ports = ports;
        Map<String, Path> jars = new LinkedHashMap<>();
        MEMBERS.forEach(member -> jars.put(member, SystemPlans.builtJar(home, MODULE)));
        this.programs = ServicePrograms.unpack(
                jars,
                List.of(),
                SystemPlans.smallJvm("-XX:TieredStopAtLevel=1", "-Xms24m", "-Xmx192m"),
                SystemPlans.libraries(home),
                data.of("programs").resolve("coordinator"));
    }

    public ServicePrograms programs() {
        return programs;
    }

    /** The processes of all members. They start together, since a member is ready when it knows a leader. */
    public List<ProcessPlan> processes() {
        return IntStream.range(0, MEMBERS.size()).mapToObj(this::process).toList();
    }

    /** Where clients reach the members, in the order of the members. */
    public List<URI> clientUrls() {
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(member -> SystemPlans.url(ports.client(member)))
                .toList();
    }

    /** Where clients reach the members, as {@code host:port}, in the order of the members. */
    public List<String> clientAddresses() {
        return clientUrls().stream().map(URI::getAuthority).toList();
    }

    /** The base URLs of the members' REST API, health and metrics, in the order of the members. */
    public List<URI> httpUrls() {
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(member -> SystemPlans.url(ports.http(member)))
                .toList();
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
        return Map.of(
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
                SystemPlans.LOOPBACK + ":" + ports.peer(member),
                "ORDERLY_COORDINATOR_MEMBERS",
                members(),
                "ORDERLY_COORDINATOR_STORE_MAX_BYTES",
                STORE_MAX_BYTES);
    }

    /** The ids of all members, with the URLs at which they reach each other. */
    private String members() {
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(member -> "%d=%s".formatted(member + 1, SystemPlans.url(ports.peer(member))))
                .collect(Collectors.joining(","));
    }
}
