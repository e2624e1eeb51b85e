package io.orderly.lab.experiment;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of the system that an experiment can refer to.
 *
 * @param processes that can be killed
 * @param services the processes that have settings
 * @param links between two of them, such as {@code order-service->kafka}
 * @param coordinators names of processes in scenarios with coordinators
 * @param coordinatorLinks links in scenarios with coordinators
 * @param antiPatterns the anti-patterns that can be switched on, by the name of the service
 */
public record SystemDescription(
        List<String> processes,
        List<String> services,
        List<String> links,
        List<String> coordinators,
        List<String> coordinatorLinks,
        Map<String, List<String>> antiPatterns) {

    /** The system of a scenario. Each of several instances of a service is a process of its own. */
    SystemDescription of(boolean hasCoordinators, int instances) {
        return new SystemDescription(
                joined(ofInstances(processes, instances), hasCoordinators ? coordinators : List.of()),
                ofInstances(services, instances),
                joined(links, hasCoordinators ? coordinatorLinks : List.of()),
                coordinators,
                coordinatorLinks,
                antiPatterns);
    }

    private List<String> ofInstances(List<String> names, int instances) {
        return instances == 1
                ? names
                : names.stream()
                        .flatMap(name -> services.contains(name)
                                ? IntStream.rangeClosed(1, instances).mapToObj(number -> name + "-" + number)
                                : Stream.of(name))
                        .toList();
    }

    private static List<String> joined(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
