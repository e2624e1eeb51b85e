package io.orderly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class GatewayPropertiesTest {

    private static final String FIRST = "orderly.gateway.routes[0]";
    private static final String SECOND = "orderly.gateway.routes[1]";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Properties.class);

    @Test
    void twoRoutesMayBothHaveAFreePort() {
        runner.withPropertyValues(FIRST + ".service=a", FIRST + ".port=0", SECOND + ".service=b", SECOND + ".port=0")
                .run(context -> assertThat(
                                context.getBean(GatewayProperties.class).routes())
                        .hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[0].service=a",
                "[0].port=8080",
                "[0].service= [0].port=8080",
                "[0].service=a [0].port=-1",
                "[0].service=a [0].port=65536",
                "[0].service=a [0].port=1 [1].service=a [1].port=2",
                "[0].service=a [0].port=1 [1].service=b [1].port=1"
            })
    void malformedRoutesFailTheStart(String routes) {
        String[] properties = routes.isEmpty() ? new String[0] : routes.split(" ");
        for (int i = 0; i < properties.length; i++) {
            properties[i] = "orderly.gateway.routes" + properties[i];
        }
        runner.withPropertyValues(properties)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("routes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-timeout=0ms", "response-timeout=0ms", "connections-per-instance=0"})
    void limitsThatLetNothingPassFailTheStart(String property) {
        runner.withPropertyValues(FIRST + ".service=a", FIRST + ".port=1", "orderly.gateway." + property)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("must be"));
    }

    @EnableConfigurationProperties(GatewayProperties.class)
    static class Properties {}
}
