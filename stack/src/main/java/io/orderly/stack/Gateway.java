package io.orderly.stack;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ListenPort.Transport;
import io.orderly.stack.process.ProcessPlan;
import io.orderly.stack.process.Readiness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process that has the ports of the services when they have several instances, and passes requests to these. */
final class Gateway {

    /** The name of the process and of its module. */
    static final String NAME = "gateway";

    private final Ports ports;
    private final ServicePrograms programs;

    /**
     * @param home the root of the repository, with the module of the gateway built
     * @param data the data folder
     */
    Gateway(Path home, DataFolder data, Ports ports) {
        this.ports = ports;
        this.programs = ServicePrograms.unpack(
                Map.of(NAME, SystemPlans.builtJar(home, NAME)),
                List.of(),
                SystemPlans.smallJvm("-Xmx384m"),
                SystemPlans.libraries(home),
                data.of("programs").resolve(NAME));
    }

    /**
     * Ready when each service can be reached through it.
     *
     * @param services whose ports it has
     * @param seeds the ports of members by which it finds the others
     */
    ProcessPlan process(List<BusinessService> services, List<Integer> seeds) {
        List<ListenPort> listen = new ArrayList<>(List.of(
                new ListenPort(ports.gateway, Ports.GATEWAY_OPTION),
                new ListenPort(ports.gateway, Ports.GATEWAY_OPTION, Transport.UDP)));
        Map<String, String> environment = new HashMap<>(SystemPlans.members(1, seeds));
        environment.put("SERVER_ADDRESS", SystemPlans.LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(ports.gateway));
        List<Readiness> reachable = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            BusinessService service = services.get(i);
            int port = service.port(ports);
            listen.add(new ListenPort(port, service.portOption()));
            environment.put("ORDERLY_GATEWAY_ROUTES_%d_SERVICE".formatted(i), service.name());
            environment.put("ORDERLY_GATEWAY_ROUTES_%d_PORT".formatted(i), Integer.toString(port));
            reachable.add(Readiness.answering(SystemPlans.url(port).resolve("/actuator/health/readiness")));
        }
        return new ProcessPlan(
                NAME,
                List.of(),
                listen,
                () -> programs.command(NAME),
                environment,
                StopSignal.TERM,
                () -> {
                    for (Readiness each : reachable) {
                        if (!each.isReady()) {
                            return false;
                        }
                    }
                    return true;
                },
                () -> {});
    }
}
