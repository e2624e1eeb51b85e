package io.orderly.stack;

import io.orderly.backends.FreePort;
import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.launch.BackendPorts;
import io.orderly.stack.process.ListenPort;
import io.orderly.stack.process.ProcessFailure;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ports of the processes, with their command-line options. */
public final class Ports extends BackendPorts {

    static final String ORDER_OPTION = "--order-port";
    static final String INVENTORY_OPTION = "--inventory-port";
    static final String PAYMENT_OPTION = "--payment-port";
    static final String SHIPPING_OPTION = "--shipping-port";
    static final String PROVIDER_OPTION = "--provider-port";
    static final String GATEWAY_OPTION = "--gateway-port";
    static final String CONSOLE_OPTION = "--console-port";
    static final String OTHER_KAFKA_OPTION = "--other-kafka-ports";

    @Option(names = ORDER_OPTION, paramLabel = "<port>", defaultValue = "8080", description = DESCRIPTION)
    int order;

    @Option(names = INVENTORY_OPTION, paramLabel = "<port>", defaultValue = "8081", description = DESCRIPTION)
    int inventory;

    @Option(names = PAYMENT_OPTION, paramLabel = "<port>", defaultValue = "8082", description = DESCRIPTION)
    int payment;

    @Option(names = SHIPPING_OPTION, paramLabel = "<port>", defaultValue = "8083", description = DESCRIPTION)
    int shipping;

    @Option(names = PROVIDER_OPTION, paramLabel = "<port>", defaultValue = "8084", description = DESCRIPTION)
    int provider;

    @Option(
            names = GATEWAY_OPTION,
            paramLabel = "<port>",
            defaultValue = "8079",
            description = DESCRIPTION + "; with --instances")
    int gateway;

    @Option(names = CONSOLE_OPTION, paramLabel = "<port>", defaultValue = "8090", description = DESCRIPTION)
    int console;

    @Option(
            names = OTHER_KAFKA_OPTION,
            paramLabel = "<ports>",
            split = ",",
            defaultValue = "9192,9292",
            description = "of the second and the third broker; default ${DEFAULT-VALUE}")
    private List<Integer> otherKafka = List.of();

    @Mixin
    CoordinatorPorts coordinators = new CoordinatorPorts();

    public int provider() {
        return provider;
    }

    /**
     * The ports of the brokers.
     *
     * @throws ProcessFailure if the options have fewer
     */
    List<ListenPort> brokers(int number) {
        if (otherKafka.size() < number - 1) {
            throw new ProcessFailure("%s takes %d ports, separated by commas, and not %s"
                    .formatted(OTHER_KAFKA_OPTION, number - 1, otherKafka));
        }
        return Stream.concat(
                        Stream.of(new ListenPort(kafka, KAFKA_OPTION)),
                        otherKafka.stream().map(port -> new ListenPort(port, OTHER_KAFKA_OPTION)))
                .limit(number)
                .toList();
    }

    public CoordinatorPorts coordinators() {
        return coordinators;
    }

    /** Free ports, for a system that runs next to others. */
    public static Ports free() {
        Ports ports = new Ports();
        ports.order = FreePort.find();
        ports.inventory = FreePort.find();
        ports.payment = FreePort.find();
        ports.shipping = FreePort.find();
        ports.provider = FreePort.find();
        ports.gateway = FreePort.find();
        ports.console = FreePort.find();
        ports.coordinators = CoordinatorPorts.free();
        ports.kafka = FreePort.find();
        ports.otherKafka =
                Stream.generate(FreePort::find).limit(Brokers.REPLICATED - 1).toList();
        ports.postgresql = FreePort.find();
        return ports;
    }
}
