package io.orderly.lab.system;

import io.orderly.stack.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JVM settings for services that run for a minute or two: only the C1 compiler is used. Within that time, C2 takes more
 * processor time than its code saves, and a service starts faster without it.
 */
public final class ShortLivedJvmSettings {

    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";
    private static final String C1_ONLY = "-XX:TieredStopAtLevel=1";

    private ShortLivedJvmSettings() {}

    /** @return the given settings with the JVM option added for each service */
    public static Map<String, Map<String, String>> with(Map<String, Map<String, String>> settings) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (String service : List.of(Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING)) {
            Map<String, String> ofService = new HashMap<>(settings.getOrDefault(service, Map.of()));
            ofService.put(JVM_OPTIONS, C1_ONLY);
            all.put(service, ofService);
        }
        return all;
    }
}
