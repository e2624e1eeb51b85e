package io.orderly.stack;

import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.launch.ServicePrograms;
import io.orderly.stack.launch.SystemPlans;
import io.orderly.stack.launch.SystemPlans.Backends;
import io.orderly.stack.process.ProcessPlan;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of the system: what each needs, and how each is started. */
final class Topology {

    static final String POSTGRESQL = SystemPlans.POSTGRESQL;
    static final String KAFKA = SystemPlans.KAFKA;
    static final String ORDER = "order-service";
    static final String INVENTORY = "inventory-service";
    static final String PARTNERS = "partner-stubs";

    private static final List<String> SERVICES = List.of(ORDER, INVENTORY, PARTNERS);

    private final DataFolder data;
    private final Ports ports;
    private final ServicePrograms programs;

    /**
     * @param home the root of the project, where the services are built
     * @param data where everything is stored
     */
    Topology(Path home, DataFolder data, Ports ports) {
        this.data = data;
        this.ports = ports;
        Map<String, Path> jars = new LinkedHashMap<>();
        SERVICES.forEach(service -> jars.put(service, SystemPlans.builtJar(home, service)));
        this.programs = ServicePrograms.unpack(
                jars, List.of(), SystemPlans.smallJvm("-Xmx256m"), SystemPlans.libraries(home), data.of("programs"));
    }

    /** Where a process with an HTTP interface is found. */
    static URI url(int port) {
        return SystemPlans.url(port);
    }

    /** Each process after those that it needs. */
    List<ProcessPlan> processes() {
        SystemPlans plans = new SystemPlans(data, ports);
        return List.of(
                plans.postgreSql(List.of("orders", "inventory", "partners")),
                plans.kafka(List.of()),
                service(
                        ORDER,
                        "orders",
                        ports.order,
                        Ports.ORDER_OPTION,
                        Map.of(
                                "ORDERLY_PARTICIPANTS_INVENTORY_URL",
                                url(ports.inventory).toString())),
                service(INVENTORY, "inventory", ports.inventory, Ports.INVENTORY_OPTION, Map.of()),
                service(PARTNERS, "partners", ports.partners, Ports.PARTNERS_OPTION, Map.of()));
    }

    private ProcessPlan service(
            String name, String databaseName, int port, String portOption, Map<String, String> needed) {
        Map<String, String> environment =
                new HashMap<>(SystemPlans.members(1, List.of(ports.order, ports.inventory, ports.partners)));
        environment.putAll(needed);
        return SystemPlans.service(
                name,
                List.of(POSTGRESQL, KAFKA),
                port,
                portOption,
                () -> programs.command(name),
                Backends.of(ports.postgresql(), databaseName, ports.kafka()),
                environment);
    }
}
