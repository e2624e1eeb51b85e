package io.orderly.lab.fault;

import io.orderly.lab.fault.Fault.OfLink;
import io.orderly.lab.fault.Fault.OfProcess;
import io.orderly.lab.fault.Fault.OfService;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Injects faults into a running system. All faults are healed when the injector is closed, and when the JVM exits
 * normally or by Ctrl-C. Thread-safe.
 */
public final class FaultInjector implements AutoCloseable {

    /** The settings that enable faults within the services, by the name of the service. */
    public static final Map<String, Map<String, String>> SETTINGS = Stream.of(
                    Topology.ORDER, Topology.INVENTORY, Topology.PAYMENT, Topology.SHIPPING)
            .collect(Collectors.toUnmodifiableMap(service -> service, _ -> Map.of("SPRING_PROFILES_ACTIVE", "chaos")));

    /** The name of the coordinator that leads, as the process of a fault. */
    public static final String COORDINATOR_LEADER = "coordinator-leader";

    private final Processes processes;
    private final ProxiedLinks links;
    private final ProcessFaults processFaults;
    private final LinkFaults linkFaults;
    private final ServiceFaults serviceFaults;
    private final Map<String, InjectedFault> active = new LinkedHashMap<>();
    private final Thread hook = new Thread(this::healQuietly, "heal all faults");
    private long number;

    /**
     * @param links the links through which the processes connect to each other
     * @param dataOf maps the name of a process to its data folder
     */
    public FaultInjector(List<ManagedProcess> processes, ProxiedLinks links, Function<String, Path> dataOf) {
        this.processes = new Processes(List.copyOf(processes));
        this.links = links;
        this.linkFaults = new LinkFaults(links);
        this.processFaults = new ProcessFaults(this.processes, linkFaults, dataOf);
        this.serviceFaults = new ServiceFaults(this.processes);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Injects a fault, and returns when it is active.
     *
     * @throws FaultInjectionException if the fault cannot be injected
     */
    public InjectedFault inject(Fault fault) {
        return inject(nextId(fault), fault);
    }

    /** Like {@link #inject(Fault)}, with a given id; an active fault of that id is healed first. */
    public InjectedFault inject(String id, Fault fault) {
        find(id).ifPresent(InjectedFault::heal);
        Injection injection = switch (fault) {
            case OfProcess ofProcess -> processFaults.inject(ofProcess);
            case OfLink ofLink -> linkFaults.inject(ofLink);
            case OfService ofService -> serviceFaults.inject(id, ofService);
        };
        var injected = new InjectedFault(id, fault, injection, this);
        synchronized (active) {
            active.put(id, injected);
        }
        return injected;
    }

    /** The active faults, the oldest first. */
    public List<InjectedFault> active() {
        synchronized (active) {
            return List.copyOf(active.values());
        }
    }

    public Optional<InjectedFault> find(String id) {
        synchronized (active) {
            return Optional.ofNullable(active.get(id));
        }
    }

    /** The names of the links that faults can affect. */
    public List<String> links() {
        return links.names();
    }

    /** The names of the processes, and {@link #COORDINATOR_LEADER} if there are coordinators. */
    public List<String> processes() {
        return processes.names();
    }

    /**
     * The process that a fault of this name would affect now.
     *
     * @throws FaultInjectionException if there is none, or no coordinator leads
     */
    public ManagedProcess process(String name) {
        return processes.named("process", name);
    }

    /** The crash points of a service. */
    public Set<String> crashPoints(String service) {
        return serviceFaults.crashPoints(service);
    }

    /**
     * Heals all faults, the most recent first.
     *
     * @throws FaultInjectionException the first failure; the remaining faults are healed regardless
     */
    public void healAll() {
        FaultInjectionException first = null;
        for (InjectedFault each : active().reversed()) {
            try {
                heal(each);
            } catch (FaultInjectionException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    void heal(InjectedFault injected) {
        synchronized (active) {
            if (!active.remove(injected.id(), injected)) {
                return;
            }
        }
        try {
            injected.end();
        } catch (FaultInjectionException e) {
            synchronized (active) {
                active.putIfAbsent(injected.id(), injected); // so that it can be healed later
            }
            throw e;
        }
    }

    private String nextId(Fault fault) {
        synchronized (active) {
            String id;
            do {
                id = fault.kind() + "-" + ++number;
            } while (active.containsKey(id));
            return id;
        }
    }

    /** Heals the faults that need no process to be started: all processes are about to be stopped. */
    private void healQuietly() {
        for (InjectedFault each : active().reversed()) {
            try {
                if (each.fault() instanceof Fault.Kill || each.fault() instanceof Fault.Crash) {
                    continue;
                }
                heal(each);
            } catch (RuntimeException e) {
                System.err.printf("Fault %s could not be healed: %s%n", each.id(), e.getMessage());
            }
        }
    }

    /** Heals all faults that can be healed without starting a process. */
    @Override
    public void close() {
        healQuietly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook runs anyway
        }
    }
}
