package io.orderly.order.web;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.accept.StandardApiVersionDeprecationHandler;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Says in each response of version 1 of the list of orders that it is deprecated (RFC 9745), and when it ends (RFC 8594). The other requests are
 * the same in both versions.
 */
@Component
class OrderApiVersions implements WebMvcConfigurer {

    private static final ZonedDateTime DEPRECATED_SINCE = ZonedDateTime.of(2026, 12, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final ZonedDateTime SUNSET = DEPRECATED_SINCE.plusYears(1);

    @Override
    public void configureApiVersioning(ApiVersionConfigurer versions) {
        StandardApiVersionDeprecationHandler deprecations = new StandardApiVersionDeprecationHandler();
        deprecations
                .configureVersion("1")
                .setRequestPredicate(request -> request.getMethod().equals(HttpMethod.GET.name())
                        && request.getRequestURI().equals(request.getContextPath() + "/orders"))
                .setDeprecationDate(DEPRECATED_SINCE)
                .setSunsetDate(SUNSET);
        versions.setDeprecationHandler(deprecations);
    }
}
