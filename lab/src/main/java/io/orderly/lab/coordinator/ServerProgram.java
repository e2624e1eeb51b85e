package io.orderly.lab.coordinator;

import io.orderly.stack.process.Readiness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the members of a cluster are run. */
public interface ServerProgram {

    Product product();

    /** What a reader of a measurement has to know: version, durability, memory limits. */
    Map<String, String> settings();

    /** Whether each member can be given its own addresses of the others; otherwise all use the same ones. */
    boolean hasRoutePerPair();

    /** @param data the folder for its data, which need not exist */
    List<String> command(MemberPorts self, List<MemberPorts> all, Path data, PeerRoutes routes);

    Readiness readiness(MemberPorts self);
}
