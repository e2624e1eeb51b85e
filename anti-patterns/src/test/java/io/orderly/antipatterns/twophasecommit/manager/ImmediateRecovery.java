package io.orderly.antipatterns.twophasecommit.manager;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.antipatterns.twophasecommit.manager.TransactionManagerProperties.VoteRequestMode;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** Recovery as another instance does it, to whom everything is overdue that is not ended now. */
public final class ImmediateRecovery {

    private ImmediateRecovery() {}

    /** Goes once through the log and all participants. */
    public static void run(ApplicationContext service) {
        var impatient = new TransactionManagerProperties(
                Duration.ZERO, Duration.ZERO, Duration.ofHours(1), 1, VoteRequestMode.AT_ONCE, Duration.ofHours(1));
        new TransactionRecovery(
                        service.getBean(DecisionLog.class),
                        service.getBean(EnlistedParticipants.class),
                        impatient,
                        new SimpleMeterRegistry())
                .recover(Duration.ZERO);
    }
}
