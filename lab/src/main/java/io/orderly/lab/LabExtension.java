package io.orderly.lab;

import io.orderly.lab.audit.AuditCommand;
import io.orderly.lab.fault.control.FaultsOption;
import io.orderly.stack.Ports;
import io.orderly.stack.RunExtension;
import io.orderly.stack.launch.DataFolder;
import io.orderly.stack.link.Links;
import io.orderly.stack.process.Supervisor;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the lab adds to {@code ./run}: faults that are injected manually, and an audit of the data after a check. */
final class LabExtension implements RunExtension {

    @Mixin
    private final FaultsOption faults = new FaultsOption();

    @Override
    public Links links() {
        return faults.links();
    }

    @Override
    public Map<String, Map<String, String>> settings() {
        return faults.settings();
    }

    @Override
    public String onReady(Supervisor system, DataFolder data) {
        return faults.onReady(system, data);
    }

    @Override
    public String audit(Ports ports) throws InterruptedException {
        return AuditCommand.requireClean(ports);
    }

    @Override
    public void close() {
        faults.close();
    }
}
