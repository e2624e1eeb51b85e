package io.orderly.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class AccessRulesTest {

    /** In an order in which the first match would often be the wrong one. */
    private final AccessRules rules = AccessRules.none()
            .with(Access.OPERATE, null, "/actuator/**")
            .with(Access.PUBLIC, HttpMethod.GET, "/actuator/health/**")
            .with(Access.READ, HttpMethod.GET, "/orders/{id}", "/orders/{id}/timeline")
            .with(Access.OPERATE, null, "/orders/{id}")
            .with(Access.PUBLIC, HttpMethod.GET, "/orders/help");

    @ParameterizedTest
    @CsvSource({
        "GET, /orders/17, READ",
        "HEAD, /orders/17, READ",
        "DELETE, /orders/17, OPERATE",
        "GET, /orders/17/timeline, READ",
        "GET, /orders/help, PUBLIC",
        "HEAD, /orders/help, PUBLIC",
        "POST, /orders/help, OPERATE",
        "GET, /actuator, OPERATE",
        "GET, /actuator/health, PUBLIC",
        "GET, /actuator/health/readiness, PUBLIC",
        "POST, /actuator/health, OPERATE",
        "GET, /actuator/healthy, OPERATE",
        "DELETE, /actuator/settings/a, OPERATE",
        "POST, /orders/17/timeline,",
        "OPTIONS, /orders/17/timeline,",
        "GET, /orders,",
        "GET, /orders/,",
        "GET, /orders/17/,",
        "GET, /orders/17/x,",
        "GET, /Orders/17,",
        "GET, /,"
    })
    void theMostSpecificPathApplies(String method, String path, Access access) {
        assertThat(rules.find(HttpMethod.valueOf(method), PathContainer.parsePath(path))
                        .orElse(null))
                .isEqualTo(access);
    }

    @Test
    void anEndpointHasOneRule() {
        AccessRules again = AccessRules.none().with(Access.PUBLIC, HttpMethod.GET, "/orders/{id}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRules.merged(Stream.of(rules, again)))
                .withMessage("two rules for GET /orders/{id}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules.with(Access.PUBLIC, null, "/actuator/**"))
                .withMessage("two rules for all methods of /actuator/**");
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, true, true, true, true",
        "READ, false, true, false, true",
        "WRITE, false, false, true, true",
        "OPERATE, false, false, false, true"
    })
    void scopesPermit(Access access, boolean none, boolean read, boolean write, boolean operate) {
        assertThat(access.permits(List.of())).isEqualTo(none);
        assertThat(access.permits(List.of("orders:read", "profile"))).isEqualTo(read);
        assertThat(access.permits(List.of("orders:write"))).isEqualTo(write);
        assertThat(access.permits(List.of("operate"))).isEqualTo(operate);
        assertThat(access.permits(List.of("OPERATE", "orders:*", ""))).isEqualTo(none);
    }
}
