package io.orderly.coordinator.auth;

import io.orderly.coordinator.machine.Machine;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the APIs need to know who calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthProperties.class)
class AuthConfiguration {

    @Bean
    Tokens tokens(AuthProperties properties, Machine machine) {
        return new Tokens(machine.wallClock(), properties.tokenTtl());
    }

    @Bean
    Authenticator authenticator(AuthProperties properties, Tokens tokens) {
        return new Authenticator(tokens, properties.passwordIterations(), properties.maxWaitingPasswords());
    }
}
