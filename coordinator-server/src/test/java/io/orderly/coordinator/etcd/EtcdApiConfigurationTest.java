package io.orderly.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.auth.Authenticator;
import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.member.SingleMember;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EtcdApiConfigurationTest {

    private static final Tokens TOKENS = new Tokens(InstantSource.system(), Duration.ofMinutes(5));

    private final AtomicInteger customized = new AtomicInteger();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(EtcdApiConfiguration.class)
            .withBean(Coordinator.class, SingleMember::new)
            .withBean(Tokens.class, () -> TOKENS)
            .withBean(Authenticator.class, () -> new Authenticator(TOKENS, 1_000, 1))
            .withBean(GrpcServerCustomizer.class, () -> _ -> customized.incrementAndGet())
            .withPropertyValues("orderly.coordinator.api.port=0");

    @Test
    void theServerRunsAsLongAsTheApplication() {
        EtcdServer[] started = new EtcdServer[1];
        runner.run(context -> {
            started[0] = context.getBean(EtcdServer.class);
            assertThat(started[0].isRunning()).isTrue();
            assertThat(started[0].port()).isPositive();
            assertThat(customized).hasValue(1);
        });
        assertThat(started[0].isRunning()).isFalse();
    }

    @Test
    void aPortThatIsTakenEndsTheStart() {
        try (EtcdApi other = new EtcdApi()) {
            runner.withPropertyValues("orderly.coordinator.api.port=" + other.port())
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("Address already in use"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"port=65536", "port=-1", "host= ", "io-threads=0", "shutdown-grace=soon"})
    void anInvalidSettingEndsTheStart(String setting) {
        runner.withPropertyValues("orderly.coordinator.api." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
