package io.orderly.kit.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.kit.web.ProblemTypes;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.util.ServletRequestPathUtils;

/** The filters of a service whose callers sign in. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnSignIn.class)
@EnableWebSecurity
class SignInConfiguration {

    /** After the filters that limit and measure requests, so that refusals are limited and measured too. */
    private static final int FILTER_ORDER = -100;

    private static final String SCHEME = "token";

    /** The name of the bean of {@code @EnableWebSecurity}. */
    private static final String FILTER = "springSecurityFilterChain";

    /** @throws SignInException if the actuator has a port of its own, where these filters are not */
    SignInConfiguration(Environment environment) {
        String port = environment.getProperty("management.server.port", "");
        if (!port.isEmpty() && !port.equals(environment.getProperty("server.port"))) {
            throw new SignInException(
                    "management.server.port is %s, and there would be no sign-in at that port.".formatted(port),
                    "Remove management.server.port. Health needs no token at the port of the service.");
        }
    }

    /** Not for other dispatches of a request than the first: errors of the container are answered without a token. */
    @Bean
    DelegatingFilterProxyRegistrationBean signInFilter() {
        var registration = new DelegatingFilterProxyRegistrationBean(FILTER);
        registration.setOrder(FILTER_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    @Bean
    SecurityFilterChain signInFilters(
            HttpSecurity http, JwtDecoder decoder, Refusals refusals, ObjectProvider<AccessRules> declared)
            throws Exception {
        AccessRules rules = AccessRules.merged(declared.stream());
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals)
                        .jwt(tokens -> tokens.decoder(decoder).jwtAuthenticationConverter(new TokenConverter())))
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((sender, context) ->
                                new AuthorizationDecision(permits(rules, sender.get(), context.getRequest()))))
                .build();
    }

    /** A request that no rule names is refused. */
    private static boolean permits(AccessRules rules, Authentication sender, HttpServletRequest request) {
        return rules.find(
                        HttpMethod.valueOf(request.getMethod()),
                        ServletRequestPathUtils.parse(request).pathWithinApplication())
                .filter(access -> access.permits(scopesOf(sender)))
                .isPresent();
    }

    private static Set<String> scopesOf(Authentication sender) {
        return sender.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
    }

    @Bean
    JwtDecoder jwtDecoder(SecurityProperties properties) {
        return TokenDecoder.of(properties.requiredIssuer(), properties.requiredJwkSet(), properties.audience());
    }

    @Bean
    Refusals securityRefusals(MeterRegistry meters, SecurityProperties properties) {
        return new Refusals(meters, properties.audience());
    }

    @Bean
    Callers signedInCallers(SecurityProperties properties, Refusals refusals) {
        return new SignedInCallers(properties.customerClaim(), refusals);
    }

    /** The requests are observed as a whole; the filters of each need no spans and timers of their own. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ProblemTypes securityProblems() {
        return new ProblemTypes(List.of(SecurityProblems.UNAUTHENTICATED, SecurityProblems.FORBIDDEN));
    }

    @Bean
    GlobalOpenApiCustomizer tokenInOpenApi() {
        return api -> {
            if (api.getComponents() == null) {
                api.setComponents(new Components());
            }
            api.getComponents()
                    .addSecuritySchemes(
                            SCHEME,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .bearerFormat("JWT"));
            api.addSecurityItem(new SecurityRequirement().addList(SCHEME));
        };
    }
}
