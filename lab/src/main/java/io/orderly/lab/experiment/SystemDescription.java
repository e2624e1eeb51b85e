package io.orderly.lab.experiment;

import java.util.List;
import java.util.Map;

/**
 * What there is to experiment on.
 *
 * @param processes that can be killed
 * @param services those of them that have settings
 * @param links between two of them, such as {@code order-service->kafka}
 * @param antiPatterns that a service can be told to go, by its name
 */
public record SystemDescription(
        List<String> processes, List<String> services, List<String> links, Map<String, List<String>> antiPatterns) {}
