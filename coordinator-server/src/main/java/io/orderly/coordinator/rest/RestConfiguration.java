package io.orderly.coordinator.rest;

import io.orderly.coordinator.auth.Tokens;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.kit.web.ProblemTypes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The common configuration of the controllers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestProperties.class)
class RestConfiguration {

    @Bean
    ProblemTypes coordinatorProblems() {
        return Problems.ALL;
    }

    @Bean
    ProblemsInOperations problemsInOperations() {
        return new ProblemsInOperations();
    }

    @Bean
    RequestCaller requestCaller(Coordinator coordinator, Tokens tokens, HttpServletRequest current) {
        return new RequestCaller(coordinator, tokens, current);
    }

    @Bean
    Answers answers(RequestCaller caller, RestProperties properties, HttpServletResponse current) {
        return new Answers(caller, properties.requestTimeout(), current);
    }

    @Bean
    ServiceCalls serviceCalls(Coordinator coordinator, HttpServletResponse current) {
        return new ServiceCalls(coordinator, current);
    }

    @Bean
    EventStreams eventStreams(RequestCaller caller, RestProperties properties) {
        return new EventStreams(caller, properties);
    }

    /** Before the filters that may refuse a request. */
    @Bean
    FilterRegistrationBean<PositionFilter> positionFilter(Coordinator coordinator) {
        var registration = new FilterRegistrationBean<>(new PositionFilter(coordinator));
        registration.addUrlPatterns("/v1/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** A key is one segment of a path, in which its slashes are encoded. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }
}
