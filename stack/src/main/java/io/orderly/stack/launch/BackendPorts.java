package io.orderly.stack.launch;

import picocli.CommandLine.Option;

/** The ports of PostgreSQL and Kafka, with their command-line options. */
public class BackendPorts {

    public static final String KAFKA_OPTION = "--kafka-port";
    public static final String POSTGRESQL_OPTION = "--postgresql-port";

    /** The description of an option for a port. */
    public static final String DESCRIPTION = "default ${DEFAULT-VALUE}";

    @Option(names = KAFKA_OPTION, paramLabel = "<port>", defaultValue = "9092", description = DESCRIPTION)
    protected int kafka;

    @Option(names = POSTGRESQL_OPTION, paramLabel = "<port>", defaultValue = "15432", description = DESCRIPTION)
    protected int postgresql;

    protected BackendPorts() {}

    public int kafka() {
        return kafka;
    }

    public int postgresql() {
        return postgresql;
    }
}
