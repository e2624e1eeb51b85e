package io.orderly.stack.coordinator;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessPlan;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** A cluster of the etcd that is installed. It has no REST API; its health and its metrics are at the ports for clients. */
public final class EtcdCluster implements Coordinators {

    /** The names of the members, which are those of their processes. */
    static final List<String> MEMBERS = List.of("etcd-1", "etcd-2", "etcd-3");

    private static final String TOKEN = "orderly";

    private final EtcdServer server;
    private final DataFolder data;
    private final CoordinatorPorts ports;
    private final Links links;

    /**
     * @param data the data folder, in which each member has a folder of its own
     * @param links how clients connect to the members, which connect to each other directly
     */
    EtcdCluster(EtcdServer server, DataFolder data, CoordinatorPorts ports, Links links) {
        this.server = server;
        this.data = data;
        this.ports = ports;
        this.links = links;
    }

    @Override
    public List<String> members() {
        return MEMBERS;
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
        return List.of();
    }

    @Override
    public String addresses() {
        return """
                etcd               %s
                  for etcd clients, as gRPC and as JSON; with /health and /metrics
                """.formatted(Coordinators.listed(clientUrls()));
    }

    @Override
    public Optional<ServicePrograms> programs() {
        return Optional.empty();
    }

    @Override
    public List<String> clientAddresses(String client) {
        return ports.clientAddresses(client, MEMBERS, links);
    }

    private ProcessPlan process(int member) {
        String name = MEMBERS.get(member);
        int client = ports.client(member);
        int peer = ports.peer(member);
        return new ProcessPlan(
                name,
                List.of(),
                List.of(
                        new ListenPort(client, CoordinatorPorts.CLIENT_OPTION),
                        new ListenPort(peer, CoordinatorPorts.PEER_OPTION)),
                () -> server.command(TOKEN, name, data.of(name), client, peer, peers()),
                Map.of(),
                StopSignal.TERM,
                EtcdServer.readiness(client),
                () -> {});
    }

    private SequencedMap<String, Integer> peers() {
        SequencedMap<String, Integer> peers = new LinkedHashMap<>();
        IntStream.range(0, MEMBERS.size()).forEach(member -> peers.put(MEMBERS.get(member), ports.peer(member)));
        return peers;
    }
}
