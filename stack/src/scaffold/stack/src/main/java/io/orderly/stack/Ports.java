package io.orderly.stack;

import picocli.CommandLine.Option;

/** The ports of the processes, with their command-line options. */
final class Ports {

    static final String ORDER_OPTION = "--order-port";
    static final String INVENTORY_OPTION = "--inventory-port";
    static final String PARTNERS_OPTION = "--partners-port";
    static final String KAFKA_OPTION = "--kafka-port";
    static final String POSTGRESQL_OPTION = "--postgresql-port";

    private static final String DESCRIPTION = "default ${DEFAULT-VALUE}";

    @Option(names = ORDER_OPTION, paramLabel = "<port>", defaultValue = "8080", description = DESCRIPTION)
    int order;

    @Option(names = INVENTORY_OPTION, paramLabel = "<port>", defaultValue = "8081", description = DESCRIPTION)
    int inventory;

    @Option(names = PARTNERS_OPTION, paramLabel = "<port>", defaultValue = "8082", description = DESCRIPTION)
    int partners;

    @Option(names = KAFKA_OPTION, paramLabel = "<port>", defaultValue = "9092", description = DESCRIPTION)
    int kafka;

    @Option(names = POSTGRESQL_OPTION, paramLabel = "<port>", defaultValue = "15432", description = DESCRIPTION)
    int postgresql;
}
