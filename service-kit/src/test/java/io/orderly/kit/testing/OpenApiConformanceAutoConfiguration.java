package io.orderly.kit.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.function.Supplier;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.function.SingletonSupplier;

/**
 * Adds the conformance filter to every service under test. It is the outermost filter, so that it also checks the responses
 * of other filters.
 */
@AutoConfiguration(beforeName = "io.orderly.kit.web.WebAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OpenApiConformanceAutoConfiguration {

    private static final String API_DOCS = "/v3/api-docs";

    @Bean
    FilterRegistrationBean<OpenApiConformanceFilter> openApiConformanceFilter(
            @Value("${spring.application.name}") String service, ObjectProvider<OpenApiWebMvcResource> served) {
        Supplier<OpenApiDescription> description = SingletonSupplier.of(() -> served(service, served.getObject()));
        var registration = new FilterRegistrationBean<>(new OpenApiConformanceFilter(service, description));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Reads and validates the description when the first response is checked. */
    private static OpenApiDescription served(String service, OpenApiWebMvcResource resource) {
        var request = new MockHttpServletRequest("GET", API_DOCS);
        try {
            var description =
                    new OpenApiDescription(new String(resource.openapiJson(request, API_DOCS, Locale.ENGLISH), UTF_8));
            description
                    .violations()
                    .forEach(violation ->
                            OpenApiConformanceResults.addViolation("the description of " + service + ": " + violation));
            return description;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no description of " + service, e);
        }
    }
}
