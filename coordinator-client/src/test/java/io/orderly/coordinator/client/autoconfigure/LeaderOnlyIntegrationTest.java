package io.orderly.coordinator.client.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderly.coordinator.client.EtcdCluster;
import io.orderly.coordinator.client.Members;
import io.orderly.coordinator.client.autoconfigure.CoordinatorClientAutoConfigurationTest.Job;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("slow")
class LeaderOnlyIntegrationTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void runsAMethodOnOneInstanceAndOnAnotherAfterTheFirstHasEnded(@TempDir Path folder) throws Exception {
        assumeTrue(EtcdCluster.isInstalled(), "etcd is not installed: apt-get install etcd-server");
        try (Members members = EtcdCluster.start(folder)) {
            ApplicationContextRunner application = new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(CoordinatorClientAutoConfiguration.class))
                    .withPropertyValues(
                            "orderly.coordinator.client.endpoints=" + String.join(",", members.endpoints()),
                            "orderly.coordinator.client.health-timeout=10s")
                    .withBean(Job.class);
            application.run(second -> {
                application.run(first -> {
                    await().atMost(LONG)
                            .until(() -> first.getBean(HealthIndicator.class)
                                    .health()
                                    .getStatus()
                                    .equals(Status.UP));
                    await().atMost(LONG).until(() -> runs(first.getBean(Job.class)) || runs(second.getBean(Job.class)));
                    boolean firstLeads = runs(first.getBean(Job.class));
                    assertThat(runs(second.getBean(Job.class))).isNotEqualTo(firstLeads);
                });
                await().atMost(LONG).until(() -> runs(second.getBean(Job.class)));
            });
        }
    }

    private static boolean runs(Job job) {
        int before = job.runs().get();
        job.run();
        return job.runs().get() > before;
    }
}
