package io.orderly.stack;

import io.orderly.backends.FreePort;
import io.orderly.stack.coordinator.CoordinatorPorts;
import io.orderly.stack.launch.BackendPorts;
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

    @Mixin
    CoordinatorPorts coordinators = new CoordinatorPorts();

    public int provider() {
        return provider;
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
        ports.postgresql = FreePort.find();
        return ports;
    }
}
