package io.orderly.kit.members;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class MembersAutoConfigurationTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withPropertyValues("spring.application.name=order-service")
            .withConfiguration(
                    AutoConfigurations.of(MembersAutoConfiguration.class, EmergentLeaderAutoConfiguration.class));

    @Test
    void aServiceIsNoMemberUnlessItIsEnabled() {
        runner.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(Membership.class)
                .doesNotHaveBean(MembersEndpoint.class));
    }

    @Test
    void anInstanceThatIsNoMemberDoesTheWorkOfTheEmergentLeader() {
        runner.run(context ->
                assertThat(context.getBean(EmergentLeader.class).isSelf()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster=a cluster",
                "instance=",
                "bind-port=65536",
                "advertised-port=0",
                "advertised-host=",
                "seeds=order-service",
                "period=9ms"
            })
    void aMalformedPropertyFailsTheStart(String property) {
        runner.withPropertyValues("orderly.members.enabled=true", "orderly.members." + property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("'orderly.members'")
                        .hasMessageContaining(
                                property.substring(0, property.indexOf('=')).split("-")[0]));
    }
}
