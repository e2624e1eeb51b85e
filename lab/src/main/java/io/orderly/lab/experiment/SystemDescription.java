package io.orderly.lab.experiment;

import java.util.List;
import java.util.Map;

/**
 * The parts of the system that an experiment can refer to.
 *
 * @param processes that can be killed
 * @param services the processes that have settings
 * @param links between two of them, such as {@code order-service->kafka}
 * @param antiPatterns the anti-patterns that can be switched on, by the name of the service
 */
public record SystemDescription(
        List<String> processes, List<String> services, List<String> links, Map<String, List<String>> antiPatterns) {}
