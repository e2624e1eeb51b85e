package io.orderly.order.web;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.accept.ApiVersionParser;
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
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final ZonedDateTime SUNSET = DEPRECATED_SINCE.plusYears(1);

    @Override
    public void configureApiVersioning(ApiVersionConfigurer versions) {
        ApiVersionParser<Integer> parser = OrderApiVersions::parse;
        versions.setVersionParser(parser);
        StandardApiVersionDeprecationHandler deprecations = new StandardApiVersionDeprecationHandler(parser);
        deprecations
                .configureVersion("1")
                .setRequestPredicate(request -> request.getMethod().equals(HttpMethod.GET.name())
                        && request.getRequestURI().equals(request.getContextPath() + "/orders"))
                .setDeprecationDate(DEPRECATED_SINCE)
                .setSunsetDate(SUNSET);
        versions.setDeprecationHandler(deprecations);
    }

    /** A number. The parser of Spring skips what is before the first digit, so it takes -1 for version 1. */
    private static Integer parse(String version) {
        if (!NUMBER.matcher(version).matches()) {
            throw new IllegalArgumentException("a version is a number of up to three digits");
        }
        return Integer.valueOf(version);
    }
}
