package io.orderly.antipatterns.twophasecommit.manager;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.antipatterns.twophasecommit.manager.TransactionManagerProperties.VoteRequestMode;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** A recovery run in which every unfinished transaction counts as overdue. */
public final class ImmediateRecovery {

    private ImmediateRecovery() {}

    /** Runs recovery once. */
    public static void run(ApplicationContext service) {
        var properties = new TransactionManagerProperties(
                Duration.ZERO, Duration.ZERO, Duration.ofHours(1), 1, VoteRequestMode.AT_ONCE, Duration.ofHours(1));
        new TransactionRecovery(
                        service.getBean(DecisionLog.class),
                        service.getBean(EnlistedParticipants.class),
                        properties,
                        new SimpleMeterRegistry())
                .recover(Duration.ZERO);
    }
}
