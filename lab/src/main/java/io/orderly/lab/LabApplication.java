package io.orderly.lab;

import io.orderly.lab.audit.AuditCommand;
import io.orderly.lab.bench.BenchCommand;
import io.orderly.lab.campaign.LabCommand;
import io.orderly.lab.certify.CertifyCommand;
import io.orderly.lab.simulation.SimulateCommand;
import io.orderly.lab.simulation.SimulateGossipCommand;
import io.orderly.lab.torture.TortureCommand;
import io.orderly.stack.OrderlyApplication;
import java.util.List;

/** The complete command line of {@code ./run}: the commands that run the system and the commands of the lab. */
public final class LabApplication {

    private LabApplication() {}

    public static void main(String[] args) {
        System.exit(OrderlyApplication.commandLine(
                        List.of(
                                new TortureCommand(),
                                new BenchCommand(),
                                new SimulateCommand(),
                                new SimulateGossipCommand(),
                                new LabCommand(),
                                new CertifyCommand(),
                                new AuditCommand()),
                        new LabExtension())
                .execute(args));
    }
}
