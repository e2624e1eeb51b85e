package io.orderly.stack.process;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How one process of the system is run.
 *
 * @param name names it, its log and its pid file
 * @param needs the names of the processes that have to be ready before it starts, and that end after it
 * @param port the TCP port of the loopback interface it will listen on
 * @param portOption the command line option that moves it to another port
 * @param command makes the command line when the process is about to start; may prepare files first
 * @param environment variables set for it
 * @param stopSignal what asks it to end
 * @param readiness whether it is ready to serve
 * @param onReady what is left to do once it is ready, before others count on it
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
