package io.orderly.stack;

import io.orderly.backends.FreePort;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An instance of a service.
 *
 * @param service the name of the service
 * @param number from 1
 * @param port of its HTTP interface
 * @param processName the name of its process
 */
public record ServiceInstance(String service, int number, int port, String processName) {

    /** Its id among the members. */
    String memberId() {
        return service + "-" + number;
    }

    /** The instances of a service. A single one has the port and the name of the service; several have free ports behind a gateway. */
    static List<ServiceInstance> of(String service, int port, int instances) {
        return instances == 1
                ? List.of(new ServiceInstance(service, 1, port, service))
                : IntStream.rangeClosed(1, instances)
                        .mapToObj(
                                number -> new ServiceInstance(service, number, FreePort.find(), service + "-" + number))
                        .toList();
    }
}
