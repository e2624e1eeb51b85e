package io.orderly.coordinator.simulation.mutant;

import io.orderly.coordinator.simulation.Simulation;
import io.orderly.coordinator.simulation.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/**
 * Loads the coordinator and its simulator a second time, with the changed classes in place of the original ones. The classes of the
 * interface between the two simulators are loaded once.
 */
final class MutantLoader extends ClassLoader {

    private static final String COORDINATOR = "io.orderly.coordinator.";
    private static final String SIMULATION = Simulator.class.getPackageName();
    private static final Set<String> COMMON = Set.of(
            SIMULATION + ".Simulator",
            SIMULATION + ".RunParameters",
            SIMULATION + ".WorkloadKind",
            SIMULATION + ".RunReport",
            SIMULATION + ".Violation",
            SIMULATION + ".Phase",
            SIMULATION + ".FaultKind",
            SIMULATION + ".RunMetric",
            SIMULATION + ".Trace",
            SIMULATION + ".history.Linearizability");

    private final Map<String, byte[]> changed;

    MutantLoader(Map<String, byte[]> changed) {
        super(MutantLoader.class.getClassLoader());
        this.changed = changed;
    }

    /** @return a simulator that runs the changed code */
    Simulator simulator() {
        try {
            return (Simulator)
                    loadClass(Simulation.class.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(COORDINATOR) || COMMON.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
