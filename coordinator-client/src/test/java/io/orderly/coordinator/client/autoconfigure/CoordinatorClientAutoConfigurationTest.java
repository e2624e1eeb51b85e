package io.orderly.coordinator.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.client.ClientSettings;
import io.orderly.coordinator.client.CoordinatorClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.LockRegistry;

class CoordinatorClientAutoConfigurationTest {

    /** A port without a listener. */
    private static final String NOWHERE = "orderly.coordinator.client.endpoints=127.0.0.1:1";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CoordinatorClientAutoConfiguration.class));

    @Test
    void providesAClientWithDefaultsForTheDefaultPorts() {
        application.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(CoordinatorClient.class);
            assertThat(context.getBean(CoordinatorClientProperties.class).settings())
                    .isEqualTo(ClientSettings.of(List.of("127.0.0.1:2379", "127.0.0.1:2479", "127.0.0.1:2579")));
        });
    }

    @Test
    void providesNothingIfItIsDisabled() {
        application
                .withPropertyValues("orderly.coordinator.client.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(CoordinatorClient.class)
                        .doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void usesTheClientOfTheApplication() {
        CoordinatorClient own = CoordinatorClient.connect(ClientSettings.of(List.of("127.0.0.1:1")));
        application
                .withBean("own", CoordinatorClient.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(CoordinatorClient.class)).isSameAs(own));
    }

    @Test
    void refusesSettingsOutOfTheirRangesAndNamesThem() {
        for (String wrong : List.of(
                "lease-ttl=10ms",
                "timeout=0s",
                "clock-drift=0.9",
                "endpoints=",
                "endpoints=host",
                "probe-interval=0s")) {
            application
                    .withPropertyValues("orderly.coordinator.client." + wrong)
                    .run(context -> assertThat(context.getStartupFailure())
                            .as(wrong)
                            .hasMessageContaining("CoordinatorClientProperties")
                            .rootCause()
                            .hasMessageContaining("orderly.coordinator.client"));
        }
    }

    @Test
    void refusesAMissingSslBundle() {
        application
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
                .withPropertyValues("orderly.coordinator.client.tls-bundle=other")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("SSL bundle name 'other' cannot be found"));
    }

    @Test
    void usesTheLockRegistryOfTheApplication() {
        application.run(context -> assertThat(context).hasSingleBean(CoordinatorLockRegistry.class));
        application
                .withBean(LockRegistry.class, DefaultLockRegistry::new)
                .run(context -> assertThat(context).doesNotHaveBean(CoordinatorLockRegistry.class));
    }

    @Test
    void isDownIfNoMemberAnswers() {
        application
                .withPropertyValues(NOWHERE, "orderly.coordinator.client.health-timeout=100ms")
                .run(context -> {
                    Health health = context.getBean(HealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void warnsOnceIfNoMemberAnswersAndStartsWithoutWaiting(CapturedOutput output) {
        application
                .withPropertyValues(
                        NOWHERE,
                        "orderly.coordinator.client.health-timeout=10ms",
                        "orderly.coordinator.client.probe-interval=10ms",
                        "orderly.coordinator.client.unreachable-after=50ms")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    await().until(() -> output.getAll().contains("the coordinator cannot be reached"));
                    long count = probes(meters);
                    await().until(() -> probes(meters) > count + 2);
                });
        assertThat(output.getAll()).containsOnlyOnce("the coordinator cannot be reached: no member of [127.0.0.1:1]");
    }

    private static long probes(MeterRegistry meters) {
        return meters.find("orderly.coordinator.client.requests").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void worksWithoutHealthMetricsAndLocksOnTheClassPath() {
        application
                .withClassLoader(
                        new FilteredClassLoader(HealthIndicator.class, MeterRegistry.class, LockRegistry.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CoordinatorClient.class));
    }

    @Test
    void measuresRequests() {
        application
                .withPropertyValues(NOWHERE)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> await().until(() -> {
                    // on a busy machine the time can be over before the connection is refused: then the result is
                    // another
                    context.getBean(CoordinatorClient.class).ping(Duration.ofMillis(200));
                    return context.getBean(MeterRegistry.class)
                                    .find("orderly.coordinator.client.requests")
                                    .tags("request", "read", "result", "unreachable")
                                    .timer()
                            != null;
                }));
    }

    @Test
    void skipsAndCountsAMethodForTheLeaderIfItDoesNotLead() {
        application
                .withPropertyValues(NOWHERE)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(Job.class)
                .run(context -> {
                    Job job = context.getBean(Job.class);
                    job.run();
                    job.runEverywhere();
                    assertThat(job.runs()).hasValue(0);
                    assertThat(job.runsEverywhere()).hasValue(1);
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("orderly.coordinator.client.leader.only.skipped")
                                    .tag("election", "job")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void refusesAMethodForTheLeaderThatReturnsAValue() {
        application
                .withPropertyValues(NOWHERE)
                .withBean(Answer.class)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("returns a value"));
    }

    @Test
    void skipsAMethodForTheLeaderThatIsAnnotatedInAnInterfaceOrASuperclass() {
        application
                .withPropertyValues(NOWHERE)
                .withBean(Cleaner.class)
                .withBean(NightlyJob.class)
                .run(context -> {
                    Cleaner cleaner = context.getBean(Cleaner.class);
                    cleaner.clean();
                    assertThat(cleaner.runs()).hasValue(0);
                    NightlyJob job = context.getBean(NightlyJob.class);
                    job.run();
                    assertThat(job.runs()).hasValue(0);
                });
    }

    @Test
    void refusesAMethodForTheLeaderThatAProxyCannotSkip() {
        for (Class<?> wrong : List.of(Final.class, Private.class, Static.class)) {
            application
                    .withPropertyValues(NOWHERE)
                    .withBean(wrong)
                    .run(context -> assertThat(context.getStartupFailure())
                            .as(wrong.getSimpleName())
                            .rootCause()
                            .hasMessageContaining("final, private or static"));
        }
    }

    /** One of its methods runs only on the leader. */
    public static class Job {

        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger runsEverywhere = new AtomicInteger();

        @LeaderOnly("job")
        public void run() {
            runs.incrementAndGet();
        }

        public void runEverywhere() {
            runsEverywhere.incrementAndGet();
        }

        public AtomicInteger runs() {
            return runs;
        }

        public AtomicInteger runsEverywhere() {
            return runsEverywhere;
        }
    }

    /** Its method returns a value, so it cannot be skipped. */
    public static class Answer {

        @LeaderOnly("answer")
        public int answer() {
            return 42;
        }
    }

    /** An interface whose method runs only on the leader. */
    public interface Cleaning {

        @LeaderOnly("cleaning")
        void clean();
    }

    /** The annotation is on the interface. */
    public static class Cleaner implements Cleaning {

        private final AtomicInteger runs = new AtomicInteger();

        @Override
        public void clean() {
            runs.incrementAndGet();
        }

        public AtomicInteger runs() {
            return runs;
        }
    }

    /** The annotation is on the superclass. */
    public static class NightlyJob extends Job {

        @Override
        public void run() {
            runs().incrementAndGet();
        }
    }

    /** A proxy cannot override the final method. */
    public static class Final {

        @LeaderOnly("final")
        public final void run() {}
    }

    /** A proxy cannot intercept the private method. */
    public static class Private {

        @LeaderOnly("private")
        private void run() {}
    }

    /** A static method is not called through a proxy. */
    public static class Static {

        @LeaderOnly("static")
        public static void run() {}
    }
}
