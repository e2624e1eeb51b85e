package io.orderly.stack.process;

import io.orderly.backends.process.ProcessSpec.StopSignal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How a process of the system is run.
 *
 * @param name the name of the process, its log and its pid file
 * @param needs the names of the processes that have to be ready before it starts, and that are stopped after it
 * @param uses the names of further processes that are stopped after it, and for which it does not wait
 * @param ports the ports that it listens on; the first is its main port
 * @param command creates the command line before each start; may prepare files first
 * @param environment its environment variables
 * @param stopSignal the signal for a graceful stop
 * @param readiness the readiness check
 * @param onReady called when it is ready, before dependent processes start
 */
public record ProcessPlan(
        String name,
        List<String> needs,
        List<String> uses,
        List<ListenPort> ports,
        Callable<List<String>> command,
        Map<String, String> environment,
        StopSignal stopSignal,
        Readiness readiness,
        Runnable onReady) {

    public ProcessPlan {
        needs = List.copyOf(needs);
        uses = List.copyOf(uses);
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
    }

    /** The plan of a process that uses only what it needs. */
    public ProcessPlan(
            String name,
            List<String> needs,
            List<ListenPort> ports,
            Callable<List<String>> command,
            Map<String, String> environment,
            StopSignal stopSignal,
            Readiness readiness,
            Runnable onReady) {
        this(name, needs, List.of(), ports, command, environment, stopSignal, readiness, onReady);
    }

    /** The plan of a process with a single port. */
    public ProcessPlan(
            String name,
            List<String> needs,
            int port,
            String portOption,
            Callable<List<String>> command,
            Map<String, String> environment,
            StopSignal stopSignal,
            Readiness readiness,
            Runnable onReady) {
        this(
                name,
                needs,
                List.of(new ListenPort(port, portOption)),
                command,
                environment,
                stopSignal,
                readiness,
                onReady);
    }

    /** The same plan with further environment variables. */
    public ProcessPlan withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new ProcessPlan(name, needs, uses, ports, command, all, stopSignal, readiness, onReady);
    }

    /** The same plan of a process that uses others. */
    public ProcessPlan using(List<String> others) {
        return new ProcessPlan(name, needs, others, ports, command, environment, stopSignal, readiness, onReady);
    }

    /** The main port. */
    public int port() {
        return ports.getFirst().number();
    }
}
