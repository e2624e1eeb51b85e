package io.orderly.lab.system;

import io.orderly.stack.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For services that run for a minute or two. Their JVMs compile with the first compiler only: the second has not earned back by
 * then what it takes from everybody else, and a service is ready sooner without it.
 */
public final class ShortLivedJvmSettings {

    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    private ShortLivedJvmSettings() {}

    /** @return these settings of services, with one more for each of them */
    public static Map<String, Map<String, String>> with(Map<String, Map<String, String>> settings) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (String service : List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING)) {
            Map<String, String> ofService = new HashMap<>(settings.getOrDefault(service, Map.of()));
            ofService.put(JVM_OPTIONS, FIRST_COMPILER_ONLY);
            all.put(service, ofService);
        }
        return all;
    }
}
