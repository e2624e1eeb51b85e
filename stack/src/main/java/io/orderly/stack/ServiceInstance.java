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
 * @param processName the name of its process: that of the service for its first instance
 */
public record ServiceInstance(String service, int number, int port, String processName) {

    /** Its id among the members. */
    String memberId() {
        return service + "-" + number;
    }

    /** The instances of a service: the first one has the port of the service, the others have free ports. */
    static List<ServiceInstance> of(String service, int port, int instances) {
        return IntStream.rangeClosed(1, instances)
                .mapToObj(number -> number == 1
                        ? new ServiceInstance(service, number, port, service)
                        : new ServiceInstance(service, number, FreePort.find(), service + "-" + number))
                .toList();
    }
}
