package io.orderly.order.process;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Records the outcomes and durations of sagas, and the number of parked sagas. */
@Component
class SagaMetrics {

    private final MeterRegistry meters;

    SagaMetrics(MeterRegistry meters, Sagas sagas) {
        this.meters = meters;
        Gauge.builder("orderly.saga.parked", sagas, Sagas::countParked)
                .description("sagas that wait for an operator or for a replayed message")
                .register(meters);
    }

    @TransactionalEventListener
    void count(SagaEnded ended) {
        String outcome = ended.outcome().name().toLowerCase(Locale.ROOT);
        meters.counter("orderly.saga.outcomes", "outcome", outcome).increment();
        Timer.builder("orderly.saga.duration")
                .description("time from placing an order to the end of its saga")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(meters)
                .record(ended.took());
    }
}
