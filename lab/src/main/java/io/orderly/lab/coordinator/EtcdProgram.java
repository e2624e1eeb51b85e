package io.orderly.lab.coordinator;

import io.orderly.coordinator.fault.FaultFile;
import io.orderly.stack.coordinator.EtcdServer;
import io.orderly.stack.coordinator.Product;
import io.orderly.stack.process.Readiness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The etcd that is installed. */
public final class EtcdProgram implements ServerProgram {

    private final EtcdServer server;
    private final String version;

    private EtcdProgram(EtcdServer server) {
        this.server = server;
        this.version = server.version();
    }

    /** Empty if it is not installed. */
    public static Optional<EtcdProgram> find() {
        return EtcdServer.find().map(EtcdProgram::new);
    }

    @Override
    public Product product() {
        return Product.ETCD;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", version);
        settings.put("fsync", "before every answer (this version has no switch for it)");
        settings.put("heartbeat", "100 ms, election timeout 1000 ms (defaults)");
        return settings;
    }

    @Override
    public boolean hasRoutePerPair() {
        return false;
    }

    @Override
    public Optional<FaultFile> faults(Path data) {
        return Optional.empty();
    }

    @Override
    public List<String> command(MemberPorts self, List<MemberPorts> all, Path data, PeerRoutes routes) {
        SequencedMap<String, Integer> peers = new LinkedHashMap<>();
        all.forEach(member -> peers.put(member.name(), routes.port(self, member)));
        return server.command("orderly-lab", self.name(), data, self.client(), self.peer(), peers);
    }

    @Override
    public Readiness readiness(MemberPorts self) {
        return EtcdServer.readiness(self.client());
    }
}
