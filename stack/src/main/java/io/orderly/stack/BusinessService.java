package io.orderly.stack;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A business service of the system.
 *
 * @param name of the service, its module and its jar
 * @param database the name of its database
 * @param needs the names of the processes that have to be ready before its instances
 * @param portOf its port among those of the system
 * @param portOption the command-line option for its port
 */
record BusinessService(
        String name, String database, List<String> needs, ToIntFunction<Ports> portOf, String portOption) {

    int port(Ports ports) {
        return portOf.applyAsInt(ports);
    }
}
