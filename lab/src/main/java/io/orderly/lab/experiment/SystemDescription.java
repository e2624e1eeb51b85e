package io.orderly.lab.experiment;

import java.util.List;
import java.util.Map;

/**
 * The components of the system that experiments can refer to.
 *
 * @param processes names of the processes
 * @param services names of the processes that are services
 * @param links names of the links, such as {@code order-service->kafka}
 * @param antiPatterns the anti-patterns that a service supports, by the name of the service
 */
public record SystemDescription(
        List<String> processes, List<String> services, List<String> links, Map<String, List<String>> antiPatterns) {}
