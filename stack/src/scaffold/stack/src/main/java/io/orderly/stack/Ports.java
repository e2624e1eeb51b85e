package io.orderly.stack;

import io.orderly.stack.launch.BackendPorts;
import picocli.CommandLine.Option;

/** The ports of the processes, with their command-line options. */
final class Ports extends BackendPorts {

    static final String ORDER_OPTION = "--order-port";
    static final String INVENTORY_OPTION = "--inventory-port";
    static final String PARTNERS_OPTION = "--partners-port";

    @Option(names = ORDER_OPTION, paramLabel = "<port>", defaultValue = "8080", description = DESCRIPTION)
    int order;

    @Option(names = INVENTORY_OPTION, paramLabel = "<port>", defaultValue = "8081", description = DESCRIPTION)
    int inventory;

    @Option(names = PARTNERS_OPTION, paramLabel = "<port>", defaultValue = "8082", description = DESCRIPTION)
    int partners;
}
