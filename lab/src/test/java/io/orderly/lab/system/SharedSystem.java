package io.orderly.lab.system;

import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.stack.process.ManagedProcess;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A system that several groups of tests use, one after the other, because its start takes longer than most of them. */
public final class SharedSystem implements AutoCloseable {

    /** The root of the repository. */
    public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private final Queue<String> unexpectedExits = new ConcurrentLinkedQueue<>();
    private final Supervisor.Listener collector = new Supervisor.Listener() {
        @Override
        public void ready(ManagedProcess process, Duration sinceStart) {}

        @Override
        public void died(ManagedProcess process, String explanation) {
            unexpectedExits.add(process.name() + explanation);
        }
    };
    private volatile Supervisor.Listener listener = collector;
    private final ProxiedLinks links;
    private final IsolatedSystem system;
    private final FaultInjector faults;

    private SharedSystem(SystemPlan plan, ProxiedLinks links) {
        this.links = links;
        system = IsolatedSystem.start(
                HOME,
                SystemFolder.PATH,
                new Supervisor.Listener() {
                    @Override
                    public void ready(ManagedProcess process, Duration sinceStart) {}

                    @Override
                    public void died(ManagedProcess process, String explanation) {
                        listener.died(process, explanation);
                    }
                },
                plan);
        faults = new FaultInjector(system.processes(), links, system.folder()::resolve);
    }

    /** Starts it, and prepares restarts that are faster. */
    public static SharedSystem start(SystemPlan plan) throws IOException {
        return start(plan, new ProxiedLinks(1));
    }

    /** @param links those on which faults can be injected; closed with the system */
    public static SharedSystem start(SystemPlan plan, ProxiedLinks links) throws IOException {
        SharedSystem shared = new SharedSystem(plan, links);
        shared.system.prepareFasterStarts();
        return shared;
    }

    public IsolatedSystem system() {
        return system;
    }

    public FaultInjector faults() {
        return faults;
    }

    /** What has exited although no test has stopped it, except while another listener is notified. */
    public Queue<String> unexpectedExits() {
        return unexpectedExits;
    }

    /** Executes a test with a listener that is notified of all processes as if they had just started, and of their exits. */
    public <T> T withListener(Supervisor.Listener other, Callable<T> test) throws Exception {
        system.processes().forEach(process -> other.ready(process, Duration.ZERO));
        listener = other;
        try {
            return test.call();
        } finally {
            listener = collector;
        }
    }

    @Override
    public void close() {
        faults.close();
        system.close();
        links.close();
    }
}
