package io.orderly.kit.web;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Validator;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** Makes a web application read requests strictly and answer with problem details. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HttpProperties.class)
@Import({ProblemAdvice.class, ProblemErrorController.class, ProblemTypeController.class})
class WebAutoConfiguration {

    @Bean
    ProblemsInOpenApi problemsInOpenApi(ObjectProvider<ProblemTypes> declared) {
        return new ProblemsInOpenApi(declared.stream());
    }

    /**
     * Before everything, so that a refusal costs next to nothing: not the body's memory, no trace, no observation. What it
     * costs decides whether a service that clients ask again and again can come back.
     */
    @Bean
    FilterRegistrationBean<OverloadFilter> overloadFilter(HttpProperties properties, MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new OverloadFilter(
                properties.maxConcurrentRequests(), meters.counter("orderly.http.refused.overload")));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** After the filters that set the encoding and observe the request, before any that might read the body. */
    @Bean
    FilterRegistrationBean<BufferedBodyFilter> bufferedBodyFilter(HttpProperties properties) {
        FilterRegistrationBean<BufferedBodyFilter> registration = new FilterRegistrationBean<>(
                new BufferedBodyFilter(Math.toIntExact(properties.maxBodySize().toBytes())));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer strictRequests(JsonMapper mapper, Validator validator) {
        return converters -> converters.withJsonConverter(new StrictBodies(mapper, validator));
    }

    @Bean
    StrictParameters strictParameters() {
        return new StrictParameters();
    }

    /** Comes last, so that its valve stands innermost in Tomcat's pipeline and has the word first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheContainer() {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new ProblemReportValve());
        });
    }
}
