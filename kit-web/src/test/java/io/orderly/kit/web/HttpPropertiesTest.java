package io.orderly.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HttpPropertiesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Limits.class);

    @EnableConfigurationProperties(HttpProperties.class)
    static class Limits {}

    @ParameterizedTest
    @CsvSource({
        "max-body-size=0B, from 1 byte",
        "max-large-bodies=0, above zero",
        "max-concurrent-requests=0, above zero",
        "max-connections=-1, above zero",
        "request-timeout=0s, above zero",
        "request-timeout=2h, at most PT1H"
    })
    void rejectsLimitsOutOfRange(String property, String reason) {
        runner.withPropertyValues("orderly.http." + property)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContainingAll("orderly.http.", reason));
    }
}
