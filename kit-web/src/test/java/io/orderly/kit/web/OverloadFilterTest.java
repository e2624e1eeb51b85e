package io.orderly.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OverloadFilterTest {

    private final Counter refusals = new SimpleMeterRegistry().counter("refusals");
    private final AtomicInteger limit = new AtomicInteger(2);
    private final OverloadFilter filter =
            new OverloadFilter(new ConcurrencyLimit(limit::get), new OverloadResponse(refusals));
    private final MockHttpServletResponse innermost = new MockHttpServletResponse();

    @Test
    void refusesRequestsAboveTheLimitAtOnce() throws Exception {
        FilterChain refusing = (request, response) -> {
            filter.doFilter(orders(), innermost, notReached());
            assertThat(filter.inProgress()).isEqualTo(2);
        };
        FilterChain second = (request, response) -> filter.doFilter(orders(), new MockHttpServletResponse(), refusing);

        filter.doFilter(orders(), new MockHttpServletResponse(), second);

        assertThat(innermost.getStatus()).isEqualTo(503);
        assertThat(innermost.getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(innermost.getContentAsString()).contains("/problems/overloaded");
        assertThat(refusals.count()).isEqualTo(1);
        assertThat(filter.inProgress()).isZero();
    }

    @Test
    void appliesARaisedLimitAtOnce() throws Exception {
        FilterChain second = (request, response) -> {
            limit.set(3);
            filter.doFilter(orders(), innermost, (inner, answer) -> {});
        };
        FilterChain first = (request, response) -> filter.doFilter(orders(), new MockHttpServletResponse(), second);

        filter.doFilter(orders(), new MockHttpServletResponse(), first);

        assertThat(innermost.getStatus()).isEqualTo(200);
    }

    @Test
    void afterTheLimitWasLoweredLetsRequestsInProgressEndBeforeOthersBegin() throws Exception {
        var between = new MockHttpServletResponse();
        FilterChain second = (request, response) -> {
            limit.set(1);
            filter.doFilter(orders(), between, notReached());
        };
        FilterChain first = (request, response) -> {
            filter.doFilter(orders(), new MockHttpServletResponse(), second);
            filter.doFilter(orders(), innermost, notReached());
        };

        filter.doFilter(orders(), new MockHttpServletResponse(), first);

        assertThat(between.getStatus()).isEqualTo(503);
        assertThat(innermost.getStatus()).isEqualTo(503);
        var after = new MockHttpServletResponse();
        filter.doFilter(orders(), after, (request, response) -> {});
        assertThat(after.getStatus()).isEqualTo(200);
    }

    @Test
    void releasesThePermitOfAFailedRequest() throws Exception {
        FilterChain failing = (request, response) -> {
            throw new ServletException("on purpose");
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> filter.doFilter(orders(), new MockHttpServletResponse(), failing))
                    .hasMessage("on purpose");
        }
        assertThat(filter.inProgress()).isZero();
        filter.doFilter(orders(), innermost, (request, response) -> {});

        assertThat(innermost.getStatus()).isEqualTo(200);
    }

    @Test
    void neverRefusesActuatorRequests() throws Exception {
        FilterChain health = (request, response) ->
                filter.doFilter(request("/actuator/health", "/actuator/health"), innermost, (inner, answer) -> {});
        FilterChain second = (request, response) -> filter.doFilter(orders(), new MockHttpServletResponse(), health);

        filter.doFilter(orders(), new MockHttpServletResponse(), second);

        assertThat(innermost.getStatus()).isEqualTo(200);
    }

    @Test
    void doesNotExemptAPathThatOnlyLooksLikeTheActuator() throws Exception {
        FilterChain disguised = (request, response) ->
                filter.doFilter(request("/actuator/../orders", "/orders"), innermost, notReached());
        FilterChain second = (request, response) -> filter.doFilter(orders(), new MockHttpServletResponse(), disguised);

        filter.doFilter(orders(), new MockHttpServletResponse(), second);

        assertThat(innermost.getStatus()).isEqualTo(503);
    }

    private static MockHttpServletRequest orders() {
        return request("/orders", "/orders");
    }

    private static MockHttpServletRequest request(String uri, String servletPath) {
        var request = new MockHttpServletRequest("POST", uri);
        request.setServletPath(servletPath);
        return request;
    }

    private static FilterChain notReached() {
        return (request, response) -> {
            throw new AssertionError("a refused request was processed");
        };
    }
}
