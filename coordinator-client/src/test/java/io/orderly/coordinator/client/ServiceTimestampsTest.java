package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceTimestampsTest {

    private static final long OF_THE_SERVICE = 1000;
    private static final long OF_THE_KEY = 7;

    private final Loop loop = new Loop();
    private ScriptedMember member;
    private Channels channels;
    private ServiceTimestamps timestamps;

    @BeforeEach
    void start() throws Exception {
        member = new ScriptedMember();
        ClientSettings settings = member.settings();
        channels = new Channels(
                settings.endpoints(), new Endpoints(1, 0), Channels.plaintext(loop.virtualThreads()), List.of());
        RetryRule rule = new RetryRule(settings.retries(), Environment.SYSTEM.random());
        Calls calls = new Calls(channels, rule, settings, Environment.SYSTEM, ClientObserver.NONE);
        timestamps = new ServiceTimestamps(calls, _ -> OF_THE_KEY);
    }

    @AfterEach
    void stop() {
        channels.close();
        loop.close();
        member.close();
    }

    @Test
    void failsIfTheServiceIsMissingAfterItHasResponded() {
        assertThat(timestamps.allocate(1)).isEqualTo(OF_THE_SERVICE);
        member.hasTimestamps = false;
        assertThatThrownBy(() -> timestamps.allocate(1))
                .isInstanceOf(CoordinatorException.class)
                .hasMessageContaining("does not have the timestamp service");
        member.hasTimestamps = true;
        assertThat(timestamps.allocate(1)).isEqualTo(OF_THE_SERVICE);
    }

    @Test
    void keepsUsingTheKeyIfTheServiceWasMissingAtFirst() {
        member.hasTimestamps = false;
        assertThat(timestamps.allocate(1)).isEqualTo(OF_THE_KEY);
        member.hasTimestamps = true;
        assertThat(timestamps.allocate(1)).isEqualTo(OF_THE_KEY);
    }
}
