package io.orderly.stack;

import io.orderly.backends.FreePort;
import picocli.CommandLine.Option;

/** The ports of the processes, with their command-line options. */
public final class Ports {

    static final String ORDER_OPTION = "--order-port";
    static final String INVENTORY_OPTION = "--inventory-port";
    static final String PAYMENT_OPTION = "--payment-port";
    static final String SHIPPING_OPTION = "--shipping-port";
    static final String PROVIDER_OPTION = "--provider-port";
    static final String KAFKA_OPTION = "--kafka-port";
    static final String POSTGRESQL_OPTION = "--postgresql-port";

    static final String DESCRIPTION = "default ${DEFAULT-VALUE}";

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

    @Option(names = KAFKA_OPTION, paramLabel = "<port>", defaultValue = "9092", description = DESCRIPTION)
    int kafka;

    @Option(names = POSTGRESQL_OPTION, paramLabel = "<port>", defaultValue = "15432", description = DESCRIPTION)
    int postgresql;

    public int postgresql() {
        return postgresql;
    }

    public int kafka() {
        return kafka;
    }

    public int provider() {
        return provider;
    }

    /** Free ports, for a system that runs next to others. */
    public static Ports free() {
        Ports ports = new Ports();
        ports.order = FreePort.find();
        ports.inventory = FreePort.find();
        ports.payment = FreePort.find();
        ports.shipping = FreePort.find();
        ports.provider = FreePort.find();
        ports.kafka = FreePort.find();
        ports.postgresql = FreePort.find();
        return ports;
    }
}
