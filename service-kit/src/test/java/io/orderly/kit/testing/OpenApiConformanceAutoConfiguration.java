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

/** Puts the check into every service under test. It comes first, so that it sees what any other filter answers. */
@AutoConfiguration(beforeName = "io.orderly.kit.web.WebAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class OpenApiConformanceAutoConfiguration {

    private static final String API_DOCS = "/v3/api-docs";

    @Bean
    FilterRegistrationBean<OpenApiConformanceFilter> answerCheckFilter(
            @Value("${spring.application.name}") String service, ObjectProvider<OpenApiWebMvcResource> served) {
        Supplier<OpenApiDescription> description = SingletonSupplier.of(() -> served(service, served.getObject()));
        var registration = new FilterRegistrationBean<>(new OpenApiConformanceFilter(service, description));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Read where it is served, and looked over, when the first answer needs it. */
    private static OpenApiDescription served(String service, OpenApiWebMvcResource resource) {
        var request = new MockHttpServletRequest("GET", API_DOCS);
        try {
            var description =
                    new OpenApiDescription(new String(resource.openapiJson(request, API_DOCS, Locale.ENGLISH), UTF_8));
            description
                    .violations()
                    .forEach(flaw ->
                            OpenApiConformanceResults.addViolation("the description of " + service + ": " + flaw));
            return description;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no description of " + service, e);
        }
    }
}
