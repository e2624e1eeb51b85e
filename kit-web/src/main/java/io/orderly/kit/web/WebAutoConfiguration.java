package io.orderly.kit.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.http.RequestTimeoutProtocol;
import io.orderly.kit.settings.LiveSetting;
import io.orderly.kit.settings.LiveSettings;
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
import org.springframework.web.servlet.handler.MappedInterceptor;
import tools.jackson.databind.json.JsonMapper;

/** Provides strict parsing of requests, limits, and problem details. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HttpProperties.class)
@Import({ProblemAdvice.class, ProblemErrorController.class, ProblemTypeController.class})
class WebAutoConfiguration {

    @Bean
    ProblemsInOpenApi problemsInOpenApi(ObjectProvider<ProblemTypes> declared) {
        return new ProblemsInOpenApi(declared.stream());
    }

    @Bean
    OverloadResponse overloadRefusal(MeterRegistry meters) {
        return new OverloadResponse(meters.counter("orderly.http.refused.overload"));
    }

    /** The first filter: the other filters measure and limit work on complete requests. */
    @Bean
    FilterRegistrationBean<BufferedBodyFilter> bufferedBodyFilter(
            HttpProperties properties, OverloadResponse overloadResponse) {
        FilterRegistrationBean<BufferedBodyFilter> registration = new FilterRegistrationBean<>(new BufferedBodyFilter(
                Math.toIntExact(properties.maxBodySize().toBytes()), properties.maxLargeBodies(), overloadResponse));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /**
     * Before all filters that cost more than reading the body, such as tracing and observation. Refusals must be cheap:
     * otherwise a service whose clients retry may not recover from an overload.
     */
    @Bean
    FilterRegistrationBean<OverloadFilter> overloadFilter(
            HttpProperties properties, LiveSettings settings, OverloadResponse overloadResponse) {
        LiveSetting<Integer> limit = settings.declare(properties.concurrentRequestsSetting());
        var registration =
                new FilterRegistrationBean<>(new OverloadFilter(new ConcurrencyLimit(limit::get), overloadResponse));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    RequestsInProgress requestsInProgress(FilterRegistrationBean<OverloadFilter> overloadFilter) {
        return overloadFilter.getFilter()::inProgress;
    }

    /** Sets the request timeout and the maximum number of connections. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestTimeout(HttpProperties properties) {
        return factory -> {
            factory.setProtocol(RequestTimeoutProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                RequestTimeoutProtocol protocol = (RequestTimeoutProtocol) connector.getProtocolHandler();
                protocol.setRequestTimeout(properties.requestTimeout());
                protocol.setMaxConnections(properties.maxConnections());
            });
        };
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer strictRequests(JsonMapper mapper, Validator validator) {
        return converters -> converters.withJsonConverter(new StrictJsonConverter(mapper, validator));
    }

    @Bean
    StrictParameterBinding strictParameters() {
        return new StrictParameterBinding();
    }

    /** A MappedInterceptor bean applies to all handler mappings, including those of the actuator and of springdoc. */
    @Bean
    MappedInterceptor acceptInterceptor() {
        return new MappedInterceptor(null, new AcceptInterceptor());
    }

    @Bean
    ProblemOperationAdvisor problemOperationAdvisor() {
        return new ProblemOperationAdvisor();
    }

    /** Comes last, so that its valve is the innermost in Tomcat's pipeline and reports errors first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems() {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new ProblemReportValve());
        });
    }
}
