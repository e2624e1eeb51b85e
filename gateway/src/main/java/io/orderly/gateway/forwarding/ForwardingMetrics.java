package io.orderly.gateway.forwarding;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatusCode;

/** Counts what became of requests. Thread-safe. */
public final class ForwardingMetrics {

    /** Ids may be random, so each restart of an instance would add metrics; those beyond this number are counted together. */
    private static final int INSTANCES_MAX = 100;

    private static final String OTHER = "other";

    private final MeterRegistry meters;
    private final Set<String> instances = new HashSet<>();

    public ForwardingMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The instance responded with this status. */
    void responded(String service, String instance, HttpStatusCode status) {
        request(service, instance, status.value() / 100 + "xx");
    }

    void failed(String service, String instance, Failure failure) {
        request(service, instance, failure.name().toLowerCase(Locale.ROOT));
    }

    private void request(String service, String instance, String outcome) {
        Counter.builder("orderly.gateway.requests")
                .description("Requests that an instance was chosen for")
                .tags("service", service, "instance", shown(instance), "outcome", outcome)
                .register(meters)
                .increment();
    }

    void repeated(String service) {
        count("orderly.gateway.retries", "Requests that went to another instance", service);
    }

    void unavailable(String service) {
        count("orderly.gateway.unavailable", "Requests for which no instance was left", service);
    }

    private void count(String name, String description, String service) {
        Counter.builder(name)
                .description(description)
                .tag("service", service)
                .register(meters)
                .increment();
    }

    private synchronized String shown(String instance) {
        return instances.contains(instance) || instances.size() < INSTANCES_MAX && instances.add(instance)
                ? instance
                : OTHER;
    }
}
