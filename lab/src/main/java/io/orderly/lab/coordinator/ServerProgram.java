package io.orderly.lab.coordinator;

import io.orderly.coordinator.fault.FaultFile;
import io.orderly.stack.coordinator.Product;
import io.orderly.stack.process.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program for the members of a cluster. */
public interface ServerProgram {

    Product product();

    /** The settings to be shown with a measurement: version, durability, memory limits. */
    Map<String, String> settings();

    /** Whether the addresses of the others can be set for each member; otherwise all use the same ones. */
    boolean hasRoutePerPair();

    /**
     * The faults of the machine of a member; empty if its clock and its disk cannot be impaired.
     *
     * @param data the folder for its data, whose parent exists
     */
    Optional<FaultFile> faults(Path data);

    /** @param data the folder for its data, which need not exist */
    List<String> command(MemberPorts self, List<MemberPorts> all, Path data, PeerRoutes routes);

    Readiness readiness(MemberPorts self);
}
