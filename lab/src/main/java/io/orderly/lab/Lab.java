package io.orderly.lab;

import io.orderly.lab.bench.BenchCommand;
import io.orderly.lab.simulation.SimulateCommand;
import io.orderly.lab.torture.TortureCommand;
import io.orderly.stack.Orderly;
import java.util.List;

/** The whole command line: what runs the system, and what experiments on it. */
public final class Lab {

    private Lab() {}

    public static void main(String[] args) {
        System.exit(Orderly.commandLine(List.of(new TortureCommand(), new BenchCommand(), new SimulateCommand()))
                .execute(args));
    }
}
