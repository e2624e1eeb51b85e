package io.orderly.stack;

import io.orderly.backends.FreePort;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An instance of a service.
 *
 * @param number from 1
 * @param port of its HTTP interface
 * @param processName the name of its process
 */
record ServiceInstance(BusinessService service, int number, int port, String processName) {

    /** Its id among the members. */
    String memberId() {
        return service.name() + "-" + number;
    }

    /** The instances of a service. A single one has the port and the name of the service; several have free ports behind a gateway. */
    static List<ServiceInstance> of(BusinessService service, Ports ports, int instances) {
        return instances == 1
                ? List.of(new ServiceInstance(service, 1, service.port(ports), service.name()))
                : IntStream.rangeClosed(1, instances)
                        .mapToObj(number ->
                                new ServiceInstance(service, number, FreePort.find(), service.name() + "-" + number))
                        .toList();
    }
}
