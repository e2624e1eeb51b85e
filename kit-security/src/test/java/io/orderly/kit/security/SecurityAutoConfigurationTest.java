package io.orderly.kit.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.contracts.CustomerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;

/** Where a service may be open, and that it is not by mistake. */
class SecurityAutoConfigurationTest {

    private static final String FILTERS = "springSecurityFilterChain";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    private final WebApplicationContextRunner withIssuer = runner.withPropertyValues(
            "orderly.security.issuer=http://127.0.0.1:1", "orderly.security.jwk-set=http://127.0.0.1:1/keys");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderly.security.open=on-loopback,server.address=127.0.0.1",
                "orderly.security.open=ON_LOOPBACK,server.address=127.0.0.2",
                "orderly.security.open=on-loopback,server.address=::1",
                "orderly.security.open=anywhere",
                "orderly.security.open=anywhere,server.address=0.0.0.0"
            })
    void anOpenServiceHasNoFilters(String properties) {
        runner.withPropertyValues(properties.split(",")).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(FILTERS).doesNotHaveBean("signInFilter");
            Caller anyone = context.getBean(Callers.class).of(new MockHttpServletRequest());
            assertThat(anyone.mayAccess(CustomerId.of("ada"))).isTrue();
            assertThat(anyone.restrictedTo()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderly.security.open=on-loopback",
                "orderly.security.open=on-loopback,server.address=0.0.0.0",
                "orderly.security.open=on-loopback,server.address=::",
                "orderly.security.open=on-loopback,server.address=192.0.2.1"
            })
    void aServiceThatOthersMightReachDoesNotStartOpen(String properties) {
        withIssuer
                .withPropertyValues(properties.split(","))
                .run(context ->
                        assertThat(analysisOf(context).getDescription()).contains("ON_LOOPBACK", "would listen on"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unrelated=1", "orderly.security.open=never", "orderly.security.open="})
    void callersSignInByDefault(String properties) {
        withIssuer
                .withPropertyValues(properties)
                .run(context -> assertThat(context).hasNotFailed().hasBean(FILTERS));
        runner.withPropertyValues(properties, "server.address=127.0.0.1")
                .run(context -> assertThat(analysisOf(context).getDescription())
                        .startsWith("Callers have to sign in, but orderly.security."));
    }

    @Test
    void anUnknownValueIsNotOpen() {
        withIssuer
                .withPropertyValues("orderly.security.open=true", "server.address=127.0.0.1")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void thereIsNoSecondPortWithoutSignIn() {
        withIssuer
                .withPropertyValues("management.server.port=9090", "server.port=8080")
                .run(context -> assertThat(analysisOf(context).getDescription()).contains("management.server.port"));
        withIssuer
                .withPropertyValues("management.server.port=8080", "server.port=8080")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** The few lines that are printed instead of a stack trace. */
    private static FailureAnalysis analysisOf(AssertableWebApplicationContext context) {
        assertThat(context).hasFailed();
        FailureAnalysis analysis = new SignInFailureAnalyzer().analyze(context.getStartupFailure());
        assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
        assertThat(analysis.getAction()).isNotBlank();
        return analysis;
    }
}
