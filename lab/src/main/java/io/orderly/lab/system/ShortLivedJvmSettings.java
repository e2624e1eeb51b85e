package io.orderly.lab.system;

import io.orderly.stack.Topology;
import io.orderly.stack.launch.FirstCompiler;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * JVM settings for processes that run for a minute or two: only the C1 compiler is used. Within that time, C2 takes more
 * processor time than its code saves, and a process starts faster without it.
 */
public final class ShortLivedJvmSettings {

    private static final Set<String> JVMS = Set.of(
            Topology.KAFKA, Topology.PROVIDER, Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING);

    private ShortLivedJvmSettings() {}

    /** @return the given settings with the JVM option added for each process that is a JVM */
    public static Map<String, Map<String, String>> with(Map<String, Map<String, String>> settings) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (String process : JVMS) {
            Map<String, String> ofProcess = new HashMap<>(settings.getOrDefault(process, Map.of()));
            ofProcess.putAll(FirstCompiler.ENVIRONMENT);
            all.put(process, ofProcess);
        }
        return all;
    }
}
