package io.orderly.lab.fault;

import io.orderly.lab.fault.Fault.Crash;
import io.orderly.lab.fault.Fault.OfService;
import io.orderly.lab.fault.Fault.PauseAt;
import io.orderly.lab.fault.Fault.ServiceErrors;
import io.orderly.lab.fault.Fault.ServiceLatency;
import io.orderly.stack.Topology;
import io.orderly.stack.process.ManagedProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Injects faults into services through the fault endpoint of each service. */
final class ServiceFaults {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    /** The maximum time between the loss of a process's connections and its exit. */
    private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);

    private final Processes processes;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    ServiceFaults(Processes processes) {
        this.processes = processes;
    }

    Injection inject(String id, OfService fault) {
        ManagedProcess process = processes.named("service", fault.service());
        long pid = process.pid()
                .orElseThrow(() -> new FaultInjectionException("service", process.name() + " is not running"));
        HttpResponse<String> answer;
        try {
            CompletableFuture<HttpResponse<String>> coming = sendAsync(process, "PUT", "/" + id, body(fault));
            if (fault instanceof PauseAt pause && isStoppedBefore(coming, pid)) {
                return new Pausing(id, pause, process, pid);
            }
            answer = await(process, coming);
        } catch (FaultInjectionException e) {
            if (fault instanceof Crash crash && exitsSoon(pid)) {
                return new Crashing(id, crash, process, pid); // the service crashed before it answered
            }
            throw e;
        }
        if (answer.statusCode() == 404) {
            throw new FaultInjectionException("service", process.name() + " is running without the profile chaos");
        }
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return switch (fault) {
            case Crash crash -> new Crashing(id, crash, process, pid);
            case PauseAt pause -> new Pausing(id, pause, process, pid);
            default -> new Counted(id, process);
        };
    }

    /** The crash points of a service. */
    Set<String> crashPoints(String service) {
        HttpResponse<String> answer = send(processes.named("service", service), "GET", "", "");
        if (answer.statusCode() != 200) {
            throw new FaultInjectionException("service", service + " is running without the profile chaos");
        }
        Set<String> points = new TreeSet<>();
        json(answer).path("crashPoints").forEach(point -> points.add(point.asString()));
        return points;
    }

    /**
     * The representation that a service's fault endpoint accepts: without the service's name, and with its own names
     * for latency, errors and pauses.
     */
    private static String body(OfService fault) {
        ObjectNode json = JSON.valueToTree(fault);
        json.remove("service");
        json.remove("target");
        json.put(
                "fault",
                switch (fault) {
                    case ServiceLatency _ -> "latency";
                    case ServiceErrors _ -> "errors";
                    case PauseAt _ -> "pause";
                    default -> fault.kind();
                });
        return JSON.writeValueAsString(json);
    }

    /** Whether a process that does not respond has exited, or exits within the timeout. */
    private static boolean exitsSoon(long pid) {
        try {
            ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .get(EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a service is suspended before it answers. */
    private static boolean isStoppedBefore(CompletableFuture<?> answer, long pid) {
        try {
            while (!ProcessFaults.isStopped(pid)) {
                try {
                    answer.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    return false;
                } catch (TimeoutException notYet) {
                    // it may have been suspended meanwhile
                }
            }
            return true;
        } catch (ExecutionException e) {
            return false; // reported by the caller
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FaultInjectionException refused(HttpResponse<String> answer) {
        JsonNode problem = json(answer);
        JsonNode error = problem.path("errors").path(0);
        return error.isMissingNode()
                ? new FaultInjectionException(
                        (String) null, problem.path("detail").asString(answer.body()))
                : new FaultInjectionException(
                        error.path("field").asString(), error.path("detail").asString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new FaultInjectionException(
                    "%s answered with %d and no JSON".formatted(answer.uri(), answer.statusCode()), e);
        }
    }

    private HttpResponse<String> send(ManagedProcess process, String method, String path, String body) {
        return await(process, sendAsync(process, method, path, body));
    }

    private CompletableFuture<HttpResponse<String>> sendAsync(
            ManagedProcess process, String method, String path, String body) {
        URI uri = Topology.url(process.plan().port()).resolve("/actuator/faults" + path);
        var request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    /** Every request has a time limit. */
    private static HttpResponse<String> await(ManagedProcess process, CompletableFuture<HttpResponse<String>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new FaultInjectionException(process.name() + " does not respond: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultInjectionException("interrupted while calling " + process.name(), e);
        }
    }

    /** A fault whose effects the service counts. */
    private final class Counted implements Injection {

        private final String id;
        private final ManagedProcess process;
        private Effect last = new Effect(false, "no effect yet");
        private boolean healed;

        Counted(String id, ManagedProcess process) {
            this.id = id;
            this.process = process;
        }

        @Override
        public synchronized Effect effect() {
            if (!healed && process.pid().isPresent()) {
                HttpResponse<String> answer = send(process, "GET", "/" + id, "");
                if (answer.statusCode() == 200) {
                    long hits = json(answer).path("hits").asLong(0);
                    last = new Effect(hits > 0, "took effect %d times".formatted(hits));
                }
            }
            return last;
        }

        /** A service's faults end with its process. */
        @Override
        public synchronized void heal() {
            if (!healed && process.pid().isPresent()) {
                effect();
                send(process, "DELETE", "/" + id, "");
            }
            healed = true;
        }
    }

    /** A crash that has been requested, and may have happened. */
    private final class Crashing implements Injection {

        private final String id;
        private final Crash crash;
        private final ManagedProcess process;
        private final long pid;

        Crashing(String id, Crash crash, ManagedProcess process, long pid) {
            this.id = id;
            this.crash = crash;
            this.process = process;
            this.pid = pid;
        }

        @Override
        public Effect effect() {
            boolean crashed =
                    ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
            return new Effect(
                    crashed,
                    crashed
                            ? "pid %d crashed at %s".formatted(pid, crash.point())
                            : "pid %d has not reached %s often enough".formatted(pid, crash.point()));
        }

        @Override
        public void heal() {
            if (!effect().tookEffect()) {
                try {
                    send(process, "DELETE", "/" + id, "");
                    return;
                } catch (FaultInjectionException e) {
                    if (!exitsSoon(pid)) {
                        throw e;
                    }
                }
            }
            ProcessFaults.bringUp(process);
        }
    }

    /** A pause that has been requested, and may have begun. */
    private final class Pausing implements Injection {

        private final String id;
        private final PauseAt pause;
        private final ManagedProcess process;
        private final long pid;
        private boolean began;

        Pausing(String id, PauseAt pause, ManagedProcess process, long pid) {
            this.id = id;
            this.pause = pause;
            this.process = process;
            this.pid = pid;
        }

        @Override
        public synchronized Effect effect() {
            began = began || ProcessFaults.isStopped(pid);
            return new Effect(
                    began,
                    began
                            ? "pid %d was suspended at %s".formatted(pid, pause.point())
                            : "pid %d has not reached %s often enough".formatted(pid, pause.point()));
        }

        /** If it begins while the fault is being removed, the service does not answer until it is continued again. */
        @Override
        public synchronized void heal() {
            effect();
            ProcessSignal.CONTINUE.send(pid);
            if (process.pid().isEmpty()) {
                return;
            }
            try {
                send(process, "DELETE", "/" + id, "");
            } catch (FaultInjectionException e) {
                if (!ProcessFaults.isStopped(pid)) {
                    throw e;
                }
                heal();
            }
        }
    }
}
