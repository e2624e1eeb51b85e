package io.orderly.stack.coordinator;

import io.orderly.backends.FreePort;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.link.Link;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessFailure;
import java.net.URI;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The ports of the members of the coordinator, in the order of the members, with their command-line options. */
public final class CoordinatorPorts {

    public static final String CLIENT_OPTION = "--coordinator-client-ports";
    public static final String PEER_OPTION = "--coordinator-peer-ports";
    public static final String HTTP_OPTION = "--coordinator-http-ports";

    private static final String LABEL = "<ports>";
    private static final String DEFAULT = "; default ${DEFAULT-VALUE}";

    @Option(
            names = CLIENT_OPTION,
            paramLabel = LABEL,
            split = ",",
            defaultValue = "2379,2479,2579",
            description = "for etcd clients" + DEFAULT)
    private List<Integer> clients = List.of();

    @Option(
            names = PEER_OPTION,
            paramLabel = LABEL,
            split = ",",
            defaultValue = "2380,2480,2580",
            description = "between members" + DEFAULT)
    private List<Integer> peers = List.of();

    @Option(
            names = HTTP_OPTION,
            paramLabel = LABEL,
            split = ",",
            defaultValue = "8085,8086,8087",
            description = "for REST, health and metrics, which etcd has at the ports for clients" + DEFAULT)
    private List<Integer> http = List.of();

    /** Free ports, for a cluster that runs next to others. */
    public static CoordinatorPorts free() {
        CoordinatorPorts ports = new CoordinatorPorts();
        ports.clients = freePorts();
        ports.peers = freePorts();
        ports.http = freePorts();
        return ports;
    }

    private static List<Integer> freePorts() {
        return Stream.generate(FreePort::find)
                .limit(CoordinatorCluster.MEMBERS.size())
                .toList();
    }

    /** Where clients reach the members, in the order of the members. */
    List<URI> clientUrls() {
        return urls(this::client);
    }

    /** The base URLs of the members' REST API, health and metrics, in the order of the members. */
    List<URI> httpUrls() {
        return urls(this::http);
    }

    /**
     * Where a client reaches the members, as {@code host:port}.
     *
     * @param client the name of its end of the links
     * @param members the names of the other ends
     */
    List<String> clientAddresses(String client, List<String> members, Links links) {
        return IntStream.range(0, members.size())
                .mapToObj(member -> SystemPlans.LOOPBACK + ":"
                        + links.portOf(new Link(client, members.get(member)), client(member)))
                .toList();
    }

    /** @param member counted from 0 */
    int client(int member) {
        return of(member, clients, CLIENT_OPTION);
    }

    /** @param member counted from 0 */
    int peer(int member) {
        return of(member, peers, PEER_OPTION);
    }

    /** @param member counted from 0 */
    int http(int member) {
        return of(member, http, HTTP_OPTION);
    }

    private static List<URI> urls(IntUnaryOperator port) {
        return IntStream.range(0, CoordinatorCluster.MEMBERS.size())
                .map(port)
                .mapToObj(SystemPlans::url)
                .toList();
    }

    /** @throws ProcessFailure if the option has another number of ports */
    private static int of(int member, List<Integer> ports, String option) {
        if (ports.size() != CoordinatorCluster.MEMBERS.size()) {
            throw new ProcessFailure("%s takes %d ports, separated by commas, and not %s"
                    .formatted(option, CoordinatorCluster.MEMBERS.size(), ports));
        }
        return ports.get(member);
    }
}
