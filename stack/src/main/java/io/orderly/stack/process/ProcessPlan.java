package io.orderly.stack.process;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How a process of the system is run.
 *
 * @param name the name of the process, its log and its pid file
 * @param needs the names of the processes that have to be ready before it starts, and that are stopped after it
 * @param port the TCP port that it listens on, on the loopback interface
 * @param portOption the command-line option for the port
 * @param command creates the command line before each start; may prepare files first
 * @param environment its environment variables
 * @param stopSignal the signal for a graceful stop
 * @param readiness the readiness check
 * @param onReady called when it is ready, before dependent processes start
 */
public record ProcessPlan(
        String name,
        List<String> needs,
        int port,
        String portOption,
        Callable<List<String>> command,
        Map<String, String> environment,
        StopSignal stopSignal,
        Readiness readiness,
        Runnable onReady) {

    public ProcessPlan {
        needs = List.copyOf(needs);
        environment = Map.copyOf(environment);
    }
}
