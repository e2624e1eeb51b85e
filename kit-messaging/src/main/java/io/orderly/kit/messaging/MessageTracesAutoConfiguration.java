package io.orderly.kit.messaging;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Provides the traces of messages. Spans are recorded only if there is an endpoint to export them to. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
public class MessageTracesAutoConfiguration {

    /** The property of Spring Boot that turns the export of traces on: a URL such as {@code http://localhost:4318/v1/traces}. */
    public static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final String ABSENT = "absent";

    @Bean
    MessageTraces messageTraces(Tracer tracer, Propagator propagator) {
        return new MessageTraces(tracer, propagator);
    }

    /** In place of the sampler of Spring Boot. Traces have ids nevertheless, which are in messages, timelines and logs. */
    @Bean
    @ConditionalOnProperty(name = ENDPOINT, havingValue = ABSENT, matchIfMissing = true)
    Sampler noSpans() {
        return Sampler.alwaysOff();
    }
}
