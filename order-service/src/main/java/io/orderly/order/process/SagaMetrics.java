package io.orderly.order.process;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Records the outcomes and durations of sagas, the number of parked ones, and the age of the oldest that runs. */
@Component
class SagaMetrics {

    private final MeterRegistry meters;

    SagaMetrics(MeterRegistry meters, Sagas sagas, Clock wallClock) {
        this.meters = meters;
        Gauge.builder("orderly.saga.parked", sagas, Sagas::countParked)
                .description("sagas that wait for an operator or for a replayed message")
                .register(meters);
        TimeGauge.builder(
                        "orderly.saga.age",
                        sagas,
                        TimeUnit.MILLISECONDS,
                        each -> each.oldestUnfinished()
                                .map(placed -> Duration.between(placed, wallClock.instant())
                                        .toMillis())
                                .map(age -> Math.max(age, 0L))
                                .orElse(0L))
                .description("time since the oldest order was placed whose saga is neither ended nor parked")
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
