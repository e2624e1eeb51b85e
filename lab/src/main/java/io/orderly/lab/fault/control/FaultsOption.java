package io.orderly.lab.fault.control;

import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.ProxiedLinks;
import io.orderly.stack.RunExtension;
import io.orderly.stack.Topology;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.ProcessFailure;
import io.orderly.stack.process.Supervisor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code ./run} that start a system into which faults can be injected manually. */
public final class FaultsOption implements RunExtension {

    private static final long SEED = 1;

    @Option(
            names = "--faults",
            description = "put a proxy on every link, run the services with the profile chaos, and accept faults at "
                    + "http://127.0.0.1:<faults-port>/faults; see docs/faults.md")
    private boolean faultsEnabled;

    @Option(
            names = "--faults-port",
            paramLabel = "<port>",
            defaultValue = "8091",
            description = "default ${DEFAULT-VALUE}")
    private int port;

    private @Nullable ProxiedLinks links;
    private @Nullable FaultInjector faults;
    private @Nullable ControlServer control;

    @Override
    public Links links() {
        if (!faultsEnabled) {
            return Links.DIRECT;
        }
        ProxiedLinks proxied = new ProxiedLinks(SEED);
        links = proxied;
        return proxied;
    }

    @Override
    public Map<String, Map<String, String>> settings() {
        if (!faultsEnabled) {
            return Map.of();
        }
        Map<String, Map<String, String>> settings = new HashMap<>(FaultInjector.SETTINGS);
        settings.put(
                CONSOLE, Map.of("ORDERLY_CONSOLE_FAULTS", Topology.url(port).toString()));
        return settings;
    }

    @Override
    public String onReady(Supervisor system, DataFolder data) {
        if (links == null) {
            return "";
        }
        try {
            FaultInjector all = new FaultInjector(system.processes(), links, data::of);
            faults = all;
            control = ControlServer.start(port, all);
            return "Faults             %s/faults%n".formatted(Topology.url(control.port()));
        } catch (IOException e) {
            throw new ProcessFailure(
                    "cannot listen for faults on port %d (%s); --faults-port selects another port"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        if (faults != null) {
            faults.close();
        }
    }
}
