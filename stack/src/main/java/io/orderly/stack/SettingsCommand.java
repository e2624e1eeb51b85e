package io.orderly.stack;

import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.settings.ServiceSetting;
import io.orderly.stack.settings.SettingsClient;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./run settings}: shows and changes the settings of the running services. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = "Shows and changes settings of the running services, without a restart.")
final class SettingsCommand {

    private static final String SERVICE = "order-service, inventory-service, payment-service or shipping-service";

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the settings of all services, with value, origin and allowed values. "
                    + "The exit code is 1 if a service does not respond.")
    int list(@Mixin Ports ports) throws InterruptedException {
        int exitCode = 0;
        for (Map.Entry<String, SettingsClient> service : clients(ports).entrySet()) {
            try {
                out().println(service.getKey());
                for (ServiceSetting setting : service.getValue().all()) {
                    out().printf("  %-32s %s%n", setting.name(), setting.summary());
                }
            } catch (ProcessFailure e) {
                out().println("  " + e.getMessage());
                exitCode = 1;
            }
        }
        return exitCode;
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "Shows a setting of each service that has it, with its consequence and its last changes.")
    int get(
            @Parameters(paramLabel = "<name>", description = "such as saga.deadline.charge-payment") String name,
            @Mixin Ports ports)
            throws InterruptedException {
        boolean isFound = false;
        for (Map.Entry<String, SettingsClient> service : clients(ports).entrySet()) {
            Optional<ServiceSetting> setting = service.getValue().named(name);
            if (setting.isPresent()) {
                isFound = true;
                out().printf(
                                "%s: %s%n  %s%n",
                                service.getKey(),
                                setting.get().summary(),
                                setting.get().description());
                service.getValue().history(name).forEach(change -> out().println("  " + change));
            }
        }
        if (!isFound) {
            throw new ProcessFailure("no service has a setting '%s'; ./run settings list shows all".formatted(name));
        }
        return 0;
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Stores a value in the coordinator, which all instances of the service then apply.")
    int set(
            @Parameters(paramLabel = "<service>", description = SERVICE) String service,
            @Parameters(paramLabel = "<name>", description = "such as saga.deadline.charge-payment") String name,
            @Parameters(paramLabel = "<value>", description = "such as 30s, 100 or true") String value,
            @Mixin Change change,
            @Mixin Ports ports)
            throws InterruptedException {
        long revision = client(service, ports).change(name, value, change.by, change.revision);
        out().printf("%s of the %s is %s from revision %d on.%n", name, service, value, revision);
        return 0;
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Deletes the stored value, so that the configured one applies again.")
    int reset(
            @Parameters(paramLabel = "<service>", description = SERVICE) String service,
            @Parameters(paramLabel = "<name>", description = "such as saga.deadline.charge-payment") String name,
            @Mixin Change change,
            @Mixin Ports ports)
            throws InterruptedException {
        long revision = client(service, ports).change(name, null, change.by, change.revision);
        out().printf("%s of the %s has its configured value from revision %d on.%n", name, service, revision);
        return 0;
    }

    /** Who changes a setting, and what is replaced. */
    static final class Change {

        @Option(
                names = "--by",
                paramLabel = "<who>",
                defaultValue = "${sys:user.name}",
                description = "who changes it, for the history; default ${DEFAULT-VALUE}")
        private String by = "";

        @Option(
                names = "--revision",
                paramLabel = "<number>",
                description =
                        "refuse the change unless the stored value has this revision, or 0 if none may be stored; "
                                + "default: replace the value that is stored now")
        private @Nullable Long revision;
    }

    private static Map<String, SettingsClient> clients(Ports ports) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put(Topology.ORDER, ports.order);
        numbers.put(Topology.INVENTORY, ports.inventory);
        numbers.put(Topology.PAYMENT, ports.payment);
        numbers.put(Topology.SHIPPING, ports.shipping);
        Map<String, SettingsClient> clients = new LinkedHashMap<>();
        numbers.forEach((service, port) -> clients.put(service, new SettingsClient(service, Topology.url(port))));
        return clients;
    }

    private static SettingsClient client(String service, Ports ports) {
        SettingsClient client = clients(ports).get(service);
        if (client == null) {
            throw new ProcessFailure("there is no service '%s'; the services are %s".formatted(service, SERVICE));
        }
        return client;
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("not created by picocli");
        }
        return spec.commandLine().getOut();
    }
}
