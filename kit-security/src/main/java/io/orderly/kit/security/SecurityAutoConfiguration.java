package io.orderly.kit.security;

import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets callers sign in, unless the service is open. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SecurityProperties.class)
@Import(SignInConfiguration.class)
class SecurityAutoConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    WebMvcConfigurer callerParameters(Callers callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerResolver(callers));
            }
        };
    }

    /** The endpoints that every service has. What is public describes the service and says nothing about its data. */
    @Bean
    AccessRules accessToEveryService() {
        return AccessRules.none()
                .with(Access.PUBLIC, HttpMethod.GET, "/", "/problems", "/problems/{name}")
                .with(Access.PUBLIC, HttpMethod.GET, "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/**")
                .with(Access.PUBLIC, HttpMethod.GET, "/swagger-ui.html", "/swagger-ui/**")
                .with(Access.PUBLIC, HttpMethod.GET, "/actuator/health", "/actuator/health/**")
                .with(Access.OPERATE, null, "/actuator", "/actuator/**")
                // answers as if it did not exist
                .with(Access.PUBLIC, null, "/error");
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnSignIn.Off.class)
    static class WithoutSignIn {

        private static final Logger log = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

        @Bean
        Callers anyone(SecurityProperties properties, Environment environment) {
            InetAddress address = Binder.get(environment)
                    .bind("server.address", InetAddress.class)
                    .orElse(null);
            properties.requireMayBeOpenAt(address);
            log.warn(
                    "no sign-in (orderly.security.open={}): every process that reaches {} may do everything",
                    properties.open(),
                    address == null ? "a port of this service" : address.getHostAddress());
            return _ -> Caller.unrestricted();
        }
    }
}
